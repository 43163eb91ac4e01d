namespace MicroGrad.Rendering.Layout;

/// <summary>
/// Draws a directed graph in layers, in the four steps of Sugiyama, Tagawa and Toda (1981): layers, waypoints for long
/// edges, an order in each layer with few crossings, places. No step recurses.
/// </summary>
internal static class LayeredLayout
{
    private const double SmallestGap = 34;
    private const double LargestGap = 300;

    /// <param name="graph">The graph.</param>
    /// <param name="stopping">Asked before each layer of each round.</param>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static LayoutResult Of(LayoutGraph graph, CancellationToken stopping = default)
    {
        var layered = new LayeredGraph(graph, stopping);
        var crossings = CrossingReduction.Run(layered, stopping);
        var across = Placement.Of(layered, graph.Across, stopping);

        var (starts, ends) = LayerExtents(layered, graph, across, stopping);
        var along = new double[graph.Count];
        var breadth = 0.0;
        for (var v = 0; v < graph.Count; v++)
        {
            // Outputs of a layer line up where edges leave it.
            along[v] = ends[layered.NodeLayers[v]] - graph.Along[v];
            breadth = Math.Max(breadth, across[v] + (graph.Across[v] / 2));
        }

        for (var v = graph.Count; v < layered.VertexCount; v++)
        {
            breadth = Math.Max(breadth, across[v]);
        }

        var routes = Array.ConvertAll(graph.Edges, edge =>
        {
            stopping.ThrowIfCancellationRequested();
            return Route(layered, edge, starts, ends, across);
        });
        return new LayoutResult(
            along, across[..graph.Count], layered.NodeLayers, routes, ends.Length == 0 ? 0 : ends[^1], breadth, crossings);
    }

    /// <summary>Where layers begin and end. Steep lines get a wider gap, so that they can be followed.</summary>
    private static (double[] Starts, double[] Ends) LayerExtents(
        LayeredGraph layered, LayoutGraph graph, double[] across, CancellationToken stopping)
    {
        var starts = new double[layered.LayerCount];
        var ends = new double[layered.LayerCount];
        var sizes = new double[layered.LayerCount];
        for (var v = 0; v < graph.Count; v++)
        {
            var layer = layered.NodeLayers[v];
            sizes[layer] = Math.Max(sizes[layer], graph.Along[v]);
        }

        for (var l = 0; l < starts.Length; l++)
        {
            stopping.ThrowIfCancellationRequested();
            var steepest = 0.0;
            foreach (var vertex in l == 0 ? [] : layered.Order[l - 1])
            {
                foreach (var next in layered.Next(vertex))
                {
                    steepest = Math.Max(steepest, Math.Abs(across[next] - across[vertex]));
                }
            }

            starts[l] = l == 0 ? 0 : ends[l - 1] + Math.Clamp(SmallestGap + (steepest * 0.22), SmallestGap, LargestGap);
            ends[l] = starts[l] + sizes[l];
        }

        return (starts, ends);
    }

    private static LayoutRoute Route(
        LayeredGraph layered, (int From, int To) edge, double[] starts, double[] ends, double[] across)
    {
        var places = new List<(double, double)>();
        var before = -1;
        foreach (var vertex in layered.Path(edge.From, edge.To))
        {
            if (before >= 0)
            {
                places.Add((ends[layered.LayerOf(before)], across[before]));
                places.Add((starts[layered.LayerOf(vertex)], across[vertex]));
            }

            before = vertex;
        }

        return new LayoutRoute(places);
    }
}
