using MicroGrad.Rendering.Text;

namespace MicroGrad.Rendering.Snapshots;

/// <summary>
/// Folds a graph that has too many nodes to draw: each neuron becomes one box, or each layer, or each sample, or each
/// stretch of the topological order. The first of these that leaves few enough boxes is used.
/// </summary>
internal static class GraphFolding
{
    /// <summary>The graph itself, or one of at most <paramref name="maximum"/> boxes with a note that says so.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="maximum">The most boxes.</param>
    /// <param name="stopping">Asked before each node of each way to fold, and before each box.</param>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static GraphSnapshot Fold(GraphSnapshot graph, int maximum, CancellationToken stopping = default)
    {
        if (graph.Nodes.Count <= maximum)
        {
            return graph;
        }

        var folds = new NetworkFolds(graph, stopping);
        return Contract(graph, folds.Neurons(), maximum, "a neuron", stopping)
            ?? Contract(graph, folds.Layers(), maximum, "a layer", stopping)
            ?? Contract(graph, folds.Samples(), maximum, "a sample", stopping)
            ?? Contract(graph, Stretches(graph, maximum), maximum, "a stretch of the computation", stopping)
            ?? throw new InvalidOperationException("Stretches of a topological order do not fit.");
    }

    private static FoldGroups Stretches(GraphSnapshot graph, int maximum)
    {
        var size = (graph.Nodes.Count + maximum - 1) / maximum;
        var groups = new FoldGroups(graph.Nodes.Count);
        for (var i = 0; i < graph.Nodes.Count; i++)
        {
            groups.Join(i, i / size * size, "stretch");
        }

        return groups;
    }

    /// <summary>The graph with each group as one box; null if there are too many groups or they form a cycle.</summary>
    private static GraphSnapshot? Contract(
        GraphSnapshot graph, FoldGroups groups, int maximum, string unit, CancellationToken stopping)
    {
        stopping.ThrowIfCancellationRequested();
        var count = groups.Count();
        if (count > maximum || count == graph.Nodes.Count || Order(graph, groups, stopping) is not { } order)
        {
            return null;
        }

        var places = new Dictionary<int, int>(order.Count);
        for (var i = 0; i < order.Count; i++)
        {
            places.Add(order[i], i);
        }

        var members = graph.Nodes.ToLookup(node => groups.Of(node.Index));
        var outputs = OutputsOf(graph, groups, stopping);
        var nodes = new SnapshotNode[order.Count];
        for (var i = 0; i < nodes.Length; i++)
        {
            stopping.ThrowIfCancellationRequested();
            var own = members[order[i]].ToArray();
            nodes[i] = own.Length == 1
                ? own[0] with { Index = i, Inputs = InputsOf(own[0], groups, members, places) }
                : Box(i, own, outputs[order[i]], groups.NameOf(order[i]), input => places[groups.Of(input)]);
        }

        return new GraphSnapshot(nodes, graph.Title)
        {
            Note = $"Folded: {NumberText.Count(graph.Nodes.Count)} nodes drawn as {NumberText.Count(count)} boxes; a box may stand for {unit}.",
        };
    }

    /// <summary>A node's inputs; several nodes in one box are one input.</summary>
    private static int[] InputsOf(
        SnapshotNode node, FoldGroups groups, ILookup<int, SnapshotNode> members, Dictionary<int, int> places)
    {
        var inputs = new List<int>();
        foreach (var input in node.Inputs)
        {
            var group = groups.Of(input);
            if (members[group].Take(2).Count() == 1 || !inputs.Contains(places[group]))
            {
                inputs.Add(places[group]);
            }
        }

        return [.. inputs];
    }

    private static SnapshotNode Box(int index, SnapshotNode[] own, List<int> outputs, string name, Func<int, int> place)
    {
        var inputs = own.SelectMany(node => node.Inputs).Select(place).Where(input => input != index).Distinct().ToArray();
        var output = outputs.Count == 1 ? own.First(node => node.Index == outputs[0]) : null;
        return new SnapshotNode(
            index, output?.Name ?? string.Empty, output?.Label, string.Empty, string.Empty, output?.Data ?? double.NaN, output?.Grad ?? 0, inputs, [])
        {
            Folded = new Fold(name, own.Length, output is not null),
        };
    }

    /// <summary>For each group, its nodes that other groups use, and the root.</summary>
    private static Dictionary<int, List<int>> OutputsOf(GraphSnapshot graph, FoldGroups groups, CancellationToken stopping)
    {
        var isOutput = new bool[graph.Nodes.Count];
        isOutput[^1] = true;
        foreach (var node in graph.Nodes)
        {
            stopping.ThrowIfCancellationRequested();
            foreach (var input in node.Inputs)
            {
                isOutput[input] |= groups.Of(input) != groups.Of(node.Index);
            }
        }

        var outputs = new Dictionary<int, List<int>>();
        foreach (var node in graph.Nodes.Where(node => isOutput[node.Index]))
        {
            if (!outputs.TryGetValue(groups.Of(node.Index), out var list))
            {
                outputs.Add(groups.Of(node.Index), list = []);
            }

            list.Add(node.Index);
        }

        return outputs;
    }

    /// <summary>The groups in a topological order close to that of their nodes; null if they form a cycle.</summary>
    private static List<int>? Order(GraphSnapshot graph, FoldGroups groups, CancellationToken stopping)
    {
        var users = new Dictionary<int, HashSet<int>>();
        var missing = new Dictionary<int, int>();
        foreach (var node in graph.Nodes)
        {
            stopping.ThrowIfCancellationRequested();
            var group = groups.Of(node.Index);
            missing.TryAdd(group, 0);
            foreach (var input in node.Inputs)
            {
                var from = groups.Of(input);
                if (from == group)
                {
                    continue;
                }

                if (!users.TryGetValue(from, out var set))
                {
                    users.Add(from, set = []);
                }

                if (set.Add(group))
                {
                    missing[group]++;
                }
            }
        }

        var ready = new PriorityQueue<int, int>();
        foreach (var (group, count) in missing)
        {
            if (count == 0)
            {
                ready.Enqueue(group, group);
            }
        }

        var order = new List<int>(missing.Count);
        while (ready.TryDequeue(out var group, out _))
        {
            stopping.ThrowIfCancellationRequested();
            order.Add(group);
            foreach (var user in users.GetValueOrDefault(group) ?? [])
            {
                if (--missing[user] == 0)
                {
                    ready.Enqueue(user, user);
                }
            }
        }

        return order.Count == missing.Count ? order : null;
    }
}
