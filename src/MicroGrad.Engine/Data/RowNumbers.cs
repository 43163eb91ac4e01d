namespace MicroGrad.Data;

/// <summary>The numbers of rows in messages. Most follow one another, so only those that do not are kept.</summary>
internal sealed class RowNumbers
{
    // The rows whose number is not the next after that of the row before.
    private readonly List<(int Index, long Number)> _starts = [];
    private long _next;

    /// <summary>How many rows there are.</summary>
    public int Count { get; private set; }

    /// <summary>The number of a row, by its place from 0.</summary>
    public long this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            var (low, high) = (0, _starts.Count);
            while (high - low > 1)
            {
                var middle = (low + high) / 2;
                (low, high) = _starts[middle].Index <= index ? (middle, high) : (low, middle);
            }

            return _starts[low].Number + (index - _starts[low].Index);
        }
    }

    /// <summary>Adds rows with numbers that follow one another.</summary>
    public void Add(long number, int count = 1)
    {
        if (Count == 0 || number != _next)
        {
            _starts.Add((Count, number));
        }

        _next = number + count;
        Count += count;
    }
}
