using MicroGrad.Compilation;

namespace MicroGrad.Operations;

/// <summary>
/// One of several values by its place, which is a value itself: the left list holds the values, the right one the place,
/// from 0. NaN where the place is outside or no whole number. A graph records the lookup and repeats it whenever the
/// place changes.
/// </summary>
internal sealed class Gather() : NaryOperation("gather")
{
    public static readonly Gather Instance = new();

    public override double Value(ReadOnlySpan<double> left, ReadOnlySpan<double> right) =>
        IsPlace(right[0], left.Length) ? left[(int)right[0]] : double.NaN;

    public static bool IsPlace(double place, int count) => place >= 0 && place < count && place == Math.Truncate(place);

    /// <remarks>The derivative is 1 by the value that is looked up, and 0 by the other values and by the place.</remarks>
    public override void Derivatives(
        ReadOnlySpan<double> left, ReadOnlySpan<double> right, double y, Span<double> byLeft, Span<double> byRight)
    {
        byRight[0] = 0;
        for (var i = 0; i < byLeft.Length; i++)
        {
            byLeft[i] = right[0] == i ? 1 : double.IsNaN(right[0]) ? double.NaN : 0;
        }
    }

    public override void DerivativeGraphs(
        GradValue[] left, GradValue[] right, GradValue y, Span<GradValue> byLeft, Span<GradValue> byRight)
    {
        byRight[0] = 0;
        for (var i = 0; i < left.Length; i++)
        {
            byLeft[i] = GradValue.Choose(right[0], i, 0, GradValue.Choose(i, right[0], 0, 1));
        }
    }

    public override Term Compile(Program program, ReadOnlySpan<Term> left, ReadOnlySpan<Term> right)
    {
        var found = program.Constant(double.NaN);
        for (var i = 0; i < left.Length; i++)
        {
            found = right[0].EqualTo(i).Select(left[i], found);
        }

        return found;
    }
}
