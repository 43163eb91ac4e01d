using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MicroGrad.PowerShell.Trials;

/// <summary>
/// The results of a search in a file: a line of JSON each, written as it comes, below a first line that tells the search. A
/// process that dies leaves whole lines and at most one cut short, which is taken off.
/// </summary>
internal sealed class TrialFile : IDisposable
{
    private const string Format = "MicroGrad.Trials";
    private const int Version = 1;

    private static readonly JsonWriterOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly FileStream _stream;
    private readonly Dictionary<(int Trial, int Epoch), MlpTrial> _trials = [];

    private TrialFile(FileStream stream) => _stream = stream;

    /// <summary>Opens the file of a search, or begins it.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="fingerprint">Tells the search from others.</param>
    /// <param name="settings">The settings of each trial.</param>
    /// <exception cref="GradException">
    /// It holds something else, or another search (ids <c>NotATrialFile</c>, <c>TrialFileMismatch</c>), or it can't be had (id
    /// <c>WriteFailed</c>).
    /// </exception>
    public static TrialFile Open(string path, string fingerprint, IReadOnlyList<OrderedDictionary<string, object?>> settings)
    {
        FileStream stream;
        try
        {
            // Nobody else writes to it meanwhile.
            stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new GradException("WriteFailed", $"'{path}' can't be written: {error.Message}", error);
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
        var content = new byte[_stream.Length];
        _stream.ReadExactly(content);
        var end = content.AsSpan().LastIndexOf((byte)'\n') + 1;
        string[] lines = Encoding.UTF8.GetString(content, 0, end).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0)
        {
            var head = Head(fingerprint);
            if (!head.AsSpan().StartsWith(content))
            {
                throw NotATrialFile(path);
            }

            _stream.SetLength(0);
            _stream.Write(head);
            _stream.Flush();
            return;
        }

        try
        {
            using var head = JsonDocument.Parse(lines[0]);
            if (head.RootElement.GetProperty("format").GetString() != Format || head.RootElement.GetProperty("version").GetInt32() != Version)
            {
                throw NotATrialFile(path);
            }

            if (head.RootElement.GetProperty("search").GetString() != fingerprint)
            {
                throw new GradException("TrialFileMismatch", $"'{path}' holds the trials of another search: of other rows, settings or options.");
            }

            foreach (var line in lines.Skip(1))
            {
                using var json = JsonDocument.Parse(line);
                var trial = ReadTrial(json.RootElement, settings);
                _trials[(trial.Trial, trial.Epoch)] = trial;
            }
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentOutOfRangeException)
        {
            throw NotATrialFile(path);
        }

        _stream.SetLength(end);
        _stream.Position = end;
    }

    private static GradException NotATrialFile(string path) =>
        new("NotATrialFile", $"'{path}' is no file of a search, or it is damaged. It is left as it is; name another.");

    private static MlpTrial ReadTrial(JsonElement line, IReadOnlyList<OrderedDictionary<string, object?>> settings) =>
        new(line.GetProperty("trial").GetInt32())
        {
            Setting = settings[line.GetProperty("trial").GetInt32() - 1],
            Epoch = line.GetProperty("epoch").GetInt32(),
            Score = ReadFigure(line, "score"),
            Deviation = ReadFigure(line, "deviation"),
            MeanLoss = ReadFigure(line, "loss"),
            Seconds = line.GetProperty("seconds").GetDouble(),
            Failure = line.TryGetProperty("failure", out var failure) ? failure.GetString() : null,
        };

    private static double? ReadFigure(JsonElement line, string name) =>
        line.GetProperty(name) is { ValueKind: not JsonValueKind.Null } figure ? figure.GetDouble() : null;

    private static void WriteFigure(Utf8JsonWriter writer, string name, double? figure)
    {
        if (figure is { } number)
        {
            writer.WriteNumber(name, number);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    private static byte[] Head(string fingerprint) => Line(writer =>
    {
        writer.WriteString("format", Format);
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
            _stream.Flush();
        }
        catch (IOException error)
        {
            throw new GradException("WriteFailed", $"'{_stream.Name}' can't be written: {error.Message}", error);
        }
    }
}
