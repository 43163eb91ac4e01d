namespace MicroGrad.PowerShell.Rows;

/// <summary>Reads the features of rows. The first row decides the columns.</summary>
internal sealed class RowReader
{
    private readonly object?[] _cells;
    private readonly string[] _givenNames;

    // Columns in which a mean replaces missing values.
    private readonly HashSet<string> _filled;
    private int[] _places;

    /// <param name="first">The first row.</param>
    /// <param name="selection">Which columns are read.</param>
    /// <exception cref="GradException">A column is not in the row (ids <c>FeatureNotFound</c>, <c>WrongDelimiter</c>).</exception>
    public RowReader(object first, ColumnSelection selection)
    {
        Layout = RowLayout.Of(first);
        var columns = Layout.Learnable;
        var selected = Layout is ListLayout ? selection.InList(columns) : selection.In(columns);
        Names = [.. selected.Where(column => column.Role == ColumnRole.Feature).Select(column => column.Name)];
        _places = [.. selected.Where(column => column.Role == ColumnRole.Feature).Select(column => Layout.PlaceOf(columns[column.Place]))];
        _givenNames = Layout is ListLayout ? Names : Array.ConvertAll(Names, selection.GivenName);
        if (Layout is not ListLayout)
        {
            selection.RequireFeatures(columns, Names);
        }

        _cells = new object?[Names.Length];
        _filled = selection.Known?.Features.Where(feature => feature.Fill is not null).Select(feature => feature.Name).ToHashSet(StringComparer.OrdinalIgnoreCase) ?? [];
    }

    /// <summary>The layout of the last row.</summary>
    public RowLayout Layout { get; private set; }

    /// <summary>The names of the columns that are read.</summary>
    public string[] Names { get; }

    /// <summary>The cells of a row. Valid until the next call.</summary>
    /// <exception cref="GradException">A column is missing, or a list is of another length (ids <c>MissingFeature</c>, <c>RaggedRow</c>, <c>InvalidRow</c>).</exception>
    public ReadOnlySpan<object?> Read(object row, long number)
    {
        if (!Layout.TryRead(row, number, _places, _cells))
        {
            Change(RowLayout.Of(row), number);
            Layout.TryRead(row, number, _places, _cells);
        }

        return _cells;
    }

    private void Change(RowLayout layout, long number)
    {
        if (layout is ListLayout)
        {
            throw new GradException(
                "RaggedRow",
                $"Row {number} has {layout.Columns.Length} numbers, but {_places.Length} are expected. Give every row the same length.");
        }

        var places = Array.ConvertAll(_givenNames, layout.PlaceOf);
        var missing = Enumerable.Range(0, places.Length).FirstOrDefault(i => places[i] < 0 && !_filled.Contains(Names[i]), -1);
        if (missing >= 0)
        {
            throw new GradException(
                "MissingFeature",
                $"Row {number} has no column '{_givenNames[missing]}'; it has {MessageText.Shorten(layout.Columns)}.{Spelling.DidYouMean(_givenNames[missing], layout.Columns.Except(_givenNames, StringComparer.OrdinalIgnoreCase))} Give every row the columns of the first.");
        }

        (Layout, _places) = (layout, places);
    }
}
