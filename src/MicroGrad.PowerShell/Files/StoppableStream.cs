using MicroGrad.PowerShell.Host;

namespace MicroGrad.PowerShell.Files;

/// <summary>
/// Reads a file so that a stop takes effect at once, even while a named pipe waits for a writer: calls that may block run
/// on another thread, which a stop abandons.
/// </summary>
internal sealed class StoppableStream : Stream
{
    // A stop takes effect between two reads.
    private const int LongestRead = 1 << 20;

    private readonly FileStream _file;
    private readonly CancellationToken _stop;

    private long _position;

    // An abandoned read still writes to its buffer, which must not be reused.
    private byte[] _buffer = [];

    private StoppableStream(FileStream file, CancellationToken stop)
    {
        _file = file;
        _stop = stop;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    /// <summary>The length that the file system reports; 0 where it has none.</summary>
    public override long Length => _file.CanSeek ? _file.Length : 0;

    /// <summary>How many bytes were read.</summary>
    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    /// <summary>Opens a file.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static StoppableStream Open(string path, CancellationToken stop)
    {
        var opening = Task.Factory.StartNew(
            () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        try
        {
            return new StoppableStream(opening.WaitAsync(stop).GetAwaiter().GetResult(), stop);
        }
        catch (OperationCanceledException)
        {
            opening.ContinueWith(late => late.Result.Dispose(), TaskContinuationOptions.OnlyOnRanToCompletion);
            throw;
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        _stop.ThrowIfCancellationRequested();
        var part = buffer[..Math.Min(buffer.Length, LongestRead)];
        if (_file.CanSeek)
        {
            var now = _file.Read(part);
            _position += now;
            return now;
        }

        var count = part.Length;
        if (_buffer.Length < count)
        {
            _buffer = new byte[count];
        }

        var read = Stoppable.Run(() => _file.Read(_buffer, 0, count), _stop);
        _buffer.AsSpan(0, read).CopyTo(part);
        _position += read;
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
        }

        base.Dispose(disposing);
    }
}
