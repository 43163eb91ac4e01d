using MicroGrad.Rendering.Text;

namespace MicroGrad.Rendering.Plots;

/// <summary>Points, with tooltips where they are few.</summary>
/// <param name="points">The points; those without a number are left out.</param>
/// <param name="name">The name in the legend.</param>
/// <param name="series">The colour and the shape.</param>
/// <param name="tooltip">The text for a point by its place in the list.</param>
internal sealed class PointsMark(
    IReadOnlyList<(double X, double Y)> points, string? name = null, int series = 0, Func<int, string>? tooltip = null) : Mark
{
    // From how many points on they are drawn smaller: in SVG, and in text as one dot instead of four.
    private const int MostLarge = 1000;
    private const int MostSquares = 300;

    public override IEnumerable<LegendEntry> Legend => name is null ? [] : [new LegendEntry(name, LegendSample.Dot, series)];

    public override void Draw(Chart chart)
    {
        var isLarge = points.Count <= MostLarge;
        for (var i = 0; i < points.Count; i++)
        {
            chart.Dot(points[i].X, points[i].Y, series, isLarge ? 4 : 2, isLarge ? tooltip?.Invoke(i) : null);
        }
    }

    public override void Draw(TextChart chart)
    {
        var canvas = chart.Layer(series);
        var size = points.Count > MostSquares ? 1 : 2;
        foreach (var (x, y) in points)
        {
            if (double.IsFinite(x) && double.IsFinite(y))
            {
                var (column, row) = ((int)Math.Round(chart.X.At(x)), (int)Math.Round(chart.Y.At(y)));
                for (var dot = 0; dot < size * size; dot++)
                {
                    canvas.Set(column + (dot % size), row - (dot / size));
                }
            }
        }
    }

    /// <summary>The number of visible points, in words.</summary>
    public static string Count(IEnumerable<(double X, double Y)> points)
    {
        var count = points.Count(point => double.IsFinite(point.X) && double.IsFinite(point.Y));
        return $"{NumberText.Count(count)} point{(count == 1 ? "" : "s")}";
    }
}
