using System.Runtime.InteropServices;

namespace MicroGrad.Data;

/// <summary>
/// Rows as they come in: features as numbers (of a category: its code), targets as numbers or classes. A row is taken
/// whole or not at all.
/// </summary>
internal sealed class SampleTable
{
    private const int NamedRows = 5;

    private readonly List<double> _features = [];
    private readonly List<double> _weights = [];
    private readonly CategoryCodes?[] _categories;
    private readonly double[] _row;
    private readonly List<string> _missing = [];

    public SampleTable(TableLayout layout)
    {
        Layout = layout;
        Targets = [.. layout.Targets.Select(name => new TargetColumn(name))];
        _categories = [.. layout.Features.Select(name => layout.IsCategorical(name) ? new CategoryCodes() : null)];
        _row = new double[layout.Features.Count];
    }

    public TableLayout Layout { get; }

    public IReadOnlyList<TargetColumn> Targets { get; }

    /// <summary>Rows taken.</summary>
    public int Count { get; private set; }

    /// <summary>Rows left out because something was missing.</summary>
    public int MissingCount { get; private set; }

    /// <summary>The categories of a feature so far, or null for numbers.</summary>
    public IReadOnlyList<string>? CategoriesOf(int feature) => _categories[feature]?.Texts;

    /// <summary>A row's features; NaN where one is missing and may be.</summary>
    public ReadOnlySpan<double> FeaturesAt(int row) => CollectionsMarshal.AsSpan(_features).Slice(row * _row.Length, _row.Length);

    /// <summary>A row's weight, 1 without a column of weights.</summary>
    public double WeightAt(int row) => Layout.Weight is null ? 1 : _weights[row];

    /// <summary>The numbers of all targets of some rows, row by row, in the units of their columns.</summary>
    public double[] TargetNumbers(IEnumerable<int> rows) => [.. rows.SelectMany(row => Targets.Select(target => target.NumberAt(row)))];

    /// <summary>Takes a row: its features' cells, then its targets', then its weight.</summary>
    /// <exception cref="GradException">
    /// A cell is wrong (ids <c>NotANumber</c>, <c>NotFinite</c>, <c>InvalidWeight</c>, <c>UnknownClass</c>, <c>UnknownCategory</c>).
    /// </exception>
    public void Add(ReadOnlySpan<object?> cells, long row)
    {
        if (FindMissing(cells) is { } column)
        {
            MissingCount++;
            if (_missing.Count < NamedRows)
            {
                _missing.Add($"row {row} ({column})");
            }

            return;
        }

        Layout.Known?.RequireKnown(cells[.._row.Length], cells.Slice(_row.Length, Targets.Count), row);
        for (var i = 0; i < _row.Length; i++)
        {
            _row[i] = Cell.IsMissing(cells[i]) ? double.NaN
                : _categories[i] is { } codes ? codes.CodeOf(Cell.Text(cells[i]!))
                : Cell.RequireNumber(cells[i], row, Layout.Features[i]);
        }

        var targets = cells.Slice(_row.Length, Targets.Count);
        for (var t = 1; t < targets.Length; t++)
        {
            // Targets go in one after the other: look at all before the first is kept.
            _ = Cell.RequireNumber(targets[t], row, Targets[t].Name);
        }

        var weight = Layout.Weight is null ? 1 : RequireWeight(cells[^1], row, Layout.Weight);
        for (var t = 0; t < targets.Length; t++)
        {
            Targets[t].Add(targets[t], row);
        }

        if (Layout.Weight is not null)
        {
            _weights.Add(weight);
        }

        _features.AddRange(_row);
        Count++;
    }

    /// <summary>Refuses to go on where rows with missing values are an error.</summary>
    /// <exception cref="GradException">There are such rows (id <c>MissingValue</c>): how many, and the first of them.</exception>
    public void RequireComplete()
    {
        if (MissingCount == 0 || Layout.MissingValue == MissingValuePolicy.Skip)
        {
            return;
        }

        throw new GradException(
            "MissingValue",
            $"{MissingCount} of {MissingCount + Count} rows have missing values: {string.Join(", ", _missing)}"
            + (MissingCount > _missing.Count ? ", …" : "")
            + (Layout.MissingValue == MissingValuePolicy.Mean ? ". A missing target has no mean." : "."));
    }

    private static double RequireWeight(object? cell, long row, string column)
    {
        var weight = Cell.RequireNumber(cell, row, column);
        return weight >= 0
            ? weight
            : throw new GradException(
                "InvalidWeight",
                $"Row {row} has the weight {Cell.Text(weight)} in column '{column}'; weights are 0 or positive numbers.");
    }

    private string? FindMissing(ReadOnlySpan<object?> cells)
    {
        var mayMiss = Layout.MissingValue == MissingValuePolicy.Mean ? _row.Length : 0;
        for (var i = mayMiss; i < cells.Length; i++)
        {
            if (Cell.IsMissing(cells[i]))
            {
                return Layout.Columns[i];
            }
        }

        return null;
    }
}
