using System.Runtime.CompilerServices;

namespace MicroGrad.Graphs;

/// <summary>
/// Decides what 0 times infinity contributes in a backward pass: nothing to a branch that is not taken and to nodes below
/// it, and NaN everywhere else.
/// </summary>
/// <remarks>The nodes that taken branches reach are found at the first such product.</remarks>
internal ref struct TakenBranches(TopologicalOrder order)
{
    private readonly TopologicalOrder _order = order;
    private HashSet<GradValue>? _reached;

    /// <summary>Whether the root depends on a node by branches that are all taken.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool Reach(GradValue node) => (_reached ??= FindReached()).Contains(node);

    /// <summary>Whether a node's value depends on one of its inputs.</summary>
    public static bool IsTaken(GradValue node, int input) => IsTaken(node, DerivativeRules.Of(node)[input]);

    private static bool IsTaken(GradValue node, GradValue rule)
    {
        // A derivative that is a value of the graph, such as the other factor of a product, is no choice of the rule.
        var isFound = rule == node || Array.IndexOf(node.Inputs, rule) >= 0;
        return isFound || DerivativeRules.Taken(rule).RawData != 0;
    }

    private readonly HashSet<GradValue> FindReached()
    {
        var reached = new HashSet<GradValue>(ReferenceEqualityComparer.Instance) { _order[_order.Count - 1] };
        for (var n = _order.Count - 1; n >= 0; n--)
        {
            var node = _order[n];
            if (!reached.Contains(node))
            {
                continue;
            }

            var rules = DerivativeRules.Of(node);
            for (var i = 0; i < rules.Length; i++)
            {
                if (node.InputAt(i) is { IsLeaf: false } input && IsTaken(node, rules[i]))
                {
                    reached.Add(input);
                }
            }
        }

        return reached;
    }
}
