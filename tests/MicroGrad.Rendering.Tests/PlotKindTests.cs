using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MicroGrad.Data;
using MicroGrad.Generators;
using MicroGrad.Inference;
using MicroGrad.Rendering.Html;
using MicroGrad.Rendering.Plots;
using MicroGrad.Rendering.Text;
using MicroGrad.Training;
using Xunit;

namespace MicroGrad.Rendering.Tests;

/// <summary>Figures beside losses, boundaries, predictions and functions, drawn as SVG and as text.</summary>
public class PlotKindTests
{
    private const string Hostile = "<b>&\u001b[31m]]>";

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static readonly string[] Classes = ["low", Hostile, "high"];

    public static TheoryData<string> Kinds => [.. Figures().Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_figure_is_valid_xml_without_numbers_that_are_none(string kind)
    {
        var options = new PlotOptions { Width = 500, Height = 300, Title = Hostile };
        var svg = XDocument.Parse(PlotRenderer.Draw(Figures()[kind], options)).Root!;

        Assert.Equal("500", svg.Attribute("width")!.Value);
        Assert.DoesNotContain("NaN", svg.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("∞", svg.ToString(), StringComparison.Ordinal);
        Assert.Equal(svg.ToString(), Examples.UnderCommaCulture(() => XDocument.Parse(PlotRenderer.Draw(Figures()[kind], options)).Root!.ToString()));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_figure_finds_a_place_in_a_terminal_of_80_columns(string kind)
    {
        foreach (var width in new[] { 30, 80 })
        {
            foreach (var useColor in new[] { false, true })
            {
                var text = TextPlotRenderer.Draw(Figures()[kind], new TextPlotOptions { Width = width, UseColor = useColor });
                var lines = Regex.Replace(text, "\u001b\\[[0-9;]*m", string.Empty).Split('\n');
                Assert.All(lines, line => Assert.True(LabelText.Cells(line) <= width, line));
                Assert.InRange(lines.Length, 18, 28);
                Assert.DoesNotContain('\u001b', string.Concat(lines));
            }
        }
    }

    [Fact]
    public void A_confusion_matrix_has_actual_classes_from_the_top_down_and_predicted_ones_across()
    {
        var svg = Drawn(ConfusionPlot.Of(Matrix([(0, 0, 5), (0, 2, 3), (2, 2, 4)])));
        var (five, three, four) = (PlaceOf(svg, "5"), PlaceOf(svg, "3"), PlaceOf(svg, "4"));

        Assert.Equal(five.Y, three.Y);
        Assert.Equal(three.X, four.X);
        Assert.True(five.X < three.X && three.Y < four.Y);
        Assert.Contains("accuracy 75.0%", TextsOf(svg));

        // The strength of a cell is the share of its actual class.
        var opacities = svg.Descendants(Svg + "rect").Where(e => e.Attribute("class")?.Value.StartsWith("cell", StringComparison.Ordinal) == true)
            .Select(e => Number(e, "fill-opacity")).ToArray();
        Assert.Equal(5.0 / 3, opacities[0] / opacities[2], 0.05);
        Assert.Equal(0, opacities[4]);
    }

    [Fact]
    public void A_confusion_of_labels_has_two_rows_a_label()
    {
        var measured = MeasuredLabels();
        var svg = Drawn(ConfusionPlot.Of(measured)!);
        var texts = TextsOf(svg);

        // Of the rows with b, 3 were decided to have it and 1 was not; of a, 2 of 4 were right, 1 on either side.
        Assert.Contains("without a", texts);
        Assert.Contains("with b", texts);
        Assert.Contains("accuracy 62.5%", texts);
        Assert.Equal(8, svg.Descendants(Svg + "rect").Count(e => e.Attribute("class")?.Value.StartsWith("cell", StringComparison.Ordinal) == true));
        var (right, wrong) = (PlaceOf(svg, "3"), PlaceOf(svg, "1"));
        Assert.NotEqual(right.Y, wrong.Y);
        Assert.Null(ConfusionPlot.Of(new MlpMeasurement { Count = 1 }));
    }

    [Fact]
    public void Labels_have_a_curve_each()
    {
        var samples = new Samples(4, 1, 2, hasClasses: false);
        new double[] { 1, 0, 0, 1, 1, 1, 0, 1 }.CopyTo(samples.Targets, 0);
        var scores = ClassScores.OfLabels(samples, [2, 1, 1, 2, 3, 3, -1, -1]);
        Assert.Equal([0, 1], scores.Shown);
        Assert.True(scores.AreProbabilities);
        var texts = TextsOf(Drawn(ClassCurves.Roc(["a", "b"], scores)));
        Assert.Contains("a (AUC 1.000)", texts);
        Assert.Contains("b (AUC 0.667)", texts);
        Assert.Contains(TextsOf(Drawn(ClassCurves.Calibration(["a", "b"], scores))), text => text.StartsWith("b (Brier", StringComparison.Ordinal));
    }

    [Fact]
    public void A_roc_curve_goes_through_its_points()
    {
        // Scores .9 + .8 - .7 + .1 -: half of the others are above the last row of the class.
        var figure = ClassCurves.Roc(["no", "yes"], Scores(LossKind.BinaryCrossEntropy, [0.9, 0.8, 0.7, 0.1], [1, 0, 1, 0]));
        var points = PointsOf(Drawn(figure), figure, "curve s0");

        Assert.Equal([(0, 0), (0, 0.5), (0.5, 0.5), (0.5, 1), (1, 1)], points.Distinct());
        Assert.Contains("yes (AUC 0.750)", TextsOf(Drawn(figure)));
    }

    [Fact]
    public void A_precision_recall_curve_goes_in_steps()
    {
        var figure = ClassCurves.PrecisionRecall(["no", "yes"], Scores(LossKind.BinaryCrossEntropy, [0.9, 0.8, 0.7, 0.1], [1, 0, 1, 0]));
        var points = PointsOf(Drawn(figure), figure, "curve s0").Select(point => (point.X, Math.Round(point.Y, 2)));

        Assert.Equal([(1, 0.5), (1, 0.67), (0.5, 0.67), (0.5, 0.5), (0.5, 1), (0, 1)], points.Distinct());
        Assert.Contains("yes (AP 0.833)", TextsOf(Drawn(figure)));
    }

    [Fact]
    public void Classes_without_rows_have_no_curve_and_are_named()
    {
        var scores = Scores(LossKind.CrossEntropy, [0.9, 0.8, 0.7, 0.1], [0, 0, 2, 2]);
        var texts = TextsOf(Drawn(ClassCurves.Roc(Classes, scores)));

        Assert.Equal(2, texts.Count(text => text.Contains("(AUC", StringComparison.Ordinal)));
        Assert.Contains(texts, text => text.StartsWith("without rows", StringComparison.Ordinal));
    }

    [Fact]
    public void What_has_no_curve_is_refused()
    {
        Assert.Equal("TargetMismatch", Id(() => ClassCurves.Roc(["no", "yes"], Scores(LossKind.BinaryCrossEntropy, [0.5, 0.6], [1, 1]))));
        Assert.Equal("TargetMismatch", Id(() => ClassCurves.PrecisionRecall(["no", "yes"], Scores(LossKind.BinaryCrossEntropy, [0.5, 0.6], [0, 0]))));
        Assert.Equal("NoProbabilities", Id(() => ClassCurves.Calibration(["no", "yes"], Scores(LossKind.Hinge, [0.5, 0.6], [0, 1]))));
        Assert.Equal("NotPositive", Id(() => LearningRatePlot.Of([new LearningRatePoint(1, 0.1, 0, 0)], isLogarithmic: true)));

        static string Id(Action action) => Assert.Throws<GradException>(action).ErrorId;
    }

    [Fact]
    public void Residuals_are_targets_less_predictions()
    {
        var figure = ResidualsPlot.Of(["Price", "Cost"], [1, 10, 2, 20], [0.5, 12, 2, 20], 4, []);

        Assert.Equal((-2 * 1.04) + (0.5 * 0.04 * -1), figure.Y.Min, 0.1);
        Assert.Contains(TextsOf(Drawn(figure)), text => text.StartsWith("Cost (RMSE 1.414)", StringComparison.Ordinal));
    }

    [Fact]
    public void Importances_stand_from_the_largest_down_and_the_smallest_of_many_are_counted()
    {
        var many = Enumerable.Range(0, 40).Select(i => Importance($"c{i}", i, 0)).ToArray();
        var figure = ImportancePlot.Of(many);
        var svg = Drawn(figure);

        Assert.Equal(24, figure.Y.Names!.Count);
        Assert.Equal("c39", figure.Y.Names[0]);
        Assert.Contains("16 more, each less than 16.0000", TextsOf(svg));
        var bars = svg.Descendants(Svg + "rect").Where(e => e.Attribute("class")?.Value == "f0").Select(e => Number(e, "width")).ToArray();
        Assert.Equal(39.0 / 16, bars[0] / bars[^1], 0.01);
    }

    [Fact]
    public void A_bar_of_a_column_that_does_harm_goes_to_the_left()
    {
        var svg = Drawn(ImportancePlot.Of([Importance("good", 2, 0.5), Importance("bad", -1, 0)]));
        var bars = svg.Descendants(Svg + "rect").Where(e => e.Attribute("class")?.Value == "f0").ToArray();

        Assert.Equal(Number(bars[0], "x"), Number(bars[1], "x") + Number(bars[1], "width"), 0.1);
        Assert.Single(svg.Descendants(Svg + "path"), e => e.Attribute("class")?.Value == "whisker");
    }

    [Fact]
    public void The_weights_of_a_layer_add_up_to_all_of_them()
    {
        var model = new Mlp(3, [5, 2], random: new PythonRandom(1));
        var figure = WeightsPlot.Of(model);
        var points = PointsOf(Drawn(figure), figure, "curve s0");

        // Each bin has a point at both of its ends.
        var width = points.Zip(points.Skip(1), (a, b) => b.X - a.X).Where(step => step > 1e-6).Min();
        Assert.Equal(100, points.Zip(points.Skip(1), (a, b) => a.Y * Math.Round((b.X - a.X) / width)).Sum(), 1.0);
        model.Parameters[0].Data = double.NaN;
        Assert.Contains("1 not finite", TextsOf(Drawn(WeightsPlot.Of(model))));
    }

    [Fact]
    public void A_sweep_marks_the_rate_that_is_suggested()
    {
        var svg = Drawn(Figures()["sweep"]);
        Assert.Contains("suggested 0.0100", TextsOf(svg));
        Assert.Equal(2, svg.Descendants(Svg + "path").Count(e => e.Attribute("class")?.Value == "guide"));
    }

    private static Dictionary<string, Figure> Figures()
    {
        double[] values = [1, 2, 3];
        double[][] averages = [[0.1, 0.5, 0.4], [0.3, 0.4, 0.3], [0.6, 0.2, 0.2]];
        var scores = Scores(LossKind.CrossEntropy, [.. Enumerable.Range(0, 60).Select(i => (i * 37 % 60) / 60.0)], [.. Enumerable.Range(0, 60).Select(i => i % 3)]);
        var model = new Mlp(2, [4, 4, 3], random: new PythonRandom(1));
        return new Dictionary<string, Figure>
        {
            ["confusion"] = ConfusionPlot.Of(Matrix([(0, 0, 5), (0, 2, 3), (1, 1, 70000), (2, 2, 4)])),
            ["confusion of many"] = ConfusionPlot.Of(Matrix([(0, 3, 1), (19, 19, 2000)], [.. Enumerable.Range(0, 20).Select(i => $"class {i}")])),
            ["confusion of labels"] = ConfusionPlot.Of(MeasuredLabels())!,
            ["roc"] = ClassCurves.Roc(Classes, scores),
            ["precision"] = ClassCurves.PrecisionRecall(Classes, scores),
            ["calibration"] = ClassCurves.Calibration(Classes, scores),
            ["residuals"] = ResidualsPlot.Of([Hostile], [1, 2, 3], [1.5, 2, double.NaN], 4, []),
            ["importance"] = ImportancePlot.Of([Importance(Hostile, 1, 0.2), Importance("b", -0.3, 0)]),
            ["importance of nothing"] = ImportancePlot.Of([Importance("a", 0, 0)]),
            ["dependence"] = PartialDependencePlot.Of(Hostile, values, null, Classes, true, "mean probability", averages),
            ["dependence on categories"] = PartialDependencePlot.Of("kind", [0, 1, 2], ["x", Hostile, "z"], ["Price"], false, "mean Price", [[1], [2], [3]]),
            ["weights"] = WeightsPlot.Of(model),
            ["gradients"] = GradientFlowPlot.Of(model, [new LayerGradient(1e-9, 1e-7), new LayerGradient(0, 0), new LayerGradient(0.1, 2)]),
            ["no gradients"] = GradientFlowPlot.Of(new Mlp(1, [1]), [new LayerGradient(0, 0)]),
            ["settings"] = SettingsPlot.Of([Trial(1, 0.5, 0.001, Hostile), Trial(2, 0.9, 0.1, "b"), Trial(3, null, 0.01, "b")]),
            ["one setting"] = SettingsPlot.Of([Trial(1, 0.5, 0.001, Hostile), Trial(2, 0.9, 0.1, Hostile)]),
            ["no score"] = SettingsPlot.Of([Trial(1, null, 0.001, Hostile)]),
            ["sweep"] = LearningRatePlot.Of([new(1, 0.001, 1, 1), new(2, 0.01, 0.5, 0.9, true), new(3, 0.1, 0.3, 0.6)], null),
        };
    }

    private static MlpMeasurement MeasuredLabels()
    {
        var schema = new ModelSchema([new FeatureColumn("x")], [new("a"), new("b")], TargetEncoding.Labels, [], false, LossKind.BinaryCrossEntropy);
        var samples = new Samples(4, 1, 2, hasClasses: false);
        new double[] { 1, 1, 0, 1, 1, 1, 0, 1 }.CopyTo(samples.Targets, 0);
        return LabelFigures.Measure(schema, samples, [1, 1, 1, 2, -1, 3, -1, -2], new DecisionRule(schema));
    }

    private static MlpTrial Trial(int number, double? score, double rate, string kind) => new(number)
    {
        Setting = new OrderedDictionary<string, object?> { [Hostile] = kind, ["Rate"] = rate, ["Size"] = new[] { 8, 4 } },
        Score = score,
        Epoch = 10,
    };

    private static FeatureImportance Importance(string name, double rise, double deviation) =>
        new(name, rise, deviation) { ScoreDrop = 0, ScoreDropDeviation = 0 };

    private static ConfusionMatrix Matrix((int Actual, int Predicted, int Count)[] cells, string[]? classes = null)
    {
        var matrix = new ConfusionMatrix(classes ?? Classes);
        foreach (var (actual, predicted, count) in cells)
        {
            for (var i = 0; i < count; i++)
            {
                matrix.Add(actual, predicted);
            }
        }

        return matrix;
    }

    /// <summary>Scores of rows from the probability of the second of two classes, or of the first of three.</summary>
    private static ClassScores Scores(LossKind loss, double[] probabilities, int[] actual)
    {
        var isOfTwo = loss != LossKind.CrossEntropy;
        var schema = new ModelSchema(
            [new FeatureColumn("x")],
            [new PredictedColumn("class")],
            isOfTwo ? TargetEncoding.ZeroOrOne : TargetEncoding.OneHot,
            isOfTwo ? ["no", "yes"] : Classes,
            hasNumericClasses: false,
            loss);
        double[] outputs = isOfTwo
            ? Array.ConvertAll(probabilities, p => Math.Log(p / (1 - p)))
            : [.. probabilities.SelectMany(p => new[] { p, 0.3, 0.1 })];
        return ClassScores.OfClasses(schema, outputs, actual, [], TestContext.Current.CancellationToken);
    }

    private static XElement Drawn(Figure figure) => XDocument.Parse(PlotRenderer.Draw(figure, new PlotOptions())).Root!;

    private static string[] TextsOf(XElement svg) => [.. svg.Descendants(Svg + "text").Select(e => e.Value)];

    private static (double X, double Y) PlaceOf(XElement svg, string text)
    {
        var element = svg.Descendants(Svg + "text").First(e => e.Value == text);
        return (Number(element, "x"), Number(element, "y"));
    }

    private static double Number(XElement e, string name) =>
        e.Attribute(name) is { } attribute ? double.Parse(attribute.Value, CultureInfo.InvariantCulture) : 1;

    /// <summary>The points of a curve, in the numbers of the figure's axes to three digits.</summary>
    private static (double X, double Y)[] PointsOf(XElement svg, Figure figure, string kind)
    {
        // A legend has a sample of the same look before the curve.
        var path = svg.Descendants(Svg + "path").Last(e => e.Attribute("class")?.Value == kind).Attribute("d")!.Value;
        var frame = svg.Descendants(Svg + "rect").First(e => e.Attribute("class")?.Value == "frame");
        return [.. Regex.Matches(path, "[ML]([0-9.-]+),([0-9.-]+)").Select(match => (
            Share(match.Groups[1].Value, "x", "width", figure.X, isUp: false), Share(match.Groups[2].Value, "y", "height", figure.Y, isUp: true)))];

        double Share(string text, string start, string size, Axis axis, bool isUp)
        {
            var share = (double.Parse(text, CultureInfo.InvariantCulture) - Number(frame, start)) / Number(frame, size);
            return Math.Round(axis.Min + ((isUp ? 1 - share : share) * (axis.Max - axis.Min)), 3);
        }
    }
}
