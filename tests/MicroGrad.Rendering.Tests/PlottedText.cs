using MicroGrad.Rendering.Plots;

namespace MicroGrad.Rendering.Tests;

/// <summary>Figures of each kind as text.</summary>
internal static class PlottedText
{
    public static string Loss(IReadOnlyList<EpochResult> epochs, TextPlotOptions? options = null)
    {
        options ??= new TextPlotOptions();
        return TextPlotRenderer.Draw(LossPlot.Of(epochs, options.Precision, options.LogScale), options);
    }

    public static string DecisionBoundary(Mlp model, IReadOnlyList<PlotRow> rows, TextPlotOptions? options = null) =>
        TextPlotRenderer.Draw(BoundaryPlot.Of(DecisionField.Of(model, rows), rows), options ?? new TextPlotOptions());

    public static string Predictions(IReadOnlyList<double> targets, IReadOnlyList<double> predictions, TextPlotOptions? options = null)
    {
        options ??= new TextPlotOptions();
        return TextPlotRenderer.Draw(PredictionsPlot.Of(targets, predictions, options.Precision), options);
    }
}
