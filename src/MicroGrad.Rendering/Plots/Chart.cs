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
        .mark{fill:var(--soft);font-size:11px}
        .mid{text-anchor:middle}
        .end{text-anchor:end}
        .curve{fill:none;stroke-width:2.2;stroke-linejoin:round;stroke-linecap:round}
        .dash{stroke-dasharray:6 4}
        .s0{stroke:var(--plus)}.s1{stroke:var(--minus)}.s2{stroke:var(--third)}.s3{stroke:var(--fourth)}.s4{stroke:var(--fifth)}.s5{stroke:var(--rootline)}
        .f0{fill:var(--plus)}.f1{fill:var(--minus)}.f2{fill:var(--third)}.f3{fill:var(--fourth)}.f4{fill:var(--fifth)}.f5{fill:var(--rootline)}
        .dot{stroke:var(--paper);stroke-width:.9}
        .edge{fill:none;stroke:var(--ink);stroke-width:1.8}
        .cursor{stroke:var(--rootline);stroke-width:1.5}

        """;

    private const double LeftRoom = 64;
    private const double RightRoom = 18;
    private const double BottomRoom = 46;
    private const double LegendRoom = 24;

    private readonly StringBuilder _text;
    private readonly double _top;

    /// <summary>Opens a chart.</summary>
    /// <param name="options">Size and title.</param>
    /// <param name="name">What the drawing is, for readers who can't see it.</param>
    /// <param name="isInPage">Whether it stands in a page, which has heading, palette and styles.</param>
    public Chart(PlotOptions options, string name, bool isInPage)
    {
        (Width, Height) = (options.Width, options.Height);
        var title = isInPage ? null : options.Title;
        _text = isInPage
            ? new StringBuilder(HtmlPage.SvgBegin(Width, Height, name))
            : SvgText.Begin(Width, Height, title, null, name, Css);
        _top = 8 + SvgText.HeadingHeight(title, null) + LegendRoom;
    }

    public double Width { get; }

    public double Height { get; }

    public double Left { get; } = LeftRoom;

    public double Right => Width - RightRoom;

    public double Top => _top;

    public double Bottom => Height - BottomRoom;

    public Axis X { get; private set; } = new(0, 1, 0, 1);

    public Axis Y { get; private set; } = new(0, 1, 0, 1);

    public StringBuilder Text => _text;

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

            _text.Append(CultureInfo.InvariantCulture, $"<text class=\"mark mid\" x=\"{place}\" y=\"{NumberText.Place(Bottom + 16)}\">{Axis.Text(mark)}</text>\n");
        }

        foreach (var mark in y.Marks((int)(Height / 70)))
        {
            var place = y.At(mark);
            if (hasGrid)
            {
                _text.Append(CultureInfo.InvariantCulture, $"<path class=\"{(mark == 0 && y.Min < 0 ? "zero" : "grid")}\" d=\"M{NumberText.Place(Left)},{NumberText.Place(place)}H{NumberText.Place(Right)}\"/>");
            }

            _text.Append(CultureInfo.InvariantCulture, $"<text class=\"mark end\" x=\"{NumberText.Place(Left - 7)}\" y=\"{NumberText.Place(place + 4)}\">{Axis.Text(mark)}</text>\n");
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
            _text.Append(CultureInfo.InvariantCulture, $"<circle class=\"dot f{series % 6}\" cx=\"{NumberText.Place(X.At(x))}\" cy=\"{NumberText.Place(Y.At(y))}\" r=\"{NumberText.Place(radius)}\">{title}</circle>\n");
        }
    }

    /// <summary>Names beside samples of lines (a kind) or dots (a number), above the frame.</summary>
    public void Legend(params IEnumerable<(string Name, string? Line, int Dot)> entries)
    {
        var x = Left;
        var y = Top - 12;
        foreach (var (name, line, dot) in entries)
        {
            var text = LabelText.OneLine(name, 30);
            _text.Append(line is not null
                ? $"<path class=\"curve {line}\" d=\"M{NumberText.Place(x)},{NumberText.Place(y)}h22\"/>"
                : $"<circle class=\"dot f{(dot % 6).ToString(CultureInfo.InvariantCulture)}\" cx=\"{NumberText.Place(x + 8)}\" cy=\"{NumberText.Place(y)}\" r=\"5\"/>");
            x += line is not null ? 28 : 18;
            _text.Append(CultureInfo.InvariantCulture, $"<text x=\"{NumberText.Place(x)}\" y=\"{NumberText.Place(y + 4)}\">{LabelText.Xml(text)}</text>\n");
            x += (LabelText.Cells(text) * SvgText.CharacterWidth) + 20;
        }
    }

    public string End() => _text.Append("</svg>\n").ToString();
}
