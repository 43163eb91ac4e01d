using FsCheck.Xunit;
using MicroGrad.Graphs;
using MicroGrad.Inference;

namespace MicroGrad.Engine.Tests;

[Properties(Arbitrary = [typeof(RandomGraphs)], MaxTest = 300, Replay = "(20240601,3)")]
public sealed class GradientPropertyTests
{
    [Property]
    public void Gradients_agree_with_differences(RandomGraph graph)
    {
        var (root, leaves) = graph.Build();
        root.Backward();

        for (var i = 0; i < leaves.Length; i++)
        {
            var leaf = leaves[i];
            var numeric = Difference.At(At, graph.Leaves[i]);
            leaf.Data = graph.Leaves[i];
            Close.Equal(numeric, leaf.Grad, 1e-7, $"leaf {i}");

            double At(double x)
            {
                leaf.Data = x;
                root.Forward();
                return root.Data;
            }
        }
    }

    [Property]
    public void The_gradient_is_linear_in_the_root(RandomGraph first, RandomGraph second, sbyte a, sbyte b)
    {
        var data = first.Leaves.Length >= second.Leaves.Length ? first.Leaves : second.Leaves;
        var (byFirst, bySecond) = (Gradients(first.Over), Gradients(second.Over));

        var bySum = Gradients(leaves => a * first.Over(leaves) + b * second.Over(leaves));

        for (var i = 0; i < data.Length; i++)
        {
            var parts = (a * byFirst[i], b * bySecond[i]);
            var size = Math.Max(1, Math.Abs(parts.Item1) + Math.Abs(parts.Item2));
            Close.Equal((parts.Item1 + parts.Item2) / size, bySum[i] / size, Close.Evaluation, $"leaf {i}");
        }

        double[] Gradients(Func<GradValue[], GradValue> build)
        {
            var leaves = Array.ConvertAll(data, x => new GradValue(x));
            build(leaves).Backward();
            return Array.ConvertAll(leaves, leaf => leaf.Grad);
        }
    }

    [Property]
    public void A_power_of_two_as_the_first_gradient_scales_all_gradients_exactly(RandomGraph graph)
    {
        var (one, eight) = (graph.Build().Root, graph.Build().Root);
        one.Backward();
        eight.Backward(-8);

        Assert.Equal(GradNode.List(one).Select(node => -8 * node.Grad), GradNode.List(eight).Select(node => node.Grad));
    }

    [Property]
    public void The_same_program_builds_the_same_graph_bit_for_bit(RandomGraph graph)
    {
        var (first, second) = (graph.Build().Root, graph.Build().Root);
        first.Backward();
        second.Backward();

        Assert.Equal(
            GradNode.List(first).Select(node => (node.Op, node.Data, node.Grad)),
            GradNode.List(second).Select(node => (node.Op, node.Data, node.Grad)));
    }

    [Property]
    public void The_expansion_of_weighted_sums_has_the_same_value_and_leaf_gradients(RandomGraph graph)
    {
        var (root, leaves) = graph.Build();
        root.Backward();
        var gradients = Array.ConvertAll(leaves, leaf => leaf.Grad);
        root.ZeroGrad();

        var expanded = new WeightedSumExpansion(root).Root;
        expanded.Forward();
        expanded.Backward();

        Assert.Equal(root.Data, expanded.Data);
        Close.Equal(gradients, Array.ConvertAll(leaves, leaf => leaf.Grad), Close.Evaluation, "gradient");
    }

    [Property]
    public void A_sum_of_a_graph_and_its_negative_has_no_gradient(RandomGraph graph)
    {
        var leaves = Array.ConvertAll(graph.Leaves, x => new GradValue(x));
        var root = graph.Over(leaves) - graph.Over(leaves);
        root.Backward();

        Assert.Equal(0, root.Data);
        Assert.All(leaves, leaf => Close.Equal(0, leaf.Grad, Close.Evaluation));
    }

    [Property]
    public void A_detached_part_is_a_constant(RandomGraph graph)
    {
        var leaves = Array.ConvertAll(graph.Leaves, x => new GradValue(x));
        var part = graph.Over(leaves);
        (part.Detach() * leaves[0]).Backward();

        Assert.Equal(part.Data, leaves[0].Grad);
        Assert.All(leaves.Skip(1), leaf => Assert.Equal(0, leaf.Grad));
    }
}
