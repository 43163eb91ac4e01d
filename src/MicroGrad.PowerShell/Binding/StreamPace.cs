using System.Diagnostics;

namespace MicroGrad.PowerShell.Binding;

/// <summary>
/// Tells how many records of a stream may wait to be worked on together. Nobody can know that a source is about to pause,
/// so only a small share of what came without a pause may wait: a row that comes alone goes at once, a hundred thousand in
/// a row go in large batches.
/// </summary>
internal sealed class StreamPace
{
    // Of so many records without a pause, one may wait.
    private const int RecordsForOne = 8;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    private long _lastLeft;
    private int _withoutPause;

    /// <summary>A record has come.</summary>
    /// <returns>How many may wait, this one included; 0 for none.</returns>
    public int Arrive()
    {
        _withoutPause = Stopwatch.GetElapsedTime(_lastLeft) > Pause ? 0 : _withoutPause + 1;
        return _withoutPause / RecordsForOne;
    }

    /// <summary>The record has been worked on: from here on, the source is waited for.</summary>
    public void Leave() => _lastLeft = Stopwatch.GetTimestamp();
}
