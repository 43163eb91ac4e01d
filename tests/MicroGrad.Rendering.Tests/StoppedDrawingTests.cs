using System.Collections;
using MicroGrad.Rendering.Html;
using MicroGrad.Rendering.Layout;
using MicroGrad.Rendering.Snapshots;
using MicroGrad.Rendering.Writers;
using Xunit;

namespace MicroGrad.Rendering.Tests;

/// <summary>Drawings that are stopped while they read their nodes.</summary>
public sealed class StoppedDrawingTests
{
    public static TheoryData<GraphFormat> Formats => [.. Enum.GetValues<GraphFormat>()];

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_drawing_that_is_stopped_at_any_node_ends(GraphFormat format)
    {
        var snapshot = GraphSnapshot.Of(Examples.MoonsGraph(), stopping: TestContext.Current.CancellationToken);
        using var going = new CancellationTokenSource();
        var whole = new StoppingNodes(snapshot.Nodes, going, stopAt: int.MaxValue);
        Write(format, whole);

        foreach (var share in new[] { 0.0, 0.1, 0.5, 0.9 })
        {
            using var stopping = new CancellationTokenSource();
            var nodes = new StoppingNodes(snapshot.Nodes, stopping, stopAt: (int)(share * whole.Reads));
            Assert.ThrowsAny<OperationCanceledException>(() => Write(format, nodes));
            Assert.True(nodes.Reads < whole.Reads, $"{nodes.Reads} of {whole.Reads} were read");
        }
    }

    [Fact]
    public void A_snapshot_that_is_stopped_ends()
    {
        using var stopping = new CancellationTokenSource();
        stopping.Cancel();
        Assert.Throws<OperationCanceledException>(() => GraphSnapshot.Of(Examples.MoonsGraph(), stopping: stopping.Token));
    }

    [Fact]
    public void Folding_that_is_stopped_at_any_node_ends()
    {
        var snapshot = GraphSnapshot.Of(Examples.MoonsGraph(), stopping: TestContext.Current.CancellationToken);
        using var going = new CancellationTokenSource();
        var whole = new StoppingNodes(snapshot.Nodes, going, stopAt: int.MaxValue);
        GraphFolding.Fold(new GraphSnapshot(whole, null), 20, whole.Token);

        using var stopping = new CancellationTokenSource();
        var nodes = new StoppingNodes(snapshot.Nodes, stopping, stopAt: whole.Reads / 2);
        Assert.ThrowsAny<OperationCanceledException>(() => GraphFolding.Fold(new GraphSnapshot(nodes, null), 20, nodes.Token));
    }

    [Fact]
    public void A_layout_that_is_stopped_ends()
    {
        using var stopping = new CancellationTokenSource();
        var graph = new LayoutGraph([10, 10, 10], [10, 10, 10], [(0, 2), (1, 2)]);
        Assert.Equal(3, LayeredLayout.Of(graph, stopping.Token).Along.Length);
        stopping.Cancel();
        Assert.Throws<OperationCanceledException>(() => LayeredLayout.Of(graph, stopping.Token));
        Assert.Throws<OperationCanceledException>(() => Placement.Of(new LayeredGraph(graph), graph.Across, stopping.Token));
    }

    [Fact]
    public void A_tree_and_a_networks_figures_that_are_stopped_end()
    {
        using var stopping = new CancellationTokenSource();
        stopping.Cancel();
        var snapshot = GraphSnapshot.Of(Examples.MoonsGraph(), stopping: TestContext.Current.CancellationToken);
        Assert.Throws<OperationCanceledException>(() => TreeWriter.Write(snapshot, new TreeOptions { Stopping = stopping.Token }));
        Assert.Throws<OperationCanceledException>(
            () => JsonWriter.Write(NetworkSnapshot.Of(new Mlp(2, [3, 1])), stopping.Token));
    }

    [Fact]
    public void A_drawing_whose_text_is_longer_than_texts_can_be_is_refused_with_its_size()
    {
        var error = Assert.Throws<GradException>(() => GraphRenderer.RequireMemory(10_000_000, 20_000_000));
        Assert.Equal("DrawingTooLarge", error.ErrorId);
        Assert.StartsWith("A drawing of 10000000 nodes and 20000000 edges takes", error.Message, StringComparison.Ordinal);
    }

    private static void Write(GraphFormat format, StoppingNodes nodes)
    {
        var graph = new GraphSnapshot(nodes, null);
        var options = new RenderOptions { Format = format, Stopping = nodes.Token };
        _ = format switch
        {
            GraphFormat.Dot => DotWriter.Write(graph, options),
            GraphFormat.Mermaid => MermaidWriter.Write(graph, options),
            GraphFormat.Svg => SvgGraphWriter.Write(graph, options),
            GraphFormat.Html => LessonWriter.Write(graph, options),
            _ => JsonWriter.Write(graph, options.Stopping),
        };
    }

    /// <summary>Nodes that cancel a token when they have been read so many times.</summary>
    private sealed class StoppingNodes(IReadOnlyList<SnapshotNode> nodes, CancellationTokenSource stopping, int stopAt) : IReadOnlyList<SnapshotNode>
    {
        public CancellationToken Token => stopping.Token;

        public int Reads { get; private set; }

        public int Count => nodes.Count;

        public SnapshotNode this[int index]
        {
            get
            {
                if (Reads++ == stopAt)
                {
                    stopping.Cancel();
                }

                return nodes[index];
            }
        }

        public IEnumerator<SnapshotNode> GetEnumerator()
        {
            for (var i = 0; i < Count; i++)
            {
                yield return this[i];
            }
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
