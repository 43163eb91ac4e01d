using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace MicroGrad.Data;

/// <summary>
/// Reads delimited text, some rows at a time, the cells as spans of its UTF-8 bytes. Cells are those of Import-Csv: blanks
/// before a cell are no part of it; a cell in quotes may contain delimiters and line breaks, and doubled quotes are one; what
/// follows the closing quote belongs to the cell, unless it is blank. A vector is compared at a time; only quoted cells,
/// and rows that are read together across the end of a block, are copied.
/// </summary>
public sealed class DelimitedRows
{
    private const int BlockLength = 1 << 18;

    // Limits: an unclosed quote makes one cell of all that follows, and a file of delimiters alone is one row.
    private const int MaximumCellLength = 1 << 20;
    private const int MaximumCellCount = 1_000_000;
    private const int MaximumRowLength = 1 << 26;

    // No more rows are read together once they are as long as this: less than half a block, which could grow otherwise.
    private const int LongestTogether = 1 << 15;

    private readonly Stream _stream;
    private readonly byte _delimiter;
    private readonly CancellationToken _stopping;

    // The bytes that are read end at _end; a vector may be loaded from any of them.
    private byte[] _bytes = new byte[BlockLength + Vector256<byte>.Count];
    private int _end;

    // How many bytes stood before those.
    private long _dropped;

    // Where the first of the rows begins, and the cell that is read now.
    private int _start;
    private int _cell;

    // The special bytes of the vector at _block that are still to be handled.
    private int _block;
    private uint _special;

    private bool _mayFeedFollow;

    // The rows that were read together: their first cell, and how many they have.
    private readonly List<(int First, int Count)> _rows = [];
    private int _cellCount;

    // Why the row after them can't be read.
    private GradException? _failure;

    // Where the cells lie: from the start of the rows or, of quoted ones, among the unquoted bytes.
    private (int Start, int End, bool IsQuoted)[] _cells = new (int, int, bool)[16];
    private byte[] _unquoted = new byte[256];
    private int _unquotedLength;

    /// <param name="stream">The text; UTF-8, unless a byte order mark says UTF-16.</param>
    /// <param name="delimiter">What stands between cells; an ASCII character that is no quote and no line break.</param>
    /// <param name="stopping">Asked before each block.</param>
    /// <exception cref="GradException">The text is UTF-32 (id <c>InvalidCsv</c>).</exception>
    public DelimitedRows(Stream stream, char delimiter, CancellationToken stopping = default)
    {
        _stream = stream;
        _delimiter = (byte)delimiter;
        _stopping = stopping;
        _end = stream.ReadAtLeast(_bytes.AsSpan(0, 2), 2, throwOnEndOfStream: false);
        if (_bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            var encoding = _bytes[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode;
            _stream = Encoding.CreateTranscodingStream(stream, encoding, Encoding.UTF8);
            _end = 0;
        }

        var unused = 0;
        if (Fill(ref unused) && _bytes[0] == 0)
        {
            throw Invalid("The file holds zero bytes, as UTF-32 and files that are no text do. Is it a CSV file, in UTF-8 or UTF-16?");
        }

        _cell = _bytes.AsSpan(0, _end).StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        Scan(_cell);
    }

    /// <summary>The number of rows that were read together.</summary>
    public int Count => _rows.Count;

    /// <summary>The bytes read so far, as UTF-8.</summary>
    public long Position => _dropped + _cell;

    /// <summary>A cell of one of the rows as UTF-8. Valid until the next rows are read.</summary>
    public ReadOnlySpan<byte> this[int row, int index]
    {
        get
        {
            var (start, end, isQuoted) = _cells[_rows[row].First + index];
            return isQuoted ? _unquoted.AsSpan(start, end - start) : _bytes.AsSpan(_start + start, end - start);
        }
    }

    /// <summary>The number of cells in one of the rows.</summary>
    public int CellCount(int row) => _rows[row].Count;

    /// <summary>Takes one of the rows away; those after it move up.</summary>
    public void Remove(int row) => _rows.RemoveAt(row);

    /// <summary>Reads the next rows that are not empty; false at the end.</summary>
    /// <param name="most">How many at most. Fewer are read where they are long, or the last.</param>
    /// <exception cref="GradException">A cell or row is too long, or the text ends within quotes (id <c>InvalidCsv</c>).</exception>
    /// <exception cref="OperationCanceledException">The reading was stopped.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Read(int most = 1)
    {
        _rows.Clear();
        if (_failure is not null)
        {
            throw _failure;
        }

        (_cellCount, _unquotedLength, _start) = (0, 0, _cell);
        try
        {
            while (Count < most && (Count == 0 || _cell - _start < LongestTogether) && BeginRow())
            {
                ReadRow();
            }
        }
        catch (GradException failure) when (Count > 0)
        {
            _failure = failure;
        }

        return Count > 0;
    }

    /// <summary>Reads a row, unless it is empty.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ReadRow()
    {
        var first = _cellCount;
        ReadCells();
        _rows.Add((first, _cellCount - first));
        if (CellCount(Count - 1) == 1 && this[Count - 1, 0].IsEmpty)
        {
            Remove(Count - 1);
            _cellCount = first;
        }
    }

    private bool BeginRow()
    {
        do
        {
            if (Count == 0)
            {
                // Empty rows need not be kept.
                _start = _cell;
            }

            if (_cell == _end)
            {
                var next = _end;
                if (!Fill(ref next))
                {
                    return false;
                }

                Scan(next);
            }

            _cell += _mayFeedFollow && _bytes[_cell] == '\n' ? 1 : 0;
            _mayFeedFollow = false;
        }
        while (_cell == _end);

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReadCells()
    {
        while (true)
        {
            while (_special == 0)
            {
                var next = Math.Min(_block + Vector256<byte>.Count, _end);
                if (next == _end && !Fill(ref next))
                {
                    AddPlain(_end);
                    _cell = _end;
                    return;
                }

                Scan(next);
            }

            var at = _block + BitOperations.TrailingZeroCount(_special);
            _special &= _special - 1;
            if (at < _cell)
            {
                // The second half of a line break.
                continue;
            }

            if (_bytes[at] != '"')
            {
                AddPlain(at);
                if (EndCell(at))
                {
                    return;
                }
            }
            else if (IsBlank(_bytes.AsSpan(_cell, at - _cell)) && ReadQuoted(at + 1))
            {
                return;
            }
        }
    }

    /// <summary>Continues after the byte that ended a cell; true where it ended the row too.</summary>
    private bool EndCell(int at)
    {
        _cell = at + 1;
        _mayFeedFollow = _bytes[at] == '\r';
        return _bytes[at] != _delimiter;
    }

    /// <summary>Reads a cell after its opening quote; true where it is the row's last.</summary>
    private bool ReadQuoted(int at)
    {
        var start = _unquotedLength;
        var closed = -1;
        for (; at < _end || Fill(ref at); at++)
        {
            var b = _bytes[at];
            if (closed < 0 && b == '"')
            {
                var next = at + 1;
                var isDoubled = (next < _end || Fill(ref next)) && _bytes[next] == '"';
                at = isDoubled ? next : next - 1;
                if (!isDoubled)
                {
                    closed = _unquotedLength;
                    continue;
                }
            }
            else if (closed >= 0 && (b == _delimiter || b is (byte)'\n' or (byte)'\r'))
            {
                AddQuoted(start, closed);
                Scan(at + 1);
                return EndCell(at);
            }

            if (_unquotedLength == _unquoted.Length)
            {
                Array.Resize(ref _unquoted, 2 * _unquotedLength);
            }

            _unquoted[_unquotedLength++] = b;
            if (_unquotedLength - start > MaximumCellLength)
            {
                throw TooLong();
            }
        }

        if (closed < 0)
        {
            throw Invalid("The file ends within quotes; close them.");
        }

        AddQuoted(start, closed);
        _cell = _end;
        return true;
    }

    private void AddQuoted(int start, int closed)
    {
        if (IsBlank(_unquoted.AsSpan(closed, _unquotedLength - closed)))
        {
            _unquotedLength = closed;
        }

        Add(start, _unquotedLength, isQuoted: true);
    }

    private void AddPlain(int end)
    {
        var start = _cell;
        while (start < end && _bytes[start] is (byte)' ' or (byte)'\t')
        {
            start++;
        }

        if (end - start > MaximumCellLength)
        {
            throw TooLong();
        }

        Add(start - _start, end - _start, isQuoted: false);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(int start, int end, bool isQuoted)
    {
        if (_cellCount == _cells.Length)
        {
            if (_cellCount >= MaximumCellCount)
            {
                throw Invalid($"A row of the file has more than {MaximumCellCount} cells. Is it a CSV file?");
            }

            Array.Resize(ref _cells, 2 * _cellCount);
        }

        _cells[_cellCount++] = (start, end, isQuoted);
    }

    /// <summary>Finds the special bytes of the vector at a place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Scan(int at)
    {
        var bytes = Vector256.LoadUnsafe(ref _bytes[at]);
        var special = Vector256.Equals(bytes, Vector256.Create(_delimiter))
            | Vector256.Equals(bytes, Vector256.Create((byte)'\n'))
            | Vector256.Equals(bytes, Vector256.Create((byte)'\r'))
            | Vector256.Equals(bytes, Vector256.Create((byte)'"'));

        // Bytes after the end belong to earlier blocks.
        var valid = _end - at;
        _special = special.ExtractMostSignificantBits() & (valid < Vector256<byte>.Count ? (1u << valid) - 1 : uint.MaxValue);
        _block = at;
    }

    /// <summary>
    /// Moves the bytes of the rows to the front and reads more after them; false at the end of the text. A
    /// place among them moves with them.
    /// </summary>
    private bool Fill(ref int place)
    {
        _stopping.ThrowIfCancellationRequested();
        var kept = _end - _start;
        var from = _bytes;
        if (kept > _bytes.Length / 2)
        {
            if (kept > MaximumRowLength)
            {
                throw Invalid($"A row of the file is longer than {MaximumRowLength} bytes. Is it a CSV file, and is every quote closed?");
            }

            _bytes = new byte[2 * _bytes.Length];
        }

        if (_start > 0 || from != _bytes)
        {
            Buffer.BlockCopy(from, _start, _bytes, 0, kept);
            place -= _start;
            _dropped += _start;
            (_cell, _block, _end, _start) = (_cell - _start, _block - _start, kept, 0);
        }

        var read = _stream.Read(_bytes, _end, _bytes.Length - Vector256<byte>.Count - _end);
        _end += read;
        return read > 0;
    }

    private static bool IsBlank(ReadOnlySpan<byte> bytes) => bytes.IndexOfAnyExcept((byte)' ', (byte)'\t') < 0;

    private static GradException TooLong() =>
        Invalid($"A cell of the file is longer than {MaximumCellLength} bytes. Is it a CSV file, and is every quote closed?");

    private static GradException Invalid(string message) => new("InvalidCsv", message);
}
