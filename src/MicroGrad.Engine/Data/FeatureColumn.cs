namespace MicroGrad;

/// <summary>One column that a model reads.</summary>
/// <param name="Name">The column's name.</param>
public sealed record FeatureColumn(string Name);
