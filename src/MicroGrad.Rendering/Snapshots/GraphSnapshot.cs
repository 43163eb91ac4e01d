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
        var calls = new NeuronCalls();
        var local = new LocalDerivatives();
        var nodes = new SnapshotNode[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            stopping.ThrowIfCancellationRequested();
            var value = order[i];
            places.Add(value, i);
            nodes[i] = new SnapshotNode(
                i,
                names.Of(value),
                value.Label,
                value.Op,
                NodeNames.OperationOf(value),
                value.Data,
                value.Grad,
                Array.ConvertAll(value.Inputs, input => places[input]),
                local.Of(value).ToArray())
            {
                Sum = calls.Of(value),
            };
        }

        return new GraphSnapshot(WithBlockedInputs(nodes, order, drawn, stopping), title);
    }

    /// <summary>The nodes that pass nothing on to some inputs, where that would be 0 times infinity.</summary>
    private static SnapshotNode[] WithBlockedInputs(SnapshotNode[] nodes, GradValue[] order, GradValue root, CancellationToken stopping)
    {
        if (nodes.All(node => node.LocalDerivatives.All(double.IsFinite)))
        {
            return nodes;
        }

        var blocked = LocalDerivatives.BlockedInputs(root, order, stopping);
        return [.. nodes.Select((node, i) => node with { Blocked = blocked[i] })];
    }
}
