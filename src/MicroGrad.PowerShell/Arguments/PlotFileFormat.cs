namespace MicroGrad;

/// <summary>What a plot is written as.</summary>
public enum PlotFileFormat
{
    /// <summary>A vector drawing, readable in light and in dark.</summary>
    Svg,

    /// <summary>A page of its own that needs no network.</summary>
    Html,

    /// <summary>A drawing in pixels; made by an installed Edge, Chrome or Chromium.</summary>
    Png,

    /// <summary>A drawing for printing; made by an installed Edge, Chrome or Chromium.</summary>
    Pdf,
}
