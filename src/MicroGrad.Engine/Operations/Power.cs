using MicroGrad.Compilation;

namespace MicroGrad.Operations;

/// <summary>a^b, where both can be differentiated.</summary>
internal sealed class Power() : BinaryOperation("power", "^")
{
    public static readonly Power Instance = new();

    public override double Value(double a, double b) => Math.Pow(a, b);

    /// <remarks>
    /// d/da = b a^(b-1), and 0 where b is 0; d/db = a^b ln a, and 0 where a is 0 and b is not negative: the limit for
    /// b &gt; 0, and PyTorch's convention at 0^0.
    /// </remarks>
    public override void Derivatives(double a, double b, double y, out double da, out double db)
    {
        da = b == 0 ? 0 : b * Math.Pow(a, b - 1);
        db = a == 0 && b >= 0 ? 0 : y * Math.Log(a);
    }

    /// <remarks>
    /// The derivative by a needs the convention at 0^0 only. The one by b needs it where a is 0 and b is not negative, which is
    /// where neither |a| nor -b is above 0.
    /// </remarks>
    public override (GradValue ByLeft, GradValue ByRight) DerivativeGraphs(GradValue a, GradValue b, GradValue y) => (
        GradValue.Choose(a.Abs().Max(b.Abs()), 0, b * a.Pow(b - 1), 0),
        GradValue.Choose(a.Abs().Max(-b), 0, y * a.Log(), 0));

    public override Term Compile(Term a, Term b) => a.Power(b);
}
