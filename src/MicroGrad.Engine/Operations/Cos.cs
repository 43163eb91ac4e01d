using MicroGrad.Formulas;

namespace MicroGrad.Operations;

/// <summary>The cosine of x in radians.</summary>
internal readonly struct Cos : IFormula<Cos>
{
    public static ElementwiseOperation Instance { get; } = new FormulaOperation<Cos>("cos");

    public static TReal Value<TReal>(TReal x)
        where TReal : IReal<TReal> => x.Cos();

    public static TReal Derivative<TReal>(TReal x, TReal y)
        where TReal : IReal<TReal> => -x.Sin();
}
