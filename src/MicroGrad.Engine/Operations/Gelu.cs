namespace MicroGrad.Operations;

/// <summary>x times the normal distribution function of x, exact (not the tanh approximation; Hendrycks and Gimpel 2016).</summary>
internal sealed class Gelu() : UnaryOperation("gelu")
{
    public static readonly Gelu Instance = new();

    public override double Value(double x) => x * NormalDistribution.Of(x);

    public override double Derivative(double x, double y) => NormalDistribution.Of(x) + x * NormalDistribution.Density(x);

    public override GradValue DerivativeGraph(GradValue x, GradValue y) =>
        GradValue.Apply(NormalDistribution.Instance, x) + x * NormalDistribution.Density(x);
}
