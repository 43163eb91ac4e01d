using MicroGrad.Rendering.Snapshots;
using Xunit;

namespace MicroGrad.Rendering.Tests;

public class FoldingTests
{
    [Fact]
    public void A_graph_within_the_limit_stays_as_it_is()
    {
        var graph = GraphSnapshot.Of(Examples.MoonsGraph(), stopping: TestContext.Current.CancellationToken);

        Assert.Same(graph, GraphFolding.Fold(graph, graph.Nodes.Count, stopping: TestContext.Current.CancellationToken));
        Assert.Null(graph.Note);
    }

    [Fact]
    public void Folding_begins_at_300_nodes_where_nothing_else_is_asked_for()
    {
        var small = Enumerable.Range(0, 149).Aggregate(new GradValue(1), (value, i) => value + i);
        var large = (small + 1) + 2;

        Assert.Equal((299, 303), (GradNode.List(small).Count, GradNode.List(large).Count));
        Assert.DoesNotContain("Folded", GraphRenderer.Render(small), StringComparison.Ordinal);
        Assert.Contains("Folded: 303 nodes", GraphRenderer.Render(large), StringComparison.Ordinal);
    }

    [Fact]
    public void Neurons_fold_first()
    {
        var folded = GraphFolding.Fold(GraphSnapshot.Of(Examples.MoonsGraph(), stopping: TestContext.Current.CancellationToken), 100, stopping: TestContext.Current.CancellationToken);

        // 33 neurons with their parameters, 2 inputs.
        Assert.Equal(35, folded.Nodes.Count);
        Assert.Equal(33, folded.Nodes.Count(node => node.Folded is not null));
        Assert.Equal(16 * (2 + 3), folded.Nodes.Where(node => node.Inputs.Count == 2).Sum(node => node.Folded!.Count));
        Assert.Contains("neuron", folded.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Then_layers()
    {
        var folded = GraphFolding.Fold(GraphSnapshot.Of(Examples.Samples(4, 16, 16, 1), stopping: TestContext.Current.CancellationToken), 50, stopping: TestContext.Current.CancellationToken);

        Assert.Equal(8, folded.Nodes.Count(node => node.Folded?.Name == "layer"));
        Assert.Equal(3, folded.Nodes.Count(node => node.Folded?.Name == "parameters of a layer"));
        Assert.Contains("layer", folded.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Then_samples_with_their_loss()
    {
        var graph = GraphSnapshot.Of(Examples.Samples(10, 16, 16, 1), stopping: TestContext.Current.CancellationToken);
        var folded = GraphFolding.Fold(graph, 20, stopping: TestContext.Current.CancellationToken);

        Assert.Equal(10, folded.Nodes.Count(node => node.Folded?.Name == "sample"));
        var parameters = Assert.Single(folded.Nodes, node => node.Folded?.Name == "parameters");
        Assert.Equal(337, parameters.Folded!.Count);
        Assert.Equal(12, folded.Nodes.Count);
        Assert.Equal(graph.Nodes[^1].Data, folded.Nodes[^1].Data);
        Assert.Equal(graph.Nodes.Count, folded.Nodes.Sum(node => node.Folded?.Count ?? 1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(999)]
    public void Anything_else_folds_by_its_order(int maximum)
    {
        var sum = Enumerable.Range(0, 50_000).Aggregate(new GradValue(1), (value, i) => value + i);
        var folded = GraphFolding.Fold(GraphSnapshot.Of(sum, stopping: TestContext.Current.CancellationToken), maximum, stopping: TestContext.Current.CancellationToken);

        Assert.InRange(folded.Nodes.Count, 1, maximum);
        Assert.Equal(100_001, folded.Nodes.Sum(node => node.Folded?.Count ?? 1));
        Assert.All(folded.Nodes, node => Assert.All(node.Inputs, input => Assert.True(input < node.Index)));
        Assert.Equal(sum.Data, folded.Nodes[^1].Data);
    }

    [Theory]
    [InlineData(GraphFormat.Svg)]
    [InlineData(GraphFormat.Dot)]
    [InlineData(GraphFormat.Mermaid)]
    public void The_drawing_says_so(GraphFormat format) => Assert.Contains(
        "Folded: 404 nodes drawn as 35 boxes",
        GraphRenderer.Render(Examples.MoonsGraph(), new RenderOptions { Format = format, MaximumNodeCount = 50 }),
        StringComparison.Ordinal);

    [Fact]
    public void Parameters_that_something_else_uses_too_close_no_circle()
    {
        var model = new Mlp(2, [3, 1]);
        var penalty = GradValue.Sum([.. model.Parameters.Select(p => p.Pow(2))]);
        var input = model.Parameters[0] * 2;
        var loss = model.Invoke(input, penalty.Tanh())[0] + penalty;

        for (var maximum = 1; maximum < 60; maximum++)
        {
            var folded = GraphFolding.Fold(GraphSnapshot.Of(loss, stopping: TestContext.Current.CancellationToken), maximum, stopping: TestContext.Current.CancellationToken);
            Assert.InRange(folded.Nodes.Count, 1, maximum);
            Assert.All(folded.Nodes, node => Assert.All(node.Inputs, place => Assert.True(place < node.Index)));
        }
    }

    [Fact]
    public void Json_is_never_folded()
    {
        using var json = System.Text.Json.JsonDocument.Parse(
            GraphRenderer.Render(Examples.MoonsGraph(), new RenderOptions { Format = GraphFormat.Json, MaximumNodeCount = 10 }));

        Assert.Equal(404, json.RootElement.GetProperty("nodes").GetArrayLength());
    }
}
