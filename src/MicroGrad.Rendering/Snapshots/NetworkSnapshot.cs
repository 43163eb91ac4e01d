namespace MicroGrad.Rendering.Snapshots;

/// <summary>A layer of a network as it was when the snapshot was taken.</summary>
/// <param name="Activation">What its neurons apply.</param>
/// <param name="Weights">Weights[neuron][input].</param>
/// <param name="Biases">One a neuron, or empty in a network without biases.</param>
internal sealed record LayerSnapshot(
    Activation Activation, IReadOnlyList<IReadOnlyList<double>> Weights, IReadOnlyList<double> Biases);

/// <summary>A network's architecture and parameters at one moment.</summary>
/// <param name="Sizes">The numbers of inputs, of neurons in each layer, and so of outputs.</param>
/// <param name="Layers">The layers from the first hidden one to the output.</param>
/// <param name="InputNames">A name for each input, or empty: a column, or a category of a column of text.</param>
/// <param name="OutputNames">A name for each output, or empty.</param>
/// <param name="Classes">The classes that the model tells apart, or empty.</param>
/// <param name="Parameters">All weights and biases, in the order of <see cref="Mlp.Parameters"/>.</param>
/// <param name="Title">The title, or null.</param>
internal sealed record NetworkSnapshot(
    IReadOnlyList<int> Sizes,
    IReadOnlyList<LayerSnapshot> Layers,
    IReadOnlyList<string> InputNames,
    IReadOnlyList<string> OutputNames,
    IReadOnlyList<string> Classes,
    IReadOnlyList<double> Parameters,
    string? Title)
{
    public static NetworkSnapshot Of(Mlp model, string? title = null)
    {
        var layers = model.Layers.Select(layer => new LayerSnapshot(
            layer.Activation,
            [.. layer.Neurons.Select(neuron => (IReadOnlyList<double>)[.. neuron.Weights.Select(w => w.Data)])],
            [.. layer.Neurons.Where(neuron => neuron.Bias is not null).Select(neuron => neuron.Bias!.Data)]));
        return new NetworkSnapshot(
            model.Sizes, [.. layers], model.Schema?.InputNames ?? [], NamesOfOutputs(model), model.Classes, model.CopyParameters(), title);
    }

    /// <summary>The name of an input as drawings show it.</summary>
    public string InputName(int input) => input < InputNames.Count
        ? InputNames[input]
        : FormattableString.Invariant($"x{input + 1}");

    /// <summary>The name of an output as drawings show it.</summary>
    public string OutputName(int output) => output < OutputNames.Count
        ? OutputNames[output]
        : FormattableString.Invariant($"y{output + 1}");

    /// <summary>Where a weight stands among all parameters, or, behind the weights, a neuron's bias.</summary>
    /// <param name="layer">The layer, from 0 for the first hidden one.</param>
    /// <param name="neuron">The neuron in that layer, from 0.</param>
    /// <param name="input">Which weight, from 0; the number of weights for the bias.</param>
    public int ParameterAt(int layer, int neuron, int input)
    {
        var place = (neuron * ParametersPerNeuron(layer)) + input;
        for (var before = 0; before < layer; before++)
        {
            place += Sizes[before + 1] * ParametersPerNeuron(before);
        }

        return place;
    }

    private int ParametersPerNeuron(int layer) => Sizes[layer] + (Layers[layer].Biases.Count > 0 ? 1 : 0);

    /// <remarks>A single output for two classes grows with the probability of the second.</remarks>
    private static IReadOnlyList<string> NamesOfOutputs(Mlp model)
    {
        if (model.Schema is not { } schema)
        {
            return [];
        }

        if (schema.Classes.Count == model.OutputCount)
        {
            return schema.Classes;
        }

        if (schema.Classes.Count == 2 && model.OutputCount == 1)
        {
            return [$"{schema.Classes[0]} | {schema.Classes[1]}"];
        }

        if (schema.Quantiles.Count > 0)
        {
            return [.. schema.Quantiles.Select(quantile => FormattableString.Invariant($"{schema.TargetNames[0]} {quantile}"))];
        }

        return schema.TargetNames.Count == model.OutputCount ? schema.TargetNames : [];
    }
}
