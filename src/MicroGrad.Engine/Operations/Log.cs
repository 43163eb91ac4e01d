using MicroGrad.Formulas;

namespace MicroGrad.Operations;

/// <summary>The natural logarithm.</summary>
internal readonly struct Log : IFormula<Log>
{
    public static ElementwiseOperation Instance { get; } = new FormulaOperation<Log>("log");

    public static TReal Value<TReal>(TReal x)
        where TReal : IReal<TReal> => x.Log();

    public static TReal Derivative<TReal>(TReal x, TReal y)
        where TReal : IReal<TReal> => 1 / x;
}
