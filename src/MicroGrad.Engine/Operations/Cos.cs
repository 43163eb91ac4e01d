using MicroGrad.Compilation;

namespace MicroGrad.Operations;

/// <summary>The cosine of x in radians.</summary>
internal sealed class Cos() : UnaryOperation("cos")
{
    public static readonly Cos Instance = new();

    public override double Value(double x) => Math.Cos(x);

    public override double Derivative(double x, double y) => -Math.Sin(x);

    public override GradValue DerivativeGraph(GradValue x, GradValue y) => -x.Sin();

    public override Term Compile(Term x) => x.Cos();
}
