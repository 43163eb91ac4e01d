using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MicroGrad.Data;
using MicroGrad.Training;

namespace MicroGrad.Persistence;

/// <summary>
/// A training between two epochs, as JSON: the model, what optimizer and schedule remember, and a fingerprint of rows and
/// options, so that a training is never resumed with others.
/// </summary>
public static class CheckpointFile
{
    private const string Format = "MicroGrad.Checkpoint";
    private const int Version = 1;

    /// <summary>
    /// A hash of all that a training's result depends on besides its state: rows and their schema, loss and options. The
    /// number of epochs is a part only where the schedule depends on it, so that a training can be made longer.
    /// </summary>
    public static string Fingerprint(
        Mlp model, ModelSchema? schema, Samples samples, Samples? validation, string loss, TrainingOptions options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var numbers in new[]
        {
            samples.Inputs, samples.Targets, samples.Weights, validation?.Inputs ?? [], validation?.Targets ?? [], validation?.Weights ?? [],
        })
        {
            // The lengths are hashed too, so that no number counts as one of another list.
            hash.AppendData(BitConverter.GetBytes(numbers.Length));
            hash.AppendData(MemoryMarshal.AsBytes<double>(numbers));
        }

        hash.AppendData(MemoryMarshal.AsBytes<int>(samples.Classes));
        hash.AppendData(MemoryMarshal.AsBytes<int>(validation?.Classes));

        if (schema is not null)
        {
            hash.AppendData(ModelFile.Write(schema));
        }

        hash.AppendData(Encoding.UTF8.GetBytes(Describe(model, loss, options)));
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary>In the invariant culture, so that a training can be resumed on another machine.</summary>
    private static string Describe(Mlp model, string loss, TrainingOptions options)
    {
        var (optimizer, schedule) = (options.Optimizer, options.Schedule);
        var epochs = schedule.Kind is ScheduleKind.Linear or ScheduleKind.Cosine or ScheduleKind.Exponential ? options.Epochs : 0;
        return FormattableString.Invariant(
            $"{string.Join('-', model.Sizes)} {model.HiddenActivation} {model.OutputActivation} {model.HasBias} {loss}{(model.Dropout > 0 ? " dropout " + Cell.Text(model.Dropout) : "")}")
            + FormattableString.Invariant(
            $" {epochs} {options.BatchSize} {options.FirstLearningRate} {options.Seed} {options.Shuffle} {options.L2} {options.ClipNorm} {options.ClipValue} {options.Patience} {options.MinimumImprovement} {options.Precision}")
            + FormattableString.Invariant(
            $" {optimizer.Kind} {optimizer.Momentum} {optimizer.Nesterov} {optimizer.WeightDecay} {optimizer.Beta1} {optimizer.Beta2} {optimizer.Epsilon}")
            + FormattableString.Invariant(
            $" {schedule.Kind} {schedule.FinalLearningRate} {schedule.Factor} {schedule.Interval} {schedule.WarmupEpochs}");
    }

    /// <summary>The state of a training at the end of its last epoch, as a file.</summary>
    /// <param name="model">The model that is trained.</param>
    /// <param name="trainer">The training.</param>
    /// <param name="fingerprint">That of its rows and options.</param>
    public static byte[] Write(Mlp model, Trainer trainer, string fingerprint) => JsonText.Write(writer =>
    {
        var state = trainer.CaptureState();
        writer.WriteStartObject();
        writer.WriteString("format", Format);
        writer.WriteNumber("version", Version);
        writer.WriteString("fingerprint", fingerprint);
        writer.WriteNumber("epoch", state.Epoch);
        writer.WriteNumber("stepCount", state.StepCount);
        writer.WritePropertyName("parameters");
        writer.WriteNumbers(state.Parameters);

        // A square of a large gradient overflows in a training whose weights stay finite.
        writer.WriteFigureLists("optimizerMemory", state.OptimizerMemory);
        writer.WritePropertyName("plateau");
        writer.WriteNumbers([state.Plateau.Factor, Finite(state.Plateau.Best), state.Plateau.Waited]);
        writer.WriteNumber("waited", state.Waited);
        if (state.BestParameters is { } best)
        {
            writer.WriteStartObject("best");
            writer.WriteFigure("loss", state.BestLoss);
            writer.WritePropertyName("parameters");
            writer.WriteNumbers(best);
            writer.WriteEndObject();
        }

        writer.WritePropertyName("model");
        ModelFile.Write(writer, model);
        writer.WriteEndObject();
    });

    /// <summary>The model in a checkpoint, as it was at the end of its epoch.</summary>
    /// <exception cref="GradException">The file is not right (ids <c>InvalidModelFile</c>, <c>UnknownFileVersion</c>).</exception>
    public static Mlp ReadModel(ReadOnlyMemory<byte> utf8) => JsonText.Read(utf8, root =>
    {
        JsonText.RequireFormat(root, Format, Version);
        return ModelFile.Read(root.GetProperty("model"), folded: null);
    });

    /// <summary>Whether a file is a checkpoint rather than a model.</summary>
    public static bool IsCheckpoint(ReadOnlyMemory<byte> utf8) => JsonText.Read(utf8, root =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty("format", out var format) && format.GetString() == Format);

    /// <summary>The fingerprint in a checkpoint, read from its beginning even where the rest is damaged; null for any other file.</summary>
    /// <param name="beginning">The first few thousand bytes of a file.</param>
    public static string? FingerprintIn(ReadOnlySpan<byte> beginning)
    {
        var reader = new Utf8JsonReader(beginning, isFinalBlock: false, state: default);
        try
        {
            // The format is always written first.
            if (!reader.Read() || !reader.Read() || !reader.ValueTextEquals("format"u8) || !reader.Read() || !reader.ValueTextEquals(Format))
            {
                return null;
            }

            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("fingerprint"u8))
                {
                    return reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                }
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Not JSON, or its first members are of other types.
        }

        return null;
    }

    /// <summary>Continues a training from the state in a file.</summary>
    /// <param name="utf8">The file.</param>
    /// <param name="model">The model that is trained.</param>
    /// <param name="trainer">The training, which has not begun.</param>
    /// <param name="fingerprint">That of its rows and options.</param>
    /// <exception cref="GradException">
    /// The file is not right (ids <c>InvalidModelFile</c>, <c>UnknownFileVersion</c>), or is of another training (id
    /// <c>CheckpointMismatch</c>).
    /// </exception>
    public static void Resume(ReadOnlyMemory<byte> utf8, Mlp model, Trainer trainer, string fingerprint) =>
        trainer.Restore(Read(utf8, model.ParameterCount, trainer.Optimizer, fingerprint));

    /// <summary>What a training needs to be resumed.</summary>
    /// <param name="utf8">The file.</param>
    /// <param name="parameterCount">How many parameters the model has.</param>
    /// <param name="optimizer">An optimizer of the kind that is resumed.</param>
    /// <param name="fingerprint">That of the rows and options now.</param>
    /// <exception cref="GradException">The file is not right, or is of another training (id <c>CheckpointMismatch</c>).</exception>
    internal static TrainerState Read(ReadOnlyMemory<byte> utf8, int parameterCount, Optimizer optimizer, string fingerprint) =>
        JsonText.Read(utf8, root =>
        {
            JsonText.RequireFormat(root, Format, Version);
            if (root.GetProperty("fingerprint").GetString() != fingerprint)
            {
                throw new GradException(
                    "CheckpointMismatch",
                    "The checkpoint is of a training with other rows, another network or other options.");
            }

            var plateau = root.GetProperty("plateau").ReadNumbers();
            if (plateau.Length != 3)
            {
                throw JsonText.Invalid("its plateau is none");
            }

            var hasBest = root.TryGetProperty("best", out var best);
            var state = new TrainerState
            {
                Epoch = root.GetProperty("epoch").GetInt32(),
                StepCount = root.GetProperty("stepCount").GetInt64(),
                Parameters = root.GetProperty("parameters").ReadNumbers(),
                OptimizerMemory = [.. root.GetProperty("optimizerMemory").EnumerateArray().Select(memory => memory.ReadFigures())],
                Plateau = new PlateauState(plateau[0], plateau[1] == double.MaxValue ? double.PositiveInfinity : plateau[1], (int)plateau[2]),
                BestLoss = hasBest ? best.GetProperty("loss").ReadFigure() : double.PositiveInfinity,
                BestParameters = hasBest ? best.GetProperty("parameters").ReadNumbers() : null,
                Waited = root.GetProperty("waited").GetInt32(),
                Training = ModelFile.Read(root.GetProperty("model"), folded: null).Training,
            };
            var fits = state.Epoch >= 0 && state.StepCount >= 0 && state.Waited >= 0 && state.Parameters.Length == parameterCount
                && (state.BestParameters?.Length ?? parameterCount) == parameterCount
                && state.OptimizerMemory.Length == optimizer.MemoryCount
                && state.OptimizerMemory.All(memory => memory.Length == parameterCount);
            return fits ? state : throw JsonText.Invalid("its numbers do not fit the network");
        });

    // JSON has no infinity.
    private static double Finite(double number) => double.IsPositiveInfinity(number) ? double.MaxValue : number;
}
