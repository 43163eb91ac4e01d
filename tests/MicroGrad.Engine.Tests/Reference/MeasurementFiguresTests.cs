using System.Text.Json;
using MicroGrad.Inference;

namespace MicroGrad.Engine.Tests;

/// <summary>The figures of measurements beside scikit-learn's; within 1e-12 of the larger of 1 and the figure.</summary>
public sealed class MeasurementFiguresTests
{
    private static readonly JsonElement[] Classes =
        [.. ReferenceFile.Load("classification.json").GetProperty("cases").EnumerateArray()];

    private static readonly JsonElement[] Regressions =
        [.. ReferenceFile.Load("regression.json").GetProperty("cases").EnumerateArray()];

    public static TheoryData<string> ClassCases => [.. Classes.Select(item => item.Text("name"))];

    public static TheoryData<string> NumberCases => [.. Regressions.Select(item => item.Text("name"))];

    [Theory]
    [MemberData(nameof(ClassCases))]
    public void Ranking_figures_of_each_class_against_the_rest_are_the_reference_s(string name)
    {
        var item = Classes.Single(one => one.Text("name") == name);
        foreach (var (index, expected) in item.GetProperty("oneAgainstRest").EnumerateArray().Index())
        {
            var (probabilities, isPositive, weights) = OneAgainstRest(item, index);
            var rows = new ScoredRows();
            rows.Take(probabilities, isPositive, weights);
            Same(expected.GetProperty("auc"), rows.Auc());
            Same(expected.GetProperty("averagePrecision"), rows.AveragePrecision());
            Same(expected.GetProperty("brier"), ProbabilityFigures.Brier(probabilities, isPositive, weights));
            double[] ofActual = [.. probabilities.Zip(isPositive, (p, positive) => positive ? p : 1 - p)];
            Same(expected.GetProperty("logLoss"), ProbabilityFigures.LogLoss(ofActual, weights));
        }
    }

    [Theory]
    [MemberData(nameof(ClassCases))]
    public void Curves_of_each_class_against_the_rest_are_the_reference_s(string name)
    {
        var item = Classes.Single(one => one.Text("name") == name);
        foreach (var (index, expected) in item.GetProperty("oneAgainstRest").EnumerateArray().Index())
        {
            var (probabilities, isPositive, weights) = OneAgainstRest(item, index);
            var rows = new ScoredRows();
            rows.Take(probabilities, isPositive, weights);

            var roc = rows.Roc();
            Same(expected.GetProperty("roc").GetProperty("falsePositiveRate"), roc.Select(point => point.FalsePositiveRate));
            Same(expected.GetProperty("roc").GetProperty("truePositiveRate"), roc.Select(point => point.TruePositiveRate));

            var curve = rows.PrecisionRecall();
            if (expected.GetProperty("precisionRecall") is { ValueKind: JsonValueKind.Object } points)
            {
                Same(points.GetProperty("precision"), curve.Select(point => point.Precision));
                Same(points.GetProperty("recall"), curve.Select(point => point.Recall));
            }
            else
            {
                Assert.Empty(curve);
            }

            var bins = CalibrationBin.Of(probabilities, isPositive, []);
            var calibration = expected.GetProperty("calibration");
            Assert.Equal(calibration.GetProperty("count").Numbers(), bins.Select(bin => (double)bin.Count));
            Same(calibration.GetProperty("share"), bins.Select(bin => bin.Share));
            Same(calibration.GetProperty("meanProbability"), bins.Select(bin => bin.MeanProbability));
        }
    }

    [Theory]
    [MemberData(nameof(ClassCases))]
    public void Figures_of_decisions_are_the_reference_s(string name)
    {
        var expected = Classes.Single(one => one.Text("name") == name).GetProperty("decided");
        var confusion = expected.GetProperty("confusion").Rows();
        var weights = new Dictionary<(int, int), double>();
        foreach (var (i, row) in confusion.Index())
        {
            foreach (var (j, weight) in row.Index())
            {
                weights[(i, j)] = weight;
            }
        }

        var figures = new DecisionFigures(confusion.Length, weights);
        Same(expected.GetProperty("accuracy"), figures.Accuracy);
        Same(expected.GetProperty("balancedAccuracy"), figures.BalancedAccuracy);
        Same(expected.GetProperty("cohenKappa"), figures.Kappa);
        Same(expected.GetProperty("matthews"), figures.Matthews);
        Same(expected.GetProperty("macro"), figures.Macro);
        Same(expected.GetProperty("weighted"), figures.Weighted);
        foreach (var (index, one) in expected.GetProperty("byClass").EnumerateArray().Index())
        {
            Same(one, new ClassAverage(figures.Precision(index), figures.Recall(index), figures.F1(index)));
        }
    }

    [Theory]
    [MemberData(nameof(NumberCases))]
    public void Figures_of_numbers_are_the_reference_s(string name)
    {
        var item = Regressions.Single(one => one.Text("name") == name);
        var weights = item.TryGetProperty("weights", out var given) ? given.Numbers() : [];
        var figures = NumberFigures.Of(item.GetProperty("actual").Numbers(), item.GetProperty("predicted").Numbers(), weights);

        var expected = item.GetProperty("figures");
        Same(expected.GetProperty("r2"), figures.R2);
        Same(expected.GetProperty("mae"), figures.MeanAbsoluteError);
        Same(expected.GetProperty("rmse"), Math.Sqrt(figures.MeanSquaredError));
        Same(expected.GetProperty("medianAbsoluteError"), figures.MedianAbsoluteError);
        Same(expected.GetProperty("explainedVariance"), figures.ExplainedVariance);
        Same(expected.GetProperty("mape"), figures.MeanAbsolutePercentageError);
    }

    private static (double[] Probabilities, bool[] IsPositive, double[] Weights) OneAgainstRest(JsonElement item, int index)
    {
        var probabilities = item.GetProperty("probabilities").EnumerateArray()
            .Select(p => p.ValueKind == JsonValueKind.Array ? p[index].GetDouble() : index == 1 ? p.GetDouble() : 1 - p.GetDouble());
        var isPositive = item.GetProperty("labels").Numbers().Select(label => label == index);
        return ([.. probabilities], [.. isPositive], item.TryGetProperty("weights", out var weights) ? weights.Numbers() : []);
    }

    private static void Same(JsonElement expected, ClassAverage actual)
    {
        Same(expected.GetProperty("precision"), actual.Precision);
        Same(expected.GetProperty("recall"), actual.Recall);
        Same(expected.GetProperty("f1"), actual.F1);
    }

    private static void Same(JsonElement expected, IEnumerable<double> actual)
    {
        // A list that is not defined stands as null; of a list, the numbers that are not.
        double[] numbers = [.. actual];
        if (expected.ValueKind == JsonValueKind.Null)
        {
            Assert.All(numbers, number => Assert.False(double.IsFinite(number)));
            return;
        }

        Assert.Equal(expected.GetArrayLength(), numbers.Length);
        foreach (var (i, one) in expected.EnumerateArray().Index())
        {
            Same(one, numbers[i]);
        }
    }

    private static void Same(JsonElement expected, double? actual)
    {
        if (expected.ValueKind == JsonValueKind.Null)
        {
            Assert.False(actual is { } number && double.IsFinite(number));
            return;
        }

        Assert.NotNull(actual);
        Close.Equal(expected.GetDouble(), actual.Value, Close.Evaluation);
    }
}
