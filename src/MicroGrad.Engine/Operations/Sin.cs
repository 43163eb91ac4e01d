using MicroGrad.Formulas;

namespace MicroGrad.Operations;

/// <summary>The sine of x in radians.</summary>
internal readonly struct Sin : IFormula<Sin>
{
    public static ElementwiseOperation Instance { get; } = new FormulaOperation<Sin>("sin");

    public static TReal Value<TReal>(TReal x)
        where TReal : IReal<TReal> => x.Sin();

    public static TReal Derivative<TReal>(TReal x, TReal y)
        where TReal : IReal<TReal> => x.Cos();
}
