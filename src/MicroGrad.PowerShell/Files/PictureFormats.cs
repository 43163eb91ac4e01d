namespace MicroGrad.PowerShell.Files;

/// <summary>How pictures are made.</summary>
internal static class PictureFormats
{
    /// <summary>Whether another program draws the picture: Graphviz from DOT, or a browser from SVG.</summary>
    public static bool IsDrawnElsewhere(this PictureFormat format) => format is PictureFormat.Png or PictureFormat.Pdf;

    /// <summary>Refuses a picture that is no text, where no file was named.</summary>
    /// <exception cref="GradException">It is none (id <c>PathMissing</c>).</exception>
    public static void RequireText(this PictureFormat format)
    {
        if (format.IsDrawnElsewhere())
        {
            throw new GradException("PathMissing", $"A {format.ToString().ToUpperInvariant()} is no text for the pipeline; name a file with -Path.");
        }
    }

    /// <summary>The text of the picture, or the one that it is drawn from.</summary>
    public static GraphFormat Text(this PictureFormat format) => format switch
    {
        PictureFormat.Mermaid => GraphFormat.Mermaid,
        PictureFormat.Json => GraphFormat.Json,
        PictureFormat.Svg => GraphFormat.Svg,
        PictureFormat.Html => GraphFormat.Html,
        _ => GraphFormat.Dot,
    };

    /// <summary>The picture format of a plot's file.</summary>
    public static PictureFormat Picture(this PlotFileFormat format) => format switch
    {
        PlotFileFormat.Html => PictureFormat.Html,
        PlotFileFormat.Png => PictureFormat.Png,
        PlotFileFormat.Pdf => PictureFormat.Pdf,
        _ => PictureFormat.Svg,
    };
}
