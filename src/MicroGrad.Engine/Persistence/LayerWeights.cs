using MicroGrad.Data;

namespace MicroGrad.Persistence;

/// <summary>The numbers of one layer in files.</summary>
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

    /// <summary>
    /// Layers with a scaling folded into the first and the last one: over inputs in the user's units they give answers in
    /// these units. Where the scaling needs a bias and the layers have none, all get one.
    /// </summary>
    public static IReadOnlyList<LayerWeights> Fold(IReadOnlyList<LayerWeights> layers, UnitScaling? scaling)
    {
        if (scaling is null)
        {
            return layers;
        }

        LayerWeights[] folded = [.. layers.Select(layer => layer with { Biases = layer.Biases ?? new double[layer.Weights.Length] })];
        folded[0] = folded[0].OverUnits([.. scaling.Inputs]);
        folded[^1] = folded[^1].InUnits([.. scaling.Outputs]);
        return folded;
    }

    /// <summary>Whether another layer has the same numbers.</summary>
    public bool HasNumbersOf(LayerWeights other) =>
        Weights.Length == other.Weights.Length
        && Weights.Zip(other.Weights, (own, given) => own.AsSpan().SequenceEqual(given)).All(isSame => isSame)
        && Biases.AsSpan().SequenceEqual(other.Biases);

    /// <summary>A model with these numbers, which are checked to fit together.</summary>
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

    /// <summary>w (x - mean) / scale + b as a layer over x.</summary>
    private LayerWeights OverUnits((double Mean, double Scale)[] inputs) => new(
        [.. Weights.Select(neuron => neuron.Zip(inputs, (weight, input) => weight / input.Scale).ToArray())],
        [.. Weights.Zip(Biases!, (neuron, bias) => neuron.Zip(inputs, (weight, input) => weight * (input.Mean / input.Scale)).Aggregate(bias, (sum, part) => sum - part))]);

    /// <summary>scale (w x + b) + mean as a layer; unchanged where outputs stand for classes.</summary>
    private LayerWeights InUnits((double Mean, double Scale)[] outputs) => outputs.Length == 0 ? this : new(
        [.. Weights.Zip(outputs, (neuron, output) => Array.ConvertAll(neuron, weight => weight * output.Scale))],
        [.. Biases!.Zip(outputs, (bias, output) => bias * output.Scale + output.Mean)]);
}
