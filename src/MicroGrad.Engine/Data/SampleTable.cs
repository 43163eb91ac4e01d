namespace MicroGrad.Data;

/// <summary>
/// Rows as they come in, column by column: features as numbers, targets as numbers or classes. A row is taken whole or,
/// where a cell is wrong, not at all.
/// </summary>
internal sealed class SampleTable
{
    private readonly List<double> _features = [];
    private readonly double[] _row;

    public SampleTable(IReadOnlyList<string> featureNames, IReadOnlyList<string> targetNames)
    {
        FeatureNames = featureNames;
        Targets = [.. targetNames.Select(name => new TargetColumn(name))];
        _row = new double[featureNames.Count];
    }

    public IReadOnlyList<string> FeatureNames { get; }

    public IReadOnlyList<TargetColumn> Targets { get; }

    public int Count { get; private set; }

    /// <summary>Takes a row: its features' cells, then its targets'.</summary>
    /// <exception cref="GradException">A cell is wrong (ids of <see cref="Cell.RequireNumber"/>).</exception>
    public void Add(ReadOnlySpan<object?> cells, long row)
    {
        for (var i = 0; i < _row.Length; i++)
        {
            _row[i] = Cell.RequireNumber(cells[i], row, FeatureNames[i]);
        }

        var targets = cells[_row.Length..];
        for (var t = 1; t < targets.Length; t++)
        {
            // Targets go in one after the other: look at all before the first is kept.
            _ = Cell.RequireNumber(targets[t], row, Targets[t].Name);
        }

        for (var t = 0; t < targets.Length; t++)
        {
            Targets[t].Add(targets[t], row);
        }

        _features.AddRange(_row);
        Count++;
    }

    public ReadOnlySpan<double> FeaturesAt(int row) =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_features)
            .Slice(row * FeatureNames.Count, FeatureNames.Count);
}
