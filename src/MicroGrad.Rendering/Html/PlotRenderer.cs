using MicroGrad.Rendering.Plots;

namespace MicroGrad.Rendering.Html;

/// <summary>Plots as SVG or as a page. Nothing here touches a file.</summary>
public static class PlotRenderer
{
    // The size of a plot in a page on a phone.
    private const int PhoneWidth = 380;
    private const int PhoneHeight = 440;

    /// <summary>Draws a figure as SVG or as a page.</summary>
    /// <param name="figure">What to draw.</param>
    /// <param name="options">How to draw.</param>
    /// <exception cref="GradException">An option is out of range (ids <c>InvalidPlotSize</c>, <c>InvalidPrecision</c>).</exception>
    public static string Draw(Figure figure, PlotOptions options)
    {
        ArgumentNullException.ThrowIfNull(figure);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (options.Format == PlotFormat.Svg)
        {
            return Chart.Write(figure, options, isInPage: false);
        }

        var title = string.IsNullOrEmpty(options.Title) ? figure.Name : options.Title;
        var narrow = options with { Width = Math.Min(options.Width, PhoneWidth), Height = Math.Min(options.Height, PhoneHeight) };
        var drawings = new[] { options, narrow }.Distinct().Select(size => Chart.Write(figure, size, isInPage: true));
        var body = $"{HtmlPage.Header(title, hasPlayer: false)}<main>\n{HtmlPage.View(drawings)}</main>\n";
        return HtmlPage.Write(title, Chart.Css, body, null, "view.js");
    }
}
