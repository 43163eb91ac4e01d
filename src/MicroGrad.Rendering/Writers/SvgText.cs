using System.Globalization;
using System.Text;
using MicroGrad.Rendering.Text;

namespace MicroGrad.Rendering.Writers;

/// <summary>What all SVG drawings share: the frame, the palette for light and dark, measures of text.</summary>
internal static class SvgText
{
    /// <summary>The size of text in boxes.</summary>
    public const double FontSize = 12;

    /// <summary>The width of a character in the monospaced fonts; the widest of them have 0.602 em.</summary>
    public const double CharacterWidth = 0.605 * FontSize;

    public const double Margin = 18;

    /// <summary>The height of title and note, 0 without either.</summary>
    public static double HeadingHeight(string? title, string? note) =>
        (string.IsNullOrEmpty(title) ? 0 : 28) + (string.IsNullOrEmpty(note) ? 0 : 22);

    /// <summary>The least width that title and note need.</summary>
    public static double HeadingWidth(string? title, string? note) => Math.Max(
        LabelText.Cells(LabelText.OneLine(title ?? string.Empty, 100)) * 10.0, LabelText.Cells(note ?? string.Empty) * CharacterWidth);

    /// <summary>Opens a drawing: frame, name for screen readers, styles, paper and heading.</summary>
    public static StringBuilder Begin(double width, double height, string? title, string? note, string name, string css)
    {
        var text = new StringBuilder();
        var (w, h) = (NumberText.Place(width), NumberText.Place(height));
        text.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" role=\"img\">\n");
        text.Append(CultureInfo.InvariantCulture, $"<title>{LabelText.Xml(string.IsNullOrEmpty(title) ? name : title)}</title>\n");
        text.Append("<style>\n").Append(Palette).Append(css).Append("</style>\n");
        text.Append("<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n");
        AppendHeading(text, title, note);
        return text;
    }

    /// <summary>The opening tag of a drawing inside a page; the page has palette and styles.</summary>
    /// <param name="width">The width.</param>
    /// <param name="height">The height.</param>
    /// <param name="name">What it shows, for screen readers.</param>
    /// <param name="isCompact">Whether it is the better form where only a part of it can be shown.</param>
    /// <param name="textRoom">The room that its text takes, by which the page enlarges text; null where it can't.</param>
    public static string BeginInPage(double width, double height, string name, bool isCompact = false, string? textRoom = null) =>
        $"<svg{(isCompact ? " data-compact=\"\"" : "")}{(textRoom is null ? "" : $" data-names=\"{textRoom}\"")} width=\"{NumberText.Place(width)}\" height=\"{NumberText.Place(height)}\" viewBox=\"0 0 {NumberText.Place(width)} {NumberText.Place(height)}\" role=\"img\" aria-label=\"{LabelText.Xml(name)}\">\n";

    public static void AppendHeading(StringBuilder text, string? title, string? note)
    {
        var y = Margin;
        if (!string.IsNullOrEmpty(title))
        {
            text.Append(CultureInfo.InvariantCulture, $"<text class=\"title\" x=\"{NumberText.Place(Margin)}\" y=\"{NumberText.Place(y + 12)}\">{LabelText.Xml(LabelText.OneLine(title, 100))}</text>\n");
            y += 28;
        }

        if (!string.IsNullOrEmpty(note))
        {
            text.Append(CultureInfo.InvariantCulture, $"<text class=\"note\" x=\"{NumberText.Place(Margin)}\" y=\"{NumberText.Place(y + 10)}\">{LabelText.Xml(note)}</text>\n");
        }
    }

    /// <summary>
    /// The colours as custom properties, for light and dark systems. Text has a contrast of at least 4.5 to its background,
    /// lines and outlines of 3. Sign is blue against orange, which every kind of colour vision tells apart.
    /// </summary>
    public const string Palette = """
        svg{--paper:#ffffff;--ink:#1f2937;--soft:#5b6472;--line:#64748b;--box:#f8fafc;--leaf:#ecfdf5;--leafline:#1f8f6c;--rootline:#7c3aed;--op:#e0e7ff;--opline:#4f46e5;--opink:#3730a3;--plus:#2563eb;--minus:#ea580c;--grid:#e5e7eb;--third:#059669;--fourth:#db2777;--fifth:#a16207}
        @media (prefers-color-scheme:dark){svg{--paper:#0f172a;--ink:#e5e7eb;--soft:#9ca3af;--line:#8494aa;--box:#1e293b;--leaf:#12332c;--leafline:#34d399;--rootline:#a78bfa;--op:#312e81;--opline:#818cf8;--opink:#e0e7ff;--plus:#60a5fa;--minus:#fb923c;--grid:#273449;--third:#34d399;--fourth:#f472b6;--fifth:#facc15}}
        text{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:12px;fill:var(--ink)}
        .paper{fill:var(--paper)}
        .title{font-family:system-ui,"Segoe UI",Helvetica,Arial,sans-serif;font-size:18px;font-weight:600}
        .note{fill:var(--soft)}

        """;
}
