using MicroGrad.Compilation;

namespace MicroGrad.Operations;

/// <summary>a * b.</summary>
internal sealed class Multiply() : BinaryOperation("multiply", "*", OperationShape.Product)
{
    public static readonly Multiply Instance = new();

    public override double Value(double a, double b) => a * b;

    public override void Derivatives(double a, double b, double y, out double da, out double db)
    {
        da = b;
        db = a;
    }

    public override (GradValue ByLeft, GradValue ByRight) DerivativeGraphs(GradValue a, GradValue b, GradValue y) =>
        (b, a);

    public override Term Compile(Term a, Term b) => a.Product(b);
}
