using System.Globalization;

namespace MicroGrad.Messages;

/// <summary>Lists of names and pieces of text as messages show them.</summary>
public static class MessageText
{
    /// <summary>The most characters of a piece of text.</summary>
    public const int LongestExcerpt = 60;

    private const int MostNames = 10;

    /// <summary>The names with commas, the first ten of many, and the beginning of a long one.</summary>
    public static string Shorten(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(MostNames).Select(Excerpt)) + (names.Count > MostNames ? $", … ({names.Count} in all)" : string.Empty);

    /// <summary>A number of things, with commas between thousands.</summary>
    internal static string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>The text on one line, the beginning of a long one.</summary>
    public static string Excerpt(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= LongestExcerpt ? line : line[..(LongestExcerpt - 1)] + "…";
    }
}
