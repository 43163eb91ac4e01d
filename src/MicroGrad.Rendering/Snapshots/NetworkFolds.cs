namespace MicroGrad.Rendering.Snapshots;

/// <summary>
/// Finds the neurons, layers and samples in a graph. A call of a neuron is a weighted sum and its activation; the calls
/// over one list of inputs are a layer. Layers that feed each other are a sample, and what is computed from it alone,
/// such as its loss, belongs to it.
/// </summary>
internal sealed class NetworkFolds
{
    private readonly GraphSnapshot _graph;
    private readonly List<int>[] _users;
    private readonly CancellationToken _stopping;

    /// <param name="graph">The graph.</param>
    /// <param name="stopping">Asked before each node, here and in the methods.</param>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public NetworkFolds(GraphSnapshot graph, CancellationToken stopping)
    {
        (_graph, _stopping) = (graph, stopping);
        _users = new List<int>[graph.Nodes.Count];
        foreach (var node in graph.Nodes)
        {
            _stopping.ThrowIfCancellationRequested();
            _users[node.Index] = [];
            foreach (var input in node.Inputs)
            {
                _users[input].Add(node.Index);
            }
        }
    }

    public FoldGroups Neurons()
    {
        var groups = new FoldGroups(_graph.Nodes.Count);
        JoinNeurons(groups);
        JoinParameters(groups, NeuronNumbers(), "neuron");
        return groups;
    }

    public FoldGroups Layers()
    {
        var groups = new FoldGroups(_graph.Nodes.Count);
        JoinLayers(groups);
        JoinParameters(groups, LayerNumbers(), "layer");
        JoinPrivateLeaves(groups);
        return groups;
    }

    public FoldGroups Samples()
    {
        var groups = new FoldGroups(_graph.Nodes.Count);
        JoinLayers(groups);
        foreach (var node in _graph.Nodes)
        {
            _stopping.ThrowIfCancellationRequested();
            if (node.Sum is { } sum)
            {
                // A layer over the outputs of one other layer continues its sample.
                var inputs = node.Inputs.Skip(sum.ParameterCount).Select(groups.Of).Distinct().Take(2).ToArray();
                if (inputs.Length == 1 && groups.NameOf(inputs[0]) is "layer" or "sample")
                {
                    groups.Join(node.Index, inputs[0], "sample");
                }
            }
        }

        JoinParameters(groups, LayerNumbers().ToDictionary(pair => pair.Key, _ => 0), "sample");
        foreach (var node in _graph.Nodes)
        {
            _stopping.ThrowIfCancellationRequested();
            // A node over a sample and leaves that nothing else uses is its loss.
            var computed = node.Inputs.Where(input => !IsPrivateLeaf(input)).Select(groups.Of).Distinct().Take(2).ToArray();
            if (!node.IsLeaf && computed.Length == 1 && groups.Of(node.Index) == node.Index
                && groups.NameOf(computed[0]) is "layer" or "sample")
            {
                groups.Join(node.Index, computed[0], "sample");
            }
        }

        JoinPrivateLeaves(groups);
        return groups;
    }

    private bool IsPrivateLeaf(int node) => _graph.Nodes[node].IsLeaf && _users[node].Distinct().Count() == 1;

    private void JoinNeurons(FoldGroups groups)
    {
        foreach (var node in _graph.Nodes)
        {
            _stopping.ThrowIfCancellationRequested();
            if (node.Inputs.Count == 1 && node.Sum is null && _users[node.Inputs[0]].Count == 1
                && _graph.Nodes[node.Inputs[0]].Sum is not null)
            {
                groups.Join(node.Index, node.Inputs[0], $"neuron, {node.Op}");
            }
        }
    }

    private void JoinLayers(FoldGroups groups)
    {
        JoinNeurons(groups);
        var calls = new Dictionary<int, int>();
        foreach (var node in _graph.Nodes)
        {
            _stopping.ThrowIfCancellationRequested();
            if (node.Sum is { } sum && !calls.TryAdd(sum.Call, node.Index))
            {
                groups.Join(node.Index, calls[sum.Call], "layer");
            }
            else if (node.Sum is not null)
            {
                groups.Join(node.Index, node.Index, "layer");
            }
        }
    }

    private Dictionary<int, int> NeuronNumbers()
    {
        var numbers = new Dictionary<int, int>();
        foreach (var node in _graph.Nodes)
        {
            _stopping.ThrowIfCancellationRequested();
            if (node.Sum is { } sum)
            {
                numbers[sum.Neuron] = sum.Neuron;
            }
        }

        return numbers;
    }

    /// <summary>Neurons over one list of inputs are one layer, in all calls.</summary>
    private Dictionary<int, int> LayerNumbers()
    {
        var byCall = new Dictionary<int, int>();
        var byNeuron = new Dictionary<int, int>();
        foreach (var node in _graph.Nodes)
        {
            _stopping.ThrowIfCancellationRequested();
            if (node.Sum is { } sum)
            {
                var layer = byCall.TryGetValue(sum.Call, out var known) ? known
                    : byNeuron.TryGetValue(sum.Neuron, out known) ? known
                    : sum.Neuron;
                byCall.TryAdd(sum.Call, layer);
                byNeuron.TryAdd(sum.Neuron, layer);
            }
        }

        return byNeuron;
    }

    /// <summary>
    /// Parameters that only one box uses join it. Shared ones make one box for each unit, which has no inputs and so can't
    /// close a circle.
    /// </summary>
    private void JoinParameters(FoldGroups groups, Dictionary<int, int> unitOfNeuron, string unit)
    {
        var unitOf = new Dictionary<int, int>();
        var isShared = new HashSet<int>();
        var boxOf = new Dictionary<int, int>();
        foreach (var node in _graph.Nodes)
        {
            _stopping.ThrowIfCancellationRequested();
            if (node.Sum is not { } sum)
            {
                continue;
            }

            var own = unitOfNeuron[sum.Neuron];
            var box = groups.Of(node.Index);
            for (var i = 0; i < sum.ParameterCount; i++)
            {
                var parameter = node.Inputs[i];
                if (!unitOf.TryAdd(parameter, own) && unitOf[parameter] != own)
                {
                    isShared.Add(own);
                }

                if (_users[parameter].Any(user => groups.Of(user) != box))
                {
                    isShared.Add(own);
                }
            }

            boxOf.TryAdd(own, box);
        }

        var boxOfParameters = new Dictionary<int, int>();
        foreach (var (parameter, own) in unitOf.OrderBy(pair => pair.Key))
        {
            if (!isShared.Contains(own))
            {
                groups.Join(parameter, boxOf[own], groups.NameOf(groups.Of(boxOf[own])) is var name && name == "nodes" ? unit : name);
            }
            else if (boxOfParameters.TryGetValue(own, out var box))
            {
                groups.Join(parameter, box, unit == "sample" ? "parameters" : $"parameters of a {unit}");
            }
            else
            {
                boxOfParameters.Add(own, parameter);
            }
        }
    }

    /// <summary>Leaves that only one box uses, such as a sample's inputs and target, join it.</summary>
    private void JoinPrivateLeaves(FoldGroups groups)
    {
        foreach (var node in _graph.Nodes)
        {
            _stopping.ThrowIfCancellationRequested();
            if (!node.IsLeaf || groups.Of(node.Index) != node.Index || _users[node.Index].Count == 0)
            {
                continue;
            }

            var box = groups.Of(_users[node.Index][0]);
            if (groups.NameOf(box) is "layer" or "sample" && _users[node.Index].TrueForAll(user => groups.Of(user) == box))
            {
                groups.Join(node.Index, box, groups.NameOf(box));
            }
        }
    }
}
