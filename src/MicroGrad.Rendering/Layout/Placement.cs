namespace MicroGrad.Rendering.Layout;

/// <summary>
/// Places the vertices of ordered layers across the edges: each as close to its neighbours in other layers as the vertices
/// beside it allow. Edges between waypoints have the largest weight, so that long edges run straight.
/// </summary>
internal sealed class Placement
{
    private const int Rounds = 24;
    private const double WaypointBreadth = 4;
    private const double Gap = 14;
    private const double WaypointGap = 6;

    private readonly LayeredGraph _graph;
    private readonly double[] _breadth;
    private readonly double[] _place;
    private readonly double[] _wanted;
    private readonly double[] _pull;
    private readonly CancellationToken _stopping;

    private Placement(LayeredGraph graph, double[] breadth, CancellationToken stopping)
    {
        (_graph, _stopping) = (graph, stopping);
        _breadth = breadth;
        _place = new double[graph.VertexCount];
        _wanted = new double[graph.VertexCount];
        _pull = new double[graph.VertexCount];
    }

    /// <summary>The middle of each vertex; the smallest edge of all is 0.</summary>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static double[] Of(LayeredGraph graph, double[] breadth, CancellationToken stopping)
    {
        var placement = new Placement(graph, breadth, stopping);
        placement.Run();
        return placement._place;
    }

    private double Breadth(int vertex) => _graph.IsWaypoint(vertex) ? WaypointBreadth : _breadth[vertex];

    private double Distance(int first, int second)
    {
        var gap = _graph.IsWaypoint(first) || _graph.IsWaypoint(second) ? WaypointGap : Gap;
        return ((Breadth(first) + Breadth(second)) / 2) + gap;
    }

    private void Run()
    {
        foreach (var layer in _graph.Order)
        {
            _stopping.ThrowIfCancellationRequested();
            Pack(layer);
        }

        for (var round = 0; round < Rounds; round++)
        {
            // Passes from one side carry good places through the whole graph; passes from both sides then balance them.
            var usesBoth = round >= Rounds / 2;
            for (var step = 0; step < _graph.LayerCount; step++)
            {
                var isForward = round % 2 == 1;
                var layer = _graph.Order[isForward ? step : _graph.LayerCount - 1 - step];
                foreach (var vertex in layer)
                {
                    _stopping.ThrowIfCancellationRequested();
                    Want(vertex, usesBoth || isForward, usesBoth || !isForward);
                }

                Settle(layer);
            }
        }

        Straighten();
        var smallest = double.PositiveInfinity;
        for (var v = 0; v < _place.Length; v++)
        {
            smallest = Math.Min(smallest, _place[v] - (Breadth(v) / 2));
        }

        for (var v = 0; v < _place.Length; v++)
        {
            _place[v] -= smallest;
        }
    }

    /// <summary>
    /// Brings the waypoints of each line to one place, as far as the vertices beside them leave room: nearly straight lines
    /// become straight.
    /// </summary>
    private void Straighten()
    {
        var ranks = new int[_graph.VertexCount];
        foreach (var layer in _graph.Order)
        {
            for (var i = 0; i < layer.Count; i++)
            {
                ranks[layer[i]] = i;
            }
        }

        var run = new List<int>();
        for (var v = _graph.NodeCount; v < _graph.VertexCount; v++)
        {
            _stopping.ThrowIfCancellationRequested();
            if (_graph.IsWaypoint(_graph.Previous(v)[0]))
            {
                continue;
            }

            var (low, high) = (double.NegativeInfinity, double.PositiveInfinity);
            for (var waypoint = v; waypoint >= 0; waypoint = NextWaypoint(waypoint))
            {
                var (below, above) = Room(waypoint, ranks[waypoint]);
                if (Math.Max(low, below) > Math.Min(high, above))
                {
                    Align(run, low, high);
                    (low, high) = (double.NegativeInfinity, double.PositiveInfinity);
                }

                (low, high) = (Math.Max(low, below), Math.Min(high, above));
                run.Add(waypoint);
            }

            Align(run, low, high);
        }
    }

    private int NextWaypoint(int waypoint)
    {
        foreach (var next in _graph.Next(waypoint))
        {
            if (_graph.IsWaypoint(next))
            {
                return next;
            }
        }

        return -1;
    }

    /// <summary>The range in which a vertex keeps its distance to those beside it.</summary>
    private (double Low, double High) Room(int vertex, int rank)
    {
        var layer = _graph.Order[_graph.LayerOf(vertex)];
        var low = rank > 0 ? _place[layer[rank - 1]] + Distance(layer[rank - 1], vertex) : double.NegativeInfinity;
        var high = rank + 1 < layer.Count ? _place[layer[rank + 1]] - Distance(vertex, layer[rank + 1]) : double.PositiveInfinity;

        // Its present place is always allowed, despite rounding.
        return (Math.Min(low, _place[vertex]), Math.Max(high, _place[vertex]));
    }

    private void Align(List<int> run, double low, double high)
    {
        if (run.Count > 0)
        {
            var place = Math.Clamp(run.Average(waypoint => _place[waypoint]), low, high);
            foreach (var waypoint in run)
            {
                _place[waypoint] = place;
            }
        }

        run.Clear();
    }

    private void Pack(List<int> layer)
    {
        var place = 0.0;
        for (var i = 0; i < layer.Count; i++)
        {
            place += i == 0 ? 0 : Distance(layer[i - 1], layer[i]);
            _place[layer[i]] = place;
        }

        foreach (var vertex in layer)
        {
            _place[vertex] -= place / 2;
        }
    }

    private void Want(int vertex, bool usesPrevious, bool usesNext)
    {
        double sum = 0, pull = 0;
        if (usesPrevious)
        {
            Add(_graph.Previous(vertex));
        }

        if (usesNext)
        {
            Add(_graph.Next(vertex));
        }

        // A vertex without neighbours on this side gives way to those with some.
        (_wanted[vertex], _pull[vertex]) = pull > 0 ? (sum / pull, pull) : (_place[vertex], 0.01);

        void Add(List<int> neighbours)
        {
            foreach (var neighbour in neighbours)
            {
                var weight = (_graph.IsWaypoint(vertex), _graph.IsWaypoint(neighbour)) switch
                {
                    (true, true) => 16,
                    (false, false) => 1,
                    _ => 3,
                };
                sum += weight * _place[neighbour];
                pull += weight;
            }
        }
    }

    /// <summary>
    /// The places with the least sum of squared distances to the wanted ones that keep the order and the distances of vertices. With
    /// those distances subtracted, this is isotonic regression: vertices that would overlap join a block, which is placed at
    /// the weighted mean of the places that its members want.
    /// </summary>
    private void Settle(List<int> layer)
    {
        var blocks = new Stack<(double Mean, double Weight, int Count)>();
        var offsets = new double[layer.Count];
        for (var i = 0; i < layer.Count; i++)
        {
            offsets[i] = i == 0 ? 0 : offsets[i - 1] + Distance(layer[i - 1], layer[i]);
            var block = (Mean: _wanted[layer[i]] - offsets[i], Weight: _pull[layer[i]], Count: 1);
            while (blocks.TryPeek(out var before) && before.Mean > block.Mean)
            {
                blocks.Pop();
                var weight = before.Weight + block.Weight;
                block = (((before.Mean * before.Weight) + (block.Mean * block.Weight)) / weight, weight, before.Count + block.Count);
            }

            blocks.Push(block);
        }

        var last = layer.Count;
        while (blocks.TryPop(out var block))
        {
            for (var i = last - block.Count; i < last; i++)
            {
                _place[layer[i]] = block.Mean + offsets[i];
            }

            last -= block.Count;
        }
    }
}
