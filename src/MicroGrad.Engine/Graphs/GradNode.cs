using MicroGrad.Graphs;

namespace MicroGrad;

/// <summary>A node of a graph with its place in the topological order, for tables and files.</summary>
/// <param name="Index">The place in the order, from 0; the root is last.</param>
/// <param name="Name">The name in tables, trees and drawings: the label, or v and the index; no two nodes have one name.</param>
/// <param name="Label">The label, or null.</param>
/// <param name="Op">The symbol of the operation, or an empty string for a leaf.</param>
/// <param name="Data">The value.</param>
/// <param name="Grad">The gradient.</param>
/// <param name="InputIndex">The places of the inputs, in order; a node used twice stands twice.</param>
/// <param name="Value">The node itself.</param>
public sealed record GradNode(
    int Index, string Name, string? Label, string Op, double Data, double Grad, IReadOnlyList<int> InputIndex, GradValue Value)
{
    /// <summary>The names of the inputs, in order; a node used twice stands twice.</summary>
    public required IReadOnlyList<string> InputName { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(GradNode), PrintMembers);

    /// <summary>Lists the nodes that a root depends on in topological order.</summary>
    /// <param name="root">The root; it comes last.</param>
    public static IReadOnlyList<GradNode> List(GradValue root)
    {
        GradException.ThrowIfNull(root, "a value");
        return [.. Enumerate(root)];
    }

    /// <summary>The same, one node at a time.</summary>
    /// <param name="root">The root; it comes last.</param>
    /// <param name="stopping">Asked before each node.</param>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static IEnumerable<GradNode> Enumerate(GradValue root, CancellationToken stopping = default)
    {
        var order = TopologicalOrder.Of(root, stopping);
        var places = new Dictionary<GradValue, int>(order.Length, ReferenceEqualityComparer.Instance);
        var names = new NodeNames(order, stopping);
        for (var i = 0; i < order.Length; i++)
        {
            stopping.ThrowIfCancellationRequested();
            var value = order[i];
            places.Add(value, i);
            var inputs = value.Inputs;
            yield return new GradNode(
                i, names.Of(value), value.Label, value.Op, value.Data, value.Grad, Array.ConvertAll(inputs, v => places[v]), value)
            {
                InputName = Array.ConvertAll(inputs, names.Of),
            };
        }
    }
}
