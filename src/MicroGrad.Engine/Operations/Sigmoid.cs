using MicroGrad.Formulas;

namespace MicroGrad.Operations;

/// <summary>The logistic function 1 / (1 + e^-x).</summary>
internal readonly struct Sigmoid : IFormula<Sigmoid>
{
    public static ElementwiseOperation Instance { get; } = new FormulaOperation<Sigmoid>("sigmoid");

    /// <remarks>Computed from e^-|x|, which can't overflow.</remarks>
    public static TReal Value<TReal>(TReal x)
        where TReal : IReal<TReal>
    {
        var e = (-x.Abs()).ExpOfNegative();
        return x.IfAbove(0, x.Number(1), e) / (1 + e);
    }

    public static TReal Derivative<TReal>(TReal x, TReal y)
        where TReal : IReal<TReal> => y * (1 - y);
}
