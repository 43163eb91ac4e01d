using MicroGrad.Compilation;

namespace MicroGrad.Operations;

/// <summary>The square root.</summary>
internal sealed class Sqrt() : UnaryOperation("sqrt")
{
    public static readonly Sqrt Instance = new();

    public override double Value(double x) => Math.Sqrt(x);

    public override double Derivative(double x, double y) => 0.5 / y;

    public override GradValue DerivativeGraph(GradValue x, GradValue y) => 0.5 / y;

    public override Term Compile(Term x) => x.Sqrt();
}
