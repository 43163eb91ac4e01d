using System.Management.Automation;
using System.Text;
using MicroGrad.Data;
using MicroGrad.PowerShell.Files;

namespace MicroGrad.PowerShell.Rows;

/// <summary>A file of delimited text as Import-Csv reads it: the first line names the columns, lines that begin with # are not rows.</summary>
internal sealed class DelimitedFile : IDisposable
{
    private const string FieldsMark = "#Fields: ";

    private readonly Stream _stream;
    private readonly DelimitedRows _rows;

    /// <exception cref="GradException">The file is no such text (ids <c>EmptyData</c>, <c>DuplicateColumn</c>, <c>InvalidCsv</c>, <c>ReadFailed</c>).</exception>
    public DelimitedFile(string path, char delimiter, CancellationToken stop)
    {
        _stream = InputFile.OpenStream(path, stop);
        try
        {
            _rows = new DelimitedRows(_stream, delimiter, stop);
            Columns = ReadHeader();
        }
        catch
        {
            _stream.Dispose();
            throw;
        }
    }

    /// <summary>The names of the columns.</summary>
    public string[] Columns { get; }

    /// <summary>The number of cells in the row.</summary>
    public int CellCount => _rows.Count;

    /// <summary>The share of the file that has been read; infinite where its length is not known.</summary>
    public double ShareRead => (double)_rows.Position / _stream.Length;

    /// <summary>A cell of the row as UTF-8.</summary>
    public ReadOnlySpan<byte> this[int index] => _rows[index];

    /// <summary>Reads the next row; false at the end.</summary>
    public bool Read() => _rows.Read();

    /// <summary>Whether the row has more cells than there are columns. Empty cells at its end do not count.</summary>
    public bool HasMoreCells()
    {
        for (var i = Columns.Length; i < _rows.Count; i++)
        {
            if (!_rows[i].IsEmpty)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The row as an object, such as Import-Csv gives.</summary>
    public PSObject ToObject()
    {
        var row = RowProperties.NewObject(Columns.Length);
        for (var i = 0; i < Columns.Length; i++)
        {
            row.Properties.Add(new PSNoteProperty(Columns[i], i < _rows.Count ? Encoding.UTF8.GetString(_rows[i]) : null), preValidated: true);
        }

        return row;
    }

    /// <summary>All rows as objects.</summary>
    public IEnumerable<object> Objects()
    {
        while (Read())
        {
            yield return ToObject();
        }
    }

    public void Dispose() => _stream.Dispose();

    private string[] ReadHeader()
    {
        List<string> names;
        do
        {
            if (!_rows.Read())
            {
                throw new GradException("EmptyData", "The file is empty; its first line should name the columns.");
            }

            names = [.. Enumerable.Range(0, _rows.Count).Select(i => Encoding.UTF8.GetString(_rows[i]))];
        }
        while (names[0].StartsWith('#') && !names[0].StartsWith(FieldsMark, StringComparison.Ordinal));

        if (names[0].StartsWith(FieldsMark, StringComparison.Ordinal))
        {
            names[0] = names[0][FieldsMark.Length..];
        }

        // Trailing delimiters name no columns.
        while (names.Count > 1 && names[^1].Length == 0)
        {
            names.RemoveAt(names.Count - 1);
        }

        // Columns without a name are called H1, H2 and so on, as by Import-Csv.
        var unnamed = 0;
        string[] columns = [.. names.Select(name => name.Length > 0 ? name : $"H{++unnamed}")];
        if (columns.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new GradException("DuplicateColumn", $"Two columns are named '{twice.Key}'; give each its own name.");
        }

        return columns;
    }
}
