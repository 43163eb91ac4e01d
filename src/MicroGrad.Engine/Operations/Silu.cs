using MicroGrad.Formulas;

namespace MicroGrad.Operations;

/// <summary>x sigmoid(x), also called swish.</summary>
internal readonly struct Silu : IFormula<Silu>
{
    public static ElementwiseOperation Instance { get; } = new FormulaOperation<Silu>("silu");

    public static TReal Value<TReal>(TReal x)
        where TReal : IReal<TReal> => x * x.Apply<Sigmoid>();

    public static TReal Derivative<TReal>(TReal x, TReal y)
        where TReal : IReal<TReal>
    {
        var s = x.Apply<Sigmoid>();
        return s * x.MultiplyAdd(1 - s, x.Number(1));
    }
}
