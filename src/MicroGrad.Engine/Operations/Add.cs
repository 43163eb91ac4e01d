using MicroGrad.Compilation;

namespace MicroGrad.Operations;

/// <summary>a + b.</summary>
internal sealed class Add() : BinaryOperation("add", "+", OperationShape.Addition)
{
    public static readonly Add Instance = new();

    public override double Value(double a, double b) => a + b;

    public override void Derivatives(double a, double b, double y, out double da, out double db)
    {
        da = 1;
        db = 1;
    }

    public override (GradValue ByLeft, GradValue ByRight) DerivativeGraphs(GradValue a, GradValue b, GradValue y) =>
        (1, 1);

    public override Term Compile(Term a, Term b) => a + b;
}
