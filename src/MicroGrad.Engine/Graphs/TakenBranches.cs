namespace MicroGrad.Graphs;

/// <summary>
/// Tells what a backward pass passes on from 0 times infinity: nothing to a branch that is not taken, and below it, but
/// NaN everywhere else.
/// </summary>
/// <remarks>Asked only where such a product comes up; the nodes that are reached by branches taken are found then.</remarks>
internal ref struct TakenBranches(TopologicalOrder order)
{
    private readonly TopologicalOrder _order = order;
    private HashSet<GradValue>? _reached;

    /// <summary>Whether a node has a part in the root, by branches that are all taken.</summary>
    public bool Reach(GradValue node) => (_reached ??= FindReached()).Contains(node);

    /// <summary>Whether a node's input has a part in its value.</summary>
    public static bool IsTaken(GradValue node, int input) => IsTaken(node, DerivativeRules.Of(node)[input]);

    private static bool IsTaken(GradValue node, GradValue rule)
    {
        // What a rule found in the graph, such as the other factor of a product, is no choice of its own.
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
