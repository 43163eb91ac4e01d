using System.Globalization;
using System.Text;

namespace MicroGrad.Rendering;

/// <summary>A frame with two axes that lines, points and areas are drawn into.</summary>
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
        .dash{stroke-dasharray:6 4}
        svg{--sixth:#0891b2;--seventh:#65a30d;--eighth:#92400e;--ninth:#64748b}
        @media (prefers-color-scheme:dark){svg{--sixth:#22d3ee;--seventh:#a3e635;--eighth:#d6a277;--ninth:#cbd5e1}}
        .s0{stroke:var(--plus)}.s1{stroke:var(--minus)}.s2{stroke:var(--third)}.s3{stroke:var(--fourth)}.s4{stroke:var(--fifth)}.s5{stroke:var(--rootline)}
        .f0{fill:var(--plus)}.f1{fill:var(--minus)}.f2{fill:var(--third)}.f3{fill:var(--fourth)}.f4{fill:var(--fifth)}.f5{fill:var(--rootline)}
        .f6{fill:var(--sixth)}.f7{fill:var(--seventh)}.f8{fill:var(--eighth)}.f9{fill:var(--ninth)}
        .dot{stroke:var(--paper);stroke-width:.9}
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
    private const double MarkRoom = 7;
    private const double NameRoom = 22;
    private const double MarkCharacterWidth = SvgText.CharacterWidth;

    /// <summary>The lengths that names in the legend are cut to: the first at which all find a place.</summary>
    private static readonly int[] s_nameCells = [30, 24, 16, 11, 8];


    private readonly StringBuilder _text;
    private readonly double _top;

    /// <summary>Opens a chart.</summary>
    /// <param name="options">Size and title.</param>
    /// <param name="name">What the drawing is, for readers who can't see it.</param>
    /// <param name="isInPage">Whether it stands in a page, which has heading, palette and styles.</param>
    /// <param name="legend">
    /// Names beside samples of lines (a kind) or dots (a number); they stand above the frame. Those without a place or a
    /// colour of their own, the last ones, are counted.
    /// </param>
    public Chart(
        PlotOptions options, string name, bool isInPage, IEnumerable<(string Name, string? Line, int Dot)> legend)
    {
        (Width, Height) = (options.Width, options.Height);
        var title = isInPage ? null : options.Title;
        _text = isInPage
            ? new StringBuilder(HtmlPage.SvgBegin(Width, Height, name))
            : SvgText.Begin(Width, Height, title, null, name, Css);
        var all = legend.ToArray();
        var entries = Shown(all, all.Count(entry => entry.Line is not null || entry.Dot < SeriesCount));
        var places = new List<(string Name, double X, int Row)>();
        foreach (var cells in s_nameCells.TakeWhile(_ => places.Count < entries.Length))
        {
            places = LegendPlaces(entries, cells);
        }

        while (places.Count < entries.Length)
        {
            entries = Shown(all, places.Count - 1);
            places = LegendPlaces(entries, s_nameCells[^1]);
        }

        _top = 8 + SvgText.HeadingHeight(title, null) + LegendRoom + (places.DefaultIfEmpty().Max(place => place.Row) * LegendLine);
        AppendLegend(entries, places);
    }

    /// <summary>How many colours there are; the next series begins with the first again.</summary>
    public static int SeriesCount => 10;

    public double Width { get; }

    public double Height { get; }

    public double Left { get; private set; } = LeftRoom;

    public double Right => Width - RightRoom;

    public double Top => _top;

    public double Bottom => Height - BottomRoom;

    public Axis X { get; private set; } = new(0, 1, 0, 1);

    public Axis Y { get; private set; } = new(0, 1, 0, 1);

    public StringBuilder Text => _text;

    /// <summary>Moves the left side of the frame, so that the marks of a range find a place before it.</summary>
    public void MakeRoom(Axis y) => Left = Math.Max(
        LeftRoom,
        NameRoom + MarkRoom + (MarkCharacterWidth * YMarks(y).Select(mark => y.Text(mark, MostMarkCharacters).Length).DefaultIfEmpty(0).Max()));

    /// <summary>Sets the axes and draws grid, marks and names.</summary>
    public void Axes(Axis x, Axis y, string xName, string yName, bool hasGrid = true)
    {
        (X, Y) = (x, y);
        foreach (var mark in x.Marks((int)(Width / 90)))
        {
            var place = NumberText.Place(x.At(mark));
            if (hasGrid)
            {
                _text.Append(CultureInfo.InvariantCulture, $"<path class=\"{(mark == 0 && x.Min < 0 ? "zero" : "grid")}\" d=\"M{place},{NumberText.Place(Top)}V{NumberText.Place(Bottom)}\"/>");
            }

            _text.Append(CultureInfo.InvariantCulture, $"<text class=\"mark mid\" x=\"{place}\" y=\"{NumberText.Place(Bottom + 16)}\">{x.Text(mark, MostMarkCharacters)}</text>\n");
        }

        foreach (var mark in YMarks(y))
        {
            var place = y.At(mark);
            if (hasGrid)
            {
                _text.Append(CultureInfo.InvariantCulture, $"<path class=\"{(mark == 0 && y.Min < 0 ? "zero" : "grid")}\" d=\"M{NumberText.Place(Left)},{NumberText.Place(place)}H{NumberText.Place(Right)}\"/>");
            }

            _text.Append(CultureInfo.InvariantCulture, $"<text class=\"mark end\" x=\"{NumberText.Place(Left - MarkRoom)}\" y=\"{NumberText.Place(place + 4)}\">{y.Text(mark, MostMarkCharacters)}</text>\n");
        }

        var middle = (Top + Bottom) / 2;
        _text.Append(CultureInfo.InvariantCulture, $"<text class=\"mid\" x=\"{NumberText.Place((Left + Right) / 2)}\" y=\"{NumberText.Place(Height - 10)}\">{LabelText.Xml(LabelText.OneLine(xName, 60))}</text>");
        _text.Append(CultureInfo.InvariantCulture, $"<text class=\"mid\" transform=\"translate(15,{NumberText.Place(middle)}) rotate(-90)\">{LabelText.Xml(LabelText.OneLine(yName, 40))}</text>\n");
    }

    /// <summary>The frame around everything, drawn over areas.</summary>
    public void Frame() => _text.Append(
        CultureInfo.InvariantCulture,
        $"<rect class=\"frame\" x=\"{NumberText.Place(Left)}\" y=\"{NumberText.Place(Top)}\" width=\"{NumberText.Place(Right - Left)}\" height=\"{NumberText.Place(Bottom - Top)}\"/>\n");

    /// <summary>A line through points; where one is no number, the line is interrupted. A point alone becomes a dot.</summary>
    public void Line(IEnumerable<(double X, double Y)> points, string kind)
    {
        var path = new StringBuilder();
        var run = 0;
        var last = (X: 0.0, Y: 0.0);
        foreach (var (x, y) in points)
        {
            if (!double.IsFinite(x) || !double.IsFinite(y) || (Y.IsLogarithmic && y <= 0))
            {
                EndRun();
                continue;
            }

            // Far outside is as good as just outside, and can be written.
            last = (X.At(x), Math.Clamp(Y.At(y), -10 * Height, 10 * Height));
            path.Append(CultureInfo.InvariantCulture, $"{(run++ == 0 ? "M" : "L")}{NumberText.Place(last.X)},{NumberText.Place(last.Y)}");
        }

        EndRun();
        _text.Append(CultureInfo.InvariantCulture, $"<path class=\"curve {kind}\" d=\"{path}\"/>\n");

        void EndRun()
        {
            if (run == 1)
            {
                _text.Append(CultureInfo.InvariantCulture, $"<circle class=\"f{kind[1]}\" cx=\"{NumberText.Place(last.X)}\" cy=\"{NumberText.Place(last.Y)}\" r=\"3.5\"/>\n");
            }

            run = 0;
        }
    }

    /// <summary>Clips what follows to the frame, until <see cref="EndClip"/>.</summary>
    public void BeginClip()
    {
        _text.Append(CultureInfo.InvariantCulture, $"<clipPath id=\"inside\"><rect x=\"{NumberText.Place(Left)}\" y=\"{NumberText.Place(Top)}\" width=\"{NumberText.Place(Right - Left)}\" height=\"{NumberText.Place(Bottom - Top)}\"/></clipPath><g clip-path=\"url(#inside)\">\n");
    }

    public void EndClip() => _text.Append("</g>\n");

    public void Dot(double x, double y, int series, double radius, string? tooltip = null)
    {
        if (double.IsFinite(x) && double.IsFinite(y))
        {
            var title = tooltip is null ? string.Empty : $"<title>{LabelText.Xml(tooltip)}</title>";
            _text.Append(CultureInfo.InvariantCulture, $"<circle class=\"dot f{series % SeriesCount}\" cx=\"{NumberText.Place(X.At(x))}\" cy=\"{NumberText.Place(Y.At(y))}\" r=\"{NumberText.Place(radius)}\">{title}</circle>\n");
        }
    }

    public string End() => _text.Append("</svg>\n").ToString();

    private IReadOnlyList<double> YMarks(Axis y) => y.Marks((int)(Height / 70));

    /// <summary>The first entries, and how many more there are.</summary>
    private static (string Name, string? Line, int? Dot)[] Shown((string Name, string? Line, int Dot)[] all, int count)
    {
        var first = all.Take(count).Select(entry => (entry.Name, entry.Line, (int?)entry.Dot));
        return [.. count < all.Length ? first.Append(($"and {NumberText.Count(all.Length - count)} more", null, null)) : first];
    }

    private static double SampleWidth(string? line, int? dot) => line is not null ? 28 : dot is not null ? 18 : 0;

    /// <summary>The entries' names and where they stand, row by row; those that find no place are left out.</summary>
    private List<(string Name, double X, int Row)> LegendPlaces((string Name, string? Line, int? Dot)[] entries, int cells)
    {
        var places = new List<(string Name, double X, int Row)>();
        var (x, row) = (Left, 0);
        foreach (var (name, line, dot) in entries)
        {
            var most = (int)((Right - Left - SampleWidth(line, dot)) / SvgText.CharacterWidth);
            var shown = LabelText.OneLine(name, dot is null ? most : Math.Min(cells, most));
            var width = SampleWidth(line, dot) + (LabelText.Cells(shown) * SvgText.CharacterWidth);
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

    private void AppendLegend((string Name, string? Line, int? Dot)[] entries, List<(string Name, double X, int Row)> places)
    {
        for (var i = 0; i < places.Count; i++)
        {
            var (_, line, dot) = entries[i];
            var (name, x, row) = places[i];
            var y = Top - 12 - ((places[^1].Row - row) * LegendLine);
            _text.Append(line is not null
                ? $"<path class=\"curve {line}\" d=\"M{NumberText.Place(x)},{NumberText.Place(y)}h22\"/>"
                : dot is null ? string.Empty
                : $"<circle class=\"dot f{(dot.Value % SeriesCount).ToString(CultureInfo.InvariantCulture)}\" cx=\"{NumberText.Place(x + 8)}\" cy=\"{NumberText.Place(y)}\" r=\"5\"/>");
            _text.Append(CultureInfo.InvariantCulture, $"<text x=\"{NumberText.Place(x + SampleWidth(line, dot))}\" y=\"{NumberText.Place(y + 4)}\">{LabelText.Xml(name)}</text>\n");
        }
    }
}
