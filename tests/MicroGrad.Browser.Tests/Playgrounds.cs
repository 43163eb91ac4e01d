using MicroGrad.Data;
using MicroGrad.Datasets;
using MicroGrad.Generators;
using MicroGrad.Rendering;
using MicroGrad.Rendering.Html;
using MicroGrad.Training;
using Microsoft.Playwright;

namespace MicroGrad.Browser.Tests;

/// <summary>A playground with what it was made of, so that the engine can train the same.</summary>
internal sealed record Playground(Mlp Model, SampleTable Table, PlaygroundOptions Options)
{
    /// <summary>The page.</summary>
    public string Html => PlaygroundWriter.Write(Model, Table, Options);

    /// <summary>The losses of a training in the engine, epoch by epoch, and the model that came out.</summary>
    public (EpochResult[] Epochs, Mlp Model) Train(int epochs, Func<TrainingOptions, TrainingOptions>? change = null, Mlp? model = null)
    {
        var schema = Model.Schema!;
        var copy = (model ?? Model).WithSchema(schema);
        var (training, validation) = Split(Table, Options);
        var samples = schema.Encode(Table, training, copy.OutputCount);
        var held = validation.Length > 0 ? schema.Encode(Table, validation, copy.OutputCount) : null;
        var options = Options.Training with { Epochs = epochs, Threads = 1 };
        var trainer = new Trainer(
            copy, schema, samples, schema.Loss!.Value.Create(), change is null ? options : change(options), held);
        return ([.. trainer.Run(CancellationToken.None)], copy);
    }

    public static (int[] Training, int[] Validation) Split(SampleTable table, PlaygroundOptions options) => options.ValidationFraction > 0
        ? ValidationSplit.Draw(table, options.ValidationFraction, table.Targets[0].AreClasses, options.Training.Seed)
        : ([.. Enumerable.Range(0, table.Count)], []);
}

/// <summary>The playgrounds that tests open.</summary>
internal static class Playgrounds
{
    /// <summary>Kinds of rows and models, by a name each.</summary>
    public static readonly IReadOnlyDictionary<string, Func<Playground>> All = new Dictionary<string, Func<Playground>>
    {
        ["moons"] = () => Make(Network(2, 8, 8, 1), ["X1", "X2"], "Label", Moons(300), 0.2),
        ["numbers for classes"] = () => Make(Network(2, 4, 1), ["X1", "X2"], "Label", Points(100), 0),
        ["numbers as classes"] = () => Make(Network(2, 4, 1), ["X1", "X2"], "Label", Points(60), 0.2, loss: LossKind.Hinge),
        ["one input"] = () => Make(Network(1, 6, 1), ["Hour"], "Load", Wave(80), 0.2, isScaled: true),
        ["one input, two classes"] = () => Make(Network(1, 3, 1), ["Hour"], "State", Enumerable.Range(0, 60).Select(i => new object?[] { i / 8.0, i is > 20 and < 40 ? "busy" : "idle" }), 0),
        ["four inputs, three classes"] = () => Make(Network(4, 8, 3), ["Length", "Width", "Petal length", "Petal width"], "Kind", Flowers(), 0.2, isScaled: true),
        ["categories"] = () => Make(Network(5, 5, 1), ["Size", "Disk", "Age"], "Fails", Disks(), 0.2, isScaled: true, categorical: "Disk"),
        ["only categories"] = () => Make(Network(3, 3, 1), ["Disk"], "Fails", Disks().Select(row => new[] { row[1], row[3] }), 0, categorical: "Disk"),
        ["dates"] = () => Make(Network(8, 6, 1), ["When", "Load"], "Slow", Times(), 0.2, isScaled: true),
        ["a number as target"] = () => Make(Network(2, 8, 1), ["Size", "Age"], "Price", Prices(), 0.2, isScaled: true),
        ["two numbers as targets"] = () => Make(Network(2, 8, 2), ["Size", "Age"], "Price,Tax", Prices().Select(row => row.Append(0.1 * (double)row[2]!).ToArray()), 0),
        ["nine classes"] = () => Make(Network(2, 16, 9), ["X", "Y"], "Group", Groups(), 0.2),
        ["a class of one row"] = () => Make(Network(2, 4, 2), ["X1", "X2"], "Label", Moons(20).Append([0.0, 0.0, "alone"]), 0, outputs: 3),
        ["2,000 rows, 32 neurons"] = () => Make(Network(2, 32, 32, 1), ["X1", "X2"], "Label", Moons(2000), 0.2),
        ["six layers"] = () => Make(Network(4, 4, 4, 4, 4, 4, 4, 3), ["Length", "Width", "Petal length", "Petal width"], "Kind", Flowers(), 0.2),
        ["pets"] = () => Make(Network(5, 8, 3), ["Weight", "Ears", "Colour"], "Kind", Pets(), 0, isScaled: true, categorical: "Colour", missing: MissingValuePolicy.Mean),
        ["no hidden layer"] = () => Make(Network(2, 1), ["X1", "X2"], "Label", Moons(50), 0),
    };

    public static BrowserNewPageOptions Window(int width = 1280, int height = 800, ColorScheme scheme = ColorScheme.Light, bool isCalm = false) => new()
    {
        ViewportSize = new ViewportSize { Width = width, Height = height },
        ColorScheme = scheme,
        ReducedMotion = isCalm ? ReducedMotion.Reduce : ReducedMotion.NoPreference,
        AcceptDownloads = true,
    };

    public static Mlp Network(int inputs, params int[] layers) =>
        new(inputs, layers, Activation.Tanh, Activation.Identity, Initialization.Default, new PythonRandom(3));

    public static Playground Make(
        Mlp model,
        string[] features,
        string targets,
        IEnumerable<object?[]> rows,
        double validation,
        bool isScaled = false,
        string? categorical = null,
        LossKind? loss = null,
        int batch = 32,
        int? outputs = null,
        string? title = null,
        OptimizerKind optimizer = OptimizerKind.Adam,
        double? rate = null,
        MissingValuePolicy missing = MissingValuePolicy.Error)
    {
        model = outputs is { } count ? Network(model.InputCount, model.Layers[0].OutputCount, count) : model;
        var builder = new TableBuilder(CellFormat.Invariant);
        ColumnBuilder[] columns =
        [
            .. features.Select(name => builder.AddFeature(name, name == categorical ? ColumnKind.Category : null)),
            .. targets.Split(',').Select(builder.AddTarget),
        ];
        foreach (var row in rows)
        {
            foreach (var (column, cell) in columns.Zip(row))
            {
                column.Add(cell);
            }

            builder.EndRows(builder.Count + 1);
        }

        var table = builder.Build(new TableRules
        {
            OutputCount = model.OutputCount,
            MissingValue = missing,
            TargetsAreClasses = loss is null ? null : loss.Value.Create().Encoding != TargetEncoding.Numbers,
        });
        var options = new PlaygroundOptions
        {
            Title = title,
            ValidationFraction = validation,
            IsScaled = isScaled,
            RowArguments = $"-Target {targets}",
            Training = new TrainingOptions { BatchSize = batch, LearningRate = rate, Optimizer = new OptimizerOptions { Kind = optimizer } },
        };
        var schema = SchemaLearner.Learn(model, table, Playground.Split(table, options).Training, loss, standardize: isScaled);
        return new Playground(model.WithSchema(schema), table, options);
    }

    public static IEnumerable<object?[]> Points(int count) => DatasetGenerator
        .Create(DatasetKind.Moons, count, 0.1, DatasetGenerator.Generator(DatasetKind.Moons, 1))
        .Select(point => new object?[] { point.X[0], point.X[1], point.Label });

    public static IEnumerable<object?[]> Moons(int count) =>
        Points(count).Select(row => new[] { row[0], row[1], (double)row[2]! > 0 ? "upper" : "lower" });

    public static IEnumerable<object?[]> Flowers()
    {
        var random = new PythonRandom(1);
        return Enumerable.Range(0, 90).Select(i => new object?[]
        {
            5 + i % 3 + 0.5 * random.Gauss(), 3 + 0.3 * random.Gauss(), 1.5 + 2 * (i % 3) + 0.4 * random.Gauss(), 0.2 + i % 3 + 0.2 * random.Gauss(),
            new[] { "setosa", "versicolor", "virginica" }[i % 3],
        });
    }

    private static IEnumerable<object?[]> Wave(int count)
    {
        var random = new PythonRandom(2);
        return Enumerable.Range(0, count).Select(i => new object?[] { i / 8.0, 50 + 20 * Math.Sin(i / 10.0) + 3 * random.Gauss() });
    }

    private static IEnumerable<object?[]> Disks()
    {
        var random = new PythonRandom(3);
        return Enumerable.Range(0, 200).Select(i =>
        {
            var (size, age) = (random.Uniform(0, 5), random.Uniform(0, 10));
            return new object?[] { size, new[] { "ssd", "hdd", "tape" }[i % 3], age, age + 2 * (i % 3) + size > 9 ? "yes" : "no" };
        });
    }

    // Dates of which time of day, weekday and the day itself differ; at nights and on weekends it is slow.
    private static IEnumerable<object?[]> Times()
    {
        var random = new PythonRandom(6);
        return Enumerable.Range(0, 150).Select(i =>
        {
            var (time, load) = (new DateTime(2024, 2, 1, 0, 30, 0).AddHours(5 * i), random.Uniform(0, 1));
            return new object?[] { time, load, time.Hour < 7 || load > 0.8 ? "yes" : "no" };
        });
    }

    // Animals of three kinds; the weight of the first is missing.
    private static IEnumerable<object?[]> Pets()
    {
        var random = new PythonRandom(7);
        return Enumerable.Range(0, 45).Select(i => new object?[]
        {
            i == 0 ? null : 3 + 8 * (i % 3) + random.Gauss(), 6 + 2 * (i / 3 % 3) + random.Gauss(),
            new[] { "brown", "white", "black" }[i / 5 % 3], new[] { "rabbit", "cat", "dog" }[i % 3],
        });
    }

    private static IEnumerable<object?[]> Prices()
    {
        var random = new PythonRandom(4);
        return Enumerable.Range(0, 120).Select(i =>
        {
            var (size, age) = (random.Uniform(40, 200), random.Uniform(0, 10));
            return new object?[] { size, age, 10 * size - 30 * age + 40 * random.Gauss() };
        });
    }

    private static IEnumerable<object?[]> Groups()
    {
        var random = new PythonRandom(5);
        return Enumerable.Range(0, 270).Select(i => new object?[] { i % 3 + 0.25 * random.Gauss(), i / 3 % 3 + 0.25 * random.Gauss(), $"group {(i % 9) + 1}" });
    }
}
