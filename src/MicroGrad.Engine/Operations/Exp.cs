using MicroGrad.Compilation;

namespace MicroGrad.Operations;

/// <summary>e^x.</summary>
internal sealed class Exp() : UnaryOperation("exp")
{
    public static readonly Exp Instance = new();

    public override double Value(double x) => Math.Exp(x);

    public override double Derivative(double x, double y) => y;

    public override GradValue DerivativeGraph(GradValue x, GradValue y) => y;

    public override Term Compile(Term x) => x.Exp();
}
