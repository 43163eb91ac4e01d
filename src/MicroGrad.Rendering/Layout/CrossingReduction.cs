namespace MicroGrad.Rendering.Layout;

/// <summary>
/// Orders the vertices of each layer so that few lines cross: sweeps that put each vertex at the median of its
/// neighbours, and swaps of vertices that stand side by side.
/// </summary>
internal sealed class CrossingReduction
{
    private const int MaximumSweeps = 32;
    private const int PatienceInSweeps = 6;

    /// <summary>
    /// The cost of all sweeps, in visits of edges. A count rather than a clock, so that a graph gives the same picture on
    /// any machine.
    /// </summary>
    private const long WorkLimit = 40_000_000;

    private readonly LayeredGraph _graph;
    private readonly int[] _place;
    private readonly double[] _key;
    private readonly int[] _tree;
    private readonly List<int>[] _sorted = new List<int>[2];
    private readonly CancellationToken _stopping;
    private long _work;

    private CrossingReduction(LayeredGraph graph, CancellationToken stopping)
    {
        (_graph, _stopping) = (graph, stopping);
        _place = new int[graph.VertexCount];
        _key = new double[graph.VertexCount];
        _tree = new int[graph.Order.Max(layer => layer.Count) + 1];
        _sorted[0] = [];
        _sorted[1] = [];
    }

    /// <summary>Reorders the layers of a graph.</summary>
    /// <returns>How many crossings are left.</returns>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static long Run(LayeredGraph graph, CancellationToken stopping) =>
        graph.LayerCount < 2 ? 0 : new CrossingReduction(graph, stopping).Run();

    private long Run()
    {
        foreach (var layer in _graph.Order)
        {
            Renumber(layer);
        }

        var best = Count();
        var bestOrder = Copy();
        var idle = 0;
        for (var sweep = 0; sweep < MaximumSweeps && best > 0 && idle < PatienceInSweeps && _work < WorkLimit; sweep++)
        {
            Sweep(isForward: sweep % 2 == 0, keepsTies: sweep % 4 < 2);
            Transpose();
            var crossings = Count();
            idle++;
            if (crossings < best)
            {
                (best, bestOrder, idle) = (crossings, Copy(), 0);
            }
        }

        for (var l = 0; l < bestOrder.Length; l++)
        {
            _graph.Order[l].Clear();
            _graph.Order[l].AddRange(bestOrder[l]);
        }

        return best;
    }

    private int[][] Copy() => Array.ConvertAll(_graph.Order, layer => layer.ToArray());

    private void Renumber(List<int> layer)
    {
        for (var i = 0; i < layer.Count; i++)
        {
            _place[layer[i]] = i;
        }
    }

    private void Sweep(bool isForward, bool keepsTies)
    {
        for (var step = 1; step < _graph.LayerCount; step++)
        {
            _stopping.ThrowIfCancellationRequested();
            var layer = _graph.Order[isForward ? step : _graph.LayerCount - 1 - step];
            foreach (var vertex in layer)
            {
                _key[vertex] = Median(isForward ? _graph.Previous(vertex) : _graph.Next(vertex));
            }

            SortByKey(layer, keepsTies);
            Renumber(layer);
        }
    }

    /// <summary>The median place of the neighbours; of an even number, between the middle two and closer to the denser side. -1 without neighbours.</summary>
    private double Median(List<int> neighbours)
    {
        _work += neighbours.Count;
        if (neighbours.Count == 0)
        {
            return -1;
        }

        if (neighbours.Count == 1)
        {
            return _place[neighbours[0]];
        }

        var places = SortedPlaces(neighbours, 0);
        var middle = places.Count / 2;
        if (places.Count % 2 == 1)
        {
            return places[middle];
        }

        if (places.Count == 2)
        {
            return (places[0] + places[1]) / 2.0;
        }

        double left = places[middle - 1] - places[0];
        double right = places[^1] - places[middle];
        return left + right == 0
            ? places[middle]
            : ((places[middle - 1] * right) + (places[middle] * left)) / (left + right);
    }

    /// <summary>Sorts by key; vertices without neighbours keep their places.</summary>
    private void SortByKey(List<int> layer, bool keepsTies)
    {
        var movable = layer.Where(v => _key[v] >= 0).ToArray();
        var tie = keepsTies ? 1 : -1;
        Array.Sort(movable, (a, b) => _key[a] != _key[b] ? _key[a].CompareTo(_key[b]) : tie * _place[a].CompareTo(_place[b]));
        var next = 0;
        for (var i = 0; i < layer.Count; i++)
        {
            if (_key[layer[i]] >= 0)
            {
                layer[i] = movable[next++];
            }
        }
    }

    /// <summary>Swaps neighbouring vertices as long as that saves crossings.</summary>
    private void Transpose()
    {
        var improved = true;
        for (var round = 0; improved && round < 50 && _work < WorkLimit; round++)
        {
            improved = false;
            foreach (var layer in _graph.Order)
            {
                for (var i = 0; i + 1 < layer.Count; i++)
                {
                    _stopping.ThrowIfCancellationRequested();
                    var (a, b) = (layer[i], layer[i + 1]);
                    if (Gain(a, b) > 0)
                    {
                        (layer[i], layer[i + 1]) = (b, a);
                        (_place[a], _place[b]) = (i + 1, i);
                        improved = true;
                    }
                }
            }
        }
    }

    /// <summary>How many crossings would be saved by swapping a and b, which stands after it.</summary>
    private long Gain(int a, int b) =>
        Gain(_graph.Previous(a), _graph.Previous(b)) + Gain(_graph.Next(a), _graph.Next(b));

    private long Gain(List<int> ofFirst, List<int> ofSecond)
    {
        if (ofFirst.Count == 0 || ofSecond.Count == 0)
        {
            return 0;
        }

        _work += ofFirst.Count + ofSecond.Count;
        var first = SortedPlaces(ofFirst, 0);
        var second = SortedPlaces(ofSecond, 1);
        return Inversions(first, second) - Inversions(second, first);
    }

    /// <summary>How many pairs have a place in the first list after one in the second.</summary>
    private static long Inversions(List<int> first, List<int> second)
    {
        long count = 0;
        var below = 0;
        foreach (var place in first)
        {
            while (below < second.Count && second[below] < place)
            {
                below++;
            }

            count += below;
        }

        return count;
    }

    private List<int> SortedPlaces(List<int> vertices, int buffer)
    {
        var places = _sorted[buffer];
        places.Clear();
        foreach (var vertex in vertices)
        {
            places.Add(_place[vertex]);
        }

        places.Sort();
        return places;
    }

    /// <summary>All crossings, counted with a Fenwick tree over the places of the next layer.</summary>
    private long Count()
    {
        long crossings = 0;
        foreach (var layer in _graph.Order)
        {
            _stopping.ThrowIfCancellationRequested();
            Array.Clear(_tree);
            var seen = 0;
            foreach (var vertex in layer)
            {
                _stopping.ThrowIfCancellationRequested();
                var places = SortedPlaces(_graph.Next(vertex), 0);
                _work += places.Count;
                foreach (var place in places)
                {
                    // Earlier lines that end after this place cross this one.
                    crossings += seen - UpTo(place);
                }

                foreach (var place in places)
                {
                    Add(place);
                }

                seen += places.Count;
            }
        }

        return crossings;
    }

    private int UpTo(int place)
    {
        var sum = 0;
        for (var i = place + 1; i > 0; i -= i & -i)
        {
            sum += _tree[i];
        }

        return sum;
    }

    private void Add(int place)
    {
        for (var i = place + 1; i < _tree.Length; i += i & -i)
        {
            _tree[i]++;
        }
    }
}
