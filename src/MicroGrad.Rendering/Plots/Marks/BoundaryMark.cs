using System.Globalization;
using System.Text;
using MicroGrad.Rendering.Text;

namespace MicroGrad.Rendering.Plots;

/// <summary>The plane in the colours of the classes that a model decides for, stronger where it is surer, and rows.</summary>
/// <param name="decisions">What the model decides.</param>
/// <param name="rows">The rows.</param>
internal sealed class BoundaryMark(DecisionField decisions, IReadOnlyList<PlotRow> rows) : Mark
{
    private const int Columns = 128;
    private const int Rows = 96;

    /// <summary>The leads at which a colour gets stronger: fifths of 1 - e^-lead.</summary>
    private static readonly double[] Levels = [.. Enumerable.Range(0, 5).Select(i => -Math.Log(1 - (i / 5.0)))];

    private double[][]? _leads;

    public override IEnumerable<LegendEntry> Legend => decisions.Classes.Select(
        (name, place) => new LegendEntry(name, LegendSample.Class, place, HasGround: place < decisions.DecidedCount));

    private double[][] Leads => _leads ??= decisions.Leads(Columns + 1, Rows + 1);

    public override void DrawBehind(Chart chart) => AppendAreas(chart, Leads);

    public override void Draw(Chart chart)
    {
        AppendEdges(chart, Leads);
        var radius = rows.Count > 1500 ? 2 : rows.Count > 400 ? 3 : 4.5;
        foreach (var row in rows)
        {
            chart.Dot(row.X, row.Y, ClassSeries.Of(Math.Max(0, decisions.ClassOf(row))), radius, rows.Count > 1500 ? null : row.Class);
        }
    }

    public override void Draw(TextChart chart)
    {
        foreach (var row in rows.Reverse())
        {
            if (double.IsFinite(row.X) && double.IsFinite(row.Y))
            {
                var place = Math.Max(0, decisions.ClassOf(row));
                var column = Math.Round((row.X - chart.X.Min) / (chart.X.Max - chart.X.Min) * (chart.Columns - 1));
                var line = Math.Round((chart.Y.Max - row.Y) / (chart.Y.Max - chart.Y.Min) * (chart.Rows - 1));
                chart.Put((int)column, (int)line, TextLegend.MarkOf(place), ClassSeries.Of(place));
            }
        }

        var leads = decisions.Leads(chart.Columns, chart.Rows);
        for (var row = 0; row < chart.Rows; row++)
        {
            for (var column = 0; column < chart.Columns; column++)
            {
                var decided = Decided(leads, ((chart.Rows - 1 - row) * chart.Columns) + column);
                chart.Put(column, row, TextLegend.GroundOf(decided, chart.UseColor), null);
                chart.Ground(column, row, ClassSeries.Of(decided));
            }
        }
    }

    private static int Decided(double[][] leads, int at)
    {
        var best = 0;
        for (var k = 1; k < leads.Length; k++)
        {
            best = leads[k][at] > leads[best][at] ? k : best;
        }

        return best;
    }

    /// <summary>Each level covers the one before, so that there are no seams between them.</summary>
    private static void AppendAreas(Chart chart, double[][] leads)
    {
        var (width, height) = ((chart.Right - chart.Left) / Columns, (chart.Bottom - chart.Top) / Rows);
        for (var k = 0; k < leads.Length; k++)
        {
            foreach (var level in Levels)
            {
                var path = new StringBuilder();
                for (var r = 0; r < Rows; r++)
                {
                    AppendRow(path, leads[k], level, r);
                }

                if (path.Length > 0)
                {
                    chart.Text.Append(CultureInfo.InvariantCulture, $"<path class=\"f{ClassSeries.Of(k) % Chart.SeriesCount}\" fill-opacity=\"0.09\" d=\"{path}\"/>\n");
                }
            }
        }

        void AppendRow(StringBuilder path, double[] lead, double level, int row)
        {
            for (var c = 0; c < Columns; c++)
            {
                var end = c;
                while (end < Columns && IsFull(lead, level, row, end))
                {
                    end++;
                }

                if (end > c)
                {
                    AppendPolygon(path, [(c, row), (end, row), (end, row + 1), (c, row + 1)]);
                    c = end - 1;
                    continue;
                }

                AppendPart(path, lead, level, row, c);
            }
        }

        // The part of a cell above the level: its corners above, and the points between them and those below.
        void AppendPart(StringBuilder path, double[] lead, double level, int row, int column)
        {
            (int X, int Y)[] corners = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)];
            var polygon = new List<(double X, double Y)>(8);
            for (var i = 0; i < 4; i++)
            {
                var (from, to) = (corners[i], corners[(i + 1) % 4]);
                var (a, b) = (lead[At(from.Y, from.X)] - level, lead[At(to.Y, to.X)] - level);
                if (a > 0)
                {
                    polygon.Add(from);
                }

                if ((a > 0) != (b > 0) && double.IsFinite(a) && double.IsFinite(b))
                {
                    var share = a / (a - b);
                    polygon.Add((from.X + (share * (to.X - from.X)), from.Y + (share * (to.Y - from.Y))));
                }
            }

            if (polygon.Count > 2)
            {
                AppendPolygon(path, polygon);
            }
        }

        void AppendPolygon(StringBuilder path, IReadOnlyList<(double X, double Y)> points)
        {
            for (var i = 0; i < points.Count; i++)
            {
                path.Append(
                    CultureInfo.InvariantCulture,
                    $"{(i == 0 ? "M" : "L")}{NumberText.Place(chart.Left + (points[i].X * width))},{NumberText.Place(chart.Bottom - (points[i].Y * height))}");
            }

            path.Append('Z');
        }
    }

    private static bool IsFull(double[] lead, double level, int row, int column) =>
        lead[At(row, column)] > level && lead[At(row, column + 1)] > level
        && lead[At(row + 1, column)] > level && lead[At(row + 1, column + 1)] > level;

    private static int At(int row, int column) => (row * (Columns + 1)) + column;

    /// <summary>The lines on which a class's lead is 0, cell by cell between the corners where its sign changes.</summary>
    private static void AppendEdges(Chart chart, double[][] leads)
    {
        var path = new StringBuilder();
        var (width, height) = ((chart.Right - chart.Left) / Columns, (chart.Bottom - chart.Top) / Rows);

        // Two classes have the same edge.
        foreach (var lead in leads.Length == 2 ? leads.Take(1) : leads)
        {
            for (var r = 0; r < Rows; r++)
            {
                for (var c = 0; c < Columns; c++)
                {
                    AppendCell(path, lead, r, c);
                }
            }
        }

        chart.Text.Append(CultureInfo.InvariantCulture, $"<path class=\"edge\" d=\"{path}\"/>\n");

        void AppendCell(StringBuilder path, double[] lead, int r, int c)
        {
            Span<(double X, double Y)> ends = stackalloc (double, double)[4];
            var count = 0;
            var (a, b, d, e) = (lead[At(r, c)], lead[At(r, c + 1)], lead[At(r + 1, c + 1)], lead[At(r + 1, c)]);
            Side(ends, a, b, (c, r), (c + 1, r));
            Side(ends, b, d, (c + 1, r), (c + 1, r + 1));
            Side(ends, d, e, (c + 1, r + 1), (c, r + 1));
            Side(ends, e, a, (c, r + 1), (c, r));
            for (var i = 0; i + 1 < count; i += 2)
            {
                path.Append(
                    CultureInfo.InvariantCulture,
                    $"M{NumberText.Place(chart.Left + (ends[i].X * width))},{NumberText.Place(chart.Bottom - (ends[i].Y * height))}L{NumberText.Place(chart.Left + (ends[i + 1].X * width))},{NumberText.Place(chart.Bottom - (ends[i + 1].Y * height))}");
            }

            void Side(Span<(double X, double Y)> ends, double from, double to, (int X, int Y) start, (int X, int Y) end)
            {
                if ((from > 0) != (to > 0) && double.IsFinite(from) && double.IsFinite(to))
                {
                    var share = from / (from - to);
                    ends[count++] = (start.X + (share * (end.X - start.X)), start.Y + (share * (end.Y - start.Y)));
                }
            }
        }
    }
}
