using System.Globalization;
using MicroGrad.Data;
using MicroGrad.Generators;
using MicroGrad.Inference;

namespace MicroGrad.Exports.Tests;

/// <summary>A model, and rows that its exports are asked.</summary>
/// <param name="Name">What its files are called.</param>
/// <param name="Model">The model.</param>
/// <param name="Rows">The cells of rows, in the order of the model's columns.</param>
public sealed record ExportCase(string Name, Mlp Model, object?[][] Rows)
{
    /// <summary>From which probability on is decided; null for the most probable.</summary>
    public double? Threshold { get; init; }

    /// <summary>What files are written from.</summary>
    internal InferencePlan Plan => InferencePlan.Of(Model, Threshold);

    private static readonly double[] FarAndNear =
        [-800, -90, -38, -7.25, -1, -1e-3, -1e-9, 0, 1e-9, 1e-3, 0.3, 1, 6.5, 38, 90, 800];

    // Names that would end a text, a comment or a page, expand, or be words of a language.
    public static readonly string[] HostileNames =
    [
        "a'b", "it\u2019s\u2018'); New-Item $env:CANARY #", "\"; open(process.env.CANARY); \"", "`$(New-Item $env:CANARY)", "line\nbreak\r\n# */ '''",
        "</script><script>", "{0}%s\\", "class", "host", "InputObject", "Verbose", "\u202Eevil", "emoji \U0001F600", "Größe", "größe ", "x", "error",
        "__proto__", "\"\"\" + open('/x') + \"\"\"", "@{}", "1st", " ", "Prediction_", "names", "marks", "numberMarks", "ErrorActionPreference", "PSCmdlet",
    ];

    public IReadOnlyList<FeatureColumn> Columns => Plan.Columns;

    /// <summary>The names of labels; empty where the model tells none.</summary>
    public IReadOnlyList<string> Labels => Plan.HasLabels ? [.. Plan.Targets.Select(target => target.Name)] : [];

    /// <summary>All cases.</summary>
    public static ExportCase[] All { get; } =
    [
        .. Activations(), Scaled(), Softmax(), Binary(), Truth(), Hinge(), Several(), Numeric(), Marked(), Truths(), TruthNames(), Hostile(),
        .. Thresholds(), Labels3(), .. QuantilesOf(), Dropout(), Dates(), .. DateParts(), Swapped(), Reserved(), .. Files(),
    ];

    /// <summary>A cell as it is given where a column takes no text for a number and no mark for a missing value.</summary>
    public object? Typed(object? cell, int column)
    {
        var (format, kind) = (Plan.Format, Columns[column].Kind);
        return cell switch
        {
            string text when kind == ColumnKind.Category => format.IsMissingCategory(text) ? null : text,
            string text when kind == ColumnKind.Date => format.IsMark(text) ? null : format.TryDate(text, out var date) ? ClockTime.ToDateTime(date) : text,
            string text when bool.TryParse(text, out var truth) => truth,
            string text => format.Read(text) is { Kind: CellKind.Number, Number: var number } ? number : null,
            _ => cell,
        };
    }

    /// <summary>What Invoke-Mlp says of the rows.</summary>
    internal Prediction[] Expected()
    {
        var predictor = new Predictor(Model, [.. Columns.Select(column => column.Name)], Plan.Format, threshold: Threshold);
        for (var r = 0; r < Rows.Length; r++)
        {
            predictor.Add(Rows[r], r + 1);
        }

        return predictor.Predict();
    }

    // One neuron of weight 1, so that its activation is seen alone; and a network of it.
    private static IEnumerable<ExportCase> Activations() => Enum.GetValues<Activation>().SelectMany(activation => new ExportCase[]
    {
        new($"single{activation}", Unit(activation), [.. FarAndNear.Select(x => new object?[] { x })]),
        new($"net{activation}", Random(3, [7, 5, 2], activation), [[0.5, -1.25, 2.0], [-90.0, 90.0, 1.0], [0.0, 0.0, 0.0]]),
    });

    private static Mlp Unit(Activation activation)
    {
        var model = new Mlp(1, [1], outputActivation: activation);
        model.SetParameters([1, 0]);
        return model;
    }

    private static Mlp Random(int inputs, int[] sizes, Activation activation = Activation.Tanh, bool hasBias = true) =>
        new(inputs, sizes, activation, random: new PythonRandom(1), hasBias: hasBias);

    private static ExportCase Scaled()
    {
        var model = Random(5, [6, 1], Activation.Gelu);
        model.Schema = Schema(
            [
                new FeatureColumn("Area") { Mean = 83.25, Scale = 21.5, Fill = -12.5 },
                new FeatureColumn("Rooms") { Mean = 3, Scale = 0.75 },
                new FeatureColumn("Kind") { Categories = ["flat", "house", "1"], Fill = 0 },
            ],
            TargetEncoding.Numbers, [], LossKind.MeanSquaredError, targets: [new("Price") { Mean = 250_000, Scale = 61_234.5 }]);
        return new("price", model, [[100.0, 4, "flat"], [null, 2, "house"], ["75.5", "3", null], [1e3, 3.5, 1], [0, 1, "flat"]]);
    }

    private static ExportCase Softmax()
    {
        var model = Random(2, [8, 4], Activation.Elu);
        model.Schema = Schema(Plain("Length", "Width"), TargetEncoding.OneHot, ["red", "green", "dark blue", "it's"], LossKind.CrossEntropy);
        return new("flower-kind", model, [[1.0, 2.0], [-3.0, 4.0], [800.0, -800.0], [-90.0, 0.0], [0.1, 0.1]]);
    }

    private static ExportCase Binary()
    {
        var model = Random(2, [8, 1], Activation.Silu);
        model.Schema = Schema(Plain("X1", "X2"), TargetEncoding.ZeroOrOne, ["no", "yes"], LossKind.BinaryCrossEntropy);
        return new("binary", model, [[1.0, 2.0], [-3.0, 4.0], [800.0, -800.0], [-90.0, 0.0], [0.1, -0.1]]);
    }

    // A truth value as target is answered as one.
    private static ExportCase Truth()
    {
        var model = Random(2, [8, 1]);
        model.Schema = new ModelSchema(Plain("X1", "X2"), [new PredictedColumn("Y")], TargetEncoding.ZeroOrOne, ["False", "True"], false, LossKind.BinaryCrossEntropy)
        {
            ClassKind = ClassKind.Boolean,
        };
        return new("truth", model, [[1.0, 2.0], [-3.0, 4.0], [3.0, -4.0], [0.1, -0.1]]);
    }

    private static ExportCase Hinge()
    {
        var model = Random(2, [8, 1], hasBias: false);
        model.Schema = Schema(Plain("X1", "X2"), TargetEncoding.MinusOneOrOne, ["-1", "1"], LossKind.Hinge, hasNumericClasses: true);
        return new("hinge", model, [[1.0, 2.0], [-3.0, 4.0], [3.0, -4.0]]);
    }

    private static ExportCase Several()
    {
        var model = Random(1, [3, 2]);
        model.Schema = Schema(Plain("X1"), TargetEncoding.Numbers, [], LossKind.MeanSquaredError, targets: [new("Y1"), new("Y2") { Mean = -7.5, Scale = 3 }]);
        return new("several", model, [[1.0], [-3.0]]);
    }

    private static ExportCase Numeric()
    {
        var model = Random(1, [4, 3]);
        model.Schema = Schema(Plain("X1"), TargetEncoding.OneHot, ["0", "1.5", "2"], LossKind.CrossEntropy, hasNumericClasses: true);
        return new("numeric", model, [[1.0], [-3.0], [0.25]]);
    }

    // Marks of missing values that training was given: of categories too, and one that looks like a number.
    private static ExportCase Marked()
    {
        var model = Random(3, [4, 1]);
        model.Schema = new ModelSchema(
            [new FeatureColumn("Area") { Fill = 2.5 }, new FeatureColumn("Kind") { Categories = ["flat", "house"], Fill = 0 }],
            [new PredictedColumn("Y")], TargetEncoding.Numbers, [], false, LossKind.MeanSquaredError)
        {
            MissingMarks = ["-999", "it's unknown"],
        };
        return new("marked", model, [["1.5", "flat"], ["3", "It's Unknown"], [-999.0, " "], [null, "house"], [" -999 ", "flat"], ["IT'S UNKNOWN", "house"]]);
    }

    // Truth values as a file has them, with the usual marks of missing ones; of categories these are names.
    private static ExportCase Truths()
    {
        var model = Random(4, [4, 1]);
        model.Schema = new ModelSchema(
            [new FeatureColumn("Sunny") { IsBoolean = true, Fill = 0.25 }, new FeatureColumn("Size") { Fill = -1 }, new FeatureColumn("Country") { Categories = ["NA", "DE"] }],
            [new PredictedColumn("Y")], TargetEncoding.Numbers, [], false, LossKind.MeanSquaredError);
        return new("truths", model, [[true, 1.0, "NA"], [false, 2.0, "DE"], [null, null, "NA"], [1, 0.5, "DE"], ["True", "n/a", "NA"], [" false ", "?", "DE"], ["NaN", "-", "DE"]]);
    }

    // Truth values as categories, which training reads as these names.
    private static ExportCase TruthNames()
    {
        var model = Random(2, [4, 1]);
        model.Schema = Schema([new FeatureColumn("Sunny") { Categories = ["False", "True"] }], TargetEncoding.Numbers, [], LossKind.MeanSquaredError);
        return new("truthnames", model, [[true], [false], ["True"], ["False"]]);
    }

    private static ExportCase Hostile()
    {
        var names = HostileNames;
        var model = Random(2 * names.Length, [5, names.Length]);
        model.Schema = Schema(
            [.. names.Select((name, i) => new FeatureColumn(name) { Categories = [name + "1", names[(i + 1) % names.Length]] })],
            TargetEncoding.OneHot, [.. names.Select(name => name == " " ? "other" : name)], LossKind.CrossEntropy);
        object?[] first = [.. names.Select(name => name + "1")];
        return new("if", model, [first, [.. names.Select((name, i) => string.IsNullOrWhiteSpace(names[(i + 1) % names.Length]) ? name + "1" : names[(i + 1) % names.Length])]]);
    }

    // The bound is the probability of a row itself, from which on is decided.
    private static IEnumerable<ExportCase> Thresholds()
    {
        var two = Random(2, [8, 2]);
        two.Schema = Schema(Plain("X1", "X2"), TargetEncoding.OneHot, ["no", "yes"], LossKind.CrossEntropy);
        object?[][] rows = [[1.0, 2.0], [-3.0, 4.0], [3.0, -4.0], [0.1, -0.1]];
        foreach (var threshold in new[] { 0.0, 0.25, 0.6, 1.0 })
        {
            var name = $"threshold{(int)(100 * threshold)}";
            yield return new ExportCase(name, Binary().Model, rows) { Threshold = threshold };
            yield return new ExportCase("two" + name, two, rows) { Threshold = threshold };
            yield return new ExportCase("labels" + name, LabelsModel(["A", "B", "C"]), rows) { Threshold = threshold };
        }
    }

    private static ExportCase Labels3() => new(
        "labels",
        LabelsModel(["__proto__", "it\u2019s'); New-Item $env:CANARY #", "\"; open(process.env.CANARY); \"", "`$(New-Item $env:CANARY)", "</script>", "1", "0", "größe", "label"]),
        [[1.0, 2.0], [-3.0, 4.0], [800.0, -800.0], [-90.0, 0.0], [0.1, -0.1]]);

    // Every second label came as truth values.
    private static Mlp LabelsModel(string[] names)
    {
        var model = Random(2, [8, names.Length], Activation.Elu);
        model.Schema = new ModelSchema(
            Plain("label", "probabilities"), [.. names.Select((name, i) => new PredictedColumn(name) { IsBoolean = i % 2 == 0 })],
            TargetEncoding.Labels, [], false, LossKind.BinaryCrossEntropy);
        return model;
    }

    // Random outputs cross; answers do not.
    private static IEnumerable<ExportCase> QuantilesOf() => new double[][] { [0.9], [0.1, 0.9], [0.05, 0.25, 0.5, 0.75, 0.95] }.Select(quantiles =>
    {
        var model = Random(1, [6, quantiles.Length]);
        model.Schema = new ModelSchema(
            Plain("X"), [new PredictedColumn("Y") { Mean = -3.5, Scale = 2.25 }], TargetEncoding.Numbers, [], false, LossKind.Quantile, quantiles);
        return new ExportCase($"quantiles{quantiles.Length}", model, [[0.0], [1.5], [-2.0], [7.0], [-90.0]]);
    });

    // Exported models answer, and nothing is dropped where a model answers.
    private static ExportCase Dropout()
    {
        var model = Random(2, [16, 8, 1]);
        model.Dropout = 0.5;
        return new ExportCase("dropout", model, [[1.0, 2.0], [-3.0, 4.0]]);
    }

    // Dates as text and as values, by a model that reads all of them.
    private static ExportCase Dates()
    {
        var model = Random(16, [6, 1]);
        DatePart[] all = [DatePart.Trend, DatePart.Hour, DatePart.Weekday, DatePart.DayOfYear];
        model.Schema = new ModelSchema(
            [
                new FeatureColumn("Sold on") { DateParts = all, Origin = new DateTime(1999, 12, 31), Mean = 4000, Scale = 20_000, Fill = 12.5 },
                new FeatureColumn("built") { DateParts = all, Origin = new DateTime(1960, 5, 1), Mean = 100, Scale = 10_000, Fill = 0 },
                new FeatureColumn("Kind") { Categories = ["flat", "house"] },
            ],
            [new PredictedColumn("Price") { Mean = 1000, Scale = 100 }], TargetEncoding.Numbers, [], false, LossKind.MeanSquaredError);
        var random = new Random(1);
        return new ExportCase("dates", model,
        [
            [new DateTime(2000, 1, 1), "1969-12-31T23:59:59.999999", "flat"],
            ["2024-02-29", "1900-02-28 12:30", "house"],
            ["2023-12-31T23:59:59.9999999Z", "2024-12-31T00:00:00+02:00", "flat"],
            [" 2000-02-29t00:00:00,25 -0530 ", "2100-03-01 00:00", "flat"],
            [new DateTime(1999, 12, 31, 23, 59, 59, 999, 999), new DateTime(1970, 1, 1), "flat"],
            [null, " n/a ", "flat"],
            ["?", null, "house"],
            .. Enumerable.Range(0, 200).Select(_ => new object?[] { Any(), Any(), "flat" }),
        ]);

        // To the microsecond, in years that are 285 from 2000 at most; some at midnight.
        object Any()
        {
            var date = new DateTime(1716, 1, 1).AddTicks(10 * (long)(random.NextDouble() * 567 * 365.2425 * 86400e6));
            return random.Next(4) switch { 0 => date.Date, 1 => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), 2 => date.ToString("yyyy-MM-ddTHH:mm:ss.ffffff", CultureInfo.InvariantCulture), _ => date };
        }
    }

    // Each part alone, and dates that must not be missing.
    private static IEnumerable<ExportCase> DateParts() => Enum.GetValues<DatePart>().Select(part =>
    {
        var column = new FeatureColumn("date") { DateParts = [part], Origin = new DateTime(2000, 3, 1), Mean = part == DatePart.Trend ? 3 : 0, Fill = part == DatePart.Weekday ? 2 : null };
        var model = Random(column.Width + 1, [3, 1]);
        model.Schema = Schema([column, new FeatureColumn("size")], TargetEncoding.Numbers, [], LossKind.MeanSquaredError);
        return new ExportCase($"date{part}", model, [[new DateTime(2024, 2, 29, 7, 15, 0), 1.0], ["2023-12-31T18:45:00", 2.0], [part == DatePart.Weekday ? null : new DateTime(2001, 1, 1), 0.5]]);
    });

    // Where a step reads what another has written already, this answers wrongly.
    private static ExportCase Swapped()
    {
        var model = new Mlp(2, [2], outputActivation: Activation.Identity);
        model.SetParameters([0, 1, 1, 0, 0, 0]);
        model.Schema = new ModelSchema(Plain("a", "b"), [new PredictedColumn("Y")], TargetEncoding.Numbers, [], false, LossKind.Quantile, [0.3, 0.6]);
        return new ExportCase("swapped", model, [[1.0, 2.0], [2.0, -5.0]]);
    }

    // Words of all the languages as names of columns, names that become one when they are cleaned, and longer ones than a compiler takes.
    private static ExportCase Reserved()
    {
        string[] names =
        [
            .. "abstract as async await base bool break case catch class const continue def default del delegate do double dynamic elif else".Split(' '),
            .. "enum event except exec extends False finally fixed float for foreach from function global goto if implicit import in int".Split(' '),
            .. "interface internal is lambda let lock long namespace new None nonlocal not null object operator or out override params pass print".Split(' '),
            .. "private protected public raise readonly record ref return sealed self short static string struct switch this throw True try".Split(' '),
            .. "typeof uint unchecked unsafe using var virtual void volatile when where while with yield x p best args input PSBoundParameters names cells".Split(' '),
            "a b", "a-b", "a_b", "A B", "aB", "1", "2nd", "_1", "日本語", "ß", "SS", "ﬁ", "fi", "Ⅷ", new string('n', 3000), new string('n', 3000) + "2", "👍",
        ];
        var model = Random(names.Length, [2, 1]);
        model.Schema = Schema([.. names.Select(name => new FeatureColumn(name))], TargetEncoding.Numbers, [], LossKind.MeanSquaredError);
        return new ExportCase("reserved", model, [[.. names.Select((_, i) => (object?)(i / 100.0))], [.. names.Select((_, i) => (object?)(1 - i % 7))]]);
    }

    // Files whose names are words of a language, or the file's own.
    private static IEnumerable<ExportCase> Files() =>
        "class None zip names weights1 biases1 _layer _is_missing number 1st-model größe arguments Answer math model price.v2 tostring Layer eval constructor".Split(' ')
            .Select(name => Scaled() with { Name = name });

    private static FeatureColumn[] Plain(params string[] names) => [.. names.Select((name, i) => new FeatureColumn(name) { Mean = 0.5 * i, Scale = 1 + i })];

    private static ModelSchema Schema(
        FeatureColumn[] features, TargetEncoding encoding, string[] classes, LossKind loss, bool hasNumericClasses = false, PredictedColumn[]? targets = null) =>
        new(features, targets ?? [new PredictedColumn("Y")], encoding, classes, hasNumericClasses, loss);
}
