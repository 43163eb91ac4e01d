using Xunit;

namespace MicroGrad.Rendering.Tests;

public class GoldenFileTests
{
    [Theory]
    [InlineData(GraphFormat.Dot, "dot")]
    [InlineData(GraphFormat.Mermaid, "mmd")]
    [InlineData(GraphFormat.Json, "json")]
    [InlineData(GraphFormat.Svg, "svg")]
    public void Drawings_are_what_the_files_hold(GraphFormat format, string extension)
    {
        var options = new RenderOptions { Format = format };
        Golden.Matches($"manual.{extension}", GraphRenderer.Render(Examples.Manual(), options));
        Golden.Matches($"neuron.{extension}", GraphRenderer.Render(Examples.Neuron(), options with { Title = "A neuron" }));
        Golden.Matches(
            $"neuron-expanded.{extension}",
            GraphRenderer.Render(Examples.Neuron(), options with { Expand = true, Direction = GraphDirection.TopToBottom, ColorByGradient = true }));
        Golden.Matches($"mlp-graph.{extension}", GraphRenderer.Render(Examples.LectureGraph(), options));
        Golden.Matches($"mlp.{extension}", GraphRenderer.Render(Examples.LectureModel(), options with { Title = "MLP(3, [4, 4, 1])" }));
    }

    [Theory]
    [InlineData(GraphFormat.Dot)]
    [InlineData(GraphFormat.Mermaid)]
    [InlineData(GraphFormat.Json)]
    [InlineData(GraphFormat.Svg)]
    public void The_culture_of_the_thread_does_not_matter(GraphFormat format)
    {
        var options = new RenderOptions { Format = format, ColorByGradient = true };
        var graph = Examples.LectureGraph();
        var model = Examples.LectureModel();

        Assert.Equal(GraphRenderer.Render(graph, options), Examples.UnderCommaCulture(() => GraphRenderer.Render(graph, options)));
        Assert.Equal(GraphRenderer.Render(model, options), Examples.UnderCommaCulture(() => GraphRenderer.Render(model, options)));
    }
}
