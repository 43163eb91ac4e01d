namespace MicroGrad.Operations;

/// <summary>The dot product of two lists of one length, added in order.</summary>
internal sealed class Dot() : NaryOperation("dot")
{
    public static readonly Dot Instance = new();

    public override double Value(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var sum = 0.0;
        for (var i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }

    public override void Derivatives(
        ReadOnlySpan<double> left, ReadOnlySpan<double> right, double y, Span<double> byLeft, Span<double> byRight)
    {
        right.CopyTo(byLeft);
        left.CopyTo(byRight);
    }

    public override void DerivativeGraphs(
        GradValue[] left, GradValue[] right, GradValue y, Span<GradValue> byLeft, Span<GradValue> byRight)
    {
        right.CopyTo(byLeft);
        left.CopyTo(byRight);
    }
}
