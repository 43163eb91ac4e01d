namespace MicroGrad.Rendering.Plots;

/// <summary>Plots as text for a terminal: lines in braille, areas in blocks.</summary>
public static class TextPlotRenderer
{
    /// <summary>Draws a figure as text.</summary>
    /// <param name="figure">What to draw.</param>
    /// <param name="options">How to draw.</param>
    /// <returns>Lines that end in a line feed, none longer than the width.</returns>
    /// <exception cref="GradException">An option is out of range (ids <c>InvalidPlotSize</c>, <c>InvalidPrecision</c>).</exception>
    public static string Draw(Figure figure, TextPlotOptions options)
    {
        ArgumentNullException.ThrowIfNull(figure);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return TextChart.Write(figure, options);
    }
}
