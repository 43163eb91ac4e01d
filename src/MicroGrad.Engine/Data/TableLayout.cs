namespace MicroGrad.Data;

/// <summary>Which columns rows have, and how they are read.</summary>
internal sealed record TableLayout
{
    public required IReadOnlyList<string> Features { get; init; }

    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>Features that hold categories instead of numbers.</summary>
    public IReadOnlyCollection<string> Categorical { get; init; } = [];

    /// <summary>A column with a row's weight, behind the targets; null for none.</summary>
    public string? Weight { get; init; }

    public MissingValuePolicy MissingValue { get; init; } = MissingValuePolicy.Error;

    /// <summary>The schema whose classes and categories rows must be of; null where rows may bring new ones.</summary>
    public ModelSchema? Known { get; init; }

    /// <summary>All columns in the order of a row's cells: features, targets, weight.</summary>
    public IReadOnlyList<string> Columns => Weight is null ? [.. Features, .. Targets] : [.. Features, .. Targets, Weight];

    public bool IsCategorical(string feature) => Categorical.Contains(feature, StringComparer.OrdinalIgnoreCase);
}
