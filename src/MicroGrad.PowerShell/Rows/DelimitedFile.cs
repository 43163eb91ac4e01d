using System.Management.Automation;
using System.Text;
using MicroGrad.Data;
using MicroGrad.PowerShell.Files;

namespace MicroGrad.PowerShell.Rows;

/// <summary>A file of delimited text as Import-Csv reads it: the first line names the columns, lines that begin with # are not rows.</summary>
internal sealed class DelimitedFile : IDisposable
{
    private const string FieldsMark = "#Fields: ";

    private readonly string _path;
    private readonly Stream _stream;
    private long _count;

    /// <exception cref="GradException">The file is no such text (ids <c>EmptyData</c>, <c>DuplicateColumn</c>, <c>InvalidCsv</c>, <c>ReadFailed</c>).</exception>
    public DelimitedFile(string path, char delimiter, CancellationToken stop)
    {
        _path = path;
        _stream = InputFile.OpenStream(path, stop);
        try
        {
            Rows = new DelimitedRows(_stream, delimiter, stop);
            Columns = ReadHeader();
        }
        catch (IOException error)
        {
            _stream.Dispose();
            throw InputFile.ReadFailed(path, error);
        }
        catch
        {
            _stream.Dispose();
            throw;
        }
    }

    /// <summary>The names of the columns.</summary>
    public string[] Columns { get; }

    /// <summary>The rows that were read together.</summary>
    public DelimitedRows Rows { get; }

    /// <summary>The share of the file that has been read; infinite where its length is not known.</summary>
    public double ShareRead => Rows.ShareRead;

    /// <summary>Reads the next rows; false at the end.</summary>
    /// <param name="most">How many at most.</param>
    /// <exception cref="GradException">The next row can't be read (ids <c>InvalidCsv</c>, <c>ReadFailed</c>).</exception>
    public bool Read(int most = 1)
    {
        try
        {
            var isThere = Rows.Read(most);
            _count += Rows.Count;
            return isThere;
        }
        catch (IOException error)
        {
            throw InputFile.ReadFailed(_path, error, _count);
        }
    }

    /// <summary>The error about a row that has more cells than there are columns, or null. Empty cells at its end do not count.</summary>
    /// <param name="row">Its place among those that were read together.</param>
    /// <param name="number">Its number in messages.</param>
    public GradException? FaultOf(int row, long number) => HasMoreCells(row)
        ? new GradException(
            "RaggedRow",
            $"Row {number} has {Rows.CellCount(row)} cells, but there are {Columns.Length} columns. Give every row the columns of the first line.")
        : null;

    private bool HasMoreCells(int row)
    {
        for (var i = Columns.Length; i < Rows.CellCount(row); i++)
        {
            if (!Rows[row, i].IsEmpty)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A row as an object, such as Import-Csv gives.</summary>
    public PSObject ToObject(int row)
    {
        var result = RowProperties.NewObject(Columns.Length);
        for (var i = 0; i < Columns.Length; i++)
        {
            result.Properties.Add(
                new PSNoteProperty(Columns[i], i < Rows.CellCount(row) ? Encoding.UTF8.GetString(Rows[row, i]) : null), preValidated: true);
        }

        return result;
    }

    /// <summary>All rows as objects.</summary>
    public IEnumerable<object> Objects()
    {
        while (Read())
        {
            yield return ToObject(0);
        }
    }

    public void Dispose() => _stream.Dispose();

    private string[] ReadHeader()
    {
        List<string> names;
        do
        {
            if (!Rows.Read())
            {
                throw new GradException("EmptyData", "The file is empty; its first line should name the columns.");
            }

            names = [.. Enumerable.Range(0, Rows.CellCount(0)).Select(i => Encoding.UTF8.GetString(Rows[0, i]))];
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
