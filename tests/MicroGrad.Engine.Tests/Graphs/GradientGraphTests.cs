using FsCheck.Xunit;
using MicroGrad.Graphs;
using MicroGrad.Operations;

namespace MicroGrad.Engine.Tests;

public sealed class GradientGraphTests
{
    public static TheoryData<string> Names =>
        [.. OperationCases.All.Select(item => item.Kind).Distinct()];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_derivative_written_as_a_graph_is_the_derivative_worked_out(string name) => OperationCases.ForEach(name, item =>
    {
        var (root, leaves) = item.Node(item.Inputs);
        root.BackwardGraph();

        Close.Equal(item.Derivatives(item.Inputs), Array.ConvertAll(leaves, leaf => leaf.GradGraph!.Data), 1e-15, name);
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void The_second_derivatives_are_those_of_the_first_by_differences(string name) => OperationCases.ForEach(name, item =>
    {
        var (root, leaves) = item.Node(item.Inputs);
        root.BackwardGraph();
        var firsts = Array.ConvertAll(leaves, leaf => leaf.GradGraph!);
        root.ZeroGrad();
        for (var i = 0; i < firsts.Length; i++)
        {
            firsts[i].Backward();
            for (var j = 0; j < leaves.Length; j++)
            {
                var (by, of) = (j, i);
                var numeric = Difference.At(x => item.Derivatives(OperationCases.With(item.Inputs, by, x))[of], item.Inputs[j]);
                Close.Equal(numeric, leaves[j].Grad, 1e-8, $"{name} by inputs {i} and {j}");
                leaves[j].Grad = 0;
            }
        }
    });

    [Property(MaxTest = 100)]
    public void Gradients_as_graphs_have_the_value_of_the_gradients_everywhere_in_a_graph(int seed)
    {
        var (root, _) = RandomGraph.Draw(seed).Build();
        root.BackwardGraph(1.5);

        Assert.All(
            GradNode.List(root), node => Close.Equal(node.Grad, node.Value.GradGraph!.Data, 1e-12, $"{node.Index} {node.Op}"));
    }

    [Property(MaxTest = 50)]
    public void Second_derivatives_of_random_graphs_are_differences_of_first_ones_and_symmetric(int seed)
    {
        var graph = RandomGraph.Draw(seed, leaves: 3, instructions: 6);
        var hessian = HessianOf(graph);
        for (var i = 0; i < 3; i++)
        {
            for (var j = 0; j < 3; j++)
            {
                var (by, of) = (j, i);
                var numeric = Difference.At(
                    x =>
                    {
                        var (root, leaves) = (graph with { Leaves = OperationCases.With(graph.Leaves, by, x) }).Build();
                        root.Backward();
                        return leaves[of].Grad;
                    },
                    graph.Leaves[j],
                    1e-4);
                Close.Equal(numeric, hessian[i][j], 1e-6, $"by {i} and {j}");
                Close.Equal(hessian[j][i], hessian[i][j], 1e-9, $"symmetric at {i} and {j}");
            }
        }
    }

    [Fact]
    public void Tanh_at_2_has_the_derivatives_of_the_closed_form_up_to_the_third()
    {
        var x = new GradValue(2, "x");
        var y = Math.Tanh(2);
        var s = 1 - y * y;
        double[] expected = [s, -2 * y * s, -2 * s * s + 4 * y * y * s];

        var value = x.Tanh();
        foreach (var derivative in expected)
        {
            value.BackwardGraph();
            value = x.GradGraph!;
            Close.Equal(derivative, value.Data, 1e-14);
        }
    }

    [Fact]
    public void A_sine_comes_back_after_four_derivatives()
    {
        var x = new GradValue(0.7);
        var value = x.Sin();
        for (var i = 0; i < 4; i++)
        {
            value.BackwardGraph();
            value = x.GradGraph!;
        }

        Close.Equal(Math.Sin(0.7), value.Data, 1e-15);
    }

    [Fact]
    public void A_gradient_that_is_a_graph_follows_its_leaves()
    {
        var x = new GradValue(3);
        x.Pow(3).BackwardGraph();
        var derivative = x.GradGraph!;
        x.Data = 2;
        derivative.Forward();

        Assert.Equal(12, derivative.Data);
    }

    [Fact]
    public void A_pass_with_graphs_leaves_the_gradients_of_a_pass_without()
    {
        var (root, _) = RandomGraph.Draw(7).Build();
        root.Backward(0.3);
        var before = GradNode.List(root).Select(node => node.Grad).ToArray();
        root.ZeroGrad();
        root.BackwardGraph(0.3);

        Assert.Equal(before, GradNode.List(root).Select(node => node.Grad));
        Assert.All(GradNode.List(root), node => Assert.NotNull(node.Value.GradGraph));
    }

    [Fact]
    public void Each_pass_with_graphs_sets_them_anew_while_numbers_add_up()
    {
        var x = new GradValue(3);
        (x * x).BackwardGraph();
        (x * 5).BackwardGraph();

        Assert.Equal((11, 5), (x.Grad, x.GradGraph!.Data));
    }

    [Fact]
    public void Other_passes_leave_gradients_that_are_graphs_alone_and_clearing_drops_them()
    {
        var x = new GradValue(3, "x");
        Assert.Null(x.GradGraph);
        var y = x * x;
        y.BackwardGraph();
        var graph = x.GradGraph;
        y.Backward();
        Assert.Same(graph, x.GradGraph);

        y.ZeroGrad();
        Assert.Null(x.GradGraph);
    }

    [Fact]
    public void Clearing_a_model_drops_the_gradients_of_its_parameters_that_are_graphs()
    {
        var model = new Mlp(2, [1]);
        model.Invoke(1, 2)[0].BackwardGraph();
        Assert.Equal([1, 2, 1], model.Parameters.Select(parameter => parameter.GradGraph!.Data));
        model.ZeroGrad();

        Assert.All(model.Parameters, parameter => Assert.Null(parameter.GradGraph));
    }

    [Fact]
    public void A_value_that_happens_to_be_one_stays_in_the_gradient()
    {
        var (a, b) = (new GradValue(1), new GradValue(1));
        (a * b).BackwardGraph();
        Assert.Same(b, a.GradGraph);
        a.GradGraph!.BackwardGraph();

        Assert.Equal(1, b.GradGraph!.Data);
    }

    [Fact]
    public void The_gradient_of_tanh_reads_as_the_formula()
    {
        var x = new GradValue(2);
        var y = x.Tanh();
        y.BackwardGraph();

        Assert.Equal("-", x.GradGraph!.Op);
        Assert.Equal(1, x.GradGraph.Inputs[0].Data);
        Assert.Equal([y, y], x.GradGraph.Inputs[1].Inputs);
    }

    [Fact]
    public void A_root_that_is_a_leaf_has_the_seed_as_its_gradient()
    {
        var x = new GradValue(2);
        x.BackwardGraph(4);

        Assert.Equal((4, 4), (x.Grad, x.GradGraph!.Data));
    }

    [Fact]
    public void Labels_live_on_beside_gradients_that_are_graphs()
    {
        var x = new GradValue(2, "x");
        x.Pow(2).BackwardGraph();
        Assert.Equal("x", x.Label);
        x.Label = "other";

        Assert.Equal("other", x.Label);
        Assert.Equal(4, x.GradGraph!.Data);
    }

    [Fact]
    public void A_node_takes_56_bytes()
    {
        var a = new GradValue(1);
        var nodes = new GradValue[1000];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < nodes.Length; i++)
        {
            nodes[i] = a * a;
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / nodes.Length, 1, 56);
    }

    /// <summary>A node with an operation of its own keeps it beside a label and a gradient.</summary>
    [Fact]
    public void A_power_keeps_its_exponent_its_label_and_its_gradient()
    {
        var x = new GradValue(2, "x");
        var y = x.Pow(3).As("y");
        y.BackwardGraph();

        Assert.Equal(("^3", "y", 1.0), (y.Op, y.Label, y.GradGraph!.Data));
        Assert.Same(x, Assert.Single(y.Inputs));
        Assert.Equal(12, x.GradGraph!.Data);
    }

    [Fact]
    public void Inputs_can_be_read_while_another_thread_sets_a_label()
    {
        var (a, b) = (new GradValue(2), new GradValue(3));
        for (var i = 0; i < 500; i++)
        {
            var node = a * b;
            using var both = new Barrier(2);
            var labelling = new Thread(() =>
            {
                both.SignalAndWait();
                node.Label = "c";
            });
            labelling.Start();
            both.SignalAndWait();
            var inputs = node.Inputs;
            labelling.Join();

            Assert.True(inputs is [var left, var right] && left == a && right == b && node is { Op: "*", Label: "c" });
        }
    }

    [Fact]
    public void A_long_chain_can_be_differentiated_twice()
    {
        var x = new GradValue(0.5);
        var value = x;
        for (var i = 0; i < 20_000; i++)
        {
            value = value * 0.999 + x * x * 0.001;
        }

        value.BackwardGraph();
        Close.Equal(1, x.GradGraph!.Data, 1e-7);
        x.GradGraph.BackwardGraph();
        Close.Equal(2, x.GradGraph.Data, 1e-7);
    }

    [Fact]
    public void A_sum_of_many_uses_has_one_node_for_its_gradient()
    {
        var x = new GradValue(0.5);
        var order = TopologicalOrder.Of(GradValue.Sum(x * x, x.Sin(), x.Exp()));
        var graphs = GradientGraph.Of(order, seed: 1, CancellationToken.None);

        Assert.Same(Sum.Instance, graphs[order.IndexOf(x)].Operation);
        Close.Equal(1 + Math.Cos(0.5) + Math.Exp(0.5), graphs[order.IndexOf(x)].Data, 1e-15);
    }

    private static double[][] HessianOf(RandomGraph graph)
    {
        var (root, leaves) = graph.Build();
        root.BackwardGraph();
        return Array.ConvertAll(Array.ConvertAll(leaves, leaf => leaf.GradGraph), gradient =>
        {
            Array.ForEach(leaves, leaf => leaf.Grad = 0);
            gradient?.Backward();
            return Array.ConvertAll(leaves, leaf => leaf.Grad);
        });
    }
}
