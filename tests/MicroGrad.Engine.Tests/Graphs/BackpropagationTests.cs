using MicroGrad.Graphs;

namespace MicroGrad.Engine.Tests;

public sealed class BackpropagationTests
{
    [Fact]
    public void A_value_added_to_itself_gets_both_contributions()
    {
        var a = new GradValue(3);
        (a + a).Backward();

        Assert.Equal(2, a.Grad);
    }

    [Fact]
    public void A_value_times_itself_gets_both_contributions()
    {
        var a = new GradValue(3);
        (a * a).Backward();

        Assert.Equal(6, a.Grad);
    }

    [Fact]
    public void A_value_that_stands_in_a_list_several_times_gets_every_contribution()
    {
        var a = new GradValue(3);
        GradValue.Sum(a, a, a).Backward();
        GradValue.Dot([a, a], [a, 10]).Backward();

        Assert.Equal(3 + 6 + 10, a.Grad);
    }

    [Fact]
    public void Infinity_and_nan_are_reported_where_they_began()
    {
        var x = new GradValue(400);
        var e = (2 * x).Exp();
        var o = (e - 1) / (e + 1);
        o.Backward();
        Assert.Same(e, Backpropagation.FindNonFinite(o));

        var zero = new GradValue(0);
        var root = 1 * (2 * zero).Sqrt();
        root.Backward();
        Assert.Equal("*", Backpropagation.FindNonFinite(root)!.Op);
        Assert.Same(zero, Backpropagation.FindNonFinite(root)!.Inputs[1]);

        Assert.Null(Backpropagation.FindNonFinite(new GradValue(2) * 3));
    }

    [Fact]
    public void Interior_nodes_have_gradients_too()
    {
        var (a, b, d) = (new GradValue(3), new GradValue(2), new GradValue(1));
        var c = a + b;
        var e = c * d;
        e.Backward();

        Assert.Equal((1, 1, 5), (e.Grad, c.Grad, d.Grad));
    }

    [Fact]
    public void A_second_pass_doubles_the_leaves_and_leaves_the_interior_as_it_was()
    {
        var (a, b, d) = (new GradValue(3), new GradValue(2), new GradValue(1));
        var c = a + b;
        var e = c * d;
        e.Backward();
        e.Backward();

        Assert.Equal((2, 2, 10), (a.Grad, b.Grad, d.Grad));
        Assert.Equal((1, 1), (c.Grad, e.Grad));
    }

    [Fact]
    public void A_second_pass_doubles_the_leaves_of_any_graph_exactly()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var (root, leaves) = RandomGraph.Draw(seed).Build();
            root.Backward();
            var once = Snapshot(root);
            var first = leaves.Select(leaf => leaf.Grad).ToArray();

            root.Backward();

            // Leaves that the pass met several times add up in another order: the last bits may differ.
            Close.Equal(first.Select(g => 2 * g).ToArray(), leaves.Select(leaf => leaf.Grad).ToArray(), 1e-15, $"seed {seed}");
            Assert.All(once.Where(pair => !pair.Value.IsLeaf), pair => Assert.Equal(pair.Grad, pair.Value.Grad));
        }

        static (GradValue Value, double Grad)[] Snapshot(GradValue root) =>
            [.. GradNode.List(root).Select(node => (node.Value, node.Grad))];
    }

    [Fact]
    public void Passes_from_two_roots_over_shared_nodes_do_not_hand_on_each_others_gradients()
    {
        var a = new GradValue(2);
        var shared = a * 3;
        var first = shared * 5;
        var second = shared * 7;
        first.Backward();
        second.Backward();

        Assert.Equal(15 + 21, a.Grad);
        Assert.Equal(7, shared.Grad);
    }

    [Fact]
    public void A_gradient_set_by_hand_on_an_interior_node_does_not_leak_into_the_next_pass()
    {
        var a = new GradValue(2);
        var b = a * 3;
        var c = b * 4;
        (b.Grad, c.Grad) = (100, 100);
        c.Backward();

        Assert.Equal((1, 4, 12), (c.Grad, b.Grad, a.Grad));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-2.5)]
    [InlineData(0)]
    public void The_pass_starts_with_the_gradient_it_is_given(double seed)
    {
        var a = new GradValue(3);
        var root = a * a;
        root.Backward(seed);

        Assert.Equal(seed, root.Grad);
        Assert.Equal(6 * seed, a.Grad);
    }

    [Fact]
    public void A_root_that_is_a_leaf_accumulates()
    {
        var a = new GradValue(3);
        a.Backward();
        a.Backward(2.5);

        Assert.Equal(3.5, a.Grad);
    }

    [Fact]
    public void Gradients_that_a_leaf_already_has_are_added_to()
    {
        var a = new GradValue(3) { Grad = 10 };
        (a * 2).Backward();

        Assert.Equal(12, a.Grad);
    }

    [Fact]
    public void Local_derivatives_are_taken_at_the_current_data()
    {
        var a = new GradValue(3);
        var b = a * a;
        var c = b * b;
        a.Data = 5;
        c.Backward();

        // The data of b is still that of a = 3: only what is set by hand has changed.
        Assert.Equal(2 * 9 * (2 * 5), a.Grad);

        a.Grad = 0;
        c.Forward();
        c.Backward();
        Assert.Equal(4 * 125, a.Grad);
    }

    [Fact]
    public void Data_set_by_hand_on_an_interior_node_counts_in_the_backward_pass()
    {
        var a = new GradValue(0.5);
        var y = a.Tanh();
        y.Data = 0.25;
        y.Backward();

        Assert.Equal(1 - 0.25 * 0.25, a.Grad);
    }

    [Fact]
    public void ZeroGrad_clears_the_whole_graph_and_nothing_else()
    {
        var (a, b, other) = (new GradValue(3), new GradValue(2), new GradValue(1) { Grad = 7 });
        var c = a * b;
        var root = c + a;
        var above = root * other;
        above.Backward();
        var grad = other.Grad;

        root.ZeroGrad();

        Assert.All([a, b, c, root], value => Assert.Equal(0, value.Grad));
        Assert.Equal((1, grad), (above.Grad, other.Grad));
        Assert.Equal((3, 2, 6, 9), (a.Data, b.Data, c.Data, root.Data));
    }

    [Fact]
    public void What_is_computed_from_a_detached_value_does_not_reach_back()
    {
        var a = new GradValue(3, "a");
        var b = a * 2;
        b.Label = "b";
        var detached = b.Detach();
        (detached * b).Backward();

        Assert.True(detached.IsLeaf);
        Assert.Equal((6, "b", 6), (detached.Data, detached.Label, detached.Grad));
        Assert.Equal(6 * 2, a.Grad);
        Assert.NotSame(b, detached);
    }

    [Fact]
    public void Detaching_carries_no_gradient_over()
    {
        var a = new GradValue(3) { Grad = 5 };

        Assert.Equal(0, a.Detach().Grad);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(19)]
    public void A_layer_hands_back_what_its_products_and_sums_would_one_by_one(int width)
    {
        var model = new Mlp(3, [width, width, 2], Activation.Tanh);
        var outputs = Enumerable.Range(0, 5)
            .SelectMany(row => model.InvokeNumbers([Math.Sin(row), Math.Cos(row), row - 2]))
            .ToArray();

        RequireSameGradients(GradValue.Sum(outputs), model);
    }

    [Fact]
    public void A_layer_hands_back_the_same_where_its_inputs_are_used_elsewhere_too()
    {
        var model = new Mlp(2, [4, 4, 1], Activation.Relu);
        var output = model.InvokeNumbers([0.5, -1.5])[0];
        var hidden = output.Inputs[^1];
        var below = hidden.Inputs[0].Inputs[^1];
        var input = below.Inputs[0].Inputs[^1];

        RequireSameGradients(hidden * output + below * hidden + input * output + below.Inputs[0].Exp(), model);
        RequireSameGradients(output * hidden + hidden.Inputs[0] * below, model);
    }

    [Fact]
    public void A_value_may_be_several_inputs_of_a_network_and_one_of_its_weights()
    {
        var model = new Mlp(3, [5, 1], Activation.Tanh);
        var x = new GradValue(0.75);
        var weight = model.Layers[0].Neurons[0].Weights[1];

        RequireSameGradients(model.Invoke(x, x, weight)[0], model);
    }

    private static void RequireSameGradients(GradValue root, Mlp model)
    {
        var leaves = GradNode.List(root).Select(node => node.Value).Where(value => value.IsLeaf).ToArray();
        Array.ForEach(leaves, leaf => leaf.Grad = 0);
        root.Backward();
        var gradients = Array.ConvertAll(leaves, leaf => leaf.Grad);

        Array.ForEach(leaves, leaf => leaf.Grad = 0);
        new WeightedSumExpansion(root).Root.Backward();

        Assert.Contains(model.Parameters[0], leaves);
        Close.Equal(Array.ConvertAll(leaves, leaf => leaf.Grad), gradients, 1e-14, "gradients");
    }
}
