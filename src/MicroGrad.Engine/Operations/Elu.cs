using MicroGrad.Formulas;

namespace MicroGrad.Operations;

/// <summary>x for positive x, e^x - 1 elsewhere (alpha = 1; Clevert, Unterthiner, Hochreiter 2015).</summary>
internal readonly struct Elu : IFormula<Elu>
{
    public static ElementwiseOperation Instance { get; } = new FormulaOperation<Elu>("elu");

    public static TReal Value<TReal>(TReal x)
        where TReal : IReal<TReal> => x.IfAbove(0, x, x.Expm1OfNegative());

    public static TReal Derivative<TReal>(TReal x, TReal y)
        where TReal : IReal<TReal> => x.AtMost(0).ExpOfNegative();
}
