namespace MicroGrad.Engine.Tests;

public sealed class TopologicalOrderTests
{
    [Fact]
    public void Nodes_come_depth_first_over_ordered_inputs_with_the_root_last()
    {
        var (a, b, c) = (new GradValue(1, "a"), new GradValue(2, "b"), new GradValue(3, "c"));
        var left = a + b;
        left.Label = "left";
        var right = c * left;
        right.Label = "right";
        var root = left - right;
        root.Label = "root";

        Assert.Equal(["a", "b", "left", "c", "right", "root"], GradNode.List(root).Select(node => node.Label));
    }

    [Fact]
    public void A_node_tells_its_place_operation_numbers_and_inputs()
    {
        var a = new GradValue(3, "a");
        var root = a * a;
        root.Backward();

        var nodes = GradNode.List(root);

        Assert.Equal(2, nodes.Count);
        Assert.Equal((0, "a", "", 3, 6), (nodes[0].Index, nodes[0].Label, nodes[0].Op, nodes[0].Data, nodes[0].Grad));
        Assert.Equal((1, null, "*", 9, 1), (nodes[1].Index, nodes[1].Label, nodes[1].Op, nodes[1].Data, nodes[1].Grad));
        Assert.Empty(nodes[0].InputIndex);
        Assert.Equal([0, 0], nodes[1].InputIndex);
        Assert.Same(root, nodes[1].Value);
    }

    [Fact]
    public void In_any_graph_every_node_stands_once_and_behind_all_of_its_inputs()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var (root, _) = RandomGraph.Draw(seed, instructions: 30).Build();
            var nodes = GradNode.List(root);

            Assert.Equal(nodes.Count, nodes.Select(node => node.Value).Distinct().Count());
            Assert.Same(root, nodes[^1].Value);
            Assert.Equal(Enumerable.Range(0, nodes.Count), nodes.Select(node => node.Index));
            Assert.All(nodes, node =>
            {
                Assert.All(node.InputIndex, input => Assert.InRange(input, 0, node.Index - 1));
                Assert.Equal(node.Value.Inputs, node.InputIndex.Select(input => nodes[input].Value));
            });
        }
    }

    [Fact]
    public void Walks_over_parts_of_a_graph_do_not_disturb_each_other()
    {
        var a = new GradValue(1);
        var b = a + 1;
        var c = b * a;
        var first = GradNode.List(c).Select(node => node.Value).ToArray();
        _ = GradNode.List(b);

        Assert.Equal(first, GradNode.List(c).Select(node => node.Value));
    }

    [Fact]
    public void A_leaf_is_a_graph_of_one_node()
    {
        var a = new GradValue(1);

        Assert.Same(a, Assert.Single(GradNode.List(a)).Value);
    }

    [Fact]
    public void A_network_over_several_rows_stands_in_the_same_order_as_when_it_is_walked_by_recursion()
    {
        var model = new Mlp(2, [5, 3, 2], Activation.Tanh);
        var outputs = Enumerable.Range(0, 4).SelectMany(row => model.InvokeNumbers([row, -row])).ToArray();
        var root = GradValue.Mean([.. outputs, outputs[0].Inputs[^1].Inputs[0]]);
        var expected = new List<GradValue>();
        var met = new HashSet<GradValue>();

        void Visit(GradValue value)
        {
            if (met.Add(value))
            {
                Array.ForEach(value.Inputs, Visit);
                expected.Add(value);
            }
        }

        Visit(root);
        Assert.Equal(expected, GradNode.List(root).Select(node => node.Value));
    }
}
