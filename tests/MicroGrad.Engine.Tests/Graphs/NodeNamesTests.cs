using MicroGrad.Graphs;

namespace MicroGrad.Engine.Tests;

public sealed class NodeNamesTests
{
    [Fact]
    public void A_node_is_named_by_its_label_or_by_its_place_in_the_order()
    {
        var a = new GradValue(2, "a");
        var root = (a * 3).Tanh().As("y");

        Assert.Equal(["a", "v1", "v2", "y"], GradNode.List(root).Select(node => node.Name));
        Assert.Equal(["a", "v1"], GradNode.List(root)[2].InputName);
    }

    [Fact]
    public void No_two_nodes_have_one_name_whatever_their_labels()
    {
        // "v0" looks like a place, "x#2" like a number given here.
        var values = new[] { "x", "x", "x#2", "v0", "v0", null, "" }.Select(label => new GradValue(1, label)).ToArray();
        var names = GradNode.List(GradValue.Sum(values)).Select(node => node.Name).ToArray();

        Assert.Distinct(names);
        Assert.Equal(["x#1", "x#3", "x#2", "v0#1", "v0#2", "v5", "v6", "v7"], names);
    }

    [Fact]
    public void Parameters_of_a_network_are_named_by_layer_neuron_and_input()
    {
        var model = new Mlp(3, [2, 1]);

        Assert.Equal(
            [
                "W1[1,1]", "W1[1,2]", "W1[1,3]", "b1[1]", "W1[2,1]", "W1[2,2]", "W1[2,3]", "b1[2]", "W2[1,1]", "W2[1,2]", "b2[1]",
            ],
            model.Parameters.Select(parameter => parameter.Label));
        model.Parameters[3].Label = "bias";
        Assert.Equal("bias", model.Layers[0].Neurons[0].Bias!.Label);
    }

    [Fact]
    public void Samples_of_one_network_have_inputs_of_their_own_names()
    {
        var model = new Mlp(2, [2, 1]);
        var loss = model.InvokeNumbers([1, 2])[0] + model.InvokeNumbers([3, 4])[0];
        var leaves = GradNode.List(loss).Where(node => node.Value.IsLeaf).Select(node => node.Name).ToArray();

        Assert.Distinct(leaves);
        Assert.Equal(["x1#1", "x1#2", "x2#1", "x2#2"], leaves.Where(name => name[0] == 'x').Order());
    }

    [Fact]
    public void Plain_numbers_that_a_network_is_called_with_are_named_and_labels_are_kept()
    {
        var nodes = GradNode.List(new Mlp(3, [2]).Invoke(1, new GradValue(2, "width"), 3)[0]);

        Assert.Equal(["width", "x1", "x3"], nodes.Where(node => node.Value.IsLeaf && !node.Name.Contains('[')).Select(node => node.Name).Order());
        Assert.Equal(["width"], nodes.Where(node => node.Label is { } label && !label.Contains('[')).Select(node => node.Label));
    }

    [Fact]
    public void Inputs_of_a_trained_network_are_named_by_their_columns()
    {
        var model = new Mlp(3, [1])
        {
            Schema = new ModelSchema(
            [new FeatureColumn("Petal.Width"), new FeatureColumn("colour") { Categories = ["red", "blue"] }],
            [new PredictedColumn("y")], TargetEncoding.Numbers, [], false, LossKind.MeanSquaredError)
        };

        Assert.Equal(
            ["Petal.Width", "colour = red", "colour = blue"],
            GradNode.List(model.InvokeNumbers([1, 1, 0])[0]).Where(node => node.Value.IsLeaf && !model.Parameters.Contains(node.Value)).Select(node => node.Name));
    }

    [Fact]
    public void A_sum_that_is_written_out_keeps_the_names_of_the_graph_and_numbers_its_parts()
    {
        var output = new Mlp(2, [1], outputActivation: Activation.Tanh).InvokeNumbers([1, 2])[0];
        var expansion = new WeightedSumExpansion(output);
        var names = TopologicalOrder.Of(expansion.Root).Select(expansion.Names.Of).ToArray();

        Assert.Equal("v5", GradNode.List(output)[5].Name);
        Assert.Equal(["v5.1", "v5.2", "v5.3", "v5", "v6"], names.Where(name => name[0] == 'v'));
        Assert.Superset(GradNode.List(output).Select(node => node.Name).ToHashSet(), names.ToHashSet());
    }
}
