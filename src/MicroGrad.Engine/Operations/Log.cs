using MicroGrad.Compilation;

namespace MicroGrad.Operations;

/// <summary>The natural logarithm.</summary>
internal sealed class Log() : UnaryOperation("log")
{
    public static readonly Log Instance = new();

    public override double Value(double x) => Math.Log(x);

    public override double Derivative(double x, double y) => 1 / x;

    public override GradValue DerivativeGraph(GradValue x, GradValue y) => 1 / x;

    public override Term Compile(Term x) => x.Log();
}
