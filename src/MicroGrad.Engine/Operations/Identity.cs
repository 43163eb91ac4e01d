using MicroGrad.Formulas;

namespace MicroGrad.Operations;

/// <summary>x itself: the activation of a linear output.</summary>
internal readonly struct Identity : IFormula<Identity>
{
    public static ElementwiseOperation Instance { get; } = new FormulaOperation<Identity>("identity");

    public static TReal Value<TReal>(TReal x)
        where TReal : IReal<TReal> => x;

    public static TReal Derivative<TReal>(TReal x, TReal y)
        where TReal : IReal<TReal> => x.Number(1);
}
