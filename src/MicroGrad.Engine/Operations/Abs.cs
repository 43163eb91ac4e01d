using MicroGrad.Compilation;

namespace MicroGrad.Operations;

/// <summary>|x|, with derivative 0 at 0.</summary>
internal sealed class Abs() : UnaryOperation("abs")
{
    public static readonly Abs Instance = new();

    public override double Value(double x) => Math.Abs(x);

    public override double Derivative(double x, double y) => x > 0 ? 1 : x < 0 ? -1 : x == 0 ? 0 : double.NaN;

    public override GradValue DerivativeGraph(GradValue x, GradValue y) => GradValue.Choose(x, 0, 1, GradValue.Choose(0, x, -1, 0));

    public override Term Compile(Term x) => x.Abs();
}
