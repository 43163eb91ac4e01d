using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace MicroGrad.Data;

/// <summary>
/// Reads delimited text, some rows at a time, the cells as spans of its UTF-8 bytes. Cells are those of Import-Csv: blanks
/// before a cell are no part of it; a cell in quotes may contain delimiters and line breaks, and doubled quotes are one; what
/// follows the closing quote belongs to the cell, unless it is blank. 64 bytes are compared at a time; quotes are taken out in
/// place, and only rows that are read together across the end of a block are copied.
/// </summary>
public sealed class DelimitedRows
{
    /// <summary>So many bytes before and after those of a cell may be loaded, whatever they are.</summary>
    internal const int Margin = 64;

    private const int BlockLength = 1 << 18;

    // Limits: an unclosed quote makes one cell of all that follows, and a file of delimiters alone is one row.
    private const int MaximumCellLength = 1 << 20;
    private const int MaximumCellCount = 1_000_000;
    private const int MaximumRowLength = 1 << 26;

    // No more rows are read together once they are as long as this: less than half a block, which could grow otherwise.
    private const int LongestTogether = 1 << 15;

    // The text as it came, and as UTF-8.
    private readonly Stream _source;
    private readonly Stream _stream;
    private readonly byte _delimiter;
    private readonly CancellationToken _stopping;

    // The bytes that are read stand between two margins and end at _end.
    private byte[] _bytes = new byte[Margin + BlockLength + Margin];
    private int _end;

    // How many bytes of the text stood before the array, and how many it has, once that is known.
    private long _dropped = -Margin;
    private long? _length;

    // Where the first of the rows begins, and the cell that is read now.
    private int _start = Margin;
    private int _cell;

    // The special bytes of the 64 at _scanned that are still to be handled.
    private int _scanned;
    private ulong _special;

    private bool _mayFeedFollow;

    // The rows that were read together: their first cell, and how many they have.
    private readonly List<(int First, int Count)> _rows = [];
    private int _cellCount;

    // Why the row after them can't be read.
    private Exception? _failure;

    // Where the cells lie, from the start of the rows.
    private (int Start, int End)[] _cells = new (int, int)[256];

    /// <param name="stream">The text; UTF-8, unless a byte order mark says UTF-16.</param>
    /// <param name="delimiter">What stands between cells; an ASCII character that is no quote and no line break.</param>
    /// <param name="stopping">Asked before each block.</param>
    /// <exception cref="GradException">The text is UTF-32 (id <c>InvalidCsv</c>).</exception>
    public DelimitedRows(Stream stream, char delimiter, CancellationToken stopping = default)
    {
        _source = _stream = stream;
        _delimiter = (byte)delimiter;
        _stopping = stopping;
        var beginning = _bytes.AsSpan(Margin, 2);
        _end = Margin + stream.ReadAtLeast(beginning, 2, throwOnEndOfStream: false);
        if (beginning is [0xFF, 0xFE] or [0xFE, 0xFF])
        {
            var encoding = beginning[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode;
            _stream = Encoding.CreateTranscodingStream(stream, encoding, Encoding.UTF8);
            _end = Margin;
        }

        var unused = 0;
        Fill(ref unused);
        if (_bytes[Margin] == 0)
        {
            throw Invalid("The file holds zero bytes, as UTF-32 and files that are no text do. Is it a CSV file, in UTF-8 or UTF-16?");
        }

        _cell = Margin + (_bytes.AsSpan(Margin, _end - Margin).StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0);
        _special = Scan(_cell);
    }

    /// <summary>The number of rows that were read together.</summary>
    public int Count => _rows.Count;

    /// <summary>The bytes read so far, as UTF-8.</summary>
    internal long Position => Math.Min(_dropped + _cell, _length ?? long.MaxValue);

    /// <summary>The share of the text that the rows so far are, which in UTF-16 has other lengths than in UTF-8; infinite where its length is not known.</summary>
    public double ShareRead => (double)Position / Math.Max(1, _dropped + _end) * _source.Position / _source.Length;

    /// <summary>A cell of one of the rows as UTF-8. Valid until the next rows are read.</summary>
    public ReadOnlySpan<byte> this[int row, int index]
    {
        get
        {
            var (start, end) = _cells[_rows[row].First + index];
            return _bytes.AsSpan(_start + start, end - start);
        }
    }

    /// <summary>The number of cells in the longest of the rows.</summary>
    public int MostCells { get; private set; }

    /// <summary>The number of cells in one of the rows.</summary>
    public int CellCount(int row) => _rows[row].Count;

    /// <summary>Takes one of the rows away; those after it move up.</summary>
    public void Remove(int row) => _rows.RemoveAt(row);

    /// <summary>Reads the next rows that are not empty; false at the end.</summary>
    /// <param name="most">How many at most. Fewer are read where they are long, or the last.</param>
    /// <exception cref="GradException">A cell or row is too long, or the text ends within quotes (id <c>InvalidCsv</c>).</exception>
    /// <exception cref="IOException">The stream can't be read on. The rows before come first, as before each error.</exception>
    /// <exception cref="OperationCanceledException">The reading was stopped.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Read(int most = 1)
    {
        _rows.Clear();
        if (_failure is not null)
        {
            ExceptionDispatchInfo.Throw(_failure);
        }

        (_cellCount, MostCells, _start) = (0, 0, _cell);
        try
        {
            while (Count < most && (Count == 0 || _cell - _start < LongestTogether) && BeginRow())
            {
                ReadRow();
            }
        }
        catch (Exception failure) when (Count > 0 && failure is GradException or IOException)
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
        var count = _cellCount - first;
        if (count == 1 && _cells[first].Start == _cells[first].End)
        {
            _cellCount = first;
            return;
        }

        _rows.Add((first, count));
        MostCells = Math.Max(MostCells, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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

                _special = Scan(next);
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
        // The state stays in registers, and in the fields while another method runs.
        var (bytes, special, cell, count) = (_bytes, _special, _cell, _cellCount);
        while (true)
        {
            while (special == 0)
            {
                var next = _scanned + sizeof(ulong) * 8;
                if (next >= _end)
                {
                    _cell = cell;
                    next = FillAtEnd();
                    (bytes, cell) = (_bytes, _cell);
                }

                special = Scan(next);
            }

            var at = _scanned + BitOperations.TrailingZeroCount(special);
            special &= special - 1;
            if (at < cell)
            {
                // The second half of a line break.
                continue;
            }

            if (bytes[at] == '"')
            {
                (_special, _cell, _cellCount) = (special, cell, count);
                if (IsBlank(bytes.AsSpan(cell, at - cell)) && ReadQuoted(at + 1))
                {
                    return;
                }

                (bytes, special, cell, count) = (_bytes, _special, _cell, _cellCount);
                continue;
            }

            while (cell < at && bytes[cell] is (byte)' ' or (byte)'\t')
            {
                cell++;
            }

            Add(count++, cell, at);
            cell = at + 1;
            if (bytes[at] != _delimiter)
            {
                (_special, _cell, _cellCount) = (special, cell, count);
                _mayFeedFollow = bytes[at] == '\r';
                return;
            }
        }
    }

    /// <summary>Reads a cell after its opening quote; true where it is the row's last.</summary>
    private bool ReadQuoted(int at)
    {
        // The text without its quotes is no longer than with them, and takes their place.
        var start = at - _start;
        var length = 0;
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
                    closed = length;
                    continue;
                }
            }
            else if (closed >= 0 && (b == _delimiter || b is (byte)'\n' or (byte)'\r'))
            {
                var text = _bytes.AsSpan(_start + start, length);
                Add(_cellCount++, _start + start, _start + start + (IsBlank(text[closed..]) ? closed : length));
                _special = Scan(at + 1);
                _cell = at + 1;
                _mayFeedFollow = b == '\r';
                return b != _delimiter;
            }

            _bytes[_start + start + length++] = b;
            if (length > MaximumCellLength)
            {
                throw TooLong();
            }
        }

        throw Invalid("The file ends within quotes; close them.");
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(int place, int start, int end)
    {
        if (place == _cells.Length)
        {
            if (place >= MaximumCellCount)
            {
                throw Invalid($"A row of the file has more than {MaximumCellCount} cells. Is it a CSV file?");
            }

            Array.Resize(ref _cells, 2 * place);
        }

        if (end - start > MaximumCellLength)
        {
            throw TooLong();
        }

        _cells[place] = (start - _start, end - _start);
    }

    /// <summary>The special bytes of the 64 at a place, one bit each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Scan(int at)
    {
        _scanned = at;
        var bytes = Vector512.LoadUnsafe(ref _bytes[at]);
        var special = Vector512.Equals(bytes, Vector512.Create(_delimiter))
            | Vector512.Equals(bytes, Vector512.Create((byte)'\n'))
            | Vector512.Equals(bytes, Vector512.Create((byte)'\r'))
            | Vector512.Equals(bytes, Vector512.Create((byte)'"'));

        // Bytes after the end belong to earlier blocks.
        var valid = _end - at;
        return special.ExtractMostSignificantBits() & (valid < Vector512<byte>.Count ? (1UL << valid) - 1 : ulong.MaxValue);
    }

    /// <summary>Reads on; returns the place of what was read.</summary>
    private int FillAtEnd()
    {
        var place = _end;
        Fill(ref place);
        return place;
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

        var moved = _start - Margin;
        if (moved > 0 || from != _bytes)
        {
            Buffer.BlockCopy(from, _start, _bytes, Margin, kept);
            place -= moved;
            _dropped += moved;
            (_cell, _scanned, _end, _start) = (_cell - moved, _scanned - moved, Margin + kept, Margin);
        }

        var read = _length is null ? _stream.Read(_bytes, _end, _bytes.Length - Margin - _end) : 0;
        if (read == 0 && _length is null)
        {
            // The last row may have no line break. One that is added after another makes an empty row, which is none.
            _length = _dropped + _end;
            _bytes[_end] = (byte)'\n';
            read = 1;
        }

        _end += read;
        return read > 0;
    }

    private static bool IsBlank(ReadOnlySpan<byte> bytes) => bytes.IndexOfAnyExcept((byte)' ', (byte)'\t') < 0;

    private static GradException TooLong() =>
        Invalid($"A cell of the file is longer than {MaximumCellLength} bytes. Is it a CSV file, and is every quote closed?");

    private static GradException Invalid(string message) => new("InvalidCsv", message);
}
