using System.Runtime.CompilerServices;
using MicroGrad.Operations;

namespace MicroGrad.Graphs;

/// <summary>
/// A call of a neuron, as it stands in a graph: the node that adds up the products of its weights and inputs.
/// </summary>
/// <remarks>
/// <para>
/// A layer's call makes, for each neuron in order, one weighted sum and one activation over it. The sums hold their inputs
/// as two lists, and share them: one list of parameters is in all calls of a neuron, and one list of inputs in all neurons
/// of a call. So a graph of many samples holds each list once, and the lists' identity tells what belongs together:
/// </para>
/// <list type="bullet">
/// <item>Calls with the same <see cref="Parameters"/> are of one neuron.</item>
/// <item>Calls with the same <see cref="Inputs"/> are one layer's.</item>
/// <item>
/// Where a network made the inputs for this call alone (<see cref="HasOwnInputs"/>), each stands in the list once, and none
/// is a parameter.
/// </item>
/// </list>
/// <para>
/// The topological order relies on it to take the neurons of a layer one after the other without looking at their inputs
/// again, backpropagation to keep the inputs' data and gradients side by side while it is among those neurons, the expansion
/// to write a sum out as the lecture does, and drawings to fold neurons, layers and samples.
/// </para>
/// </remarks>
internal readonly struct NeuronCall
{
    private NeuronCall(GradValue sum) => (Parameters, Inputs) = (sum.LeftInputs, sum.RightInputs!);

    /// <summary>The weights and, behind them, the bias where there is one.</summary>
    public ValueList Parameters { get; }

    public ValueList Inputs { get; }

    public ReadOnlySpan<GradValue> Weights => Parameters.Values.AsSpan(0, Inputs.Values.Length);

    public GradValue? Bias => Parameters.Values.Length > Inputs.Values.Length ? Parameters.Values[^1] : null;

    public bool HasOwnInputs => Inputs.IsOwn;

    /// <summary>The call that a node is the weighted sum of; null for any other node.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NeuronCall? Of(GradValue node) =>
        node.Shape == OperationShape.WeightedSum ? new(node) : null;
}
