using MicroGrad.PowerShell.Files;

namespace MicroGrad.PowerShell.Pictures;

/// <summary>How a drawing becomes PNG or PDF.</summary>
/// <param name="Scale">Pixels of a PNG for each pixel of the drawing.</param>
/// <param name="IsTransparent">Whether the background is transparent.</param>
internal readonly record struct RasterOptions(double Scale, bool IsTransparent)
{
    /// <summary>The options that were given.</summary>
    /// <exception cref="GradException">The scale is out of range (id <c>InvalidScale</c>), or an option has no effect on the format (id <c>UnusedOption</c>).</exception>
    public static RasterOptions Of(double? scale, PictureBackground? background, PictureFormat format)
    {
        if (scale is not null && format != PictureFormat.Png)
        {
            throw new GradException("UnusedOption", "-Scale is about the pixels of a PNG; end the name in .png, or leave it out.");
        }

        if (background is not null && !format.IsDrawnElsewhere())
        {
            throw new GradException("UnusedOption", "-Background is about PNG and PDF; end the name in .png or .pdf, or leave it out.");
        }

        return scale is null or (>= 0.1 and <= 10)
            ? new RasterOptions(scale ?? 2, background == PictureBackground.Transparent)
            : throw new GradException("InvalidScale", $"The scale is {scale}; give a number from 0.1 to 10.");
    }
}
