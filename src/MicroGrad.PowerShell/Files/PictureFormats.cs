namespace MicroGrad.PowerShell.Files;

/// <summary>Which picture a file name asks for, and who draws it.</summary>
internal static class PictureFormats
{
    /// <summary>The format that a file's extension says.</summary>
    /// <exception cref="GradException">It says none (id <c>UnknownFormat</c>).</exception>
    public static PictureFormat OfExtension(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".DOT" or ".GV" => PictureFormat.Dot,
        ".MMD" or ".MERMAID" => PictureFormat.Mermaid,
        ".JSON" => PictureFormat.Json,
        ".SVG" => PictureFormat.Svg,
        ".HTML" or ".HTM" => PictureFormat.Html,
        ".PNG" => PictureFormat.Png,
        ".PDF" => PictureFormat.Pdf,
        _ => throw new GradException(
            "UnknownFormat",
            $"The extension '{Path.GetExtension(path)}' says nothing of a format; end the name in .svg, .html, .htm, .png, .pdf, .dot, .gv, .mmd, .mermaid or .json, or give -Format."),
    };

    /// <summary>Whether Graphviz makes the picture, out of DOT.</summary>
    public static bool NeedsGraphviz(this PictureFormat format) => format is PictureFormat.Png or PictureFormat.Pdf;

    /// <summary>The text that the picture is, or is made from.</summary>
    public static GraphFormat Text(this PictureFormat format) => format switch
    {
        PictureFormat.Mermaid => GraphFormat.Mermaid,
        PictureFormat.Json => GraphFormat.Json,
        PictureFormat.Svg => GraphFormat.Svg,
        PictureFormat.Html => GraphFormat.Html,
        _ => GraphFormat.Dot,
    };
}
