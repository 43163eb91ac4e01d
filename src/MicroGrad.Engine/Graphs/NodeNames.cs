using MicroGrad.Operations;

namespace MicroGrad.Graphs;

/// <summary>
/// The names of a graph's nodes in traces, tables, trees and drawings: a node's label, else what a network calls this
/// input, else v and its place in the topological order. Labels that several nodes have are numbered (x1#1, x1#2), so that no two nodes of
/// a graph have one name.
/// </summary>
public sealed class NodeNames
{
    private readonly Dictionary<GradValue, string> _names;

    /// <param name="order">The nodes of the graph in topological order.</param>
    /// <param name="stopping">Asked before each node.</param>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public NodeNames(ReadOnlySpan<GradValue> order, CancellationToken stopping = default)
    {
        _names = new(order.Length, ReferenceEqualityComparer.Instance);
        var inputs = InputNames(order, stopping);
        var labels = new string?[order.Length];
        var uses = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < order.Length; i++)
        {
            stopping.ThrowIfCancellationRequested();
            labels[i] = order[i].Label is { Length: > 0 } label ? label : inputs.GetValueOrDefault(order[i]);
            if (labels[i] is { } used)
            {
                uses[used] = uses.GetValueOrDefault(used) + 1;
            }
        }

        // A label may equal a name made here. That name then gets another number.
        var taken = uses.Keys.ToHashSet(StringComparer.Ordinal);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < order.Length; i++)
        {
            stopping.ThrowIfCancellationRequested();
            var own = labels[i] is { } label && uses[label] == 1;
            _names.Add(order[i], own ? labels[i]! : Free(labels[i], FormattableString.Invariant($"v{i}")));
        }

        string Free(string? label, string place)
        {
            var name = label is null ? place : Numbered(label);
            while (!taken.Add(name))
            {
                name = Numbered(label ?? place);
            }

            return name;
        }

        string Numbered(string label)
        {
            var number = counts.GetValueOrDefault(label) + 1;
            counts[label] = number;
            return FormattableString.Invariant($"{label}#{number}");
        }
    }

    /// <summary>The name of a node of the graph.</summary>
    public string Of(GradValue node) => _names[node];

    /// <summary>The name of the operation that made a node, such as tanh; empty for a leaf.</summary>
    /// <param name="node">The node.</param>
    public static string OperationOf(GradValue node) => node.Operation?.Name ?? string.Empty;

    /// <summary>Names a node that stands for another, or for a part of it.</summary>
    internal void Add(GradValue node, string name) => _names.TryAdd(node, name);

    /// <summary>The names of leaves that networks were called with.</summary>
    private static Dictionary<GradValue, string> InputNames(ReadOnlySpan<GradValue> order, CancellationToken stopping)
    {
        var names = new Dictionary<GradValue, string>(ReferenceEqualityComparer.Instance);
        foreach (var node in order)
        {
            stopping.ThrowIfCancellationRequested();
            if (node.Operation is WeightedSum && node.RightInputs?.Named is { } inputs)
            {
                for (var i = 0; i < inputs.Values.Length; i++)
                {
                    if (inputs.Values[i].IsLeaf)
                    {
                        names.TryAdd(inputs.Values[i], inputs.Names[i]);
                    }
                }
            }
        }

        return names;
    }
}
