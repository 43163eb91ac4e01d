using MicroGrad.Rendering.Text;
using MicroGrad.Training;

namespace MicroGrad.Rendering.Plots;

/// <summary>How large the derivatives of the loss by the parameters of each layer are, to see whether they vanish or explode towards the first one.</summary>
public static class GradientFlowPlot
{
    /// <summary>The figure.</summary>
    /// <param name="model">The network.</param>
    /// <param name="layers">The size of the gradient in each of its layers, in order.</param>
    public static Figure Of(Mlp model, IReadOnlyList<LayerGradient> layers)
    {
        (double X, double Y)[] means = [.. layers.Select((layer, l) => ((double)l, layer.Mean))];
        (double X, double Y)[] largest = [.. layers.Select((layer, l) => ((double)l, layer.Largest))];
        var zeros = layers.Count(layer => layer.Largest == 0);
        return new Figure(
            name: "Gradients by layer",
            x: Axis.Of([.. Enumerable.Range(0, layers.Count).Select(l => WeightsPlot.NameOf(model, l))]),
            y: Axis.Logarithmic([.. means.Concat(largest).Select(point => point.Y)]),
            xName: "layer",
            yName: "|gradient|",
            marks:
            [
                new LineMark(largest, 1), new PointsMark(Shown(largest), "largest", 1, i => Tooltip(largest[i])),
                new LineMark(means, 0), new PointsMark(Shown(means), "mean", 0, i => Tooltip(means[i])),
            ])
        {
            Notes =
            [
                new LegendEntry("log scale"),
                .. zeros == 0 ? Array.Empty<LegendEntry>() : [new LegendEntry($"{zeros} layer{(zeros == 1 ? "" : "s")} without gradient")],
            ],
        };

        // A logarithmic axis can't show a gradient of 0.
        static (double X, double Y)[] Shown((double X, double Y)[] points) =>
            Array.ConvertAll(points, point => point.Y > 0 ? point : (point.X, double.NaN));

        static string Tooltip((double X, double Y) point) => NumberText.Rounded(point.Y, 4);
    }
}
