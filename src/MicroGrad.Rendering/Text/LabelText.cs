using System.Globalization;
using System.Text;

namespace MicroGrad.Rendering.Text;

/// <summary>Labels escaped for each format. A label is any text from a user.</summary>
internal static class LabelText
{
    /// <summary>
    /// The label without characters that no text format can hold: control characters and the like become visible, halves of
    /// surrogate pairs the replacement character. Line breaks become one kind, and tabs become spaces.
    /// </summary>
    public static string Printable(string label)
    {
        var text = new StringBuilder(label.Length);
        for (var i = 0; i < label.Length; i++)
        {
            var c = label[i];
            if (c == '\r')
            {
                if (i + 1 == label.Length || label[i + 1] != '\n')
                {
                    text.Append('\n');
                }
            }
            else if (c == '\n')
            {
                text.Append(c);
            }
            else if (c == '\t')
            {
                text.Append(' ');
            }
            else if (char.IsHighSurrogate(c) && i + 1 < label.Length && char.IsLowSurrogate(label[i + 1]))
            {
                text.Append(c).Append(label[++i]);
            }
            else if (char.IsSurrogate(c) || c is '\ufffe' or '\uffff')
            {
                text.Append('\ufffd');
            }
            else
            {
                text.AppendVisible(c);
            }
        }

        return text.ToString();
    }

    /// <summary>The printable label on one line, cut to a number of terminal cells.</summary>
    public static string OneLine(string label, int cells = int.MaxValue)
    {
        var line = Printable(label).Replace('\n', ' ');
        if (Cells(line) <= cells)
        {
            return line;
        }

        var cut = new StringBuilder();
        var width = 0;
        foreach (var element in Elements(line))
        {
            width += Cells(element);
            if (width > cells - 1)
            {
                break;
            }

            cut.Append(element);
        }

        return cut.Append('…').ToString();
    }

    /// <summary>How many cells of a monospaced font the text takes: two for wide characters and emoji.</summary>
    public static int Cells(string text)
    {
        var cells = 0;
        foreach (var element in Elements(text))
        {
            var rune = Rune.GetRuneAt(element, 0).Value;
            var isWide = rune is (>= 0x1100 and < 0x1160) or (>= 0x2e80 and < 0xa4d0) or (>= 0xac00 and < 0xd7a4)
                or (>= 0xf900 and < 0xfb00) or (>= 0xfe30 and < 0xfe70) or (>= 0xff00 and < 0xff61) or >= 0x1f000;
            cells += isWide || element.Contains('\ufe0f', StringComparison.Ordinal) ? 2 : 1;
        }

        return cells;
    }

    /// <summary>For XML and HTML, in text and in attributes.</summary>
    public static string Xml(string label) => Printable(label)
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal)
        .Replace("'", "&#39;", StringComparison.Ordinal)
        .Replace("\n", "&#10;", StringComparison.Ordinal);

    /// <summary>For a quoted label of DOT, without the quotes.</summary>
    /// <remarks>Graphviz reads backslash escapes and entities in labels; both must be shown as they were given.</remarks>
    public static string Dot(string label) => Printable(label)
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);

    /// <summary>For a field of a DOT record, where brackets and bars have meanings of their own.</summary>
    public static string DotField(string label)
    {
        var text = new StringBuilder();
        var dot = Dot(label);
        for (var i = 0; i < dot.Length; i++)
        {
            // Graphviz drops spaces at the ends of a field and behind other spaces.
            var isDropped = dot[i] == ' ' && (i == 0 || i == dot.Length - 1 || dot[i - 1] == ' ');
            text.Append(isDropped || dot[i] is '{' or '}' or '|' or '<' or '>' ? "\\" : string.Empty).Append(dot[i]);
        }

        return text.ToString();
    }

    /// <summary>For a quoted label of Mermaid, without the quotes.</summary>
    /// <remarks>
    /// Mermaid reads labels as HTML and Markdown. All characters but letters, digits and
    /// the plainest punctuation are written as codes, so that none is read as markup.
    /// </remarks>
    public static string Mermaid(string label)
    {
        var text = new StringBuilder();

        // Mermaid reads \n as a line break even where both are codes, so a character without width stands between them.
        foreach (var rune in Printable(label).Replace("\\n", "\\\u2060n", StringComparison.Ordinal).EnumerateRunes())
        {
            if (rune.Value == '\n')
            {
                text.Append("<br/>");
            }
            else if (Rune.IsLetterOrDigit(rune) || rune.Value is ' ' or '.' or ',' or '(' or ')' or '=' || rune.Value > 127
                || (rune.Value == '-' && text.Length > 0))
            {
                text.Append(rune.ToString());
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"#{rune.Value};");
            }
        }

        return text.ToString();
    }

    private static IEnumerable<string> Elements(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            var length = StringInfo.GetNextTextElementLength(text, i);
            yield return text.Substring(i, length);
            i += length;
        }
    }
}
