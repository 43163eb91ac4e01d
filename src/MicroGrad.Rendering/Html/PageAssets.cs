namespace MicroGrad.Rendering.Html;

/// <summary>Scripts and styles of pages, kept as files of their own and built into the assembly.</summary>
internal static class PageAssets
{
    public static string Read(string name)
    {
        var assembly = typeof(PageAssets).Assembly;
        using var stream = assembly.GetManifestResourceStream($"MicroGrad.Rendering.{name}")
            ?? throw new InvalidOperationException($"The resource {name} is missing from {assembly.GetName().Name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
