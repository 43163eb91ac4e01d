using MicroGrad.Operations;

namespace MicroGrad.Graphs;

/// <summary>Asks the operation of a node for the node's derivatives as graphs, to be read or differentiated in turn.</summary>
internal static class DerivativeRules
{
    /// <summary>The derivatives by the node's inputs, in order; none for a leaf.</summary>
    public static GradValue[] Of(GradValue node)
    {
        switch (node.Operation)
        {
            case UnaryOperation unary:
                return [unary.DerivativeGraph(node.Left, node)];
            case BinaryOperation binary:
                var (byLeft, byRight) = binary.DerivativeGraphs(node.Left, node.Right, node);
                return [byLeft, byRight];
            case NaryOperation nary:
                var (left, right) = (node.LeftList, node.RightList);
                var rules = new GradValue[left.Length + right.Length];
                nary.DerivativeGraphs(left, right, node, rules.AsSpan(0, left.Length), rules.AsSpan(left.Length));
                return rules;
            default:
                return [];
        }
    }

    /// <summary>
    /// Whether a rule passes anything on, as a graph: 1, or 0 where it is a choice (<see cref="Choose"/>) that takes a side
    /// of 0. That side is the branch of a value that does not depend on the input.
    /// </summary>
    /// <param name="rule">A derivative that an operation made, not a value of the graph.</param>
    public static GradValue Taken(GradValue rule)
    {
        if (rule is { IsLeaf: true, RawData: 0 })
        {
            return 0;
        }

        if (rule.Operation is not Choose)
        {
            return 1;
        }

        var (a, b, larger, otherwise) = (rule.LeftList[0], rule.LeftList[1], Taken(rule.LeftList[2]), Taken(rule.LeftList[3]));
        return IsOne(larger) && IsOne(otherwise) ? 1 : GradValue.Choose(a, b, larger, otherwise);
    }

    private static bool IsOne(GradValue taken) => taken is { IsLeaf: true, RawData: 1 };
}
