using System.Globalization;
using System.Text;

namespace MicroGrad;

/// <summary>
/// Text from data as it may be shown: what would steer a terminal or turn the direction of reading is made visible. All that is
/// shown goes through here: errors, warnings, views, trees and plots.
/// </summary>
internal static class VisibleText
{
    /// <summary>The most characters of a message.</summary>
    public const int LongestMessage = 750;

    // Of a message that is too long, its end stays too: it says what is expected.
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
        while (first < text.Length && !Steers(text[first]))
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
            if (!Steers(letter))
            {
                visible.Append(letter);
            }
            else if (letter < 0x20)
            {
                visible.Append((char)(0x2400 + letter));
            }
            else if (letter == 0x7F)
            {
                visible.Append('\u2421');
            }
            else
            {
                visible.Append(CultureInfo.InvariantCulture, $"<U+{(int)letter:X4}>");
            }
        }

        return visible.ToString();
    }

    /// <summary>A message on one line and of a length that can be read: of a longer one, the beginning and the end.</summary>
    /// <param name="text">The message, with whatever data gave to it.</param>
    public static string Message(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var line = Of(text.ReplaceLineEndings(" "));
        return line.Length <= LongestMessage
            ? line
            : string.Concat(line.AsSpan(0, LongestMessage - Tail - Gap.Length), Gap, line.AsSpan(line.Length - Tail));
    }

    /// <remarks>Joiners stay: they are part of how words and emoji are written.</remarks>
    private static bool Steers(char letter) => char.GetUnicodeCategory(letter) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.Format => letter is not ('\u200C' or '\u200D' or '\u00AD'),
        _ => false,
    };
}
