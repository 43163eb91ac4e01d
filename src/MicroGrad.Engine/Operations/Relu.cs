namespace MicroGrad.Operations;

/// <summary>max(0, x), with derivative 0 at 0.</summary>
internal sealed class Relu() : UnaryOperation("relu")
{
    public static readonly Relu Instance = new();

    // Written so that NaN falls through both comparisons and stays NaN.
    public override double Value(double x) => x <= 0 ? 0 : x;

    public override double Derivative(double x, double y) => x <= 0 ? 0 : x > 0 ? 1 : double.NaN;

    public override GradValue DerivativeGraph(GradValue x, GradValue y) => GradValue.Choose(x, 0, 1, 0);
}
