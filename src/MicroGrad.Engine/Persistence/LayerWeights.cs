namespace MicroGrad.Persistence;

/// <summary>The numbers of one layer as files hold them.</summary>
/// <param name="Weights">Weights[neuron][input].</param>
/// <param name="Biases">One a neuron, or null in a network without biases.</param>
internal sealed record LayerWeights(double[][] Weights, double[]? Biases)
{
    /// <summary>The numbers of a model's layers.</summary>
    public static IReadOnlyList<LayerWeights> Of(Mlp model) =>
    [
        .. model.Layers.Select(layer => new LayerWeights(
            [.. layer.Neurons.Select(neuron => neuron.Weights.Select(w => w.Data).ToArray())],
            model.HasBias ? [.. layer.Neurons.Select(neuron => neuron.Bias!.Data)] : null)),
    ];

    /// <summary>A model with these numbers, once they are seen to fit together.</summary>
    /// <exception cref="GradException">They do not (id <c>InvalidModelFile</c>).</exception>
    public static Mlp BuildModel(IReadOnlyList<LayerWeights> layers, Activation activation, Activation outputActivation)
    {
        if (layers.Count == 0 || layers[0].Weights.Length == 0)
        {
            throw JsonText.Invalid("it has no weights");
        }

        var hasBias = layers[0].Biases is not null;
        var inputs = layers[0].Weights[0].Length;
        foreach (var layer in layers)
        {
            if (inputs == 0 || layer.Weights.Length == 0 || layer.Weights.Any(neuron => neuron.Length != inputs)
                || (layer.Biases is not null) != hasBias || (hasBias && layer.Biases!.Length != layer.Weights.Length))
            {
                throw JsonText.Invalid("the sizes of its layers do not fit together");
            }

            inputs = layer.Weights.Length;
        }

        var model = new Mlp(
            layers[0].Weights[0].Length,
            [.. layers.Select(layer => layer.Weights.Length)],
            activation,
            outputActivation,
            Initialization.Zero,
            hasBias: hasBias);
        model.SetParameters([.. layers.SelectMany(layer => layer.Weights.SelectMany(
            (neuron, n) => hasBias ? [.. neuron, layer.Biases![n]] : neuron))]);
        return model;
    }
}
