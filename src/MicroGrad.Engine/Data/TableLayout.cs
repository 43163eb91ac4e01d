namespace MicroGrad.Data;

/// <summary>Which columns a table has.</summary>
/// <param name="Features">The columns to learn from, in order.</param>
/// <param name="Targets">The columns to predict.</param>
/// <param name="Weight">The column of weights; null for none.</param>
public sealed record TableLayout(IReadOnlyList<string> Features, IReadOnlyList<string> Targets, string? Weight = null);
