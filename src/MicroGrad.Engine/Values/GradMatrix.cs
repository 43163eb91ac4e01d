using MicroGrad.Graphs;

namespace MicroGrad;

/// <summary>
/// Values in rows and columns, such as the weights of a layer: times a vector it is a weighted sum for each row. It stands
/// wherever functions of values take a list of rows.
/// </summary>
public sealed class GradMatrix
{
    private readonly GradValue[][] _rows;
    private readonly GradValue[] _values;

    /// <summary>A matrix of values that are there already.</summary>
    /// <param name="rows">The rows, all of one length; at least one, of at least one value.</param>
    /// <param name="label">The matrix's name, or null.</param>
    /// <exception cref="GradException">There is no value (id <c>EmptyInput</c>), or the lengths differ (id <c>LengthMismatch</c>).</exception>
    public GradMatrix(GradValue[][] rows, string? label = null)
    {
        GradException.ThrowIfNull(rows, "a list of rows of values");
        _rows = Array.ConvertAll(rows, GradValue.Checked);
        if (_rows is not [{ Length: > 0 } first, ..])
        {
            throw new GradException("EmptyInput", "A matrix has at least one row and one column.");
        }

        if (Array.FindIndex(_rows, row => row.Length != first.Length) is var other and > 0)
        {
            throw new GradException(
                "LengthMismatch", $"Row 1 of the matrix has {first.Length} values, but row {other + 1} has {_rows[other].Length}.");
        }

        _values = [.. _rows.SelectMany(row => row)];
        Values = Array.AsReadOnly(_values);
        Label = label;
    }

    /// <summary>How many rows there are.</summary>
    public int RowCount => _rows.Length;

    /// <summary>How many columns there are.</summary>
    public int ColumnCount => _rows[0].Length;

    /// <summary>How many rows there are, as lists count from the end: the last row is <c>matrix[^1]</c>.</summary>
    public int Count => RowCount;

    /// <summary>The rows, as lists of their own.</summary>
    public GradValue[][] Rows => Array.ConvertAll(_rows, row => (GradValue[])row.Clone());

    /// <summary>All values, row by row.</summary>
    public IReadOnlyList<GradValue> Values { get; }

    /// <summary>The matrix's name, or null.</summary>
    public string? Label { get; }

    /// <summary>A row, as a list of its own.</summary>
    /// <param name="row">Its place, from 0.</param>
    /// <exception cref="GradException">There is no such row (id <c>IndexOutOfRange</c>).</exception>
    public GradValue[] this[int row] => row >= 0 && row < _rows.Length
        ? (GradValue[])_rows[row].Clone()
        : throw ListFunctions.OutOfRange(row, _rows.Length, "matrix", "rows");

    /// <summary>A value.</summary>
    /// <param name="row">The place of its row, from 0; from -1 down, from the end.</param>
    /// <param name="column">Its place in the row, in the same way.</param>
    /// <remarks>PowerShell counts a single negative place from the end itself, but passes two on as they are.</remarks>
    /// <exception cref="GradException">There is no such place (id <c>IndexOutOfRange</c>).</exception>
    public GradValue this[int row, int column] =>
        _rows[PlaceOf(row, RowCount, "matrix", "rows")][PlaceOf(column, ColumnCount, "row", "values")];

    /// <summary>The row at a place that is a value itself: part of the graph, as of <see cref="GradValue.GatherRow"/>.</summary>
    /// <param name="row">Its place, from 0; no gradient flows to it.</param>
    /// <exception cref="GradException">There is no such row (id <c>IndexOutOfRange</c>).</exception>
    public GradValue[] this[GradValue row] => GradValue.GatherRow(_rows, row);

    /// <summary>The value at places that are values themselves.</summary>
    /// <param name="row">The place of its row, from 0; no gradient flows to it.</param>
    /// <param name="column">Its place in the row, from 0; no gradient flows to it.</param>
    /// <exception cref="GradException">There is no such place (id <c>IndexOutOfRange</c>).</exception>
    public GradValue this[GradValue row, GradValue column] => GradValue.Gather(this[row], column);

    /// <summary>The rows, where a function of values takes a list of them.</summary>
    /// <param name="matrix">The matrix.</param>
    public static implicit operator GradValue[][](GradMatrix matrix)
    {
        GradException.ThrowIfNull(matrix, "a matrix");
        return matrix._rows;
    }

    /// <summary>matrix · vector: one weighted sum for each row.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="vector">As many values as the matrix has columns.</param>
    /// <exception cref="GradException">There are fewer or more (id <c>LengthMismatch</c>).</exception>
    public static GradValue[] operator *(GradMatrix matrix, GradValue[] vector)
    {
        GradException.ThrowIfNull(matrix, "a matrix");
        GradException.ThrowIfNull(vector, "a list of values or numbers");
        return vector.Length == matrix.ColumnCount
            ? ListFunctions.Linear(vector, matrix._rows, bias: null)
            : throw new GradException(
                "LengthMismatch",
                $"The matrix has {matrix.RowCount} rows and {matrix.ColumnCount} columns, so it multiplies a list of {matrix.ColumnCount} values, but {vector.Length} were given.");
    }

    /// <summary>Sets the gradients of all values to 0.</summary>
    public void ZeroGrad() => Backpropagation.Clear(_values);

    /// <inheritdoc/>
    public override string ToString() => VisibleText.Of($"GradMatrix({(Label is null ? "" : Label + ", ")}{RowCount} x {ColumnCount})");

    /// <summary>A matrix of leaves with numbers given row by row.</summary>
    internal static GradMatrix Of(double[] data, int columns, string? label) => new(
        [.. data.Chunk(columns).Select((row, i) => MatrixRowLabels.Leaves(label, i + 1, row))], label);

    private static int PlaceOf(int index, int count, string list, string elements) =>
        index >= -count && index < count ? (index + count) % count : throw ListFunctions.OutOfRange(index, count, list, elements);
}
