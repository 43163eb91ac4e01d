using MicroGrad.Graphs;

namespace MicroGrad.Engine.Tests;

public sealed class TraceTests
{
    [Fact]
    public void A_step_tells_node_input_upstream_local_derivative_and_contribution()
    {
        var (a, b, c) = (new GradValue(2), new GradValue(-3), new GradValue(10, "c"));
        var e = a * b;
        var d = e + c;

        var steps = Trace(d, 2);

        BackwardStep[] expected =
        [
            new(1, d, e, 2, 1, 2) { NodeName = "v4", InputName = "v2" },
            new(2, d, c, 2, 1, 2) { NodeName = "v4", InputName = "c" },
            new(3, e, a, 2, -3, -6) { NodeName = "v2", InputName = "v0" },
            new(4, e, b, 2, 2, 4) { NodeName = "v2", InputName = "v1" },
        ];
        Assert.Equal(expected, steps);
    }

    [Fact]
    public void A_value_used_twice_by_one_node_has_a_step_for_each_use()
    {
        var a = new GradValue(3);

        var steps = Trace(a * a);

        Assert.Equal(2, steps.Length);
        Assert.All(steps, step => Assert.Same(a, step.Input));
        Assert.Equal(6, a.Grad);
    }

    [Fact]
    public void A_leaf_has_no_step_and_accumulates()
    {
        var a = new GradValue(3) { Grad = 1 };

        Assert.Empty(Trace(a, 2));
        Assert.Equal(3, a.Grad);
    }

    [Fact]
    public void Contributions_add_up_to_the_gradients_of_any_graph()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var (root, leaves) = RandomGraph.Draw(seed).Build();
            var sums = Trace(root)
                .GroupBy(step => step.Input)
                .ToDictionary(group => group.Key, group => group.Sum(step => step.Contribution));

            Assert.All(GradNode.List(root).Where(node => node.Value != root), node =>
                Assert.Equal(sums[node.Value], node.Grad));
            Assert.All(leaves, leaf => Assert.Equal(sums.GetValueOrDefault(leaf), leaf.Grad));
        }
    }

    [Fact]
    public void A_traced_pass_leaves_the_same_gradients_as_a_plain_one_bit_for_bit()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var (traced, _) = RandomGraph.Draw(seed).Build();
            var (plain, _) = RandomGraph.Draw(seed).Build();
            Trace(traced, 0.7);
            plain.Backward(0.7);

            Assert.Equal(GradNode.List(plain).Select(node => node.Grad), GradNode.List(traced).Select(node => node.Grad));
        }
    }

    [Fact]
    public void Each_step_multiplies_what_came_from_above_and_is_told_after_all_that_feeds_it()
    {
        var (root, _) = RandomGraph.Draw(7, instructions: 40).Build();
        var told = new HashSet<GradValue>();
        var number = 0;

        foreach (var step in Trace(root))
        {
            Assert.Equal(++number, step.Step);
            Assert.Equal(step.Upstream * step.LocalDerivative, step.Contribution);
            Assert.Equal(step.Node.Grad, step.Upstream);

            // Once a node hands on, nobody may add to it any more.
            told.Add(step.Node);
            Assert.DoesNotContain(step.Input, told);
        }

        Assert.True(number > 100);
    }

    [Fact]
    public void A_trace_and_a_gradients_graph_that_are_stopped_end()
    {
        using var stopping = new CancellationTokenSource();
        stopping.Cancel();
        var root = new GradValue(3) * new GradValue(4);

        Assert.Throws<OperationCanceledException>(() => Backpropagation.Trace(root, 1, names: null, stopping.Token));
        Assert.Throws<OperationCanceledException>(() => GradientGraph.Attach(root, 1, stopping.Token));
    }

    private static BackwardStep[] Trace(GradValue root, double seed = 1) =>
        [.. Backpropagation.Trace(root, seed, names: null, CancellationToken.None)];
}
