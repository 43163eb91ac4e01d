using MicroGrad.Rendering.Text;
using Xunit;

namespace MicroGrad.Rendering.Tests;

public class TreeTests
{
    [Fact]
    public void Each_node_stands_above_its_inputs() => Assert.Equal(
        """
        L = *        data -8.0000  grad 1.0000
        ├─ d = +     data 4.0000  grad -2.0000
        │  ├─ e = *  data -6.0000  grad -2.0000
        │  │  ├─ a   data 2.0000  grad 6.0000
        │  │  └─ b   data -3.0000  grad -4.0000
        │  └─ c      data 10.0000  grad -2.0000
        └─ f         data -2.0000  grad 4.0000

        """.ReplaceLineEndings("\n"),
        GraphRenderer.RenderTree(Examples.Manual()));

    [Fact]
    public void A_shared_node_is_written_out_once()
    {
        var a = new GradValue(2, "a");
        var b = a.Tanh();

        Assert.Equal(
            ["v2 = *", "├─ v1 = tanh", "│  └─ a", "└─ v1"],
            GraphRenderer.RenderTree(b * b).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Left));
        Assert.EndsWith("(above)\n", GraphRenderer.RenderTree(b * b), StringComparison.Ordinal);

        static string Left(string line) => line.Split("  data")[0].Split("  (above)")[0].TrimEnd();
    }

    [Fact]
    public void Deep_and_large_graphs_say_what_is_left_out()
    {
        var sum = Enumerable.Range(0, 100_000).Aggregate(new GradValue(1), (value, i) => value + i);
        var deep = GraphRenderer.RenderTree(sum);
        var large = GraphRenderer.RenderTree(Examples.MoonsGraph(), new TreeOptions { MaximumLineCount = 10 });

        Assert.Contains(" = + …", deep, StringComparison.Ordinal);
        Assert.Equal(11, large.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.EndsWith("… 394 more nodes\n", large, StringComparison.Ordinal);
        Assert.All((deep + large).Split('\n'), line => Assert.True(LabelText.Cells(line) <= 80, line));
    }

    [Fact]
    public void Labels_stay_on_their_line() => Assert.Equal(
        "a b  data 1.0000  grad 0.0000\n", GraphRenderer.RenderTree(new GradValue(1, "a\nb")));

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Equal("InvalidWidth", Id(new TreeOptions { Width = 5 }));
        Assert.Equal("InvalidPrecision", Id(new TreeOptions { Precision = 99 }));
        Assert.Equal("InvalidMaximumLineCount", Id(new TreeOptions { MaximumLineCount = 0 }));

        static string Id(TreeOptions options) =>
            Assert.Throws<GradException>(() => GraphRenderer.RenderTree(Examples.Manual(), options)).ErrorId;
    }
}
