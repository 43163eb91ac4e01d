using MicroGrad.Compilation;

namespace MicroGrad.Operations;

/// <summary>
/// One of two values by a comparison of two others: c where a &gt; b, d where a &lt;= b, NaN where neither holds. The left
/// list holds a, b, c and d. A graph records the branch and decides it again whenever the data changes.
/// </summary>
internal sealed class Choose() : NaryOperation("choose")
{
    public static readonly Choose Instance = new();

    public override double Value(ReadOnlySpan<double> left, ReadOnlySpan<double> right) =>
        Of(left[0], left[1], left[2], left[3]);

    /// <remarks>The result depends on a and b only by a jump where a = b, which gives them no derivative. There, as for a &lt; b, d has derivative 1.</remarks>
    public override void Derivatives(
        ReadOnlySpan<double> left, ReadOnlySpan<double> right, double y, Span<double> byLeft, Span<double> byRight)
    {
        byLeft[0] = 0;
        byLeft[1] = 0;
        byLeft[2] = Of(left[0], left[1], 1, 0);
        byLeft[3] = Of(left[0], left[1], 0, 1);
    }

    public override void DerivativeGraphs(
        GradValue[] left, GradValue[] right, GradValue y, Span<GradValue> byLeft, Span<GradValue> byRight)
    {
        byLeft[0] = 0;
        byLeft[1] = 0;
        byLeft[2] = GradValue.Choose(left[0], left[1], 1, 0);
        byLeft[3] = GradValue.Choose(left[0], left[1], 0, 1);
    }

    private static double Of(double a, double b, double c, double d) => a > b ? c : a <= b ? d : double.NaN;

    public override Term Compile(Program program, ReadOnlySpan<Term> left, ReadOnlySpan<Term> right) =>
        left[0].Choose(left[1], left[2], left[3]);
}
