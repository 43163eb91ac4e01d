using MicroGrad.Rendering.Snapshots;

namespace MicroGrad.Rendering.Writers;

/// <summary>The colour and the width of connections.</summary>
internal static class WeightScale
{
    /// <summary>The size of the largest finite weight.</summary>
    public static double Largest(NetworkSnapshot network)
    {
        var largest = 0.0;
        foreach (var weight in network.Layers.SelectMany(layer => layer.Weights).SelectMany(weights => weights))
        {
            largest = double.IsFinite(weight) ? Math.Max(largest, Math.Abs(weight)) : largest;
        }

        return largest;
    }

    /// <summary>The width of a line, from a thin one for 0 to 4 for the largest weight.</summary>
    public static double Width(double weight, double largest) => 0.75 + (3.25 * Share(weight, largest));

    /// <summary>The colour of a line on white: blue above 0, orange below, pink for NaN.</summary>
    public static string Color(double weight) => double.IsNaN(weight) ? "#db2777" : weight < 0 ? "#c2410c" : "#1d4ed8";

    /// <summary>The size of a weight as a share of the largest one.</summary>
    public static double Share(double weight, double largest) =>
        !double.IsFinite(weight) ? 1 : largest > 0 ? Math.Abs(weight) / largest : 0;

    /// <summary>The connections between neurons that a drawing shows; Layer counts from the inputs.</summary>
    public static IEnumerable<(int Layer, int Neuron, int Input, double Weight)> ShownEdges(NetworkSnapshot network)
    {
        for (var l = 0; l < network.Layers.Count; l++)
        {
            var inputs = ShownNeurons.Of(network.Sizes[l]);
            foreach (var neuron in ShownNeurons.Of(network.Sizes[l + 1]))
            {
                foreach (var input in inputs)
                {
                    if (neuron >= 0 && input >= 0)
                    {
                        yield return (l, neuron, input, network.Layers[l].Weights[neuron][input]);
                    }
                }
            }
        }
    }
}
