using MicroGrad.Training;

namespace MicroGrad.Rendering;

/// <summary>What a playground starts with besides its model and rows.</summary>
public sealed record PlaygroundOptions
{
    /// <summary>The heading; null for the target's name.</summary>
    public string? Title { get; init; }

    /// <summary>Optimizer, rate, batch, L2 and the seed of the rows' order; options that the page lacks are ignored.</summary>
    public TrainingOptions Training { get; init; } = new();

    /// <summary>The share of rows to hold out, 0 for none.</summary>
    public double ValidationFraction { get; init; }

    /// <summary>Which of the table's rows the page holds; null for all.</summary>
    public IReadOnlyList<int>? Rows { get; init; }

    /// <summary>Whether the schema's scaling was learnt from the training rows.</summary>
    public bool IsScaled { get; init; }

    /// <summary>The controls that are left out.</summary>
    public IReadOnlyList<PlaygroundControl> Hidden { get; init; } = [];

    /// <summary>How the command that trains on the same rows names them and their columns.</summary>
    public string RowArguments { get; init; } = string.Empty;
}
