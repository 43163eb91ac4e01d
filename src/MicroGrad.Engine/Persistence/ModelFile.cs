using System.Text.Json;
using MicroGrad.Data;

namespace MicroGrad.Persistence;

/// <summary>
/// A model as JSON that a person can read: sizes, activations, weights neuron by neuron that read back to the bit, what
/// inputs and outputs mean, and how the training went. Reading builds numbers and names, and runs nothing.
/// </summary>
internal static class ModelFile
{
    private const string Format = "MicroGrad.Mlp";
    private const int Version = 2;

    /// <summary>The file of a model, UTF-8.</summary>
    /// <exception cref="GradException">A weight is not finite (id <c>NotFinite</c>).</exception>
    public static byte[] Write(Mlp model) => JsonText.Write(writer => Write(writer, model, withWeights: true));

    /// <summary>All of the file but the weights: what goes into the header of other formats.</summary>
    public static byte[] WriteDescription(Mlp model) => JsonText.Write(writer => Write(writer, model, withWeights: false));

    /// <summary>The model in a file.</summary>
    /// <exception cref="GradException">The file is not right (ids <c>InvalidModelFile</c>, <c>UnknownFileVersion</c>).</exception>
    public static Mlp Read(ReadOnlyMemory<byte> utf8) => JsonText.Read(utf8, root => Read(root, weights: null));

    /// <summary>The model of a description, with weights from elsewhere.</summary>
    /// <exception cref="GradException">As of <see cref="Read(ReadOnlyMemory{byte})"/>.</exception>
    public static Mlp ReadDescription(ReadOnlyMemory<byte> utf8, IReadOnlyList<LayerWeights> weights) =>
        JsonText.Read(utf8, root => Read(root, weights));

    public static void Write(Utf8JsonWriter writer, Mlp model, bool withWeights)
    {
        writer.WriteStartObject();
        writer.WriteString("format", Format);
        writer.WriteNumber("version", Version);
        writer.WriteNumber("inputCount", model.InputCount);
        writer.WritePropertyName("layerSizes");
        writer.WriteNumbers([.. model.Layers.Select(layer => (double)layer.OutputCount)]);
        writer.WriteString("activation", model.HiddenActivation.ToString());
        writer.WriteString("outputActivation", model.OutputActivation.ToString());
        writer.WriteBoolean("hasBias", model.HasBias);
        if (model.Schema is { } schema)
        {
            WriteSchema(writer, schema);
        }

        if (model.Training is { } training)
        {
            WriteTraining(writer, training);
        }

        if (withWeights)
        {
            WriteLayers(writer, model);
        }

        writer.WriteEndObject();
    }

    public static Mlp Read(JsonElement root, IReadOnlyList<LayerWeights>? weights)
    {
        JsonText.RequireFormat(root, Format, Version);
        var hasBias = root.GetProperty("hasBias").GetBoolean();
        weights ??= ReadLayers(root.GetProperty("layers"), hasBias);

        // The sizes come from the weights that are really there: a file can't claim more than it holds.
        var model = LayerWeights.BuildModel(
            weights, root.GetProperty("activation").ReadEnum<Activation>(), root.GetProperty("outputActivation").ReadEnum<Activation>());
        var sizes = root.GetProperty("layerSizes").ReadNumbers();
        if (root.GetProperty("inputCount").GetInt32() != model.InputCount
            || !sizes.SequenceEqual(model.Layers.Select(layer => (double)layer.OutputCount))
            || hasBias != model.HasBias)
        {
            throw JsonText.Invalid("its sizes and its weights do not agree");
        }

        if (root.TryGetProperty("schema", out var schema))
        {
            model.Schema = ReadSchema(schema);
            if (model.Schema.InputCount != model.InputCount)
            {
                throw JsonText.Invalid("its features and its inputs do not agree");
            }

            var isBinary = model.Schema.Encoding is TargetEncoding.ZeroOrOne or TargetEncoding.MinusOneOrOne;
            if (isBinary && model.Schema.Classes.Count != 2)
            {
                throw JsonText.Invalid("its one output does not tell two classes apart");
            }

            var outputs = model.Schema.Encoding switch
            {
                TargetEncoding.Numbers => model.Schema.TargetNames.Count,
                TargetEncoding.OneHot => model.Schema.Classes.Count,
                _ => 1,
            };
            if (outputs != model.OutputCount || model.Schema.TargetNames.Count == 0)
            {
                throw JsonText.Invalid("its targets and its outputs do not agree");
            }
        }

        if (root.TryGetProperty("training", out var training))
        {
            model.Training = ReadTraining(training);
        }

        return model;
    }

    private static void WriteLayers(Utf8JsonWriter writer, Mlp model)
    {
        writer.WriteStartArray("layers");
        foreach (var layer in model.Layers)
        {
            writer.WriteStartObject();
            writer.WriteNumberLists("weights", layer.Neurons.Select(neuron => neuron.Weights.Select(weight => weight.Data).ToArray()));
            if (model.HasBias)
            {
                writer.WritePropertyName("biases");
                writer.WriteNumbers([.. layer.Neurons.Select(neuron => neuron.Bias!.Data)]);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static List<LayerWeights> ReadLayers(JsonElement layers, bool hasBias) =>
    [
        .. layers.EnumerateArray().Select(layer => new LayerWeights(
            [.. layer.GetProperty("weights").EnumerateArray().Select(neuron => neuron.ReadNumbers())],
            hasBias ? layer.GetProperty("biases").ReadNumbers() : null)),
    ];

    private static void WriteSchema(Utf8JsonWriter writer, ModelSchema schema)
    {
        writer.WriteStartObject("schema");
        writer.WriteStartArray("features");
        foreach (var feature in schema.Features)
        {
            writer.WriteStartObject();
            writer.WriteString("name", feature.Name);
            if (feature.Categories is { } categories)
            {
                writer.WriteStrings("categories", categories);
            }
            else
            {
                writer.WriteNumber("mean", feature.Mean);
                writer.WriteNumber("scale", feature.Scale);
            }

            writer.WriteOptional("fill", feature.Fill);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("targets");
        foreach (var target in schema.Targets)
        {
            writer.WriteStartObject();
            writer.WriteString("name", target.Name);
            if (schema.Encoding == TargetEncoding.Numbers)
            {
                writer.WriteNumber("mean", target.Mean);
                writer.WriteNumber("scale", target.Scale);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("encoding", schema.Encoding.ToString());
        writer.WriteStrings("classes", schema.Classes);
        writer.WriteBoolean("hasNumericClasses", schema.HasNumericClasses);
        if (schema.Loss is { } loss)
        {
            writer.WriteString("loss", loss.ToString());
        }

        writer.WriteEndObject();
    }

    private static ModelSchema ReadSchema(JsonElement schema) => new(
        [.. schema.GetProperty("features").EnumerateArray().Select(ReadFeature)],
        [.. schema.GetProperty("targets").EnumerateArray().Select(ReadTarget)],
        schema.GetProperty("encoding").ReadEnum<TargetEncoding>(),
        schema.GetProperty("classes").ReadStrings(),
        schema.GetProperty("hasNumericClasses").GetBoolean(),
        schema.TryGetProperty("loss", out var loss) ? loss.ReadEnum<LossKind>() : null);

    private static FeatureColumn ReadFeature(JsonElement feature) => new(feature.GetProperty("name").ReadText())
    {
        Categories = feature.TryGetProperty("categories", out var categories) ? categories.ReadStrings() : null,
        Mean = feature.ReadOptional("mean") ?? 0,
        Scale = ReadScale(feature),
        Fill = feature.ReadOptional("fill"),
    };

    /// <remarks>In version 1 a target is its name alone.</remarks>
    private static PredictedColumn ReadTarget(JsonElement target) => target.ValueKind == JsonValueKind.String
        ? new PredictedColumn(target.ReadText())
        : new PredictedColumn(target.GetProperty("name").ReadText()) { Mean = target.ReadOptional("mean") ?? 0, Scale = ReadScale(target) };

    private static double ReadScale(JsonElement column) => column.ReadOptional("scale") switch
    {
        null => 1,
        > 0 and var scale => scale,
        var scale => throw JsonText.Invalid($"the scale {Cell.Text(scale.Value)} is no positive number"),
    };

    private static void WriteTraining(Utf8JsonWriter writer, TrainingRecord training)
    {
        writer.WriteStartObject("training");
        writer.WriteNumber("epoch", training.Epoch);
        writer.WriteNumber("rows", training.Rows);
        writer.WriteNumber("loss", training.Loss);
        writer.WriteOptional("accuracy", training.Accuracy);
        writer.WriteOptional("validationLoss", training.ValidationLoss);
        writer.WriteOptional("validationAccuracy", training.ValidationAccuracy);
        writer.WriteString("optimizer", training.Optimizer.ToString());
        writer.WriteNumber("learningRate", training.LearningRate);
        writer.WriteNumber("batchSize", training.BatchSize);
        writer.WriteString("seed", training.Seed);
        writer.WriteEndObject();
    }

    private static TrainingRecord ReadTraining(JsonElement training) => new()
    {
        Epoch = training.GetProperty("epoch").GetInt32(),
        Rows = training.GetProperty("rows").GetInt32(),
        Loss = training.GetProperty("loss").ReadFinite(),
        Accuracy = training.ReadOptional("accuracy"),
        ValidationLoss = training.ReadOptional("validationLoss"),
        ValidationAccuracy = training.ReadOptional("validationAccuracy"),
        Optimizer = training.GetProperty("optimizer").ReadEnum<OptimizerKind>(),
        LearningRate = training.GetProperty("learningRate").ReadFinite(),
        BatchSize = training.GetProperty("batchSize").GetInt32(),
        Seed = training.GetProperty("seed").ReadText(),
    };
}
