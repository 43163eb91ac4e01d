using MicroGrad.Operations;

namespace MicroGrad.Graphs;

/// <summary>
/// Writes a neuron's weighted sum out as the products and additions that it stands for, as the lecture draws it. Leaves
/// are shared with the original graph; what lies between is new, with data, gradients and labels carried over.
/// </summary>
internal static class WeightedSumExpansion
{
    /// <summary>The root of the expanded graph; the root itself where there is nothing to expand.</summary>
    public static GradValue Of(GradValue root)
    {
        var expanded = new Dictionary<GradValue, GradValue>(ReferenceEqualityComparer.Instance);
        foreach (var node in TopologicalOrder.Of(root))
        {
            expanded.Add(node, Copy(node, expanded));
        }

        return expanded[root];
    }

    private static GradValue Copy(GradValue node, Dictionary<GradValue, GradValue> expanded)
    {
        var copy = node.Operation switch
        {
            null => node,
            WeightedSum => WriteOut(node, expanded),
            UnaryOperation unary => new GradValue(unary, expanded[node.Left]),
            BinaryOperation binary => new GradValue(binary, expanded[node.Left], expanded[node.Right]),
            NaryOperation nary => new GradValue(nary, Map(node.LeftList), Map(node.RightList)),
            _ => throw new InvalidOperationException($"The operation {node.Operation.Name} has no known shape."),
        };
        copy.Data = node.Data;
        copy.Grad = node.Grad;
        copy.Label = node.Label;
        return copy;

        GradValue[] Map(GradValue[] values) => Array.ConvertAll(values, v => expanded[v]);
    }

    /// <remarks>Every product and partial sum feeds additions only, so each has the gradient of the whole sum.</remarks>
    private static GradValue WriteOut(GradValue node, Dictionary<GradValue, GradValue> expanded)
    {
        var (parameters, inputs) = (node.LeftList, node.RightList);
        var sum = parameters.Length > inputs.Length ? expanded[parameters[^1]] : null;
        for (var i = 0; i < inputs.Length; i++)
        {
            var product = expanded[parameters[i]] * expanded[inputs[i]];
            product.Grad = node.Grad;
            sum = sum is null ? product : sum + product;
            sum.Grad = node.Grad;
        }

        return sum!;
    }
}
