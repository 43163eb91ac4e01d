using MicroGrad.Operations;

namespace MicroGrad;

/// <summary>
/// A weighted sum of inputs plus a bias, and an activation. Calling it makes two nodes: the sum, and the activation
/// (one where the activation is the identity).
/// </summary>
public sealed class Neuron
{
    // The weights and, behind them, the bias: one list that every call's weighted sum shares.
    private readonly ValueList _parameters;
    private readonly ElementwiseOperation _operation;

    internal Neuron(GradValue[] weights, GradValue? bias, Activation activation)
    {
        Weights = Array.AsReadOnly(weights);
        Bias = bias;
        Activation = activation;
        _operation = activation.Operation();
        _parameters = new ValueList(bias is null ? weights : [.. weights, bias]);
    }

    /// <summary>One weight for each input, in order.</summary>
    public IReadOnlyList<GradValue> Weights { get; }

    /// <summary>The bias, or null in a network without biases.</summary>
    public GradValue? Bias { get; }

    /// <summary>What is applied to the weighted sum.</summary>
    public Activation Activation { get; }

    /// <summary>The weights in order, then the bias.</summary>
    public IReadOnlyList<GradValue> Parameters => Array.AsReadOnly(_parameters.Values);

    /// <summary>The neuron's output over inputs, with its graph.</summary>
    /// <param name="inputs">As many values (or numbers) as there are weights.</param>
    /// <exception cref="GradException">There are fewer or more (id <c>SizeMismatch</c>).</exception>
    public GradValue Invoke(params GradValue[] inputs)
    {
        GradException.ThrowIfNull(inputs, "a list of values or numbers");
        Shapes.RequireInputs("neuron", Weights.Count, inputs.Length);
        return Activate(new GradValue(WeightedSum.Instance, _parameters, new ValueList(GradValue.Checked(inputs))));
    }

    /// <summary>The weights in order, then the bias.</summary>
    internal GradValue[] ParameterList => _parameters.Values;

    /// <summary>A call with a weighted sum that is computed already; the node keeps the list.</summary>
    internal GradValue Call(ValueList inputs, double sum) =>
        Activate(new GradValue(WeightedSum.Instance, _parameters, inputs, sum));

    private GradValue Activate(GradValue sum) =>
        Activation == Activation.Identity ? sum : GradValue.Apply(_operation, sum);
}
