using MicroGrad.Compilation;

namespace MicroGrad.Operations;

/// <summary>a / b.</summary>
internal sealed class Divide() : BinaryOperation("divide", "/")
{
    public static readonly Divide Instance = new();

    public override double Value(double a, double b) => a / b;

    public override void Derivatives(double a, double b, double y, out double da, out double db)
    {
        da = 1 / b;
        db = -y / b;
    }

    public override (GradValue ByLeft, GradValue ByRight) DerivativeGraphs(GradValue a, GradValue b, GradValue y) =>
        (1 / b, -y / b);

    public override Term Compile(Term a, Term b) => a / b;
}
