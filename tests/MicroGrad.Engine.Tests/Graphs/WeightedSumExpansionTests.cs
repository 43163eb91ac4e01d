using MicroGrad.Generators;
using MicroGrad.Graphs;
using MicroGrad.Inference;

namespace MicroGrad.Engine.Tests;

public sealed class WeightedSumExpansionTests
{
    [Fact]
    public void A_neuron_becomes_the_products_and_additions_that_the_lecture_draws()
    {
        var neuron = new Neuron([new(-3, "w1"), new(1, "w2")], new GradValue(6.5, "b"), Activation.Tanh);
        var root = neuron.Invoke(new GradValue(2, "x1"), new GradValue(0.5, "x2"));
        root.Backward();

        var nodes = GradNode.List(new WeightedSumExpansion(root).Root);

        Assert.Equal(
            ["b", "w1", "x1", "*", "+", "w2", "x2", "*", "+", "tanh"],
            nodes.Select(node => node.Value.IsLeaf ? node.Label : node.Op));
        Assert.Equal(root.Data, nodes[^1].Data);
        Assert.Equal(1, nodes[^1].Grad);
        Assert.All(nodes.Where(node => node.Op is "*" or "+"), node => Assert.Equal(root.Inputs[0].Grad, node.Grad));
    }

    [Fact]
    public void The_expansion_has_the_same_value_and_the_same_leaf_gradients()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var (model, inputs) = Draw(seed);
            var root = GradValue.Sum(model.Invoke(inputs));
            root.Backward();
            GradValue[] leaves = [.. model.Parameters, .. inputs];
            var gradients = leaves.Select(leaf => leaf.Grad).ToArray();

            var expanded = new WeightedSumExpansion(root).Root;
            Assert.DoesNotContain(GradNode.List(expanded), node => node.Op == "Σwx");
            Assert.Equal(root.Data, expanded.Data);

            // Carried over as they are …
            Assert.Equal(gradients, leaves.Select(leaf => leaf.Grad));

            // … and come out again when the expansion itself is walked.
            expanded.Forward();
            expanded.ZeroGrad();
            expanded.Backward();
            Assert.Equal(root.Data, expanded.Data);
            Close.Equal(gradients, leaves.Select(leaf => leaf.Grad).ToArray(), Close.Evaluation, $"seed {seed}");
        }
    }

    [Fact]
    public void Interior_gradients_are_carried_over_to_every_partial_sum()
    {
        var (model, inputs) = Draw(1);
        var root = GradValue.Sum(model.Invoke(inputs));
        root.Backward();

        var expanded = new WeightedSumExpansion(root).Root;
        var carried = GradNode.List(expanded).Select(node => node.Grad).ToArray();
        expanded.ZeroGrad();
        expanded.Backward();

        Close.Equal(carried, GradNode.List(expanded).Select(node => node.Grad).ToArray(), Close.Evaluation);
    }

    [Fact]
    public void Leaves_are_shared_and_computed_nodes_are_new()
    {
        var (model, inputs) = Draw(2);
        var root = GradValue.Sum(model.Invoke(inputs));
        var original = GradNode.List(root).Select(node => node.Value).ToHashSet();

        var nodes = GradNode.List(new WeightedSumExpansion(root).Root);

        Assert.All(nodes, node => Assert.Equal(node.Value.IsLeaf, original.Contains(node.Value)));
        Assert.Equal(GradNode.List(root).Count(node => node.Value.IsLeaf), nodes.Count(node => node.Value.IsLeaf));
    }

    [Fact]
    public void Labels_are_carried_over_and_the_original_stays_as_it_was()
    {
        var neuron = new Neuron([2, 3], null, Activation.Identity);
        var root = neuron.Invoke(5, 7);
        root.Label = "sum";

        var expanded = new WeightedSumExpansion(root).Root;

        Assert.Equal(("sum", "+", 31), (expanded.Label, expanded.Op, expanded.Data));
        Assert.Equal(("sum", "Σwx", 4), (root.Label, root.Op, root.Inputs.Length));
    }

    [Fact]
    public void Gradients_of_a_pass_over_the_expansion_can_be_copied_back()
    {
        var (model, inputs) = Draw(4);
        var root = GradValue.Sum(model.Invoke(inputs));
        root.Backward(0.5);
        var expected = GradNode.List(root).Select(node => node.Grad).ToArray();
        root.ZeroGrad();

        var expansion = new WeightedSumExpansion(root);
        expansion.Root.Backward(0.5);
        expansion.CopyGradientsBack();

        Close.Equal(expected, GradNode.List(root).Select(node => node.Grad).ToArray(), Close.Evaluation);
    }

    [Fact]
    public void A_leaf_is_its_own_expansion()
    {
        var a = new GradValue(1, "a");

        Assert.Same(a, new WeightedSumExpansion(a).Root);
    }

    private static (Mlp Model, GradValue[] Inputs) Draw(int seed)
    {
        var model = new Mlp(
            3,
            [4, 4, 2],
            (Activation)(seed % Enum.GetValues<Activation>().Length),
            initialization: Initialization.Lecture,
            random: new PythonRandom(seed),
            hasBias: seed % 3 != 0);
        var random = new System.Random(seed);
        return (model, [.. Enumerable.Range(1, 3).Select(i => new GradValue(4 * random.NextDouble() - 2, $"x{i}"))]);
    }
}
