namespace MicroGrad.Graphs;

/// <summary>
/// The calls of neurons in a graph, told apart by numbers: those with the same number for their parameters are of one
/// neuron, those with the same number for their inputs one layer's (see <see cref="NeuronCall"/>).
/// </summary>
public sealed class NeuronCalls
{
    private readonly Dictionary<ValueList, int> _lists = new(ReferenceEqualityComparer.Instance);

    /// <summary>
    /// The numbers of a call's parameters and inputs, counted as they are first met, and how many parameters there are; null
    /// where the node is no neuron's weighted sum, or its parameters are computed.
    /// </summary>
    /// <param name="node">The node.</param>
    public (int Parameters, int Inputs, int ParameterCount)? Of(GradValue node) =>
        NeuronCall.Of(node) is { } call && Array.TrueForAll(call.Parameters.Values, parameter => parameter.IsLeaf)
            ? (NumberOf(call.Parameters), NumberOf(call.Inputs), call.Parameters.Values.Length)
            : null;

    private int NumberOf(ValueList list)
    {
        if (!_lists.TryGetValue(list, out var number))
        {
            number = _lists.Count;
            _lists.Add(list, number);
        }

        return number;
    }
}
