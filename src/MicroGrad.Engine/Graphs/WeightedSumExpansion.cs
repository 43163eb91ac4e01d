using MicroGrad.Operations;

namespace MicroGrad.Graphs;

/// <summary>
/// Writes a neuron's weighted sum out as the products and additions that it stands for, as the lecture draws it. Leaves
/// are shared with the original graph; what lies between is new, with data, gradients and labels carried over.
/// </summary>
internal sealed class WeightedSumExpansion
{
    private readonly Dictionary<GradValue, GradValue> _expanded = new(ReferenceEqualityComparer.Instance);

    public WeightedSumExpansion(GradValue root)
    {
        foreach (var node in TopologicalOrder.Of(root))
        {
            _expanded.Add(node, Copy(node));
        }

        Root = _expanded[root];
    }

    /// <summary>The root of the expanded graph; the given root itself where that is a leaf.</summary>
    public GradValue Root { get; }

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
            WeightedSum => WriteOut(node),
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
    private GradValue WriteOut(GradValue node)
    {
        var (parameters, inputs) = (node.LeftList, node.RightList);
        var sum = parameters.Length > inputs.Length ? _expanded[parameters[^1]] : null;
        for (var i = 0; i < inputs.Length; i++)
        {
            var product = _expanded[parameters[i]] * _expanded[inputs[i]];
            product.RawGrad = node.RawGrad;
            sum = sum is null ? product : sum + product;
            sum.RawGrad = node.RawGrad;
        }

        return sum!;
    }
}
