using MicroGrad.Rendering.Plots;
using MicroGrad.Rendering.Text;

namespace MicroGrad;

/// <summary>How to draw a plot as text.</summary>
public sealed record TextPlotOptions
{
    /// <summary>The most characters in a line, 30 to 400.</summary>
    public int Width { get; init; } = 80;

    /// <summary>The lines of the plot itself, without heading and axis, 5 to 200.</summary>
    public int Height { get; init; } = 16;

    /// <summary>Whether to colour with terminal escape sequences. Every plot can be read without colour too.</summary>
    public bool UseColor { get; init; }

    /// <summary>Digits behind the decimal point, 0 to 15.</summary>
    public int Precision { get; init; } = 4;

    /// <summary>A title, or null.</summary>
    public string? Title { get; init; }

    /// <summary>Whether equal factors of a loss take equal room; null for what suits the losses.</summary>
    public bool? LogScale { get; init; }

    internal void Validate()
    {
        if (Width is < 30 or > 400 || Height is < 5 or > 200)
        {
            throw new GradException(
                "InvalidPlotSize",
                $"The plot is {Width} by {Height} characters; give a width from 30 to 400 and a height from 5 to 200.");
        }

        NumberText.RequirePrecision(Precision);
    }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(TextPlotOptions), PrintMembers);
}

/// <summary>Plots as text for a terminal: lines in braille, areas in blocks.</summary>
public static class TextPlotRenderer
{
    /// <summary>Draws loss, and validation loss where there is one, over epochs.</summary>
    /// <param name="epochs">The results of a training so far, in order; at least one.</param>
    /// <param name="options">How to draw; null for the defaults.</param>
    /// <returns>Lines that end in a line feed, none longer than the width.</returns>
    /// <exception cref="GradException">There is no epoch, or an option is out of range (ids <c>EmptyHistory</c>, <c>InvalidPlotSize</c>, <c>InvalidPrecision</c>).</exception>
    public static string RenderLoss(IReadOnlyList<EpochResult> epochs, TextPlotOptions? options = null)
    {
        options ??= new TextPlotOptions();
        return Draw(LossPlot.Of(epochs, options.Precision, options.LogScale), options);
    }

    /// <summary>Draws what a model of two inputs decides over the plane, and rows on it.</summary>
    /// <param name="model">The model; it has two inputs.</param>
    /// <param name="rows">The rows to show; they set the range. At least one.</param>
    /// <param name="options">How to draw; null for the defaults.</param>
    /// <returns>Lines that end in a line feed, none longer than the width.</returns>
    /// <exception cref="GradException">
    /// The model does not have two inputs, or has one output for more than two classes, there is no row, or an option is out of
    /// range (ids <c>NotTwoInputs</c>, <c>TooManyClasses</c>, <c>EmptyData</c>, <c>InvalidPlotSize</c>,
    /// <c>InvalidPrecision</c>).
    /// </exception>
    public static string RenderDecisionBoundary(Mlp model, IReadOnlyList<PlotRow> rows, TextPlotOptions? options = null) =>
        Draw(BoundaryPlot.Of(DecisionField.Of(model, rows), rows), options ?? new TextPlotOptions());

    /// <summary>Draws predictions against targets: exact ones stand on the diagonal.</summary>
    /// <param name="targets">What was to be predicted; at least one number.</param>
    /// <param name="predictions">What was predicted, one number for each target.</param>
    /// <param name="options">How to draw; null for the defaults.</param>
    /// <returns>Lines that end in a line feed, none longer than the width.</returns>
    /// <exception cref="GradException">
    /// There is nothing, the lengths differ, or an option is out of range (ids <c>EmptyData</c>, <c>LengthMismatch</c>,
    /// <c>InvalidPlotSize</c>, <c>InvalidPrecision</c>).
    /// </exception>
    public static string RenderPredictions(
        IReadOnlyList<double> targets, IReadOnlyList<double> predictions, TextPlotOptions? options = null)
    {
        options ??= new TextPlotOptions();
        return Draw(PredictionsPlot.Of(targets, predictions, options.Precision), options);
    }

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
