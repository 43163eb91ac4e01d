namespace MicroGrad.Data;

/// <summary>Lists of names as messages show them.</summary>
internal static class Names
{
    /// <summary>The names with commas, the first five of many.</summary>
    public static string Shorten(IReadOnlyCollection<string> names) =>
        names.Count <= 5 ? string.Join(", ", names) : string.Join(", ", names.Take(5)) + ", …";
}
