using System.Globalization;
using System.Text.Json;
using MicroGrad.Data;

namespace MicroGrad.Persistence;

/// <summary>
/// A model as JSON that a person can read: sizes, activations, weights neuron by neuron that read back to the bit, what
/// inputs and outputs mean, and how the training went. Reading runs no code of the file.
/// </summary>
public static class ModelFile
{
    private const string Format = "MicroGrad.Mlp";
    private const int Version = 1;
    private const string LayersName = "layers";
    private const string UnfoldedName = "unfoldedLayers";
    private const string OriginFormat = "yyyy-MM-dd";

    /// <summary>The file of a model, UTF-8.</summary>
    /// <exception cref="GradException">A weight is not finite (id <c>NotFinite</c>).</exception>
    public static byte[] Write(Mlp model) => JsonText.Write(writer => Write(writer, model));

    /// <summary>
    /// All of the file but the weights, for the header of other formats. These fold the scaling of a model into its first
    /// and last layer, so that the header has these two as they were.
    /// </summary>
    internal static byte[] WriteDescription(Mlp model) => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        WriteHead(writer, model);
        if (model.Schema?.Scaling is not null)
        {
            var layers = LayerWeights.Of(model);
            WriteLayers(writer, UnfoldedName, layers.Count == 1 ? layers : [layers[0], layers[^1]]);
        }

        writer.WriteEndObject();
    });

    /// <summary>The model in a file.</summary>
    /// <exception cref="GradException">The file is not right (ids <c>InvalidModelFile</c>, <c>UnknownFileVersion</c>).</exception>
    public static Mlp Read(ReadOnlyMemory<byte> utf8) => JsonText.Read(utf8, root => Read(root, folded: null));

    /// <summary>The model of a description, with weights from outside, into which a scaling is folded.</summary>
    /// <exception cref="GradException">Those of <see cref="Read(ReadOnlyMemory{byte})"/>.</exception>
    internal static Mlp ReadDescription(ReadOnlyMemory<byte> utf8, IReadOnlyList<LayerWeights> weights) =>
        JsonText.Read(utf8, root => Read(root, weights));

    /// <summary>The schema alone.</summary>
    internal static byte[] Write(ModelSchema schema) => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        WriteSchema(writer, schema);
        writer.WriteEndObject();
    });

    /// <summary>Writes a model as part of a file.</summary>
    public static void Write(Utf8JsonWriter writer, Mlp model)
    {
        writer.WriteStartObject();
        WriteHead(writer, model);
        WriteLayers(writer, LayersName, LayerWeights.Of(model));
        writer.WriteEndObject();
    }

    /// <summary>Reads a model that is part of a file.</summary>
    /// <param name="root">The model.</param>
    /// <param name="folded">Its weights, with a scaling folded into them; null where they are part of the JSON.</param>
    internal static Mlp Read(JsonElement root, IReadOnlyList<LayerWeights>? folded)
    {
        JsonText.RequireFormat(root, Format, Version);
        var hasBias = root.GetProperty("hasBias").GetBoolean();
        var schema = root.TryGetProperty("schema", out var found) ? ReadSchema(found) : null;
        var weights = folded is null ? ReadLayers(root.GetProperty(LayersName), hasBias) : Unfold(root, folded, schema?.Scaling, hasBias);

        // Sizes are those of the actual weights, so that a file can't claim more than it holds.
        var model = LayerWeights.BuildModel(
            weights, root.GetProperty("activation").ReadEnum<Activation>(), root.GetProperty("outputActivation").ReadEnum<Activation>());
        var sizes = root.GetProperty("layerSizes").ReadNumbers();
        if (root.GetProperty("inputCount").GetInt32() != model.InputCount
            || !sizes.SequenceEqual(model.Layers.Select(layer => (double)layer.OutputCount))
            || hasBias != model.HasBias)
        {
            throw JsonText.Invalid("its sizes and its weights do not agree");
        }

        if (root.ReadOptional("dropout") is { } dropout)
        {
            model.Dropout = dropout > 0 && dropout < 1 && model.Layers.Count > 1 ? dropout : throw JsonText.Invalid($"the dropout {Cell.Text(dropout)} is none");
        }

        if (schema is not null)
        {
            RequireFit(model, schema);
            model.Schema = schema;
        }

        if (root.TryGetProperty("training", out var training))
        {
            model.Training = ReadTraining(training);
        }

        return model;
    }

    private static void WriteHead(Utf8JsonWriter writer, Mlp model)
    {
        writer.WriteString("format", Format);
        writer.WriteNumber("version", Version);
        writer.WriteNumber("inputCount", model.InputCount);
        writer.WritePropertyName("layerSizes");
        writer.WriteNumbers([.. model.Layers.Select(layer => (double)layer.OutputCount)]);
        writer.WriteString("activation", model.HiddenActivation.ToString());
        writer.WriteString("outputActivation", model.OutputActivation.ToString());
        writer.WriteBoolean("hasBias", model.HasBias);
        if (model.Dropout > 0)
        {
            writer.WriteNumber("dropout", model.Dropout);
        }

        if (model.Schema is { } schema)
        {
            WriteSchema(writer, schema);
        }

        if (model.Training is { } training)
        {
            WriteTraining(writer, training);
        }
    }

    /// <summary>The layers as they were before a scaling was folded into them, where one was.</summary>
    /// <exception cref="GradException">They are not those of the folded ones (id <c>InvalidModelFile</c>).</exception>
    private static IReadOnlyList<LayerWeights> Unfold(
        JsonElement root, IReadOnlyList<LayerWeights> folded, UnitScaling? scaling, bool hasBias)
    {
        if (scaling is null || !root.TryGetProperty(UnfoldedName, out var unfolded))
        {
            return folded;
        }

        var ends = ReadLayers(unfolded, hasBias);
        LayerWeights[] layers = [.. folded.Select(layer => hasBias ? layer : layer with { Biases = null })];
        (layers[0], layers[^1]) = (ends[0], ends[^1]);
        return LayerWeights.Fold(layers, scaling).Zip(folded, (own, given) => own.HasNumbersOf(given)).All(isSame => isSame)
            ? layers
            : throw JsonText.Invalid("its weights were changed after its description was written");
    }

    private static void RequireFit(Mlp model, ModelSchema schema)
    {
        if (schema.InputCount != model.InputCount)
        {
            throw JsonText.Invalid("its features and its inputs do not agree");
        }

        var isBinary = schema.Encoding is TargetEncoding.ZeroOrOne or TargetEncoding.MinusOneOrOne;
        if (isBinary && schema.Classes.Count != 2)
        {
            throw JsonText.Invalid("its one output does not tell two classes apart");
        }

        if (schema.Quantiles.Count > 0 != (schema.Loss == LossKind.Quantile) || (schema.Quantiles.Count > 0 && schema.TargetNames.Count != 1))
        {
            throw JsonText.Invalid("its quantiles and its loss do not agree");
        }

        if (schema.OutputCount != model.OutputCount || schema.TargetNames.Count == 0)
        {
            throw JsonText.Invalid("its targets and its outputs do not agree");
        }

        // A row has one column of a name, whatever its case.
        if (schema.TargetNames.Distinct(StringComparer.OrdinalIgnoreCase).Count() < schema.TargetNames.Count)
        {
            throw JsonText.Invalid("two of its targets have the same name");
        }

        RequireClasses(schema);
    }

    private static void RequireClasses(ModelSchema schema)
    {
        if (!schema.HasClasses && schema.Classes.Count > 0)
        {
            throw JsonText.Invalid("it has classes, and predicts none");
        }

        var comparer = schema.ClassKind == ClassKind.Boolean ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
        if (schema.Classes.Distinct(comparer).Count() < schema.Classes.Count)
        {
            throw JsonText.Invalid("two of its classes are the same");
        }

        if (schema.Classes.FirstOrDefault(name => !IsOfKind(name, schema.ClassKind)) is { } wrong)
        {
            throw JsonText.Invalid($"its classes are {(schema.ClassKind == ClassKind.Number ? "numbers" : "truth values")}, and '{wrong}' is none");
        }
    }

    private static bool IsOfKind(string name, ClassKind kind) => kind switch
    {
        ClassKind.Number => NumberReader.TryRead(name, out var number) && double.IsFinite(number),
        ClassKind.Boolean => bool.TryParse(name, out _),
        _ => true,
    };

    private static void WriteLayers(Utf8JsonWriter writer, string name, IEnumerable<LayerWeights> layers)
    {
        writer.WriteStartArray(name);
        foreach (var layer in layers)
        {
            writer.WriteStartObject();
            writer.WriteNumberLists("weights", layer.Weights);
            if (layer.Biases is { } biases)
            {
                writer.WritePropertyName("biases");
                writer.WriteNumbers(biases);
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
                if (feature.IsBoolean)
                {
                    writer.WriteBoolean("isBoolean", true);
                }

                if (feature.DateParts.Count > 0)
                {
                    writer.WriteStrings("dateParts", [.. feature.DateParts.Select(part => part.ToString())]);
                    writer.WriteString("origin", feature.Origin.ToString(OriginFormat, CultureInfo.InvariantCulture));
                }

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
            if (!target.IsScaled && !target.IsBoolean)
            {
                writer.WriteStringValue(target.Name);
                continue;
            }

            writer.WriteStartObject();
            writer.WriteString("name", target.Name);
            if (target.IsBoolean)
            {
                writer.WriteBoolean("isBoolean", true);
            }
            else
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
        if (schema.ClassKind == ClassKind.Boolean)
        {
            writer.WriteBoolean("hasBooleanClasses", true);
        }

        if (schema.IsPlanned)
        {
            writer.WriteBoolean("isPlanned", true);
        }

        if (schema.MissingValue != MissingValuePolicy.Error)
        {
            writer.WriteString("missingValue", schema.MissingValue.ToString());
        }

        if (schema.MissingMarks is { } marks)
        {
            writer.WriteStrings("missingMarks", marks);
        }

        if (schema.Loss is { } loss)
        {
            writer.WriteString("loss", loss.ToString());
        }

        if (schema.Quantiles.Count > 0)
        {
            writer.WritePropertyName("quantiles");
            writer.WriteNumbers([.. schema.Quantiles]);
        }

        writer.WriteEndObject();
    }

    private static ModelSchema ReadSchema(JsonElement schema) => new(
        [.. schema.GetProperty("features").EnumerateArray().Select(ReadFeature)],
        [.. schema.GetProperty("targets").EnumerateArray().Select(ReadTarget)],
        schema.GetProperty("encoding").ReadEnum<TargetEncoding>(),
        schema.GetProperty("classes").ReadStrings(),
        schema.GetProperty("hasNumericClasses").GetBoolean(),
        schema.TryGetProperty("loss", out var loss) ? loss.ReadEnum<LossKind>() : null,
        schema.TryGetProperty("quantiles", out var quantiles) ? ReadQuantiles(quantiles) : null)
    {
        ClassKind = ReadClassKind(schema),
        IsPlanned = schema.TryGetProperty("isPlanned", out var isPlanned) && isPlanned.GetBoolean(),
        MissingValue = schema.TryGetProperty("missingValue", out var missing) ? missing.ReadEnum<MissingValuePolicy>() : MissingValuePolicy.Error,
        MissingMarks = schema.TryGetProperty("missingMarks", out var marks) ? marks.ReadStrings() : null,
    };

    private static double[] ReadQuantiles(JsonElement quantiles)
    {
        try
        {
            return Quantiles.Require(quantiles.ReadNumbers());
        }
        catch (GradException error)
        {
            throw JsonText.Invalid("its quantiles are not valid", error);
        }
    }

    private static ClassKind ReadClassKind(JsonElement schema) =>
        schema.TryGetProperty("hasBooleanClasses", out var areBooleans) && areBooleans.GetBoolean() ? ClassKind.Boolean
        : schema.GetProperty("hasNumericClasses").GetBoolean() ? ClassKind.Number
        : ClassKind.Text;

    private static FeatureColumn ReadFeature(JsonElement feature) => new(feature.GetProperty("name").ReadText())
    {
        Categories = feature.TryGetProperty("categories", out var categories) ? categories.ReadStrings() : null,
        IsBoolean = feature.TryGetProperty("isBoolean", out var isBoolean) && isBoolean.GetBoolean(),
        DateParts = feature.TryGetProperty("dateParts", out var parts) ? [.. parts.EnumerateArray().Select(part => part.ReadEnum<DatePart>())] : [],
        Origin = feature.TryGetProperty("origin", out var origin) ? ReadOrigin(origin.ReadText()) : default,
        Mean = feature.ReadOptional("mean") ?? 0,
        Scale = ReadScale(feature),
        Fill = feature.ReadOptional("fill"),
    };

    /// <remarks>A target that is neither scaled nor made of truth values is written as its name.</remarks>
    private static PredictedColumn ReadTarget(JsonElement target) => target.ValueKind == JsonValueKind.String
        ? new PredictedColumn(target.ReadText())
        : new PredictedColumn(target.GetProperty("name").ReadText())
        {
            Mean = target.ReadOptional("mean") ?? 0,
            Scale = ReadScale(target),
            IsBoolean = target.TryGetProperty("isBoolean", out var isBoolean) && isBoolean.GetBoolean(),
        };

    private static double ReadScale(JsonElement column) => column.ReadOptional("scale") switch
    {
        null => 1,
        > 0 and var scale => scale,
        var scale => throw JsonText.Invalid($"the scale {Cell.Text(scale.Value)} is no positive number"),
    };

    private static DateTime ReadOrigin(string text) =>
        DateTime.TryParseExact(text, OriginFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var origin)
            ? origin
            : throw JsonText.Invalid("the day from which a column counts is no date");

    private static void WriteTraining(Utf8JsonWriter writer, TrainingRecord training)
    {
        writer.WriteStartObject("training");
        writer.WriteNumber("epoch", training.Epoch);
        writer.WriteNumber("rows", training.Rows);
        if (training.ValidationRows > 0)
        {
            writer.WriteNumber("validationRows", training.ValidationRows);
        }

        writer.WriteFigure("loss", training.Loss);
        writer.WriteOptional("accuracy", training.Accuracy);
        if (training.ValidationLoss is { } validationLoss)
        {
            writer.WriteFigure("validationLoss", validationLoss);
        }

        writer.WriteOptional("validationAccuracy", training.ValidationAccuracy);
        writer.WriteString("optimizer", training.Optimizer.ToString());
        writer.WriteNumber("learningRate", training.LearningRate);
        writer.WriteNumber("batchSize", training.BatchSize);
        writer.WriteString("seed", training.Seed);
        if (training.Settings.Length > 0)
        {
            writer.WriteString("settings", training.Settings);
        }

        writer.WriteEndObject();
    }

    private static TrainingRecord ReadTraining(JsonElement training) => new()
    {
        Epoch = training.GetProperty("epoch").GetInt32(),
        Rows = training.GetProperty("rows").GetInt32(),
        Loss = training.GetProperty("loss").ReadFigure(),
        Accuracy = training.ReadOptional("accuracy"),
        ValidationLoss = training.TryGetProperty("validationLoss", out var validationLoss) ? validationLoss.ReadFigure() : null,
        ValidationAccuracy = training.ReadOptional("validationAccuracy"),
        Optimizer = training.GetProperty("optimizer").ReadEnum<OptimizerKind>(),
        LearningRate = training.GetProperty("learningRate").ReadFinite(),
        BatchSize = training.GetProperty("batchSize").GetInt32(),
        Seed = training.GetProperty("seed").ReadText(),
        ValidationRows = training.TryGetProperty("validationRows", out var validationRows) ? validationRows.GetInt32() : 0,
        Settings = training.TryGetProperty("settings", out var settings) ? settings.ReadText() : string.Empty,
    };
}
