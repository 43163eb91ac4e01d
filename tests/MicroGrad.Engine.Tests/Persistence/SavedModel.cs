using System.Text;
using System.Text.Json.Nodes;
using MicroGrad.Data;
using MicroGrad.Inference;
using MicroGrad.Persistence;
using MicroGrad.Training;

namespace MicroGrad.Engine.Tests;

/// <summary>
/// One small trained model as each kind of file, how each is read, and what may come of reading it once somebody has
/// changed it: a model that works, or an error with an id that says so.
/// </summary>
internal static class SavedModel
{
    public const string Json = "JSON";
    public const string Safetensors = "safetensors";
    public const string Checkpoint = "checkpoint";
    public const string Resumed = "checkpoint to go on from";

    // What exceptions, the parser's first buffers and a small network cost, whatever the file's size.
    private const long AllowedBytes = 200_000;

    // A digit and a comma become a number, a live value and its places in the network: some 130 bytes for each of the two,
    // more or less by what the runtime has optimized by then.
    private const long AllowedBytesPerByte = 160;

    private static readonly TrainingOptions Options = new() { Epochs = 4, BatchSize = 4, Patience = 2, Threads = 1 };
    private static readonly ModelSchema Schema = new(
        [
            new FeatureColumn("Size") { Mean = 1.5, Scale = 0.25, Fill = 1 },
            new FeatureColumn("Kind") { Categories = ["round", "long \"x\""] },
        ],
        [new PredictedColumn("Class")],
        TargetEncoding.OneHot,
        ["low", "high"],
        hasNumericClasses: false,
        LossKind.CrossEntropy);

    private static readonly Samples Samples = TrainingRun.Draw(9, TargetEncoding.OneHot, inputCount: 3, outputCount: 2);
    private static readonly Lazy<Dictionary<string, byte[]>> Files = new(WriteAll);

    public static TheoryData<string> Kinds => [Json, Safetensors, Checkpoint, Resumed];

    public static byte[] FileOf(string kind) => (byte[])Files.Value[kind].Clone();

    /// <summary>A file without this is still whole: the end of the last line.</summary>
    public static int LengthNeeded(string kind) => FileOf(kind).Length - (kind == Safetensors ? 0 : 1);

    /// <summary>Reads a file, and uses what it holds. Gives the id of the error, or null where the file was taken.</summary>
    public static string? Outcome(string kind, ReadOnlyMemory<byte> file)
    {
        try
        {
            Use(kind == Resumed ? GoOn(file) : ReadWithinBounds(kind, file));
            return null;
        }
        catch (GradException error)
        {
            Assert.NotEmpty(error.Message);
            return error.ErrorId;
        }
    }

    public static string? Outcome(string kind, string json) => Outcome(kind, Encoding.UTF8.GetBytes(json));

    /// <summary>A safetensors file of a header, whatever it says, and data.</summary>
    public static byte[] Pack(string header, params double[] numbers)
    {
        var text = Encoding.UTF8.GetBytes(header);
        return [.. BitConverter.GetBytes((long)text.Length), .. text, .. numbers.SelectMany(BitConverter.GetBytes)];
    }

    /// <summary>The JSON in a file: of a safetensors file its header.</summary>
    public static JsonNode JsonOf(string kind)
    {
        var file = FileOf(kind);
        var json = kind == Safetensors ? file.AsSpan(8, (int)BitConverter.ToInt64(file)) : file;
        return JsonNode.Parse(json)!;
    }

    /// <summary>The file with other JSON in it.</summary>
    public static byte[] WithJson(string kind, string json)
    {
        if (kind != Safetensors)
        {
            return Encoding.UTF8.GetBytes(json);
        }

        var file = FileOf(kind);
        return [.. Pack(json), .. file.AsSpan(8 + (int)BitConverter.ToInt64(file))];
    }

    private static Mlp ReadWithinBounds(string kind, ReadOnlyMemory<byte> file) => WithinBounds(file.Length, () =>
        kind == Safetensors ? SafetensorsFile.Read(file, default, [])
        : CheckpointFile.IsCheckpoint(file) ? CheckpointFile.ReadModel(file)
        : ModelFile.Read(file));

    /// <summary>Goes on with the training that a checkpoint is of, to its end.</summary>
    private static Mlp GoOn(ReadOnlyMemory<byte> file)
    {
        var model = NewModel();
        var trainer = NewTrainer(model);
        trainer.Restore(WithinBounds(
            file.Length, () => CheckpointFile.Read(file, model.ParameterCount, trainer.Optimizer, Fingerprint(model))));
        Assert.InRange(trainer.Run(CancellationToken.None).Count(), 0, Options.Epochs);
        return model;
    }

    private static T WithinBounds<T>(int length, Func<T> read)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            return read();
        }
        finally
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(
                allocated <= AllowedBytes + AllowedBytesPerByte * length, $"{length} bytes made the reader take {allocated}");
        }
    }

    private static void Use(Mlp model)
    {
        Assert.All(model.Parameters, parameter => Assert.True(double.IsFinite(parameter.Data)));
        Assert.Equal(model.ParameterCount, model.CopyParameters().Length);
        object?[] cells = [.. Enumerable.Repeat<object?>(0.5, model.Schema?.Features.Count ?? model.InputCount)];
        if (model.Schema is { } schema)
        {
            for (var f = 0; f < cells.Length; f++)
            {
                cells[f] = schema.Features[f].Categories is { } categories ? categories is [var first, ..] ? first : null : 0.5;
            }
        }

        var predictor = new Predictor(model, [.. cells.Select((_, i) => $"X{i}")]);
        predictor.Add(cells, 1);
        Assert.Single(predictor.Predict());
        _ = ModelFile.Write(model);
    }

    private static Dictionary<string, byte[]> WriteAll()
    {
        var model = NewModel();
        var trainer = NewTrainer(model);
        foreach (var _ in trainer.Run(CancellationToken.None))
        {
        }

        var checkpoint = CheckpointFile.Write(model, trainer, Fingerprint(model));
        return new Dictionary<string, byte[]>
        {
            [Json] = ModelFile.Write(model),
            [Safetensors] = SafetensorsFile.Write(model),
            [Checkpoint] = checkpoint,
            [Resumed] = checkpoint,
        };
    }

    private static Mlp NewModel() => new(3, [2, 2]);

    private static Trainer NewTrainer(Mlp model) =>
        new(model, Schema, Samples, LossKind.CrossEntropy.Create(), Options);

    private static string Fingerprint(Mlp model) =>
        CheckpointFile.Fingerprint(model, Schema, Samples, null, LossKind.CrossEntropy.ToString(), Options);
}
