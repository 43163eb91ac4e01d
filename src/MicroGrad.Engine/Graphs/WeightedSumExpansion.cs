using MicroGrad.Operations;

namespace MicroGrad.Graphs;

/// <summary>
/// Writes a neuron's weighted sum out as the products and additions that it stands for, as the lecture draws it. Leaves are
/// shared with the original graph; the nodes between are new, with copies of data, gradients and labels.
/// </summary>
public sealed class WeightedSumExpansion
{
    private readonly Dictionary<GradValue, GradValue> _expanded = new(ReferenceEqualityComparer.Instance);

    /// <summary>Writes out all weighted sums below a root.</summary>
    /// <param name="root">The root of the graph; it stays as it is.</param>
    /// <param name="stopping">Asked before each node.</param>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public WeightedSumExpansion(GradValue root, CancellationToken stopping = default)
    {
        var order = TopologicalOrder.Of(root, stopping);
        Names = new NodeNames(order, stopping);
        foreach (var node in order)
        {
            stopping.ThrowIfCancellationRequested();
            var copy = Copy(node);
            _expanded.Add(node, copy);
            Names.Add(copy, Names.Of(node));
        }

        Root = _expanded[root];
    }

    /// <summary>The root of the expanded graph; the given root itself where that is a leaf.</summary>
    public GradValue Root { get; }

    /// <summary>The names of all nodes: those of the original graph, and v8.1, v8.2, … for what the sum v8 is written out as.</summary>
    public NodeNames Names { get; }

    /// <summary>Sets the gradients of the original nodes to those of the expanded graph, after a backward pass there.</summary>
    public void CopyGradientsBack()
    {
        foreach (var (original, copy) in _expanded)
        {
            original.RawGrad = copy.RawGrad;
        }
    }

    private GradValue Copy(GradValue node)
    {
        if (node.IsLeaf)
        {
            return node;
        }

        var copy = node.Operation switch
        {
            WeightedSum => WriteOut(node, NeuronCall.Of(node)!.Value),
            UnaryOperation unary => new GradValue(unary, _expanded[node.Left]),
            BinaryOperation binary => new GradValue(binary, _expanded[node.Left], _expanded[node.Right]),
            NaryOperation nary => new GradValue(nary, Map(node.LeftList), Map(node.RightList)),
            _ => throw new InvalidOperationException($"The operation {node.Op} has no known shape."),
        };
        copy.RawData = node.RawData;
        copy.RawGrad = node.RawGrad;
        copy.Label = node.Label;
        return copy;
    }

    private GradValue[] Map(GradValue[] values) => Array.ConvertAll(values, v => _expanded[v]);

    /// <remarks>Every product and partial sum feeds additions only, so each has the gradient of the whole sum.</remarks>
    private GradValue WriteOut(GradValue node, NeuronCall call)
    {
        var sum = call.Bias is { } bias ? _expanded[bias] : null;
        var parts = new List<GradValue>(2 * call.Weights.Length);
        for (var i = 0; i < call.Weights.Length; i++)
        {
            var product = Part(_expanded[call.Weights[i]] * _expanded[call.Inputs.Values[i]]);
            sum = sum is null ? product : Part(sum + product);
        }

        // The last part is the sum itself, and has its name.
        for (var i = 0; i < parts.Count - 1; i++)
        {
            Names.Add(parts[i], FormattableString.Invariant($"{Names.Of(node)}.{i + 1}"));
        }

        return sum!;

        GradValue Part(GradValue part)
        {
            part.RawGrad = node.RawGrad;
            parts.Add(part);
            return part;
        }
    }
}
