namespace MicroGrad.PowerShell.Files;

/// <summary>How pictures are made.</summary>
internal static class PictureFormats
{
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
