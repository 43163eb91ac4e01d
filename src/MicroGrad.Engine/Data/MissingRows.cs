namespace MicroGrad.Data;

/// <summary>The rows of a table that are left out because of missing values.</summary>
/// <param name="numbers">The number of each row in messages.</param>
/// <param name="isOut">Which rows are left out; those found here are added.</param>
internal sealed class MissingRows(RowNumbers numbers, bool[] isOut)
{
    private const int NamedRows = 5;

    private readonly List<string> _columns = [];
    private int[]? _columnOf;

    /// <summary>How many rows there are.</summary>
    public int Count { get; private set; }

    /// <summary>The first of them, each with the first column in which a value is missing.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            var names = new List<string>();
            for (var row = 0; row < _columnOf?.Length && names.Count < NamedRows; row++)
            {
                if (_columnOf[row] > 0)
                {
                    names.Add($"row {numbers[row]} ({_columns[_columnOf[row] - 1]})");
                }
            }

            return names;
        }
    }

    /// <summary>Leaves out the rows without a value in a column.</summary>
    public void Add(ColumnBuilder column, Predicate<int> isMissing)
    {
        if (column.MissingCount == 0)
        {
            return;
        }

        _columns.Add(column.Name);
        _columnOf ??= new int[isOut.Length];
        for (var row = 0; row < isOut.Length; row++)
        {
            if (!isOut[row] && isMissing(row))
            {
                isOut[row] = true;
                _columnOf[row] = _columns.Count;
                Count++;
            }
        }
    }
}
