namespace MicroGrad.Rendering;

/// <summary>A function and its derivative.</summary>
internal static class FunctionChart
{
    private const int Samples = 600;

    /// <summary>How much farther than the middle nine tenths of all values the drawing reaches.</summary>
    private const double Reach = 1.5;

    public static string Write(
        Func<double, (double Value, double Derivative)> function, double from, double to, PlotOptions options, bool isInPage)
    {
        var chart = new Chart(options, "Function and derivative", isInPage);
        var points = new (double X, double Value, double Derivative)[Samples + 1];
        for (var i = 0; i <= Samples; i++)
        {
            var at = from + ((to - from) * i / Samples);
            var (value, derivative) = function(at);
            points[i] = (at, value, derivative);
        }

        var x = Axis.Over([from, to], chart.Left, chart.Right, room: 0);
        var y = Range(points, chart);
        chart.Axes(x with { Min = from, Max = to }, y, "x", "y");
        chart.Frame();
        chart.BeginClip();
        chart.Line(Broken(points.Select(p => (p.X, p.Derivative)), y), "s1 dash");
        chart.Line(Broken(points.Select(p => (p.X, p.Value)), y), "s0");
        chart.EndClip();
        chart.Legend(("f(x)", "s0", 0), ("f'(x)", "s1 dash", 0));
        return chart.End();
    }

    /// <summary>All values; near a pole only those that leave the rest readable.</summary>
    private static Axis Range((double X, double Value, double Derivative)[] points, Chart chart)
    {
        var values = points.SelectMany(p => new[] { p.Value, p.Derivative }).Where(double.IsFinite).Order().ToArray();
        if (values.Length == 0)
        {
            return Axis.Over([], chart.Bottom, chart.Top);
        }

        var (low, high) = (values[values.Length / 20], values[values.Length - 1 - (values.Length / 20)]);
        var reach = Reach * (high - low);
        return Axis.Over(
            reach > 0 ? values.Where(v => v >= low - reach && v <= high + reach) : values, chart.Bottom, chart.Top);
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
