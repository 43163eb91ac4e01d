namespace MicroGrad.Operations;

/// <summary>The hyperbolic tangent.</summary>
internal sealed class Tanh() : UnaryOperation("tanh")
{
    public static readonly Tanh Instance = new();

    public override double Value(double x) => Math.Tanh(x);

    public override double Derivative(double x, double y) => 1 - y * y;

    public override GradValue DerivativeGraph(GradValue x, GradValue y) => 1 - y * y;
}
