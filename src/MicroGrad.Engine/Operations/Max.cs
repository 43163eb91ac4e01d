using MicroGrad.Compilation;

namespace MicroGrad.Operations;

/// <summary>The larger of a and b; a tie's gradient goes to a.</summary>
internal sealed class Max() : BinaryOperation("max")
{
    public static readonly Max Instance = new();

    public override double Value(double a, double b) => Math.Max(a, b);

    public override void Derivatives(double a, double b, double y, out double da, out double db)
    {
        da = a >= b ? 1 : a < b ? 0 : double.NaN;
        db = 1 - da;
    }

    public override (GradValue ByLeft, GradValue ByRight) DerivativeGraphs(GradValue a, GradValue b, GradValue y) =>
        (GradValue.Choose(b, a, 0, 1), GradValue.Choose(b, a, 1, 0));

    public override Term Compile(Term a, Term b) => a.Max(b);
}
