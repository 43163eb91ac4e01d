using MicroGrad.Rendering.Text;

namespace MicroGrad.Rendering.Plots;

/// <summary>How the weights of each layer are distributed, without the biases.</summary>
public static class WeightsPlot
{
    private const int FewestBins = 8;
    private const int MostBins = 50;

    /// <summary>The figure.</summary>
    /// <param name="model">The network.</param>
    public static Figure Of(Mlp model)
    {
        double[][] layers =
            [.. model.Layers.Select(layer => layer.Neurons.SelectMany(neuron => neuron.Weights.Select(weight => weight.Data)).Where(double.IsFinite).ToArray())];
        var lost = model.Layers.Sum(layer => layer.InputCount * layer.OutputCount) - layers.Sum(weights => weights.Length);
        var range = Axis.Over(layers.SelectMany(weights => weights), room: 0);
        var bins = Math.Clamp((int)Math.Sqrt(4 * layers.Max(weights => weights.Length)), FewestBins, MostBins);
        double[][] shares = [.. layers.Select(weights => Shares(weights, range, bins))];
        return new Figure(
            name: "Weights by layer",
            x: Axis.Over([range.Min, range.Max]),
            y: Axis.Over(shares.SelectMany(share => share).Append(0)),
            xName: "weight",
            yName: "% of weights",
            marks: [.. shares.Select((share, l) => new LineMark(Steps(share, range), l, NameOf(model, l)))])
        {
            Notes = lost == 0 ? [] : [new LegendEntry($"{NumberText.Count(lost)} not finite")],
        };
    }

    /// <summary>The name of a layer in a legend: its place, its size and its activation.</summary>
    internal static string NameOf(Mlp model, int layer) =>
        $"{layer + 1}: {model.Layers[layer].InputCount}→{model.Layers[layer].OutputCount} {model.Layers[layer].Activation}";

    private static double[] Shares(double[] weights, Axis range, int bins)
    {
        var counts = new double[bins];
        foreach (var weight in weights)
        {
            counts[Math.Clamp((int)((weight - range.Min) / (range.Max - range.Min) * bins), 0, bins - 1)]++;
        }

        return Array.ConvertAll(counts, count => 100 * count / Math.Max(1, weights.Length));
    }

    /// <summary>The outline of the bins that hold weights.</summary>
    private static IEnumerable<(double X, double Y)> Steps(double[] shares, Axis range)
    {
        var width = (range.Max - range.Min) / shares.Length;
        var first = Math.Max(0, Array.FindIndex(shares, share => share > 0));
        var last = Math.Max(0, Array.FindLastIndex(shares, share => share > 0));
        yield return (range.Min + (first * width), 0);
        for (var bin = first; bin <= last; bin++)
        {
            yield return (range.Min + (bin * width), shares[bin]);
            yield return (range.Min + ((bin + 1) * width), shares[bin]);
        }

        yield return (range.Min + ((last + 1) * width), 0);
    }
}
