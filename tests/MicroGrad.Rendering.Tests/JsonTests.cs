using System.Text.Json;
using Xunit;

namespace MicroGrad.Rendering.Tests;

public class JsonTests
{
    private static readonly RenderOptions JsonOptions = new() { Format = GraphFormat.Json, Precision = 0 };

    [Fact]
    public void Numbers_come_back_bit_by_bit()
    {
        var graph = Examples.LectureGraph();
        using var json = JsonDocument.Parse(GraphRenderer.Render(graph, JsonOptions));
        var nodes = json.RootElement.GetProperty("nodes").EnumerateArray().ToArray();

        foreach (var (expected, actual) in GradNode.List(graph).Zip(nodes))
        {
            Assert.Equal(expected.Data, actual.GetProperty("data").GetDouble());
            Assert.Equal(expected.Grad, actual.GetProperty("grad").GetDouble());
            Assert.Equal(expected.Op, actual.GetProperty("op").GetString());
            Assert.Equal(expected.InputIndex, actual.GetProperty("inputs").EnumerateArray().Select(i => i.GetInt32()));
        }
    }

    [Fact]
    public void What_json_has_no_number_for_is_named()
    {
        var root = new GradValue(double.NaN) * double.PositiveInfinity;
        root.Grad = double.NegativeInfinity;
        using var json = JsonDocument.Parse(GraphRenderer.Render(root, JsonOptions));
        var nodes = json.RootElement.GetProperty("nodes");

        Assert.Equal("NaN", nodes[0].GetProperty("data").GetString());
        Assert.Equal("Infinity", nodes[1].GetProperty("data").GetString());
        Assert.Equal("-Infinity", nodes[2].GetProperty("grad").GetString());
        Assert.Equal(1, json.RootElement.GetProperty("version").GetInt32());
    }

    [Fact]
    public void A_value_used_twice_stands_twice()
    {
        var a = new GradValue(3, "a");
        using var json = JsonDocument.Parse(GraphRenderer.Render(a * a, JsonOptions));

        Assert.Equal([0, 0], json.RootElement.GetProperty("nodes")[1].GetProperty("inputs").EnumerateArray().Select(i => i.GetInt32()));
    }

    [Fact]
    public void A_network_comes_with_all_its_parameters()
    {
        var model = Examples.LectureModel();
        using var json = JsonDocument.Parse(GraphRenderer.Render(model, JsonOptions));
        var parameters = json.RootElement.GetProperty("layers").EnumerateArray().SelectMany(layer =>
            layer.GetProperty("weights").EnumerateArray().Zip(layer.GetProperty("biases").EnumerateArray())
                .SelectMany(neuron => neuron.First.EnumerateArray().Append(neuron.Second)));

        Assert.Equal(model.Parameters.Select(p => p.Data), parameters.Select(p => p.GetDouble()));
    }
}
