using System.Globalization;
using System.Text;

namespace MicroGrad.Messages;

/// <summary>
/// Text from data, safe to show: control characters and changes of the direction of reading are made visible. All output
/// uses it: errors, warnings, views, trees and plots.
/// </summary>
public static class VisibleText
{
    /// <summary>The most characters of a message.</summary>
    internal const int LongestMessage = 750;

    // A message that is too long keeps its end, which says what is expected.
    private const int Tail = 200;
    private const string Gap = " … ";

    /// <summary>
    /// The text with a picture for each control character (U+241B for ESC), and the code point in words for each that has no
    /// picture (&lt;U+202E&gt;), such as those that override the direction.
    /// </summary>
    /// <param name="text">Any text.</param>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var first = 0;
        while (first < text.Length && !IsSteering(text[first]))
        {
            first++;
        }

        if (first == text.Length)
        {
            return text;
        }

        var visible = new StringBuilder(text, 0, first, text.Length + 16);
        foreach (var letter in text.AsSpan(first))
        {
            visible.AppendVisible(letter);
        }

        return visible.ToString();
    }

    /// <summary>A message on one line, shortened in the middle where it is too long.</summary>
    /// <param name="text">The message, which may contain data.</param>
    public static string Message(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var line = Of(text.ReplaceLineEndings(" "));
        return line.Length <= LongestMessage
            ? line
            : string.Concat(line.AsSpan(0, LongestMessage - Tail - Gap.Length), Gap, line.AsSpan(line.Length - Tail));
    }

    /// <summary>The same JSON with escapes for characters that JSON allows unescaped, such as U+009B.</summary>
    /// <param name="json">JSON, whose line ends stay.</param>
    public static string InJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var escaped = new StringBuilder(json.Length);
        foreach (var letter in json)
        {
            _ = letter >= '\u007F' && IsSteering(letter)
                ? escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}")
                : escaped.Append(letter);
        }

        return escaped.ToString();
    }

    /// <summary>Adds a character as it may be shown.</summary>
    public static StringBuilder AppendVisible(this StringBuilder text, char letter) => letter switch
    {
        _ when !IsSteering(letter) => text.Append(letter),
        < '\u0020' => text.Append((char)('\u2400' + letter)),
        '\u007F' => text.Append('\u2421'),
        _ => text.Append(CultureInfo.InvariantCulture, $"<U+{(int)letter:X4}>"),
    };

    /// <remarks>
    /// Joiners and marks of direction stay: words and emoji need them, and they turn no other text.
    /// </remarks>
    private static bool IsSteering(char letter) => char.GetUnicodeCategory(letter) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.Format => letter is not ('\u00AD' or '\u061C' or '\u200C' or '\u200D' or '\u200E' or '\u200F' or '\u2060'),
        _ => false,
    };
}
