using System.Text.Encodings.Web;
using System.Text.Json;
using MicroGrad.Persistence;

namespace MicroGrad.PowerShell.Trials;

/// <summary>
/// The results of a search in a file: one line of JSON each, written as it comes, below a first line that identifies the
/// search. A process that dies leaves whole lines and at most one incomplete line, which is removed.
/// </summary>
internal sealed class TrialFile : IDisposable
{
    /// <summary>The first member of a file.</summary>
    public const string FormatKey = "format";

    /// <summary>What it says.</summary>
    public const string Format = "MicroGrad.Trials";

    private const int Version = 1;

    // A line has a trial's settings and the reason of its failure.
    private const int LongestLine = 1 << 20;

    private static readonly JsonWriterOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly FileStream _stream;
    private readonly Dictionary<(int Trial, int Epoch), MlpTrial> _trials = [];

    private TrialFile(FileStream stream) => _stream = stream;

    /// <summary>Opens the file of a search, or begins it.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="fingerprint">Identifies the search.</param>
    /// <param name="settings">The settings of each trial.</param>
    /// <exception cref="GradException">
    /// It is another file, or one of another search (ids <c>NotATrialFile</c>, <c>TrialFileMismatch</c>), or it can't be opened (id
    /// <c>WriteFailed</c>).
    /// </exception>
    public static TrialFile Open(string path, string fingerprint, IReadOnlyList<OrderedDictionary<string, object?>> settings)
    {
        FileStream stream;
        try
        {
            // No other process may write to it meanwhile. There is no buffer, as it would write again at the end what a full disk
            // refused.
            stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw WriteFailed(path, error);
        }

        var file = new TrialFile(stream);
        try
        {
            file.Read(path, fingerprint, settings);
            return file;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>The result of a trial at a number of epochs; null where the file has none.</summary>
    public MlpTrial? Find(int trial, int epoch) => _trials.GetValueOrDefault((trial, epoch));

    /// <summary>Adds a result.</summary>
    public void Add(MlpTrial trial) => WriteLine(writer =>
    {
        writer.WriteNumber("trial", trial.Trial);
        writer.WriteNumber("epoch", trial.Epoch);
        WriteFigure(writer, "score", trial.Score);
        WriteFigure(writer, "deviation", trial.Deviation);
        WriteFigure(writer, "loss", trial.MeanLoss);
        writer.WriteNumber("seconds", trial.Seconds);
        if (trial.Failure is not null)
        {
            writer.WriteString("failure", trial.Failure);
        }

        writer.WriteStartObject("setting");
        foreach (var (name, value) in trial.Setting)
        {
            writer.WriteString(name, Portable.Describe(value));
        }

        writer.WriteEndObject();
    });

    public void Dispose() => _stream.Dispose();

    private void Read(string path, string fingerprint, IReadOnlyList<OrderedDictionary<string, object?>> settings)
    {
        try
        {
            var end = 0L;
            using var lines = Lines().GetEnumerator();
            if (lines.MoveNext())
            {
                RequireSearch(path, lines.Current, fingerprint);
                end += lines.Current.Length;
                while (lines.MoveNext())
                {
                    Take(lines.Current, settings);
                    end += lines.Current.Length;
                }
            }
            else
            {
                Begin(path, Head(fingerprint));
                return;
            }

            _stream.SetLength(end);
            _stream.Position = end;
        }
        catch (GradException error) when (error.ErrorId is "InvalidModelFile" or "UnknownFileVersion")
        {
            throw NotATrialFile(path);
        }
        catch (IOException error)
        {
            throw WriteFailed(path, error);
        }
    }

    /// <summary>The complete lines, each with its end; an incomplete last line is left out.</summary>
    /// <exception cref="GradException">A line is longer than any of this module.</exception>
    private IEnumerable<byte[]> Lines()
    {
        var block = new byte[LongestLine];
        var count = 0;
        while (true)
        {
            var read = _stream.Read(block, count, block.Length - count);
            count += read;
            var start = 0;
            while (Array.IndexOf(block, (byte)'\n', start, count - start) is >= 0 and var end)
            {
                yield return block[start..(end + 1)];
                start = end + 1;
            }

            Array.Copy(block, start, block, 0, count - start);
            count -= start;
            if (read == 0)
            {
                yield break;
            }

            if (count == block.Length)
            {
                throw JsonText.Invalid("a line has no end");
            }
        }
    }

    /// <summary>Begins the file, which is empty or holds a part of the first line.</summary>
    private void Begin(string path, byte[] head)
    {
        var content = new byte[head.Length];
        _stream.Position = 0;
        var count = _stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        if (_stream.Length > head.Length || !head.AsSpan().StartsWith(content.AsSpan(0, count)))
        {
            throw NotATrialFile(path);
        }

        _stream.SetLength(0);
        _stream.Write(head);
    }

    private static void RequireSearch(string path, byte[] line, string fingerprint)
    {
        var search = JsonText.Read(line, root =>
        {
            JsonText.RequireFormat(root, Format, Version);
            return root.GetProperty("search").ReadText();
        });
        if (search != fingerprint)
        {
            throw new GradException("TrialFileMismatch", $"'{path}' holds the trials of another search: of other rows, settings or options.");
        }
    }

    /// <summary>Takes a result. Trials beyond the present ones, of a longer draw of the same search, stay in the file.</summary>
    private bool Take(byte[] line, IReadOnlyList<OrderedDictionary<string, object?>> settings) => JsonText.Read(line, root =>
    {
        var number = root.GetProperty("trial").GetInt32();
        if (number < 1)
        {
            throw JsonText.Invalid("trials are counted from 1");
        }

        if (number > settings.Count)
        {
            return false;
        }

        var trial = new MlpTrial(number)
        {
            Setting = settings[number - 1],
            Epoch = root.GetProperty("epoch").GetInt32(),
            Score = ReadFigure(root, "score"),
            Deviation = ReadFigure(root, "deviation"),
            MeanLoss = ReadFigure(root, "loss"),
            Seconds = root.GetProperty("seconds").ReadFinite(),
            Failure = root.TryGetProperty("failure", out var failure) ? failure.ReadText() : null,
        };
        return _trials.TryAdd((number, trial.Epoch), trial) ? true : throw JsonText.Invalid($"trial {number} stands in it twice");
    });

    private static GradException NotATrialFile(string path) =>
        new("NotATrialFile", $"'{path}' is no file of a search, or it is damaged. It was not changed; name another file.");

    private static GradException WriteFailed(string path, Exception cause) =>
        new("WriteFailed", $"'{path}' can't be written: {cause.Message}", cause);

    private static double? ReadFigure(JsonElement line, string name) =>
        line.GetProperty(name) is { ValueKind: not JsonValueKind.Null } figure ? figure.ReadFigure() : null;

    private static void WriteFigure(Utf8JsonWriter writer, string name, double? figure)
    {
        if (figure is { } number)
        {
            JsonText.WriteFigure(writer, name, number);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    private static byte[] Head(string fingerprint) => Line(writer =>
    {
        writer.WriteString(FormatKey, Format);
        writer.WriteNumber("version", Version);
        writer.WriteString("search", fingerprint);
    });

    private static byte[] Line(Action<Utf8JsonWriter> write)
    {
        using var memory = new MemoryStream();
        using (var writer = new Utf8JsonWriter(memory, OneLine))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        memory.WriteByte((byte)'\n');
        return memory.ToArray();
    }

    private void WriteLine(Action<Utf8JsonWriter> write)
    {
        try
        {
            _stream.Write(Line(write));
        }
        catch (IOException error)
        {
            throw WriteFailed(_stream.Name, error);
        }
    }
}
