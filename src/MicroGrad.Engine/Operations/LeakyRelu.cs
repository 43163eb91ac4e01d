using MicroGrad.Formulas;

namespace MicroGrad.Operations;

/// <summary>x for positive x, 0.01 x elsewhere (PyTorch's default slope); derivative 0.01 at 0.</summary>
internal readonly struct LeakyRelu : IFormula<LeakyRelu>
{
    private const double Slope = 0.01;

    public static ElementwiseOperation Instance { get; } = new FormulaOperation<LeakyRelu>("leakyrelu");

    /// <remarks>Other numbers come first, as in <see cref="Relu"/>.</remarks>
    public static TReal Value<TReal>(TReal x)
        where TReal : IReal<TReal>
    {
        var scaled = Slope * x;
        return x.IfAbove(0, x, scaled);
    }

    public static TReal Derivative<TReal>(TReal x, TReal y)
        where TReal : IReal<TReal>
    {
        var (one, slope) = (x.Number(1), x.Number(Slope));
        return x.Choose(0, one, slope);
    }
}
