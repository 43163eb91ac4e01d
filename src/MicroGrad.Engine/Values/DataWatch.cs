namespace MicroGrad;

/// <summary>
/// Notices a look at the data or the gradient of a symbolic value, which is NaN, on the thread that it was made on and until
/// it is disposed of.
/// </summary>
internal sealed class DataWatch : IDisposable
{
    [ThreadStatic]
    private static DataWatch? _current;

    private readonly DataWatch? _outer = _current;

    public DataWatch() => _current = this;

    /// <summary>Whether anyone looked.</summary>
    public bool IsDataRead { get; private set; }

    /// <summary>Shows a value's number to someone other than the engine. Only NaN may be a symbolic value's.</summary>
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
