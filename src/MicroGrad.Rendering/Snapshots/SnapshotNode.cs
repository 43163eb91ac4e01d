using MicroGrad.Rendering.Text;

namespace MicroGrad.Rendering.Snapshots;

/// <summary>A node of a graph as it was when the snapshot was taken.</summary>
/// <param name="Index">Its place in the snapshot, after all of its inputs.</param>
/// <param name="Name">Its name: the label, or v and its place; no two nodes of a graph have one name.</param>
/// <param name="Label">Its label, or null.</param>
/// <param name="Op">The symbol of its operation; empty for a leaf.</param>
/// <param name="OpName">The name of its operation in words; empty for a leaf.</param>
/// <param name="Data">Its value.</param>
/// <param name="Grad">Its gradient.</param>
/// <param name="Inputs">The places of its inputs, in order; a node used twice stands twice.</param>
/// <param name="LocalDerivatives">Its derivative by each of them.</param>
internal sealed record SnapshotNode(
    int Index,
    string Name,
    string? Label,
    string Op,
    string OpName,
    double Data,
    double Grad,
    IReadOnlyList<int> Inputs,
    IReadOnlyList<double> LocalDerivatives)
{
    public bool IsLeaf => Op.Length == 0 && Folded is null;

    /// <summary>Whether the name is a label rather than a place in the order.</summary>
    public bool IsLabelled => Name is not ['v', >= '0' and <= '9', ..];

    /// <summary>The places of inputs of branches not taken, which get nothing instead of 0 times infinity; else empty.</summary>
    public IReadOnlyList<int> Blocked { get; init; } = [];

    /// <summary>On a neuron's weighted sum: the number of the neuron, that of the list of inputs that its layer shares, and how many of the inputs are parameters.</summary>
    public (int Neuron, int Call, int ParameterCount)? Sum { get; init; }

    /// <summary>The several nodes that this box stands for; null for a single one.</summary>
    public Fold? Folded { get; init; }
}

/// <summary>Several nodes drawn as one box.</summary>
/// <param name="Name">What they are together, such as <c>layer</c>.</param>
/// <param name="Count">How many they are.</param>
/// <param name="HasOutput">Whether others use only one of them; the box then has that node's label, data and gradient.</param>
internal sealed record Fold(string Name, int Count, bool HasOutput)
{
    public string CountText => $"{NumberText.Count(Count)} nodes";

    public override string ToString() => $"{Name} ({CountText})";
}
