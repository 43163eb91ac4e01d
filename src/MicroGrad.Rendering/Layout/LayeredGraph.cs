namespace MicroGrad.Rendering.Layout;

/// <summary>
/// A graph whose edges all run from one layer to the next: an edge that skips layers passes through a waypoint in each.
/// All long edges of a node share their waypoints, so that a value used in many places leaves as one line.
/// </summary>
internal sealed class LayeredGraph
{
    /// <summary>The most waypoints; further edges run straight. A readable graph needs fewer.</summary>
    private const int MaximumWaypoints = 20_000;

    private readonly List<List<int>> _next = [];
    private readonly List<List<int>> _previous = [];
    private readonly List<int> _layerOf = [];
    private readonly List<int> _rankHint = [];
    private readonly Dictionary<(int Source, int Layer), int> _waypoints = [];

    /// <param name="graph">The graph.</param>
    /// <param name="stopping">Asked before each node.</param>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public LayeredGraph(LayoutGraph graph, CancellationToken stopping = default)
    {
        NodeCount = graph.Count;
        var edges = graph.Edges.Distinct().ToArray();
        NodeLayers = LayerAssignment.Of(graph.Count, edges, stopping);
        LayerCount = NodeLayers.Length == 0 ? 0 : NodeLayers.Max() + 1;
        for (var v = 0; v < NodeCount; v++)
        {
            stopping.ThrowIfCancellationRequested();
            AddVertex(NodeLayers[v], v);
        }

        var ends = new int[NodeCount];
        foreach (var (from, to) in edges)
        {
            ends[from] = Math.Max(ends[from], NodeLayers[to]);
        }

        var left = MaximumWaypoints;
        foreach (var source in Enumerable.Range(0, NodeCount).OrderBy(v => ends[v] - NodeLayers[v]).ThenBy(v => v))
        {
            stopping.ThrowIfCancellationRequested();
            var needed = Math.Max(0, ends[source] - NodeLayers[source] - 1);
            if (needed > left)
            {
                break;
            }

            left -= needed;
            var last = source;
            for (var layer = NodeLayers[source] + 1; layer < ends[source]; layer++)
            {
                var waypoint = AddVertex(layer, source);
                _waypoints.Add((source, layer), waypoint);
                Connect(last, waypoint);
                last = waypoint;
            }
        }

        foreach (var (from, to) in edges)
        {
            stopping.ThrowIfCancellationRequested();
            var before = NodeLayers[to] - 1;
            if (before == NodeLayers[from])
            {
                Connect(from, to);
            }
            else if (_waypoints.TryGetValue((from, before), out var waypoint))
            {
                Connect(waypoint, to);
                for (var layer = before; layer > NodeLayers[from]; layer--)
                {
                    // A waypoint starts beside the vertex that its line leads to.
                    var passed = _waypoints[(from, layer)];
                    _rankHint[passed] = _rankHint[passed] == from ? to : Math.Min(_rankHint[passed], to);
                }
            }
        }

        Order = [.. Enumerable.Range(0, LayerCount).Select(_ => new List<int>())];
        for (var v = 0; v < VertexCount; v++)
        {
            Order[_layerOf[v]].Add(v);
        }

        foreach (var layer in Order)
        {
            stopping.ThrowIfCancellationRequested();
            layer.Sort((a, b) => _rankHint[a] != _rankHint[b] ? _rankHint[a].CompareTo(_rankHint[b]) : a.CompareTo(b));
        }
    }

    /// <summary>Nodes are the vertices below this number; the others are waypoints.</summary>
    public int NodeCount { get; }

    public int VertexCount => _layerOf.Count;

    public int LayerCount { get; }

    public int[] NodeLayers { get; }

    /// <summary>The vertices of each layer in the order in which they stand.</summary>
    public List<int>[] Order { get; }

    public List<int> Next(int vertex) => _next[vertex];

    public List<int> Previous(int vertex) => _previous[vertex];

    public int LayerOf(int vertex) => _layerOf[vertex];

    public bool IsWaypoint(int vertex) => vertex >= NodeCount;

    /// <summary>The vertices that an edge passes, from its first node to its last.</summary>
    public IEnumerable<int> Path(int from, int to)
    {
        yield return from;
        for (var layer = NodeLayers[from] + 1; layer < NodeLayers[to]; layer++)
        {
            if (_waypoints.TryGetValue((from, layer), out var waypoint))
            {
                yield return waypoint;
            }
        }

        yield return to;
    }

    private int AddVertex(int layer, int hint)
    {
        _next.Add([]);
        _previous.Add([]);
        _layerOf.Add(layer);
        _rankHint.Add(hint);
        return _layerOf.Count - 1;
    }

    private void Connect(int from, int to)
    {
        _next[from].Add(to);
        _previous[to].Add(from);
    }
}
