using MicroGrad.Inference;

namespace MicroGrad.Engine.Tests;

public sealed class LargeGraphTests
{
    [Fact]
    public void A_chain_of_a_million_steps_goes_forward_backward_and_forward_again()
    {
        const int Steps = 1_000_000;
        var (start, w, b) = (new GradValue(0.5), new GradValue(0.999), new GradValue(0.001));
        var y = start;
        for (var i = 0; i < Steps; i++)
        {
            y = (y * w + b).Tanh();
        }

        var (value, byStart, byW, byB) = Expected(0.5, 0.999, 0.001, Steps);
        Assert.Equal(value, y.Data);

        y.Backward();
        Close.Equal(byStart, start.Grad, Close.Evaluation, "by the start");
        Close.Equal(byW, w.Grad, Close.Evaluation, "by w");
        Close.Equal(byB, b.Grad, Close.Evaluation, "by b");

        (start.Data, w.Data, b.Data) = (-0.25, 0.9, 0.3);
        y.Forward();
        Assert.Equal(Expected(-0.25, 0.9, 0.3, Steps).Value, y.Data);

        y.ZeroGrad();
        Assert.Equal((0, 0, 0), (w.Grad, b.Grad, y.Grad));
    }

    [Fact]
    public void A_long_chain_keeps_the_derivative_by_its_start()
    {
        const int Steps = 300;
        var start = new GradValue(0.5);
        var y = start;
        for (var i = 0; i < Steps; i++)
        {
            y = (y * 0.999 + 0.001).Tanh();
        }

        y.Backward();
        var expected = Expected(0.5, 0.999, 0.001, Steps).ByStart;

        Assert.True(Math.Abs(expected) > 1e-6);
        Assert.InRange(start.Grad / expected, 1 - 1e-12, 1 + 1e-12);
    }

    [Fact]
    public void Doubling_a_thousand_times_has_the_derivative_two_to_the_thousandth_exactly()
    {
        // 2^1000 paths lead from the root to the leaf: only a walk that meets each node once gets there.
        var x = new GradValue(1);
        var y = x;
        for (var i = 0; i < 1000; i++)
        {
            y += y;
        }

        y.Backward();

        Assert.Equal(Math.Pow(2, 1000), x.Grad);
        Assert.Equal(1001, GradNode.List(y).Count);
    }

    [Fact]
    public void A_deep_and_wide_graph_where_each_layer_shares_the_one_below_is_differentiated_once_a_node()
    {
        const int Width = 100;
        const int Depth = 100;
        var leaves = Enumerable.Range(0, Width).Select(i => new GradValue(i)).ToArray();
        var layer = leaves;
        for (var d = 0; d < Depth; d++)
        {
            var below = layer;
            layer = [.. Enumerable.Range(0, Width).Select(_ => GradValue.Mean(below))];
        }

        var root = GradValue.Sum(layer);
        root.Backward();

        Close.Equal(Width * (Width - 1) / 2.0, root.Data, Close.Evaluation);
        Assert.All(leaves, leaf => Close.Equal(1, leaf.Grad, Close.Evaluation));
    }

    [Fact]
    public void A_sum_over_two_hundred_thousand_values_hands_each_its_share()
    {
        var leaves = Enumerable.Range(0, 200_000).Select(i => new GradValue(i)).ToArray();
        GradValue.Sum(leaves).Backward(3);

        Assert.All(leaves, leaf => Assert.Equal(3, leaf.Grad));
    }

    [Fact]
    public void A_chain_of_a_hundred_thousand_neurons_is_expanded_checked_for_order_and_listed()
    {
        var weight = new GradValue(0.5);
        var neuron = new Neuron([weight], 0.25, Activation.Tanh);
        var y = new GradValue(1);
        for (var i = 0; i < 100_000; i++)
        {
            y = neuron.Invoke(y);
        }

        var expanded = new Graphs.WeightedSumExpansion(y).Root;
        var nodes = GradNode.List(expanded);

        // The start, the weight, the bias; and a product, a sum and a tanh each.
        Assert.Equal(3 + 300_000, nodes.Count);
        Assert.Equal(y.Data, expanded.Data);
    }

    /// <summary>The chain and its derivatives by plain numbers, derivatives carried forward along with the values.</summary>
    private static (double Value, double ByStart, double ByW, double ByB) Expected(double start, double w, double b, int steps)
    {
        var (y, byStart, byW, byB) = (start, 1.0, 0.0, 0.0);
        for (var i = 0; i < steps; i++)
        {
            var next = Math.Tanh(y * w + b);
            var slope = 1 - next * next;
            (byStart, byW, byB) = (slope * w * byStart, slope * (y + w * byW), slope * (1 + w * byB));
            y = next;
        }

        return (y, byStart, byW, byB);
    }
}
