using System.Collections;
using System.Data;
using System.Management.Automation;
using MicroGrad.Data;

namespace MicroGrad.PowerShell.Rows;

/// <summary>
/// The columns that rows of one shape have, and how their cells are reached: objects by property, dictionaries by key,
/// lists of numbers by position, rows of tables by column.
/// </summary>
internal abstract class RowLayout(string[] columns)
{
    /// <summary>The names of the columns, in order.</summary>
    public string[] Columns { get; } = columns;

    /// <summary>Those of them that a model may learn from.</summary>
    public virtual string[] Learnable => Columns;

    /// <summary>The layout of a row.</summary>
    public static RowLayout Of(object row) => row switch
    {
        IDictionary dictionary => new DictionaryLayout(dictionary),
        DataRow data => new DataRowLayout(data),
        IDataRecord record => new RecordLayout(record),
        _ when RowSource.IsList(row) => new ListLayout(ListLayout.LengthOf(row)),
        _ => new ObjectLayout(row),
    };

    /// <summary>Reads cells of a row, if it has these columns and no others.</summary>
    /// <param name="row">The row.</param>
    /// <param name="number">Its number in messages.</param>
    /// <param name="places">The columns that are wanted; negative for one that the row does not have.</param>
    /// <param name="cells">Gets their cells; null where the row has nothing.</param>
    /// <returns>Whether the row is of this shape.</returns>
    /// <exception cref="GradException">A cell can't be read (id <c>InvalidRow</c>).</exception>
    public bool TryRead(object row, long number, ReadOnlySpan<int> places, Span<object?> cells)
    {
        if (!Fits(row))
        {
            return false;
        }

        var i = 0;
        try
        {
            for (; i < places.Length; i++)
            {
                cells[i] = places[i] < 0 ? null : Wrapped.Unwrap(CellOf(row, places[i]));
            }
        }
        catch (Exception error) when (IsOfRow(error))
        {
            throw new GradException("InvalidRow", $"Row {number} does not give its '{Columns[places[i]]}': {error.Message}", error);
        }

        return true;
    }

    /// <summary>Passes a cell of the last row that fitted to a column of a table. Where the cell fails, the column notes a fault.</summary>
    public void Give(object row, int place, ColumnBuilder column)
    {
        object? cell;
        try
        {
            if (TryNumber(row, place, out var number))
            {
                column.Add(number);
                return;
            }

            cell = Wrapped.Unwrap(CellOf(row, place));
        }
        catch (Exception error) when (IsOfRow(error))
        {
            column.AddNotGiven(error.Message);
            return;
        }

        column.Add(cell);
    }

    /// <summary>The place of a column, whatever the case of its name; negative where there is none.</summary>
    public int PlaceOf(string column) =>
        Array.FindIndex(Columns, name => string.Equals(name, column, StringComparison.OrdinalIgnoreCase));

    /// <summary>The cell in a column of the last row that fitted.</summary>
    /// <exception cref="GetValueException">The property fails.</exception>
    public abstract object? CellOf(object row, int place);

    /// <summary>Whether a row has these columns and no others.</summary>
    public abstract bool Fits(object row);

    /// <summary>The number in a cell of the last row that fitted, where it can be read without boxing.</summary>
    protected virtual bool TryNumber(object row, int place, out double number)
    {
        number = double.NaN;
        return false;
    }

    private static bool IsOfRow(Exception error) => error is GetValueException or DataException or InvalidOperationException;
}
