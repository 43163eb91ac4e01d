namespace MicroGrad;

/// <summary>
/// Notices a read of the data or the gradient of a symbolic value, which is NaN, on the thread of its creation until it is
/// disposed of.
/// </summary>
internal sealed class DataWatch : IDisposable
{
    [ThreadStatic]
    private static DataWatch? _current;

    private readonly DataWatch? _outer = _current;

    public DataWatch() => _current = this;

    /// <summary>Whether a symbolic value was read.</summary>
    public bool IsDataRead { get; private set; }

    /// <summary>Gives a value's number to code outside the engine. Only NaN may be that of a symbolic value.</summary>
    public static double Show(double number)
    {
        if (double.IsNaN(number) && _current is { } watch)
        {
            watch.IsDataRead = true;
        }

        return number;
    }

    public void Dispose() => _current = _outer;
}
