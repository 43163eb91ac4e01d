namespace MicroGrad.Data;

/// <summary>Turns cells into a model's inputs, row by row.</summary>
public sealed class RowEncoder
{
    // The most categories that are remembered, so that a stream of new ones does not fill the memory.
    private const int MaximumCategories = 100_000;

    private readonly IReadOnlyList<FeatureColumn> _features;
    private readonly CellFormat _format;
    private readonly UnknownCategoryPolicy _policy;
    private readonly MissingValuePolicy? _missingValue;
    private readonly FeatureBuilder[] _columns;

    /// <param name="features">The columns that the model reads.</param>
    /// <param name="format">How text is read.</param>
    /// <param name="policy">What becomes of a category that the model does not know.</param>
    /// <param name="missingValue">
    /// Whether missing cells are filled in; null for those whose fill the model knows. Where they are not, they are errors: the
    /// caller skips a row by its error.
    /// </param>
    public RowEncoder(
        IReadOnlyList<FeatureColumn> features, CellFormat format, UnknownCategoryPolicy policy, MissingValuePolicy? missingValue = null)
    {
        (_features, _format, _policy, _missingValue) = (features, format, policy, missingValue);
        _columns = [.. features.Select(NewColumn)];
    }

    /// <summary>Writes the inputs of a row, in the user's units.</summary>
    /// <param name="cells">The cells, in the order of the columns.</param>
    /// <param name="row">The row's number in messages.</param>
    /// <param name="inputs">As many as the columns become.</param>
    /// <exception cref="GradException">
    /// A cell is wrong (ids <c>NotANumber</c>, <c>DecimalComma</c>, <c>DecimalPoint</c>, <c>ThousandsSeparator</c>, <c>NumberWithUnit</c>, <c>NotFinite</c>,
    /// <c>NotADate</c>, <c>AmbiguousDate</c>, <c>NumberForDate</c>, <c>MissingValue</c>, <c>MeanMissing</c>, <c>UnknownCategory</c>).
    /// </exception>
    public void Encode(ReadOnlySpan<object?> cells, long row, Span<double> inputs)
    {
        var at = 0;
        for (var f = 0; f < _columns.Length; f++)
        {
            var feature = _features[f];
            EncodeCell(feature, ColumnOf(f), cells[f], row, inputs.Slice(at, feature.Width));
            at += feature.Width;
        }
    }

    private void EncodeCell(FeatureColumn feature, FeatureBuilder column, object? cell, long row, Span<double> inputs)
    {
        column.Clear();
        column.Add(cell);
        if (column.Examples is [var fault, ..])
        {
            throw fault.ToError(row, feature.Name, _format);
        }

        var value = column.Values[0];
        if (double.IsNaN(value))
        {
            if (!IsFilledIn(feature))
            {
                throw new CellFault(CellFaultKind.Missing, string.Empty).ToError(row, feature.Name, _format);
            }

            feature.RequireFill(row);
            feature.WriteFill(inputs);
            return;
        }

        if (feature.Kind == ColumnKind.Category)
        {
            var category = column.Categories[(int)value];
            value = feature.IndexOfCategory(category);
            if (value < 0 && _policy == UnknownCategoryPolicy.Error)
            {
                throw feature.UnknownCategory(category, row);
            }
        }

        feature.Write(value, inputs);
    }

    private bool IsFilledIn(FeatureColumn feature) =>
        _missingValue is { } policy ? policy == MissingValuePolicy.Mean : feature.Fill is not null;

    private FeatureBuilder ColumnOf(int feature)
    {
        if (_columns[feature].Categories.Count > MaximumCategories)
        {
            _columns[feature] = NewColumn(_features[feature]);
        }

        return _columns[feature];
    }

    private FeatureBuilder NewColumn(FeatureColumn feature) => new(feature.Name, feature.Kind, _format);
}
