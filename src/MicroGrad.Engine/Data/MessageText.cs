namespace MicroGrad.Data;

/// <summary>Lists of names and pieces of text as messages show them.</summary>
internal static class MessageText
{
    /// <summary>The names with commas, the first five of many.</summary>
    public static string Shorten(IReadOnlyCollection<string> names) =>
        names.Count <= 5 ? string.Join(", ", names) : string.Join(", ", names.Take(5)) + ", …";

    /// <summary>The text on one line, the beginning of a long one.</summary>
    public static string Excerpt(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= 60 ? line : line[..59] + "…";
    }
}
