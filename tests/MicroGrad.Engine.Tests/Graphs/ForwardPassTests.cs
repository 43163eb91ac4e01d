namespace MicroGrad.Engine.Tests;

public sealed class ForwardPassTests
{
    [Fact]
    public void Networks_of_any_width_are_computed_again_as_called_anew()
    {
        foreach (var width in new[] { 1, 3, 4, 9 })
        {
            var model = new Mlp(width, [width, 1], Activation.Tanh);
            GradValue[] inputs = [.. Enumerable.Range(1, width).Select(i => new GradValue(i))];
            var output = model.Invoke(inputs)[0];
            foreach (var value in inputs.Concat(model.Parameters))
            {
                value.Data = 0.5 * value.Data + 0.1;
            }

            output.Forward();

            Assert.Equal(model.Invoke(inputs)[0].Data, output.Data);
        }
    }

    [Fact]
    public void Null_is_refused_as_an_input_of_a_network_its_layers_and_neurons()
    {
        var model = new Mlp(2, [1]);

        Assert.Throws<GradException>(() => model.Invoke(null!, 1));
        Assert.Throws<GradException>(() => model.Layers[0].Invoke(null!, 1));
        Assert.Throws<GradException>(() => model.Layers[0].Neurons[0].Invoke(null!, 1));
    }

    [Fact]
    public void After_a_leaf_has_changed_the_graph_is_brought_up_to_date()
    {
        var (a, b) = (new GradValue(2), new GradValue(3));
        var c = a * b;
        var root = c + a;
        a.Data = 5;
        root.Forward();

        Assert.Equal((15, 20), (c.Data, root.Data));
    }

    [Fact]
    public void Gradients_stay_as_they_are()
    {
        var a = new GradValue(2);
        var root = a * a;
        root.Backward();
        a.Data = 5;
        root.Forward();

        Assert.Equal((4, 1), (a.Grad, root.Grad));
    }

    [Fact]
    public void Without_a_change_every_value_stays_bit_for_bit()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var (root, _) = RandomGraph.Draw(seed).Build();
            var before = GradNode.List(root).Select(node => node.Data).ToArray();
            root.Forward();

            Assert.Equal(before, GradNode.List(root).Select(node => node.Data));
        }
    }

    [Fact]
    public void After_a_change_values_are_those_of_a_new_graph_bit_for_bit()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var plan = RandomGraph.Draw(seed);
            var (root, leaves) = plan.Build();
            for (var i = 0; i < leaves.Length; i++)
            {
                leaves[i].Data = plan.Leaves[i] + 0.25 * (i + 1);
            }

            root.Forward();

            var fresh = (plan with { Leaves = [.. leaves.Select(leaf => leaf.Data)] }).Build().Root;
            Assert.Equal(GradNode.List(fresh).Select(node => node.Data), GradNode.List(root).Select(node => node.Data));
        }
    }

    [Fact]
    public void Data_set_by_hand_on_a_computed_value_is_computed_again()
    {
        var a = new GradValue(2);
        var b = a * 3;
        b.Data = 100;
        b.Forward();

        Assert.Equal(6, b.Data);
    }
}
