using System.Globalization;
using System.Text;

namespace MicroGrad.Data;

/// <summary>
/// Reads comma-separated values (RFC 4180: quotes, doubled quotes, line breaks within quotes) row by row. Cells come as
/// text, where asked as numbers; text that repeats is one object.
/// </summary>
internal sealed class CsvReader
{
    private const int MaximumKeptText = 10_000;

    // A quote that nobody closes makes one cell of all that follows; a file of delimiters, one row.
    private const int MaximumCellLength = 1 << 20;
    private const int MaximumColumnCount = 1_000_000;

    private readonly TextReader _reader;
    private readonly char _delimiter;
    private readonly char[] _buffer = new char[1 << 16];
    private readonly StringBuilder _quoted = new();
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _textLookup;
    private readonly List<object?> _row = [];
    private bool[] _isNumber = [];
    private char[] _cell = new char[256];
    private int _next;
    private int _end;

    /// <summary>Reads the header.</summary>
    /// <exception cref="GradException">There is none, or a name stands twice (ids <c>EmptyData</c>, <c>DuplicateColumn</c>).</exception>
    public CsvReader(TextReader reader, char delimiter = ',')
    {
        _reader = reader;
        _delimiter = delimiter;
        _textLookup = _texts.GetAlternateLookup<ReadOnlySpan<char>>();
        do
        {
            if (!ReadCells())
            {
                throw new GradException("EmptyData", "The file is empty; its first line should name the columns.");
            }
        }
        while (_row is [string first, ..] && first.StartsWith("#TYPE", StringComparison.Ordinal));

        // Columns without a name are called H1, H2 and so on, as Import-Csv has it.
        var unnamed = 0;
        Header = [.. _row.Select(cell => (cell as string)?.Trim() is { Length: > 0 } name ? name : FormattableString.Invariant($"H{++unnamed}"))];
        if (Header.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new GradException("DuplicateColumn", $"Two columns are named '{twice.Key}'; give each its own name.");
        }
    }

    /// <summary>The names of the columns.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>Reads cells in the given columns as numbers where they are some. Other cells are text as it stands.</summary>
    public void ReadAsNumbers(IEnumerable<int> columns)
    {
        _isNumber = new bool[Header.Count];
        foreach (var column in columns)
        {
            _isNumber[column] = true;
        }
    }

    /// <summary>The cells of the next row, as many as it has; null at the end. Valid until the next call.</summary>
    public IReadOnlyList<object?>? ReadRow() => ReadCells() ? _row : null;

    /// <summary>Reads a row that is not empty.</summary>
    private bool ReadCells()
    {
        do
        {
            _row.Clear();
            int ending;
            do
            {
                if (_row.Count == MaximumColumnCount)
                {
                    throw new GradException("InvalidCsv", $"A row of the file has more than {MaximumColumnCount} cells. Is it a CSV file?");
                }

                ending = ReadCell();
            }
            while (ending == _delimiter);

            if (_row is not [null])
            {
                return true;
            }
        }
        while (Peek() >= 0);

        return false;
    }

    /// <summary>Reads a cell and gives the character that ended it, -1 at the end of the file.</summary>
    private int ReadCell()
    {
        // Blanks before a cell are no part of it, as Import-Csv has it.
        while (Peek() is ' ' or '\t' && Peek() != _delimiter)
        {
            Take();
        }

        var length = 0;
        if (Peek() == '"')
        {
            Take();
            var ending = ReadQuoted();
            _row.Add(Intern(_quoted.ToString()));
            return ending;
        }

        while (true)
        {
            var c = Take();
            if (c == _delimiter || c is '\n' or '\r' or -1)
            {
                if (c == '\r' && Peek() == '\n')
                {
                    c = Take();
                }

                _row.Add(Convert(_cell.AsSpan(0, length)));
                return c;
            }

            if (length == _cell.Length)
            {
                CheckCellLength(length);
                Array.Resize(ref _cell, 2 * length);
            }

            _cell[length++] = (char)c;
        }
    }

    private int ReadQuoted()
    {
        _quoted.Clear();
        while (true)
        {
            var c = Take();
            if (c == -1)
            {
                throw new GradException("InvalidCsv", "The file ends within quotes; close them.");
            }

            if (c != '"' || Peek() == '"')
            {
                CheckCellLength(_quoted.Length);
                _quoted.Append((char)(c == '"' ? Take() : c));
                continue;
            }

            // What stands between the closing quote and the delimiter belongs to nothing.
            do
            {
                c = Take();
            }
            while (c != _delimiter && c is not ('\n' or '\r' or -1));

            return c == '\r' && Peek() == '\n' ? Take() : c;
        }
    }

    private static void CheckCellLength(int length)
    {
        if (length >= MaximumCellLength)
        {
            throw new GradException(
                "InvalidCsv", $"A cell of the file is longer than {MaximumCellLength} characters. Is it a CSV file, and is every quote closed?");
        }
    }

    private object? Convert(ReadOnlySpan<char> text)
    {
        if (text.IsWhiteSpace())
        {
            return null;
        }

        var column = _row.Count;
        return column < _isNumber.Length && _isNumber[column]
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : Intern(text);
    }

    private string Intern(ReadOnlySpan<char> text)
    {
        if (_textLookup.TryGetValue(text, out var known))
        {
            return known;
        }

        var copy = text.ToString();
        if (_texts.Count < MaximumKeptText)
        {
            _texts.Add(copy, copy);
        }

        return copy;
    }

    private int Peek()
    {
        if (_next == _end)
        {
            _end = _reader.Read(_buffer, 0, _buffer.Length);
            _next = 0;
            if (_end <= 0)
            {
                _end = 0;
                return -1;
            }
        }

        return _buffer[_next];
    }

    private int Take()
    {
        var c = Peek();
        _next += c < 0 ? 0 : 1;
        return c;
    }
}
