using MicroGrad.Formulas;

namespace MicroGrad.Operations;

/// <summary>max(0, x), with derivative 0 at 0.</summary>
internal readonly struct Relu : IFormula<Relu>
{
    public static ElementwiseOperation Instance { get; } = new FormulaOperation<Relu>("relu");

    /// <remarks>The zero comes first: made among the arguments, it would force x out of its register.</remarks>
    public static TReal Value<TReal>(TReal x)
        where TReal : IReal<TReal>
    {
        var zero = x.Number(0);
        return x.IfAtMost(0, zero, x);
    }

    public static TReal Derivative<TReal>(TReal x, TReal y)
        where TReal : IReal<TReal> => x.Choose(0, x.Number(1), x.Number(0));

    /// <remarks>A value that is not above 0 is 0 or NaN, and so is the gradient, whatever the upstream gradient is.</remarks>
    public static TReal Chain<TReal>(TReal x, TReal y, TReal upstream)
        where TReal : IReal<TReal> => y.IfAbove(0, upstream, y);
}
