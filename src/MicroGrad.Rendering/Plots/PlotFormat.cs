namespace MicroGrad.Rendering.Plots;

/// <summary>The text that a plot is written as.</summary>
public enum PlotFormat
{
    /// <summary>A vector drawing, readable in light and in dark.</summary>
    Svg,

    /// <summary>A page of its own that needs no network.</summary>
    Html,
}
