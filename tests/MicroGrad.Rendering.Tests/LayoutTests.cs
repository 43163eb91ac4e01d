using MicroGrad.Generators;
using MicroGrad.Rendering.Layout;
using MicroGrad.Rendering.Snapshots;
using MicroGrad.Rendering.Writers;
using Xunit;

namespace MicroGrad.Rendering.Tests;

public class LayoutTests
{
    public static TheoryData<string, bool, bool> Drawings
    {
        get
        {
            var data = new TheoryData<string, bool, bool>();
            foreach (var name in new[] { "manual", "neuron", "mlp", "moons", "random", "power", "samples", "leaf", "chain" })
            {
                data.Add(name, true, false);
                data.Add(name, false, false);
                data.Add(name, true, true);
                data.Add(name, false, true);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Drawings))]
    public void No_boxes_overlap(string name, bool isAcross, bool isStacked)
    {
        var drawing = Draw(name, isAcross, isStacked);

        // By layers, and within a layer in order: only neighbours can touch.
        var frames = drawing.Nodes.Select(node => node.Whole).OrderBy(f => isAcross ? f.X : f.Y).ToArray();
        for (var i = 0; i < frames.Length; i++)
        {
            for (var j = i + 1; j < frames.Length && (isAcross ? frames[j].X < frames[i].Right : frames[j].Y < frames[i].Bottom); j++)
            {
                Assert.False(Overlap(frames[i], frames[j]), $"{frames[i]} {frames[j]}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Drawings))]
    public void Edges_run_in_one_direction(string name, bool isAcross, bool isStacked)
    {
        var drawing = Draw(name, isAcross, isStacked);

        Assert.All(drawing.Edges, edge =>
        {
            var (from, to) = (drawing.Nodes[edge.From], drawing.Nodes[edge.To]);
            Assert.True(isAcross ? from.Whole.Right < to.Whole.X : from.Whole.Bottom < to.Whole.Y);
        });
    }

    [Theory]
    [MemberData(nameof(Drawings))]
    public void Everything_is_inside_the_paper(string name, bool isAcross, bool isStacked)
    {
        var drawing = Draw(name, isAcross, isStacked);

        Assert.All(drawing.Nodes, node => Assert.True(
            node.Whole.X >= 0 && node.Whole.Y >= 0 && node.Whole.Right <= drawing.Width && node.Whole.Bottom <= drawing.Height));
    }

    [Fact]
    public void Each_use_of_a_value_is_a_line_of_its_own()
    {
        var a = new GradValue(3, "a");
        var drawing = GraphDrawing.Of(GraphSnapshot.Of(a * a, stopping: TestContext.Current.CancellationToken), new RenderOptions(), default);

        Assert.Equal(2, drawing.Edges.Count);
        Assert.NotEqual(drawing.Edges[0].Path, drawing.Edges[1].Path);
    }

    [Fact]
    public void A_tree_is_drawn_without_crossings()
    {
        var leaves = Enumerable.Range(0, 64).Select(i => new GradValue(i)).ToList();
        while (leaves.Count > 1)
        {
            leaves = [.. Enumerable.Range(0, leaves.Count / 2).Select(i => leaves[i] + leaves[leaves.Count - 1 - i])];
        }

        Assert.Equal(0, GraphDrawing.Of(GraphSnapshot.Of(leaves[0], stopping: TestContext.Current.CancellationToken), new RenderOptions(), default).Crossings);
    }

    [Fact]
    public void Layers_of_neurons_cross_no_more_than_they_must()
    {
        // Complete layers of 2-16, 16-16, 16-1, and the parameters' lines across the nearer end of a layer's bundle.
        static int Complete(int a, int b) => a * (a - 1) / 2 * (b * (b - 1) / 2);
        var bundles = Complete(2, 16) + Complete(16, 16);
        var parameters = Enumerable.Range(0, 16).Sum(i => Math.Min(i, 15 - i)) * ((3 * 2) + (17 * 16));
        var drawing = GraphDrawing.Of(GraphSnapshot.Of(Examples.MoonsGraph(), stopping: TestContext.Current.CancellationToken), new RenderOptions(), default);

        Assert.InRange(drawing.Crossings, bundles, (bundles + parameters) * 1.02);
    }

    [Fact]
    public void Long_edges_run_straight()
    {
        var x = new GradValue(1, "x");
        var y = x.Tanh();
        var z = y;
        for (var i = 0; i < 6; i++)
        {
            z = z.Sin();
        }

        var graph = GraphSnapshot.Of(z * y, stopping: TestContext.Current.CancellationToken);
        var layout = LayeredLayout.Of(new LayoutGraph(
            [.. graph.Nodes.Select(_ => 100.0)],
            [.. graph.Nodes.Select(_ => 28.0)],
            [.. graph.Nodes.SelectMany(node => node.Inputs.Select(input => (input, node.Index)))]), stopping: TestContext.Current.CancellationToken);
        var longest = layout.Routes.MaxBy(route => route.Places.Count)!.Places;

        Assert.True(longest.Count > 10);
        var middle = longest.Skip(1).Take(longest.Count - 2).Select(place => place.Across).ToArray();
        Assert.Equal(middle.Min(), middle.Max(), 9);
    }

    [Fact]
    public void Two_thousand_nodes_are_drawn()
    {
        var root = Example("samples");
        Assert.InRange(GradNode.List(root).Count, 1900, 2000);

        Assert.NotEmpty(GraphRenderer.Render(root, new RenderOptions { Format = GraphFormat.Svg, MaximumNodeCount = 2000 }));
    }

    [Fact]
    public void The_same_graph_gives_the_same_drawing() => Assert.Equal(
        GraphRenderer.Render(Example("random"), new RenderOptions { Format = GraphFormat.Svg }),
        GraphRenderer.Render(Example("random"), new RenderOptions { Format = GraphFormat.Svg }));

    private static bool Overlap(Frame a, Frame b) => a.X < b.Right && b.X < a.Right && a.Y < b.Bottom && b.Y < a.Bottom;

    private static GraphDrawing Draw(string name, bool isAcross, bool isStacked) => GraphDrawing.Of(
        GraphSnapshot.Of(Example(name), stopping: TestContext.Current.CancellationToken),
        new RenderOptions(),
        new DrawingShape(isAcross ? GraphDirection.LeftToRight : GraphDirection.TopToBottom, isStacked));

    private static GradValue Example(string name) => name switch
    {
        "manual" => Examples.Manual(),
        "neuron" => Examples.Neuron(),
        "mlp" => Examples.LectureGraph(),
        "moons" => Examples.MoonsGraph(),
        "samples" => Examples.Samples(23, 16, 16, 1),
        "leaf" => new GradValue(1),
        "chain" => Enumerable.Range(0, 300).Aggregate(new GradValue(1), (sum, i) => sum + i),
        "power" => Power(),
        _ => RandomGraph(),
    };

    private static GradValue Power()
    {
        var x = new GradValue(1, "x");
        return Enumerable.Range(0, 200).Aggregate(x, (product, _) => product * x);
    }

    private static GradValue RandomGraph()
    {
        var random = new PythonRandom(7);
        var pool = Enumerable.Range(0, 12).Select(i => new GradValue(i, $"v{i}")).ToList();
        for (var i = 0; i < 300; i++)
        {
            var (a, b) = (pool[^(1 + (int)(random.NextDouble() * 12))], pool[(int)(random.NextDouble() * pool.Count)]);
            pool.Add(i % 3 == 0 ? a.Tanh() : i % 3 == 1 ? a * b : a + b);
        }

        return GradValue.Sum([.. pool.TakeLast(20)]);
    }
}
