using MicroGrad.Rendering.Html;
using MicroGrad.Rendering.Plots;

namespace MicroGrad.Rendering.Tests;

/// <summary>The two ways in which figures are drawn.</summary>
internal static class Plotted
{
    /// <summary>As SVG or as a page.</summary>
    public static Plotted<PlotOptions> Picture { get; } = new(PlotRenderer.Draw, options => (options.Precision, options.LogScale));

    public static Plotted<TextPlotOptions> Text { get; } = new(TextPlotRenderer.Draw, options => (options.Precision, options.LogScale));
}

/// <summary>Figures of each kind, drawn in one way.</summary>
internal sealed class Plotted<TOptions>(Func<Figure, TOptions, string> draw, Func<TOptions, (int Precision, bool? LogScale)> numbers)
    where TOptions : class, new()
{
    public string Loss(IReadOnlyList<EpochResult> epochs, TOptions? options = null)
    {
        var (precision, logScale) = numbers(options ?? new TOptions());
        return Draw(LossPlot.Of(epochs, precision, logScale), options);
    }

    public string DecisionBoundary(Mlp model, IReadOnlyList<PlotRow> rows, TOptions? options = null) =>
        Draw(BoundaryPlot.Of(DecisionField.Of(model, rows), rows), options);

    public string Predictions(IReadOnlyList<double> targets, IReadOnlyList<double> predictions, TOptions? options = null) =>
        Draw(PredictionsPlot.Of(targets, predictions, numbers(options ?? new TOptions()).Precision), options);

    public string Function(Func<double, (double Value, double Derivative)> function, double from, double to, TOptions? options = null) =>
        Draw(FunctionPlot.Of(function, from, to), options);

    private string Draw(Figure figure, TOptions? options) => draw(figure, options ?? new TOptions());
}
