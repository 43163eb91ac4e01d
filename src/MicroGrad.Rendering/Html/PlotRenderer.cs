using MicroGrad.Rendering.Html;
using MicroGrad.Rendering.Plots;

namespace MicroGrad;

/// <summary>Plots as SVG or as a page. Nothing here touches a file.</summary>
public static class PlotRenderer
{
    // The size of a plot in a page on a phone.
    private const int PhoneWidth = 380;
    private const int PhoneHeight = 440;

    /// <summary>Draws loss, and validation loss where there is one, over epochs.</summary>
    /// <param name="epochs">The results of a training, in order; at least one.</param>
    /// <param name="options">How to draw; null for the defaults.</param>
    /// <exception cref="GradException">There is no epoch, or an option is out of range (ids <c>EmptyHistory</c>, <c>InvalidPlotSize</c>, <c>InvalidPrecision</c>).</exception>
    public static string RenderLoss(IReadOnlyList<EpochResult> epochs, PlotOptions? options = null)
    {
        options ??= new PlotOptions();
        return Draw(LossPlot.Of(epochs, options.Precision, options.LogScale), options);
    }

    /// <summary>Draws what a model of two inputs decides over the plane, and rows on it.</summary>
    /// <param name="model">The model; it has two inputs.</param>
    /// <param name="rows">The rows to show; they set the range. At least one.</param>
    /// <param name="options">How to draw; null for the defaults.</param>
    /// <exception cref="GradException">
    /// The model does not have two inputs, or has one output for more than two classes, there is no row, or an option is out of
    /// range (ids <c>NotTwoInputs</c>, <c>TooManyClasses</c>, <c>EmptyData</c>, <c>InvalidPlotSize</c>,
    /// <c>InvalidPrecision</c>).
    /// </exception>
    public static string RenderDecisionBoundary(Mlp model, IReadOnlyList<PlotRow> rows, PlotOptions? options = null) =>
        Draw(BoundaryPlot.Of(DecisionField.Of(model, rows), rows), options ?? new PlotOptions());

    /// <summary>Draws predictions against targets: exact ones stand on the diagonal.</summary>
    /// <param name="targets">What was to be predicted; at least one number.</param>
    /// <param name="predictions">What was predicted, one number for each target.</param>
    /// <param name="options">How to draw; null for the defaults.</param>
    /// <exception cref="GradException">
    /// There is nothing, the lengths differ, or an option is out of range (ids <c>EmptyData</c>, <c>LengthMismatch</c>,
    /// <c>InvalidPlotSize</c>, <c>InvalidPrecision</c>).
    /// </exception>
    public static string RenderPredictions(
        IReadOnlyList<double> targets, IReadOnlyList<double> predictions, PlotOptions? options = null)
    {
        options ??= new PlotOptions();
        return Draw(PredictionsPlot.Of(targets, predictions, options.Precision), options);
    }

    /// <summary>Draws a function of one number, and its derivative.</summary>
    /// <param name="function">Gives value and derivative at a number.</param>
    /// <param name="from">Where to begin.</param>
    /// <param name="to">Where to end; above the beginning.</param>
    /// <param name="options">How to draw; null for the defaults.</param>
    /// <exception cref="GradException">The range is empty or not finite, or an option is out of range (ids <c>InvalidRange</c>, <c>InvalidPlotSize</c>, <c>InvalidPrecision</c>).</exception>
    public static string RenderFunction(
        Func<double, (double Value, double Derivative)> function, double from, double to, PlotOptions? options = null) =>
        Draw(FunctionPlot.Of(function, from, to), options ?? new PlotOptions());

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
