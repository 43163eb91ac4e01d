using MicroGrad.Operations;

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
        GradException.ThrowIfNull(inputs, "a list of values or numbers");
        Shapes.RequireInputs("layer", InputCount, inputs.Length);
        return Call(new ValueList(GradValue.Checked(inputs)));
    }

    /// <summary>The call without its checks; the nodes keep the list.</summary>
    internal GradValue[] Call(ValueList inputs)
    {
        var count = inputs.Values.Length;
        var data = count <= 256 ? stackalloc double[count] : new double[count];
        ValueList.CopyData(inputs.Values, data);
        return Call(inputs, data);
    }

    private GradValue[] Call(ValueList inputs, ReadOnlySpan<double> data)
    {
        var outputs = new GradValue[_neurons.Length];
        var i = 0;
        for (; i + 4 <= outputs.Length; i += 4)
        {
            // Each neuron adds its products up one after the other; four at a time don't wait for one another.
            var (a, b, c, d) = (_neurons[i], _neurons[i + 1], _neurons[i + 2], _neurons[i + 3]);
            var sums = WeightedSum.Values(a.ParameterList, b.ParameterList, c.ParameterList, d.ParameterList, data);
            outputs[i] = a.Call(inputs, sums.A);
            outputs[i + 1] = b.Call(inputs, sums.B);
            outputs[i + 2] = c.Call(inputs, sums.C);
            outputs[i + 3] = d.Call(inputs, sums.D);
        }

        for (; i < outputs.Length; i++)
        {
            outputs[i] = _neurons[i].Call(inputs, WeightedSum.Value(_neurons[i].ParameterList, data));
        }

        return outputs;
    }
}
