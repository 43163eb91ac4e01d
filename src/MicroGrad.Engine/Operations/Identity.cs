namespace MicroGrad.Operations;

/// <summary>x itself: the activation of a linear output.</summary>
internal sealed class Identity() : UnaryOperation("identity")
{
    public static readonly Identity Instance = new();

    public override double Value(double x) => x;

    public override double Derivative(double x, double y) => 1;

    public override GradValue DerivativeGraph(GradValue x, GradValue y) => 1;

    public override void Values(ReadOnlySpan<double> x, Span<double> y) => x.CopyTo(y);

    public override void Chain(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> upstream)
    {
    }
}
