namespace MicroGrad;

/// <summary>One use of the chain rule: what a node adds to the gradient of one of its inputs.</summary>
/// <param name="Step">The number of this step in the pass, from 1.</param>
/// <param name="Node">The node whose gradient is passed on.</param>
/// <param name="Input">The input that receives.</param>
/// <param name="Upstream">The node's gradient, complete at this point of the walk.</param>
/// <param name="LocalDerivative">The derivative of the node by this input, at the current data.</param>
/// <param name="Contribution">Upstream times local derivative: the growth of the input's gradient.</param>
public sealed record BackwardStep(
    int Step, GradValue Node, GradValue Input, double Upstream, double LocalDerivative, double Contribution)
{
    /// <summary>The node's name, as in tables and drawings of the graph.</summary>
    public required string NodeName { get; init; }

    /// <summary>The input's name.</summary>
    public required string InputName { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(BackwardStep), PrintMembers);
}
