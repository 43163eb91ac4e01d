using System.Text;

namespace MicroGrad.Data;

/// <summary>
/// A column while rows come in: a number for each cell, and what was wrong with cells that are none. Nothing that a cell
/// holds is an error yet: what the column is shows when all of it is there.
/// </summary>
/// <param name="name">The column's name.</param>
/// <param name="format">How text is read.</param>
internal abstract class ColumnBuilder(string name, CellFormat format)
{
    // What messages show of a column is among its first faults.
    private const int MaximumExamples = 20;
    private const int LongestOnStack = 256;

    private readonly List<CellFault> _examples = [];
    private readonly List<int> _faultRows = [];

    public string Name { get; } = name;

    /// <summary>Cells taken.</summary>
    public int Count => Values.Count;

    /// <summary>Cells that hold nothing.</summary>
    public int MissingCount { get; protected set; }

    /// <summary>The first cells that can't be read.</summary>
    public IReadOnlyList<CellFault> Examples => _examples;

    /// <summary>The rows of all cells that can't be read, in order.</summary>
    public IReadOnlyList<int> FaultRows => _faultRows;

    /// <summary>A number for each cell; NaN where it is missing or can't be read.</summary>
    public List<double> Values { get; } = [];

    protected CellFormat Format { get; } = format;

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
        else
        {
            AddTyped(value, cell!);
        }
    }

    /// <summary>Takes the next row's cell from UTF-8.</summary>
    public virtual void AddText(ReadOnlySpan<byte> utf8)
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
    public abstract void AddText(ReadOnlySpan<char> text);

    /// <summary>Takes a row that has nothing in this column.</summary>
    public virtual void AddMissing()
    {
        MissingCount++;
        Values.Add(double.NaN);
    }

    /// <summary>Gives missing cells to rows that came without this column.</summary>
    public void PadTo(int count)
    {
        while (Count < count)
        {
            AddMissing();
        }
    }

    /// <summary>Forgets the cells, but not what kind they are.</summary>
    public void Clear()
    {
        Values.Clear();
        _examples.Clear();
        _faultRows.Clear();
        MissingCount = 0;
    }

    /// <summary>Takes a cell that is neither text nor missing.</summary>
    protected abstract void AddTyped(CellValue value, object cell);

    /// <summary>Takes a cell that can't be read.</summary>
    protected void AddFault(CellFaultKind kind, ReadOnlySpan<char> text)
    {
        Blame(kind, text, Count);
        Values.Add(double.NaN);
    }

    /// <summary>Says of a cell that was taken that it can't be read after all.</summary>
    protected void Blame(CellFaultKind kind, ReadOnlySpan<char> text, int row)
    {
        _faultRows.Add(row);
        if (_examples.Count < MaximumExamples)
        {
            _examples.Add(new CellFault(kind, text.ToString(), row));
        }
    }
}
