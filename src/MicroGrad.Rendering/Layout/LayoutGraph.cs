namespace MicroGrad.Rendering.Layout;

/// <summary>
/// The input of a layered layout. Edges run from lower to higher node numbers; one edge may stand several times. "Along" is
/// the direction that edges run in, "across" the one at a right angle to it.
/// </summary>
/// <param name="Along">The size of each node along the edges.</param>
/// <param name="Across">The size of each node across the edges.</param>
/// <param name="Edges">From, to.</param>
internal sealed record LayoutGraph(double[] Along, double[] Across, (int From, int To)[] Edges)
{
    public int Count => Along.Length;
}

/// <summary>A way that an edge takes: it crosses the gap behind each layer at once and keeps its place within layers.</summary>
/// <param name="Places">Along and across, two points for each gap: where the edge enters and where it leaves it.</param>
internal sealed record LayoutRoute(IReadOnlyList<(double Along, double Across)> Places);

/// <summary>Where everything is.</summary>
/// <param name="Along">The start of each node along the edges.</param>
/// <param name="Across">The middle of each node across the edges.</param>
/// <param name="Layers">The layer of each node, from 0.</param>
/// <param name="Routes">A way for each edge, in the order of the edges.</param>
/// <param name="Length">The size of the whole along the edges.</param>
/// <param name="Breadth">The size of the whole across the edges.</param>
/// <param name="Crossings">How often lines cross between neighbouring layers.</param>
internal sealed record LayoutResult(
    double[] Along,
    double[] Across,
    int[] Layers,
    LayoutRoute[] Routes,
    double Length,
    double Breadth,
    long Crossings);
