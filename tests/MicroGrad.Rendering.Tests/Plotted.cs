using MicroGrad.Rendering.Html;
using MicroGrad.Rendering.Plots;

namespace MicroGrad.Rendering.Tests;

/// <summary>Figures of each kind as SVG or as a page.</summary>
internal static class Plotted
{
    public static string Loss(IReadOnlyList<EpochResult> epochs, PlotOptions? options = null)
    {
        options ??= new PlotOptions();
        return PlotRenderer.Draw(LossPlot.Of(epochs, options.Precision, options.LogScale), options);
    }

    public static string DecisionBoundary(Mlp model, IReadOnlyList<PlotRow> rows, PlotOptions? options = null) =>
        PlotRenderer.Draw(BoundaryPlot.Of(DecisionField.Of(model, rows), rows), options ?? new PlotOptions());

    public static string Predictions(IReadOnlyList<double> targets, IReadOnlyList<double> predictions, PlotOptions? options = null)
    {
        options ??= new PlotOptions();
        return PlotRenderer.Draw(PredictionsPlot.Of(targets, predictions, options.Precision), options);
    }

    public static string Function(Func<double, (double Value, double Derivative)> function, double from, double to, PlotOptions? options = null) =>
        PlotRenderer.Draw(FunctionPlot.Of(function, from, to), options ?? new PlotOptions());
}
