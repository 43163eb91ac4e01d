namespace MicroGrad.Data;

/// <summary>The rules by which rows become a table.</summary>
public sealed record TableRules
{
    /// <summary>What becomes of rows with missing values.</summary>
    public MissingValuePolicy MissingValue { get; init; } = MissingValuePolicy.Error;

    /// <summary>The schema whose classes and categories rows must be of; null where rows may bring new ones.</summary>
    public ModelSchema? Known { get; init; }

    /// <summary>What becomes of rows with a category that is not known.</summary>
    public UnknownCategoryPolicy UnknownCategory { get; init; }

    /// <summary>Whether the target is one of classes; null where its cells decide.</summary>
    public bool? TargetsAreClasses { get; init; }

    /// <summary>How many outputs the model has; null where that is open.</summary>
    public int? OutputCount { get; init; }

    /// <summary>What becomes of rows with missing values where nothing was said: what the training did, and where it learnt means, they are filled in.</summary>
    /// <param name="schema">What the training learnt; null before one.</param>
    public static MissingValuePolicy PolicyOf(ModelSchema? schema) =>
        schema?.Features.Any(feature => feature.Fill is not null) == true ? MissingValuePolicy.Mean : schema?.MissingValue ?? MissingValuePolicy.Error;
}
