using MicroGrad.Rendering.Text;

namespace MicroGrad.Rendering.Plots;

/// <summary>A line through points, interrupted where one is no number.</summary>
/// <param name="points">The points.</param>
/// <param name="series">The colour and the dashes; 0 is a solid line.</param>
/// <param name="name">The name in the legend, or null for none.</param>
internal sealed class LineMark(IEnumerable<(double X, double Y)> points, int series, string? name = null) : Mark
{
    private readonly (double X, double Y)[] _points = [.. points];

    public override IEnumerable<LegendEntry> Legend => name is null ? [] : [new LegendEntry(name, LegendSample.Line, series)];

    public override void Draw(Chart chart) => chart.Line(_points, series);

    public override void Draw(TextChart chart)
    {
        var canvas = chart.Layer(series);
        (double X, double Y)? before = null;
        foreach (var (x, y) in _points)
        {
            if (!double.IsFinite(x) || !double.IsFinite(y) || (chart.Y.IsLogarithmic && y <= 0) || (chart.X.IsLogarithmic && x <= 0))
            {
                before = null;
                continue;
            }

            var place = (chart.X.At(x), chart.Y.At(y));
            canvas.Line(before ?? place, place, series + 1);
            before = place;
        }
    }
}

/// <summary>A line from side to side that others are compared with.</summary>
/// <param name="y">Its height at a place.</param>
/// <param name="name">The name in the legend, or null for none.</param>
internal sealed class GuideMark(Func<double, double> y, string? name = null) : Mark
{
    public override IEnumerable<LegendEntry> Legend => name is null ? [] : [new LegendEntry(name, LegendSample.Guide)];

    public override void Draw(Chart chart) => chart.Guide((chart.X.Min, y(chart.X.Min)), (chart.X.Max, y(chart.X.Max)));

    public override void Draw(TextChart chart)
    {
        for (var column = 0; column < chart.Columns; column++)
        {
            var middle = chart.X.Min + ((column + 0.5) / chart.Columns * (chart.X.Max - chart.X.Min));
            var share = (y(middle) - chart.Y.Min) / (chart.Y.Max - chart.Y.Min);
            if (share is >= 0 and <= 1)
            {
                chart.Put(column, Math.Clamp(chart.Rows - 1 - (int)(share * chart.Rows), 0, chart.Rows - 1), TextChart.GuideDot, TextChart.GuideSeries);
            }
        }
    }
}

/// <summary>A vertical line that marks a place.</summary>
/// <param name="x">The place.</param>
/// <param name="name">The name in the legend.</param>
internal sealed class UprightMark(double x, string name) : Mark
{
    public override IEnumerable<LegendEntry> Legend => [new LegendEntry(name, LegendSample.Guide)];

    public override void Draw(Chart chart) => chart.Guide((x, chart.Y.Min), (x, chart.Y.Max));

    public override void Draw(TextChart chart)
    {
        for (var row = 0; row < chart.Rows; row++)
        {
            chart.Put((int)(chart.X.At(x) / 2), row, TextChart.GuideDot, TextChart.GuideSeries);
        }
    }
}

/// <summary>A vertical line that a page moves.</summary>
/// <param name="first">The first place that it stands at.</param>
/// <param name="last">The last one.</param>
internal sealed class CursorMark(double first, double last) : Mark
{
    public override void Draw(Chart chart) => chart.Text.Append(FormattableString.Invariant(
        $"<line class=\"cursor\" id=\"cursor\" data-scale=\"{NumberText.Place(chart.X.At(first))} {NumberText.Place(chart.X.At(last))} {first} {last}\" x1=\"{NumberText.Place(chart.Left)}\" x2=\"{NumberText.Place(chart.Left)}\" y1=\"{NumberText.Place(chart.Top)}\" y2=\"{NumberText.Place(chart.Bottom)}\"/>\n"));

    public override void Draw(TextChart chart)
    {
    }
}
