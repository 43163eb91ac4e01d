using MicroGrad.Data;
using MicroGrad.Inference;

namespace MicroGrad.Engine.Tests;

public sealed class MlpMeasurementTests
{
    [Fact]
    public void Numbers_are_measured_by_their_errors()
    {
        // y = x exactly predicted but for the last row, which is off by 2.
        var measured = MlpMeasurement.Of(Line(), Table([[1, 1], [2, 2], [3, 5]]), stopping: TestContext.Current.CancellationToken);

        Assert.Equal(3, measured.Count);
        Close.Equal(2.0 / 3, measured.MAE!.Value, Close.Evaluation, "MAE");
        Close.Equal(Math.Sqrt(4.0 / 3), measured.RMSE!.Value, Close.Evaluation, "RMSE");
        Close.Equal(4.0 / 3, measured.Loss!.Value, Close.Evaluation, "loss");
        var total = new[] { 1, 2, 5.0 }.Sum(y => (y - 8.0 / 3) * (y - 8.0 / 3));
        Close.Equal(1 - 4 / total, measured.R2!.Value, Close.Evaluation, "R2");
        Assert.Null(measured.Accuracy);
        Assert.Null(measured.ConfusionMatrix);
    }

    [Fact]
    public void Rows_whose_outputs_do_not_fit_are_refused_before_memory_goes()
    {
        var model = new Mlp(1, [300_000])
        {
            Schema = new ModelSchema(
                [new FeatureColumn("x")], [new PredictedColumn("y")], TargetEncoding.OneHot, [.. Enumerable.Range(0, 300_000).Select(i => $"c{i}")], false, LossKind.CrossEntropy),
        };
        var error = Assert.Throws<GradException>(
            () => MlpMeasurement.Of(model, Table([[1, "c1"], [2, "c2"]]), stopping: TestContext.Current.CancellationToken));
        Assert.Equal("RowsTooLarge", error.ErrorId);
        Assert.Contains("The counts of 300000 classes taken for each other need a list of 90000000000 elements", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_measurement_that_is_stopped_ends()
    {
        using var stopping = new CancellationTokenSource();
        stopping.Cancel();
        Assert.Throws<OperationCanceledException>(() => MlpMeasurement.Of(Line(), Table([[1, 1], [2, 2]]), stopping: stopping.Token));
    }

    [Fact]
    public void Classes_are_measured_by_accuracy_and_confusion()
    {
        var model = Line();
        model.Schema = Schemas.Learn(model, Table([[-1, "no"], [1, "yes"]]), null);

        var measured = MlpMeasurement.Of(model, Table([[-1, "no"], [-2, "no"], [-1, "yes"], [3, "yes"], [5, "no"]]), stopping: TestContext.Current.CancellationToken);

        Assert.Equal((5, 0.6), (measured.Count, measured.Accuracy));
        var confusion = measured.ConfusionMatrix!;
        Assert.Equal(
            (2, 1, 1, 1),
            (confusion.Count("no", "no"), confusion.Count("no", "yes"), confusion.Count("yes", "no"), confusion.Count("yes", "yes")));
        Assert.Equal("UnknownClass", Assert.Throws<GradException>(() => confusion.Count("no", "maybe")).ErrorId);
        Assert.Null(measured.MAE);
        Assert.Null(measured.R2);

        double[] costs = [Math.Log(1 + Math.Exp(-1)), Math.Log(1 + Math.Exp(-2)), Math.Log(1 + Math.Exp(1)), Math.Log(1 + Math.Exp(-3)), Math.Log(1 + Math.Exp(5))];
        Close.Equal(costs.Average(), measured.Loss!.Value, Close.Evaluation, "loss");
    }

    [Fact]
    public void A_constant_target_predicted_exactly_has_a_determination_of_one_and_else_none()
    {
        Assert.Equal(1, MlpMeasurement.Of(Line(), Table([[2, 2], [2, 2]]), stopping: TestContext.Current.CancellationToken).R2);
        Assert.Equal(0, MlpMeasurement.Of(Line(), Table([[2, 2], [3, 2]]), stopping: TestContext.Current.CancellationToken).R2);
    }

    [Fact]
    public void A_constant_target_is_constant_also_where_its_mean_rounds()
    {
        // Ten tenths of 0.1 do not add up to 0.1 in binary.
        var rows = Enumerable.Repeat(new object?[] { 2, 0.1 }, 10).ToArray();

        Assert.Equal(0, MlpMeasurement.Of(Line(), Table(rows), stopping: TestContext.Current.CancellationToken).R2);
    }

    [Fact]
    public void Classes_that_differ_in_case_alone_are_counted_apart()
    {
        var model = Line();
        model.Schema = Schemas.Learn(model, Table([[-1, "a"], [1, "A"]]), null);

        var confusion = MlpMeasurement.Of(model, Table([[-1, "a"], [1, "A"], [2, "A"]]), stopping: TestContext.Current.CancellationToken).ConfusionMatrix!;

        Assert.Equal((1, 2), (confusion.Count("a", "a"), confusion.Count("A", "A")));
    }

    [Fact]
    public void The_counts_of_ten_thousand_classes_take_no_memory_before_they_are_read()
    {
        var matrix = new ConfusionMatrix([.. Enumerable.Range(0, 10_000).Select(i => $"c{i}")]);
        matrix.Add(2, 3);
        matrix.Add(2, 3);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var counts = new ConfusionList(matrix).AsReadOnly();

        Assert.Equal(100_000_000, counts.Count);
        Assert.Equal(new ConfusionCount("c2", "c3", 2), counts[20_003]);
        Assert.Equal(new ConfusionCount("c9999", "c9999", 0), counts[^1]);
        Assert.Equal(["c0", "c1", "c2"], counts.Take(3).Select(count => count.Predicted));
        Assert.Equal(20_003, counts.IndexOf(new ConfusionCount("c2", "c3", 2)));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);
        Assert.Throws<ArgumentOutOfRangeException>(() => counts[100_000_000]);
    }

    [Fact]
    public void A_class_that_is_never_there_or_never_predicted_has_0_where_a_figure_would_divide_by_0()
    {
        // Classes: never there, never decided for, right but for a third.
        var figures = new DecisionFigures(3, new Dictionary<(int, int), double> { [(1, 0)] = 1, [(2, 2)] = 2, [(2, 0)] = 1 });

        Assert.Equal((0.0, 0.0, 0.0), (figures.Precision(0), figures.Recall(0), figures.F1(0)));
        Assert.Equal((0.0, 0.0, 0.0), (figures.Precision(1), figures.Recall(1), figures.F1(1)));
        Assert.Equal((1.0, 2.0 / 3), (figures.Precision(2), figures.Recall(2)));
        Close.Equal(0.8, figures.F1(2), Close.Evaluation, "F1");
        Close.Equal(1.0 / 3, figures.BalancedAccuracy, Close.Evaluation);
    }

    [Fact]
    public void Rows_that_do_not_fit_are_refused()
    {
        Assert.Equal("EmptyData", Assert.Throws<GradException>(() => MlpMeasurement.Of(Line(), Table([]), stopping: TestContext.Current.CancellationToken)).ErrorId);
        Assert.Equal("SizeMismatch", Assert.Throws<GradException>(() => MlpMeasurement.Of(new Mlp(2, [1]), Table([[1, 1]]), stopping: TestContext.Current.CancellationToken)).ErrorId);
    }

    /// <summary>A model that gives its one input back.</summary>
    private static Mlp Line()
    {
        var model = new Mlp(1, [1]);
        model.SetParameters([1, 0]);
        return model;
    }

    private static SampleTable Table(object?[][] rows)
    {
        var table = Schemas.Table(["x"], ["y"]);
        for (var r = 0; r < rows.Length; r++)
        {
            table.Add(rows[r], r + 1);
        }

        return table.Build();
    }
}
