using MicroGrad.Formulas;

namespace MicroGrad.Operations;

/// <summary>The square root.</summary>
internal readonly struct Sqrt : IFormula<Sqrt>
{
    public static ElementwiseOperation Instance { get; } = new FormulaOperation<Sqrt>("sqrt");

    public static TReal Value<TReal>(TReal x)
        where TReal : IReal<TReal> => x.Sqrt();

    public static TReal Derivative<TReal>(TReal x, TReal y)
        where TReal : IReal<TReal> => 0.5 / y;
}
