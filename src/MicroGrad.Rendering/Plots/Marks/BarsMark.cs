namespace MicroGrad.Rendering.Plots;

/// <summary>A horizontal bar for each name, from 0 to its value, with a line of twice its deviation at the end.</summary>
/// <param name="bars">The value and the deviation of each name.</param>
/// <param name="tooltip">The text for a bar by its place in the list.</param>
internal sealed class BarsMark(IReadOnlyList<(double Value, double Deviation)> bars, Func<int, string> tooltip) : Mark
{
    // The height of a bar as a share of its stretch of the axis.
    private const double Thickness = 0.64;

    // Eighths of a character from the left.
    private const string Parts = " ▏▎▍▌▋▊▉";

    public override void Draw(Chart chart)
    {
        var half = Math.Abs(chart.Y.At(1) - chart.Y.At(0)) * Thickness / 2;
        foreach (var (i, (value, deviation)) in bars.Index())
        {
            var (zero, end, middle) = (chart.X.At(0), chart.X.At(value), chart.Y.At(i));
            chart.Rectangle("f0", Math.Min(zero, end), middle - half, Math.Max(zero, end), middle + half, tooltip(i));
            if (deviation > 0)
            {
                chart.Whisker(value - deviation, value + deviation, middle, half / 2);
            }
        }
    }

    public override void Draw(TextChart chart)
    {
        foreach (var (i, (value, _)) in bars.Index())
        {
            var top = (int)(chart.Y.At(i - 0.5) / 4);
            var bottom = Math.Max(top + 1, (int)(chart.Y.At(i + 0.5) / 4) - 1);
            for (var row = top; row < bottom; row++)
            {
                DrawBar(chart, row, chart.X.At(0) / 2, chart.X.At(value) / 2);
            }
        }
    }

    /// <summary>A bar in one line, between two places in columns: to an eighth of a column on the right of 0, whole columns on the left.</summary>
    private static void DrawBar(TextChart chart, int row, double zero, double end)
    {
        var (from, to) = end < zero ? (Math.Round(end), zero) : (zero, end);
        for (var column = (int)from; column < to; column++)
        {
            var part = column + 1 > to ? (int)((to - column) * 8) : 8;
            if (part > 0)
            {
                chart.Put(column, row, part == 8 ? '█' : Parts[part], 0);
            }
        }
    }
}
