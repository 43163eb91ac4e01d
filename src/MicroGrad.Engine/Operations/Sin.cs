using MicroGrad.Compilation;

namespace MicroGrad.Operations;

/// <summary>The sine of x in radians.</summary>
internal sealed class Sin() : UnaryOperation("sin")
{
    public static readonly Sin Instance = new();

    public override double Value(double x) => Math.Sin(x);

    public override double Derivative(double x, double y) => Math.Cos(x);

    public override GradValue DerivativeGraph(GradValue x, GradValue y) => x.Cos();

    public override Term Compile(Term x) => x.Sin();
}
