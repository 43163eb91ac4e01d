using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;

namespace MicroGrad.Data;

/// <summary>
/// Collects a column row by row: a number for each cell, and the faults of cells without one. A fault is no error yet, since
/// only the whole column shows what it contains.
/// </summary>
/// <param name="name">The column's name.</param>
/// <param name="format">How text is read.</param>
public abstract class ColumnBuilder(string name, CellFormat format)
{
    // Messages give examples from the first faults only.
    private const int MaximumExamples = 20;
    private const int LongestOnStack = 256;

    private readonly List<CellFault> _examples = [];
    private readonly List<int> _faultRows = [];

    /// <summary>The column's name.</summary>
    internal string Name { get; } = name;

    /// <summary>Cells taken.</summary>
    internal int Count => Values.Count;

    /// <summary>Empty cells.</summary>
    internal int MissingCount { get; private protected set; }

    /// <summary>The first cells that can't be read.</summary>
    internal IReadOnlyList<CellFault> Examples => _examples;

    /// <summary>The rows of all cells that can't be read, in order.</summary>
    internal IReadOnlyList<int> FaultRows => _faultRows;

    /// <summary>Whether the cell that was taken last can't be read.</summary>
    public bool IsFaulty => _faultRows.Count > 0 && _faultRows[^1] == Count - 1;

    /// <summary>A number for each cell; NaN where it is missing or can't be read.</summary>
    internal List<double> Values { get; } = [];

    internal CellFormat Format { get; } = format;

    /// <summary>Takes the next row's cell.</summary>
    public void Add(object? cell)
    {
        if (cell is string text)
        {
            AddText(text);
        }
        else if (Cell.Read(cell, Format) is var value && value.Kind == CellKind.Missing)
        {
            AddMissing();
        }
        else if (value.Kind == CellKind.Object)
        {
            AddFault(CellFaultKind.AnObject, cell!.GetType().ToString());
        }
        else
        {
            AddTyped(value, cell!);
        }
    }

    /// <summary>Takes the next row's cell from a number.</summary>
    public void Add(double number)
    {
        if (double.IsNaN(number))
        {
            AddMissing();
        }
        else
        {
            AddNumber(number);
        }
    }

    /// <summary>Takes a row whose cell can't be read.</summary>
    /// <param name="reason">The message of the error.</param>
    public void AddNotGiven(string reason) => AddFault(CellFaultKind.NotGiven, reason);

    /// <summary>Takes cells from a column of rows. Shorter rows have none there.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="place">The place of the cell in each of them.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public virtual void AddTexts(DelimitedRows rows, int place)
    {
        for (var row = 0; row < rows.Count; row++)
        {
            AddText(rows, row, place);
        }
    }

    /// <summary>Takes cells of which most are numbers from a column of rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="place">The place of the cell in each of them.</param>
    /// <param name="mayBeAny">Whether all numbers are taken as they are.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected void AddNumberTexts(DelimitedRows rows, int place, bool mayBeAny)
    {
        Span<double> numbers = stackalloc double[NumberBatch.MostCells];
        for (var first = 0; first < rows.Count; first += NumberBatch.MostCells)
        {
            var count = Math.Min(rows.Count - first, NumberBatch.MostCells);
            var read = NumberBatch.Read(rows, first, place, numbers);
            if (mayBeAny && BitOperations.PopCount(read) == count)
            {
                Values.AddRange(numbers[..count]);
                continue;
            }

            for (var i = 0; i < count; i++)
            {
                if ((read & (1UL << i)) == 0)
                {
                    AddText(rows, first + i, place);
                }
                else if (mayBeAny)
                {
                    Values.Add(numbers[i]);
                }
                else
                {
                    AddNumber(numbers[i]);
                }
            }
        }
    }

    /// <summary>Takes a cell of a row, or none where the row is shorter.</summary>
    private protected void AddText(DelimitedRows rows, int row, int place)
    {
        if (place < rows.CellCount(row))
        {
            AddText(rows[row, place]);
        }
        else
        {
            AddMissing();
        }
    }

    /// <summary>Takes the next row's cell from UTF-8.</summary>
    internal virtual void AddText(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length <= LongestOnStack)
        {
            Span<char> text = stackalloc char[utf8.Length];
            AddText(text[..Encoding.UTF8.GetChars(utf8, text)]);
        }
        else
        {
            AddText(Encoding.UTF8.GetString(utf8));
        }
    }

    /// <summary>Takes the next row's cell from text.</summary>
    internal abstract void AddText(ReadOnlySpan<char> text);

    /// <summary>Takes a row without a cell in this column.</summary>
    public virtual void AddMissing()
    {
        MissingCount++;
        Values.Add(double.NaN);
    }

    /// <summary>Adds missing cells for earlier rows, which came without this column.</summary>
    internal void PadTo(int count)
    {
        while (Count < count)
        {
            AddMissing();
        }
    }

    /// <summary>Makes room for a number of cells.</summary>
    internal virtual void Reserve(int count) => Values.Capacity = count;

    /// <summary>Removes the cells, but keeps their kind.</summary>
    internal void Clear()
    {
        Values.Clear();
        _examples.Clear();
        _faultRows.Clear();
        MissingCount = 0;
    }

    /// <summary>Takes a number, which may be infinite.</summary>
    internal abstract void AddNumber(double number);

    /// <summary>Takes a cell that is neither text nor missing.</summary>
    internal abstract void AddTyped(CellValue value, object cell);

    /// <summary>Takes a cell that can't be read.</summary>
    internal virtual void AddFault(CellFaultKind kind, ReadOnlySpan<char> text)
    {
        Blame(kind, text, Count);
        Values.Add(double.NaN);
    }

    /// <summary>Marks a cell that was taken as unreadable.</summary>
    internal void Blame(CellFaultKind kind, ReadOnlySpan<char> text, int row)
    {
        _faultRows.Add(row);
        if (_examples.Count < MaximumExamples)
        {
            _examples.Add(new CellFault(kind, text.ToString(), row));
        }
    }
}
