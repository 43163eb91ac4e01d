using MicroGrad.Rendering.Text;

namespace MicroGrad.Rendering.Plots;

/// <summary>A function and its derivative.</summary>
public static class FunctionPlot
{
    private const int Samples = 600;

    private readonly record struct Point(double X, double Value, double Derivative);

    /// <summary>The figure.</summary>
    /// <param name="function">Gives value and derivative at a number.</param>
    /// <param name="from">Where to begin.</param>
    /// <param name="to">Where to end; above the beginning.</param>
    /// <exception cref="GradException">The range is empty or not finite (id <c>InvalidRange</c>).</exception>
    public static Figure Of(Func<double, (double Value, double Derivative)> function, double from, double to)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (!(double.IsFinite(from) && double.IsFinite(to) && from < to))
        {
            throw new GradException(
                "InvalidRange",
                $"The range is {NumberText.Exact(from)} to {NumberText.Exact(to)}; give two finite numbers, the smaller one first.");
        }

        var samples = new Point[Samples + 1];
        for (var i = 0; i <= Samples; i++)
        {
            samples[i] = At(from + ((to - from) * i / Samples));
        }

        var points = new List<Point>(samples.Length) { samples[0] };
        var hasPole = false;
        for (var i = 1; i < samples.Length; i++)
        {
            var (before, after, isPole) = Close(samples[i - 1], samples[i]);
            if (isPole)
            {
                hasPole = true;
                points.AddRange([before, new Point(after.X, double.NaN, double.NaN), after]);
            }
            else if (double.IsFinite(before.Value) != double.IsFinite(after.Value))
            {
                points.AddRange([before, after]);
            }

            points.Add(samples[i]);
        }

        var y = Range(samples, hasPole);
        return new Figure(
            name: "Function and derivative",
            x: new Axis(from, to),
            y: y,
            xName: "x",
            yName: "y",
            marks:
            [
                new LineMark(Broken(points.Select(p => (p.X, p.Value)), y), 0, "f(x)"),
                new LineMark(Broken(points.Select(p => (p.X, p.Derivative)), y), 1, "f'(x)"),
            ]);

        // Where there is no value, a formula may still give a number for the derivative, such as that of the logarithm below 0.
        Point At(double at)
        {
            var (value, derivative) = function(at);
            return new Point(at, value, double.IsFinite(value) ? derivative : double.NaN);
        }

        // The two samples, moved as close as possible to the pole or the end of the values between them. Where
        // neither half has a pole, there is none: the function turns between the samples.
        (Point Before, Point After, bool IsPole) Close(Point before, Point after)
        {
            while (IsPole(before, after) || double.IsFinite(before.Value) != double.IsFinite(after.Value))
            {
                var middle = At(before.X + ((after.X - before.X) / 2));
                if (middle.X <= before.X || middle.X >= after.X)
                {
                    return (before, after, IsPole(before, after));
                }

                if (double.IsFinite(before.Value) != double.IsFinite(after.Value))
                {
                    (before, after) = double.IsFinite(middle.Value) == double.IsFinite(before.Value) ? (middle, after) : (before, middle);
                }
                else if (!double.IsFinite(middle.Value))
                {
                    return (Close(before, middle).Before, Close(middle, after).After, true);
                }
                else if (IsPole(middle, after))
                {
                    before = middle;
                }
                else if (IsPole(before, middle))
                {
                    after = middle;
                }
                else
                {
                    break;
                }
            }

            return (before, after, false);
        }
    }

    /// <summary>Whether a function jumps between two points: it rises at both, and yet is lower at the second, or the reverse.</summary>
    private static bool IsPole(Point before, Point after)
    {
        var rise = after.Value - before.Value;
        return Math.Abs(rise) > 1e-9 * Math.Max(Math.Abs(before.Value), Math.Abs(after.Value))
            && ((before.Derivative > 0 && after.Derivative > 0 && rise < 0)
                || (before.Derivative < 0 && after.Derivative < 0 && rise > 0));
    }

    /// <summary>Nearly all values; for a function with poles, those that leave the rest readable.</summary>
    private static Axis Range(Point[] points, bool hasPole)
    {
        var values = points.SelectMany(p => new[] { p.Value, p.Derivative }).Where(double.IsFinite).Order().ToArray();
        if (values.Length == 0)
        {
            return Axis.Over([]);
        }

        // The middle nine tenths and half as much again on either side; with poles, the middle eight tenths and their like.
        var (share, times) = hasPole ? (10, 1.0) : (20, 1.5);
        var (low, high) = (values[values.Length / share], values[values.Length - 1 - (values.Length / share)]);
        var reach = times * (high - low);
        return Axis.Over(
            reach > 0 ? values.Where(v => v >= low - reach && v <= high + reach) : values);
    }

    /// <summary>The points, with a gap where the line would jump from one end of the drawing to the other.</summary>
    private static IEnumerable<(double X, double Y)> Broken(IEnumerable<(double X, double Y)> points, Axis y)
    {
        var before = double.NaN;
        foreach (var point in points)
        {
            if ((before > y.Max && point.Y < y.Min) || (before < y.Min && point.Y > y.Max))
            {
                yield return (point.X, double.NaN);
            }

            yield return point;
            before = point.Y;
        }
    }
}
