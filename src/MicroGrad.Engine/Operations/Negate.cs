using MicroGrad.Compilation;

namespace MicroGrad.Operations;

/// <summary>-x. C# reaches it by the unary operator; PowerShell evaluates <c>-$a</c> as <c>0 - $a</c>.</summary>
internal sealed class Negate() : UnaryOperation("negate", "neg")
{
    public static readonly Negate Instance = new();

    public override double Value(double x) => -x;

    public override double Derivative(double x, double y) => -1;

    public override GradValue DerivativeGraph(GradValue x, GradValue y) => -1;

    public override Term Compile(Term x) => -x;
}
