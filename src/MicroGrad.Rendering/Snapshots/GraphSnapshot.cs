using MicroGrad.Graphs;

namespace MicroGrad.Rendering.Snapshots;

/// <summary>A copy of a graph at one moment, independent of the live values. Every drawing is made from one.</summary>
/// <param name="Nodes">The nodes in topological order; the root is last.</param>
/// <param name="Title">The title, or null.</param>
internal sealed record GraphSnapshot(IReadOnlyList<SnapshotNode> Nodes, string? Title)
{
    /// <summary>A remark for the reader, such as that the graph is folded; or null.</summary>
    public string? Note { get; init; }

    /// <summary>Takes a snapshot of what a root depends on.</summary>
    /// <param name="root">The root.</param>
    /// <param name="expand">Whether weighted sums are written out as products and additions.</param>
    /// <param name="title">The title, or null.</param>
    /// <param name="stopping">Asked before each node.</param>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static GraphSnapshot Of(
        GradValue root, bool expand = false, string? title = null, CancellationToken stopping = default)
    {
        var expansion = expand ? new WeightedSumExpansion(root, stopping) : null;
        var drawn = expansion?.Root ?? root;
        var order = TopologicalOrder.Of(drawn, stopping);
        var names = expansion?.Names ?? new NodeNames(order, stopping);
        var places = new Dictionary<GradValue, int>(order.Length, ReferenceEqualityComparer.Instance);
        var lists = new Dictionary<ValueList, int>(ReferenceEqualityComparer.Instance);
        var local = new LocalDerivatives();
        var nodes = new SnapshotNode[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            stopping.ThrowIfCancellationRequested();
            var value = order[i];
            places.Add(value, i);
            var inputs = new int[value.InputCount];
            for (var k = 0; k < inputs.Length; k++)
            {
                inputs[k] = places[value.InputAt(k)];
            }

            nodes[i] = new SnapshotNode(
                i,
                names.Of(value),
                value.Label,
                value.Op,
                value.Operation?.Name ?? string.Empty,
                value.Data,
                value.Grad,
                inputs,
                local.Of(value).ToArray())
            {
                Sum = NeuronCall.Of(value) is { } call && Array.TrueForAll(call.Parameters.Values, parameter => parameter.IsLeaf)
                    ? (Number(call.Parameters), Number(call.Inputs), call.Parameters.Values.Length)
                    : null,
            };
        }

        return new GraphSnapshot(WithBlockedInputs(nodes, order, drawn, stopping), title);

        int Number(ValueList list)
        {
            if (!lists.TryGetValue(list, out var number))
            {
                number = lists.Count;
                lists.Add(list, number);
            }

            return number;
        }
    }

    /// <summary>The nodes that pass nothing on to some inputs, where that would be 0 times infinity.</summary>
    private static SnapshotNode[] WithBlockedInputs(SnapshotNode[] nodes, GradValue[] order, GradValue root, CancellationToken stopping)
    {
        if (nodes.All(node => node.LocalDerivatives.All(double.IsFinite)))
        {
            return nodes;
        }

        using var walk = TopologicalOrder.Borrow(root, stopping);
        var branches = new TakenBranches(walk);
        var marked = new SnapshotNode[nodes.Length];
        for (var i = 0; i < nodes.Length; i++)
        {
            stopping.ThrowIfCancellationRequested();
            var isReached = nodes[i].IsLeaf || branches.Reach(order[i]);
            marked[i] = nodes[i] with
            {
                Blocked = [.. Enumerable.Range(0, nodes[i].Inputs.Count).Where(k => !isReached || !TakenBranches.IsTaken(order[i], k))],
            };
        }

        return marked;
    }
}
