using System.Globalization;
using System.Text;
using MicroGrad.Rendering.Text;
using MicroGrad.Rendering.Writers;

namespace MicroGrad.Rendering.Plots;

/// <summary>Draws a figure as SVG: a frame with two axes, the marks in it, and a legend above.</summary>
internal sealed class Chart
{
    public const string Css = """
        .grid{stroke:var(--grid);stroke-width:1}
        .zero{stroke:var(--line);stroke-width:1}
        .frame{fill:none;stroke:var(--line)}
        .mark{fill:var(--soft)}
        .mid{text-anchor:middle}
        .end{text-anchor:end}
        .curve{fill:none;stroke-width:2.2;stroke-linejoin:round;stroke-linecap:round}
        .d1{stroke-dasharray:7 4}.d2{stroke-dasharray:2 3}.d3{stroke-dasharray:10 3 2 3}.d4{stroke-dasharray:14 5}
        .guide{fill:none;stroke:var(--line);stroke-width:1.6;stroke-dasharray:6 4}
        svg{--sixth:#0891b2;--seventh:#65a30d;--eighth:#92400e;--ninth:#64748b}
        @media (prefers-color-scheme:dark){svg{--sixth:#22d3ee;--seventh:#a3e635;--eighth:#d6a277;--ninth:#cbd5e1}}
        .s0{stroke:var(--plus)}.s1{stroke:var(--minus)}.s2{stroke:var(--third)}.s3{stroke:var(--fourth)}.s4{stroke:var(--fifth)}.s5{stroke:var(--rootline)}
        .s6{stroke:var(--sixth)}.s7{stroke:var(--seventh)}.s8{stroke:var(--eighth)}.s9{stroke:var(--ninth)}
        .f0{fill:var(--plus)}.f1{fill:var(--minus)}.f2{fill:var(--third)}.f3{fill:var(--fourth)}.f4{fill:var(--fifth)}.f5{fill:var(--rootline)}
        .f6{fill:var(--sixth)}.f7{fill:var(--seventh)}.f8{fill:var(--eighth)}.f9{fill:var(--ninth)}
        .dot{stroke:var(--paper);stroke-width:.9}
        .ring{fill:var(--paper);stroke-width:2}
        .whisker{fill:none;stroke:var(--ink);stroke-width:1.4}
        .cell{stroke:var(--grid);stroke-width:1}
        .edge{fill:none;stroke:var(--ink);stroke-width:1.8}
        .cursor{stroke:var(--rootline);stroke-width:1.5}

        """;

    private const double LeftRoom = 64;
    private const double RightRoom = 18;
    private const double BottomRoom = 46;
    private const double LegendRoom = 24;
    private const double LegendLine = 18;
    private const int MostLegendLines = 3;
    private const int MostMarkCharacters = 11;
    private const int MostNameCells = 18;
    private const double MarkRoom = 7;
    private const double NameRoom = 22;

    // Panels: the least that marks and names need, and the room above the frame of one.
    private const int LeastPanelWidth = 250;
    private const int LeastPanelHeight = 180;
    private const double PanelTop = 14;
    private const int HeadRoom = 40;

    // Half of the width of a line along the frame is outside.
    private const double LineRoom = 1.2;

    /// <summary>The lengths to cut names in the legend to; the first that fits is used.</summary>
    private static readonly int[] NameCells = [30, 24, 16, 11, 8];

    private readonly StringBuilder _text;
    private readonly double _leftRoom;
    private readonly double _bottomRoom;
    private readonly bool _areNamesUpright;

    /// <param name="figure">The figure.</param>
    /// <param name="legend">The legend above the frame.</param>
    /// <param name="width">The width of the drawing.</param>
    /// <param name="height">Its height.</param>
    /// <param name="text">The SVG so far.</param>
    /// <param name="top">The top of the frame where the legend takes one line.</param>
    /// <param name="id">What tells the drawing from others in the same SVG.</param>
    private Chart(Figure figure, LegendEntry[] legend, double width, double height, StringBuilder text, double top, string id)
    {
        (Width, Height, _text) = (width, height, text);
        (Left, Right) = (LeftRoom, Width - RightRoom);
        Top = AppendLegend(legend, top);
        Bottom = Height - BottomRoom;

        Left = _leftRoom = Math.Max(LeftRoom, NameRoom + MarkRoom + (SvgText.CharacterWidth * LongestText(figure.Y, YMarks(figure.Y, figure))));
        if (figure.X.Names is { Count: > 0 } names)
        {
            // Names that do not fit side by side are drawn upright.
            _areNamesUpright = names.Max(name => LabelText.Cells(Short(name))) * SvgText.CharacterWidth > (Right - Left) / names.Count;
            Bottom -= _areNamesUpright ? (LongestText(figure.X, figure.X.Marks(1)) - 1) * SvgText.CharacterWidth : 0;
        }

        _bottomRoom = Height - Bottom;
        if (figure.IsSquare)
        {
            var side = Math.Min(Right - Left, Bottom - Top);
            Left += (Right - Left - side) / 2;
            (Right, Bottom) = (Left + side, Top + side);
        }

        X = figure.X with { Start = Left, End = Right };
        Y = figure.Y.Names is null ? figure.Y with { Start = Bottom, End = Top } : figure.Y with { Start = Top, End = Bottom };
        Inside = FormattableString.Invariant($"inside{id}{NumberText.Place(Left)}-{NumberText.Place(Top)}-{NumberText.Place(Right)}-{NumberText.Place(Bottom)}");
    }

    /// <summary>How many colours there are; the next series begins with the first again.</summary>
    public static int SeriesCount => 10;

    public double Width { get; }

    public double Height { get; }

    public double Left { get; }

    public double Right { get; }

    public double Top { get; }

    public double Bottom { get; }

    public Axis X { get; }

    /// <summary>The range up; names are listed from the top down.</summary>
    public Axis Y { get; }

    public StringBuilder Text => _text;

    /// <summary>The id of a clip that leaves only what is in the frame.</summary>
    private string Inside { get; }

    /// <summary>Draws a figure.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="options">Size and title.</param>
    /// <param name="isInPage">Whether it stands in a page, which has heading, palette and styles.</param>
    public static string Write(Figure figure, PlotOptions options, bool isInPage)
    {
        var (columns, rows) = PanelGrid(figure.Panels.Count, options.Width);
        var height = Math.Max(options.Height, rows > 1 ? HeadRoom + (rows * LeastPanelHeight) : 0);
        var title = isInPage ? null : options.Title;
        var text = isInPage
            ? new StringBuilder(SvgText.BeginInPage(options.Width, height, figure.Name))
            : SvgText.Begin(options.Width, height, title, null, figure.Name, Css);
        var chart = new Chart(figure, [.. figure.Legend], options.Width, height, text, 8 + SvgText.HeadingHeight(title, null) + LegendRoom, string.Empty);
        if (figure.Panels.Count == 0)
        {
            chart.AppendFrame(figure);
        }
        else
        {
            chart.AppendPanels(figure.Panels, columns, rows);
        }

        return text.Append("</svg>\n").ToString();
    }

    private static (int Columns, int Rows) PanelGrid(int count, int width)
    {
        var columns = Math.Clamp((int)Math.Ceiling(Math.Sqrt(count)), 1, Math.Max(1, width / LeastPanelWidth));
        return (columns, (count + columns - 1) / columns);
    }

    private void AppendPanels(IReadOnlyList<Figure> panels, int columns, int rows)
    {
        var top = Top - PanelTop;
        var (width, height) = (Width / columns, (Height - top) / rows);
        foreach (var (place, panel) in panels.Index())
        {
            var (x, y) = (NumberText.Place(place % columns * width), NumberText.Place(top + (place / columns * height)));
            _text.Append(CultureInfo.InvariantCulture, $"<svg x=\"{x}\" y=\"{y}\" width=\"{NumberText.Place(width)}\" height=\"{NumberText.Place(height)}\" role=\"img\" aria-label=\"{LabelText.Xml(panel.Name)}\">\n");
            new Chart(panel, [], width, height, _text, PanelTop, FormattableString.Invariant($"{place}-")).AppendFrame(panel);
            _text.Append("</svg>\n");
        }
    }

    private void AppendFrame(Figure figure)
    {
        _text.Append(CultureInfo.InvariantCulture, $"<clipPath id=\"{Inside}\"><rect {Rectangle(LineRoom)}/></clipPath>\n");
        foreach (var mark in figure.Marks)
        {
            mark.DrawBehind(this);
        }

        AppendAxes(figure);
        _text.Append(CultureInfo.InvariantCulture, $"<rect class=\"frame\" {Rectangle(0)}/>\n");
        foreach (var mark in figure.Marks)
        {
            mark.Draw(this);
        }
    }

    /// <summary>A line through points, interrupted where one is no number. A single point becomes a dot.</summary>
    public void Line(IEnumerable<(double X, double Y)> points, int series)
    {
        var path = new StringBuilder();
        var run = 0;
        var last = (X: 0.0, Y: 0.0);
        foreach (var (x, y) in points)
        {
            if (!double.IsFinite(x) || !double.IsFinite(y) || (Y.IsLogarithmic && y <= 0) || (X.IsLogarithmic && x <= 0))
            {
                EndRun();
                continue;
            }

            // Places far outside are moved to just outside, as their numbers would be too long.
            last = (X.At(x), Math.Clamp(Y.At(y), -10 * Height, 10 * Height));
            path.Append(CultureInfo.InvariantCulture, $"{(run++ == 0 ? "M" : "L")}{NumberText.Place(last.X)},{NumberText.Place(last.Y)}");
        }

        EndRun();
        _text.Append(CultureInfo.InvariantCulture, $"<path class=\"{LineClass(series)}\" clip-path=\"url(#{Inside})\" d=\"{path}\"/>\n");

        void EndRun()
        {
            if (run == 1)
            {
                _text.Append(CultureInfo.InvariantCulture, $"<circle class=\"f{series % SeriesCount}\" cx=\"{NumberText.Place(last.X)}\" cy=\"{NumberText.Place(last.Y)}\" r=\"3.5\"/>\n");
            }

            run = 0;
        }
    }

    /// <summary>A straight line that others are compared with.</summary>
    public void Guide((double X, double Y) from, (double X, double Y) to) => _text.Append(
        CultureInfo.InvariantCulture,
        $"<path class=\"guide\" clip-path=\"url(#{Inside})\" d=\"M{NumberText.Place(X.At(from.X))},{NumberText.Place(Y.At(from.Y))}L{NumberText.Place(X.At(to.X))},{NumberText.Place(Y.At(to.Y))}\"/>\n");

    /// <summary>A point in the colour and the shape of its series.</summary>
    public void Dot(double x, double y, int series, double radius, string? tooltip = null)
    {
        if (double.IsFinite(x) && double.IsFinite(y))
        {
            AppendShape(X.At(x), Y.At(y), series, radius, tooltip);
        }
    }

    /// <summary>A horizontal line with a mark at each end, at a height in the drawing.</summary>
    public void Whisker(double from, double to, double y, double half)
    {
        var (left, right) = (X.At(from), X.At(to));
        var (top, end) = (NumberText.Place(y - half), NumberText.Place(2 * half));
        _text.Append(CultureInfo.InvariantCulture, $"<path class=\"whisker\" d=\"M{NumberText.Place(left)},{top}v{end}M{NumberText.Place(right)},{top}v{end}M{NumberText.Place(left)},{NumberText.Place(y)}H{NumberText.Place(right)}\"/>\n");
    }

    /// <summary>A rectangle by its corners in the drawing.</summary>
    public void Rectangle(string kind, double left, double top, double right, double bottom, string? tooltip = null, double opacity = 1)
    {
        var title = tooltip is null ? string.Empty : $"<title>{LabelText.Xml(tooltip)}</title>";
        var strength = opacity < 1 ? $" fill-opacity=\"{NumberText.Place(opacity)}\"" : string.Empty;
        _text.Append(CultureInfo.InvariantCulture, $"<rect class=\"{kind}\"{strength} x=\"{NumberText.Place(left)}\" y=\"{NumberText.Place(top)}\" width=\"{NumberText.Place(right - left)}\" height=\"{NumberText.Place(bottom - top)}\">{title}</rect>\n");
    }

    /// <summary>The frame, larger by some pixels on each side.</summary>
    private string Rectangle(double room) =>
        $"x=\"{NumberText.Place(Left - room)}\" y=\"{NumberText.Place(Top - room)}\" width=\"{NumberText.Place(Right - Left + (2 * room))}\" height=\"{NumberText.Place(Bottom - Top + (2 * room))}\"";

    private static string LineClass(int series) => series % 5 == 0
        ? FormattableString.Invariant($"curve s{series % SeriesCount}")
        : FormattableString.Invariant($"curve s{series % SeriesCount} d{series % 5}");

    private static string Short(string name) => LabelText.OneLine(name, MostNameCells);

    private static string TextOf(Axis axis, double mark) =>
        axis.Names is null ? axis.Text(mark, MostMarkCharacters) : Short(axis.Text(mark));

    private static int LongestText(Axis axis, IReadOnlyList<double> marks) =>
        marks.Select(mark => LabelText.Cells(TextOf(axis, mark))).DefaultIfEmpty(0).Max();

    private IReadOnlyList<double> XMarks(Axis x) => x.Marks((int)(Width / 90));

    /// <remarks>In a square both axes have the same marks.</remarks>
    private IReadOnlyList<double> YMarks(Axis y, Figure figure) => figure.IsSquare ? XMarks(y) : y.Marks((int)(Height / 70));

    /// <summary>Grid, numbers and names of both axes.</summary>
    private void AppendAxes(Figure figure)
    {
        foreach (var mark in XMarks(X))
        {
            var place = NumberText.Place(X.At(mark));
            if (figure.HasGrid && X.Names is null)
            {
                _text.Append(CultureInfo.InvariantCulture, $"<path class=\"{(mark == 0 && X.Min < 0 ? "zero" : "grid")}\" d=\"M{place},{NumberText.Place(Top)}V{NumberText.Place(Bottom)}\"/>");
            }

            var at = _areNamesUpright
                ? $"mark end\" transform=\"translate({NumberText.Place(X.At(mark) + 4)},{NumberText.Place(Bottom + MarkRoom)}) rotate(-90)"
                : $"mark mid\" x=\"{place}\" y=\"{NumberText.Place(Bottom + 16)}";
            _text.Append(CultureInfo.InvariantCulture, $"<text class=\"{at}\">{LabelText.Xml(TextOf(X, mark))}</text>\n");
        }

        foreach (var mark in YMarks(Y, figure))
        {
            var place = Y.At(mark);
            if (figure.HasGrid && Y.Names is null)
            {
                _text.Append(CultureInfo.InvariantCulture, $"<path class=\"{(mark == 0 && Y.Min < 0 ? "zero" : "grid")}\" d=\"M{NumberText.Place(Left)},{NumberText.Place(place)}H{NumberText.Place(Right)}\"/>");
            }

            _text.Append(CultureInfo.InvariantCulture, $"<text class=\"mark end\" x=\"{NumberText.Place(Left - MarkRoom)}\" y=\"{NumberText.Place(place + 4)}\">{LabelText.Xml(TextOf(Y, mark))}</text>\n");
        }

        _text.Append(CultureInfo.InvariantCulture, $"<text class=\"mid\" x=\"{NumberText.Place((Left + Right) / 2)}\" y=\"{NumberText.Place(Bottom + _bottomRoom - 10)}\">{LabelText.Xml(LabelText.OneLine(figure.XName, 60))}</text>");
        _text.Append(CultureInfo.InvariantCulture, $"<text class=\"mid\" transform=\"translate({NumberText.Place(Left - _leftRoom + 15)},{NumberText.Place((Top + Bottom) / 2)}) rotate(-90)\">{LabelText.Xml(LabelText.OneLine(figure.YName, 40))}</text>\n");
    }

    /// <summary>The shapes of points: five that are filled, and the same as rings.</summary>
    private void AppendShape(double x, double y, int series, double radius, string? tooltip)
    {
        var color = series % SeriesCount;
        var kind = color < 5 ? FormattableString.Invariant($"dot f{color}") : FormattableString.Invariant($"ring s{color}");
        var title = tooltip is null ? string.Empty : $"<title>{LabelText.Xml(tooltip)}</title>";
        if (color % 5 == 0)
        {
            _text.Append(CultureInfo.InvariantCulture, $"<circle class=\"{kind}\" cx=\"{NumberText.Place(x)}\" cy=\"{NumberText.Place(y)}\" r=\"{NumberText.Place(radius)}\">{title}</circle>\n");
            return;
        }

        // A square, a triangle, a diamond and a triangle on its tip, about as large as the circle.
        var (a, b) = (NumberText.Place(0.89 * radius), NumberText.Place(1.78 * radius));
        var (c, d) = (NumberText.Place(1.3 * radius), NumberText.Place(1.15 * radius));
        var path = (color % 5) switch
        {
            1 => $"m-{a},-{a}h{b}v{b}h-{b}z",
            2 => $"m0,-{c}L{NumberText.Place(x + (1.25 * radius))},{NumberText.Place(y + (0.85 * radius))}H{NumberText.Place(x - (1.25 * radius))}z",
            3 => $"m0,-{c}l{d},{c}l-{d},{c}l-{d},-{c}z",
            _ => $"m0,{c}L{NumberText.Place(x + (1.25 * radius))},{NumberText.Place(y - (0.85 * radius))}H{NumberText.Place(x - (1.25 * radius))}z",
        };
        _text.Append(CultureInfo.InvariantCulture, $"<path class=\"{kind}\" d=\"M{NumberText.Place(x)},{NumberText.Place(y)}{path}\">{title}</path>\n");
    }

    /// <summary>Writes the legend above the frame, and returns the top of the frame.</summary>
    private double AppendLegend(LegendEntry[] all, double firstTop)
    {
        // The last classes, which have no colour of their own, are only counted.
        var entries = Shown(all, all.Count(entry => entry.Sample != LegendSample.Class || entry.Series < SeriesCount));
        var places = new List<(string Name, double X, int Row)>();
        foreach (var cells in NameCells.TakeWhile(_ => places.Count < entries.Length))
        {
            places = LegendPlaces(entries, cells);
        }

        while (places.Count < entries.Length)
        {
            entries = Shown(all, places.Count - 1);
            places = LegendPlaces(entries, NameCells[^1]);
        }

        var top = firstTop + (places.DefaultIfEmpty().Max(place => place.Row) * LegendLine);
        foreach (var (entry, (name, x, row)) in entries.Zip(places))
        {
            var y = top - 12 - ((places[^1].Row - row) * LegendLine);
            AppendSample(entry, x, y);
            _text.Append(CultureInfo.InvariantCulture, $"<text x=\"{NumberText.Place(x + SampleWidth(entry))}\" y=\"{NumberText.Place(y + 4)}\">{LabelText.Xml(name)}</text>\n");
        }

        return top;
    }

    private void AppendSample(LegendEntry entry, double x, double y)
    {
        var line = $"d=\"M{NumberText.Place(x)},{NumberText.Place(y)}h22\"/>";
        switch (entry.Sample)
        {
            case LegendSample.Line:
                _text.Append("<path class=\"").Append(LineClass(entry.Series)).Append("\" ").Append(line);
                break;
            case LegendSample.Guide:
                _text.Append("<path class=\"guide\" ").Append(line);
                break;
            case LegendSample.Bar:
                Rectangle(FormattableString.Invariant($"f{entry.Series % SeriesCount}"), x, y - 5, x + 12, y + 5);
                break;
            case LegendSample.Dot:
                AppendShape(x + 8, y, entry.Series, 5, null);
                break;
            case LegendSample.Class:
                AppendShape(x + 8, y, ClassSeries.Of(entry.Series), 5, null);
                break;
        }
    }

    /// <summary>The first entries, and the number of the others.</summary>
    private static LegendEntry[] Shown(LegendEntry[] all, int count) =>
        count < all.Length ? [.. all.Take(count), new LegendEntry($"and {NumberText.Count(all.Length - count)} more")] : all;

    private static double SampleWidth(LegendEntry entry) => entry.Sample switch
    {
        LegendSample.None => 0,
        LegendSample.Line or LegendSample.Guide => 28,
        _ => 18,
    };

    /// <summary>The names of entries and their places, row by row; those that do not fit are left out.</summary>
    private List<(string Name, double X, int Row)> LegendPlaces(LegendEntry[] entries, int cells)
    {
        var places = new List<(string Name, double X, int Row)>();
        var (x, row) = (Left, 0);
        foreach (var entry in entries)
        {
            var sample = SampleWidth(entry);
            var most = (int)((Right - Left - sample) / SvgText.CharacterWidth);
            var shown = LabelText.OneLine(entry.Name, entry.Sample == LegendSample.None ? most : Math.Min(cells, most));
            var width = sample + (LabelText.Cells(shown) * SvgText.CharacterWidth);
            if (x > Left && x + width > Right)
            {
                (x, row) = (Left, row + 1);
            }

            if (row == MostLegendLines)
            {
                break;
            }

            places.Add((shown, x, row));
            x += width + 20;
        }

        return places;
    }
}

/// <summary>The series of a class by its place: the first of two classes, the negative one, is orange in all plots.</summary>
internal static class ClassSeries
{
    public static int Of(int place) => place switch { 0 => 1, 1 => 0, _ => place };
}
