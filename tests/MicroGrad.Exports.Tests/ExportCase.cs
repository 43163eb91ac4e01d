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
    private static readonly double[] FarAndNear =
        [-800, -90, -38, -7.25, -1, -1e-3, -1e-9, 0, 1e-9, 1e-3, 0.3, 1, 6.5, 38, 90, 800];

    // Names that would end a text, a comment or a page, expand, or be words of a language.
    public static readonly string[] HostileNames =
    [
        "a'b", "it\u2019s\u2018'); New-Item $env:CANARY #", "\"; open(process.env.CANARY); \"", "`$(New-Item $env:CANARY)", "line\nbreak\r\n# */ '''",
        "</script><script>", "{0}%s\\", "class", "host", "InputObject", "Verbose", "\u202Eevil", "emoji \U0001F600", "Größe", "größe ", "x", "error",
        "__proto__", "\"\"\" + open('/x') + \"\"\"", "@{}", "1st", " ", "Prediction_", "names", "marks", "numberMarks", "ErrorActionPreference", "PSCmdlet",
    ];

    public IReadOnlyList<FeatureColumn> Columns => InferencePlan.Of(Model).Columns;

    /// <summary>All cases.</summary>
    public static ExportCase[] All { get; } = [.. Activations(), Scaled(), Softmax(), Binary(), Truth(), Hinge(), Several(), Numeric(), Marked(), Truths(), Hostile()];

    /// <summary>A cell as it is given where a column takes no text for a number and no mark for a missing value.</summary>
    public object? Typed(object? cell, int column)
    {
        var (format, isCategory) = (InferencePlan.Of(Model).Format, Columns[column].Categories is not null);
        return cell switch
        {
            string text when isCategory => format.IsMissingCategory(text) ? null : text,
            string text when bool.TryParse(text, out var truth) => truth,
            string text => format.Read(text) is { Kind: CellKind.Number, Number: var number } ? number : null,
            _ => cell,
        };
    }

    /// <summary>What Invoke-Mlp says of the rows.</summary>
    internal Prediction[] Expected()
    {
        var predictor = new Predictor(Model, [.. Columns.Select(column => column.Name)], InferencePlan.Of(Model).Format);
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

    private static FeatureColumn[] Plain(params string[] names) => [.. names.Select((name, i) => new FeatureColumn(name) { Mean = 0.5 * i, Scale = 1 + i })];

    private static ModelSchema Schema(
        FeatureColumn[] features, TargetEncoding encoding, string[] classes, LossKind loss, bool hasNumericClasses = false, PredictedColumn[]? targets = null) =>
        new(features, targets ?? [new PredictedColumn("Y")], encoding, classes, hasNumericClasses, loss);
}
