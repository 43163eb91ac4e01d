namespace MicroGrad;

/// <summary>Neurons side by side over the same inputs.</summary>
public sealed class Layer
{
    private readonly Neuron[] _neurons;

    internal Layer(Neuron[] neurons)
    {
        _neurons = neurons;
        Neurons = Array.AsReadOnly(neurons);
    }

    /// <summary>The neurons, in order.</summary>
    public IReadOnlyList<Neuron> Neurons { get; }

    /// <summary>How many inputs each neuron takes.</summary>
    public int InputCount => _neurons[0].Weights.Count;

    /// <summary>How many outputs the layer gives: one a neuron.</summary>
    public int OutputCount => _neurons.Length;

    /// <summary>What each neuron applies to its weighted sum.</summary>
    public Activation Activation => _neurons[0].Activation;

    /// <summary>The layer's outputs over inputs, with their graphs.</summary>
    /// <param name="inputs">As many values (or numbers) as <see cref="InputCount"/>.</param>
    /// <returns>One value a neuron, always as an array.</returns>
    /// <exception cref="GradException">There are fewer or more inputs (id <c>SizeMismatch</c>).</exception>
    public GradValue[] Invoke(params GradValue[] inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        Shapes.RequireInputs("layer", InputCount, inputs.Length);
        return Call((GradValue[])inputs.Clone());
    }

    /// <summary>The call without its checks; the nodes keep the array.</summary>
    internal GradValue[] Call(GradValue[] inputs)
    {
        var shared = new ValueList(inputs);
        var outputs = new GradValue[_neurons.Length];
        for (var i = 0; i < outputs.Length; i++)
        {
            outputs[i] = _neurons[i].Call(shared);
        }

        return outputs;
    }
}
