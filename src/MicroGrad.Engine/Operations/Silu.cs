namespace MicroGrad.Operations;

/// <summary>x sigmoid(x), also called swish.</summary>
internal sealed class Silu() : UnaryOperation("silu")
{
    public static readonly Silu Instance = new();

    public override double Value(double x) => x * Sigmoid.Of(x);

    public override double Derivative(double x, double y)
    {
        var s = Sigmoid.Of(x);
        return s * (1 + x * (1 - s));
    }

    public override GradValue DerivativeGraph(GradValue x, GradValue y)
    {
        var s = x.Sigmoid();
        return s * (1 + x * (1 - s));
    }
}
