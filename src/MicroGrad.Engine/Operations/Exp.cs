using MicroGrad.Formulas;

namespace MicroGrad.Operations;

/// <summary>e^x.</summary>
internal readonly struct Exp : IFormula<Exp>
{
    public static ElementwiseOperation Instance { get; } = new FormulaOperation<Exp>("exp");

    public static TReal Value<TReal>(TReal x)
        where TReal : IReal<TReal> => x.Exp();

    public static TReal Derivative<TReal>(TReal x, TReal y)
        where TReal : IReal<TReal> => y;
}
