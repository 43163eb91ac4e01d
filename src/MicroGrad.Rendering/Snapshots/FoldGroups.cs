namespace MicroGrad.Rendering.Snapshots;

/// <summary>The sets of nodes that are drawn as one box each, as a disjoint-set forest.</summary>
internal sealed class FoldGroups
{
    private readonly int[] _parent;
    private readonly Dictionary<int, string> _names = [];

    public FoldGroups(int count) => _parent = [.. Enumerable.Range(0, count)];

    /// <summary>The number of a node's group: one of its members, the same for all.</summary>
    public int Of(int node)
    {
        while (_parent[node] != node)
        {
            _parent[node] = _parent[_parent[node]];
            node = _parent[node];
        }

        return node;
    }

    /// <summary>Merges a node's group into another's, under a name.</summary>
    public void Join(int node, int into, string name)
    {
        var group = Of(into);
        _parent[Of(node)] = group;
        _names[group] = name;
    }

    public string NameOf(int group) => _names.GetValueOrDefault(group, "nodes");

    public int Count() => _parent.Where((parent, node) => parent == node).Count();
}
