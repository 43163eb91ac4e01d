using MicroGrad.Data;
using MicroGrad.Inference;
using MicroGrad.Networks;
using MicroGrad.Training;

namespace MicroGrad;

/// <summary>How well a model does on rows: classes by accuracy and confusion, numbers by their errors.</summary>
public sealed record MlpMeasurement
{
    // What the figures of a class keep of each row: its score, its place among all, and points of a curve.
    private const int NumbersOfRow = 10;

    /// <summary>Which fold of a cross validation this is, from 1; null elsewhere.</summary>
    public int? Fold { get; init; }

    /// <summary>With the last fold: those of all folds, from which the mean and the deviation are shown.</summary>
    internal IReadOnlyList<MlpMeasurement>? AllFolds { get; init; }

    /// <summary>The number of rows that were measured.</summary>
    public required int Count { get; init; }

    /// <summary>Rows that were left out because something is missing; null in a fold, as they are left out before rows are divided.</summary>
    public int? Skipped { get; init; }

    /// <summary>Rows with missing values that the model's own means replaced.</summary>
    public int Filled { get; init; }

    /// <summary>The loss that the model was trained with, over these rows; null for a loss of the user's own.</summary>
    public double? Loss { get; init; }

    /// <summary>The fraction of rows decided right, from 0 to 1; of labels, the mean of theirs. Null for numeric targets.</summary>
    public double? Accuracy { get; init; }

    /// <summary>The fraction of rows all of whose labels are decided right; null where there are no labels.</summary>
    public double? ExactMatch { get; init; }

    /// <summary>The figures of each label; empty where there are none.</summary>
    public IReadOnlyList<LabelMeasurement> ByLabel { get; init; } = [];

    /// <summary>How often each class was taken for each; null for numeric targets and labels.</summary>
    public ConfusionMatrix? ConfusionMatrix { get; init; }

    /// <summary>The same as rows, for files and tables: a row for each pair of classes. Empty for numeric targets and labels.</summary>
    public IReadOnlyList<ConfusionCount> Confusion { get; init; } = [];

    /// <summary>The figures of each class; empty for numeric targets.</summary>
    public IReadOnlyList<ClassMeasurement> ByClass { get; init; } = [];

    /// <summary>Precision, recall and F1 averaged over classes or labels, all of one weight; null for numeric targets.</summary>
    public ClassAverage? Macro { get; init; }

    /// <summary>Precision, recall and F1 averaged over classes or labels, weighted by their rows; null for numeric targets.</summary>
    public ClassAverage? Weighted { get; init; }

    /// <summary>The mean recall of the classes that occur; null for numeric targets.</summary>
    public double? BalancedAccuracy { get; init; }

    /// <summary>Cohen's kappa: how far the accuracy is above that of chance, 1 at best; null for numeric targets.</summary>
    public double? Kappa { get; init; }

    /// <summary>Matthews' correlation of actual and predicted classes, from -1 to 1; null for numeric targets.</summary>
    public double? Matthews { get; init; }

    /// <summary>
    /// The area under the ROC curve of the second of two classes, or the mean over several classes, each against the rest,
    /// or over labels. Null for numeric targets, and where a class has no row.
    /// </summary>
    public double? AUC { get; init; }

    /// <summary>
    /// The average precision of the second of two classes, or the mean over several classes or labels. Null for numeric targets, and where
    /// a class has no row.
    /// </summary>
    public double? AveragePrecision { get; init; }

    /// <summary>The mean of -log p of each row's class (or label), p kept 2^-52 away from 0 and 1; null where there are no probabilities.</summary>
    public double? LogLoss { get; init; }

    /// <summary>
    /// The mean squared distance of the second class's probability to 1 for its rows and 0 for others, or of several
    /// classes or labels the mean of theirs; null where there are no probabilities.
    /// </summary>
    public double? Brier { get; init; }

    /// <summary>The mean absolute error over all targets; null for classes.</summary>
    public double? MAE { get; init; }

    /// <summary>The square root of the mean squared error over all targets; null for classes.</summary>
    public double? RMSE { get; init; }

    /// <summary>
    /// The coefficient of determination 1 - residual / total sum of squares, averaged over targets; null for classes and for
    /// a single row. A constant target gives 1 where it is predicted exactly and 0 elsewhere.
    /// </summary>
    public double? R2 { get; init; }

    /// <summary>The median absolute error, averaged over targets; null for classes.</summary>
    public double? MedianAE { get; init; }

    /// <summary>The mean of |error / actual| as a fraction, averaged over targets; an actual 0 counts as 2^-52. Null for classes.</summary>
    public double? MAPE { get; init; }

    /// <summary>R2 without the part of a constant error, averaged over targets; null for classes.</summary>
    public double? ExplainedVariance { get; init; }

    /// <summary>The share of rows whose target lies from the lowest quantile to the highest; of one quantile, no higher than it. Null without quantiles.</summary>
    public double? Coverage { get; init; }

    /// <summary>The mean pinball loss over all quantiles, in the units of the target; null without quantiles.</summary>
    public double? PinballLoss { get; init; }

    /// <summary>The figures of each quantile; empty without quantiles.</summary>
    public IReadOnlyList<QuantileMeasurement> ByQuantile { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(MlpMeasurement), PrintMembers);

    /// <summary>Runs the model over rows, and compares its answers with the targets.</summary>
    /// <exception cref="GradException">
    /// There is no row, or they do not fit the model or the memory (ids <c>EmptyData</c>, <c>SizeMismatch</c>,
    /// <c>TargetMissing</c>, <c>TargetMismatch</c>, <c>UnknownClass</c>, <c>RowsTooLarge</c>).
    /// </exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    /// <param name="model">The model.</param>
    /// <param name="table">The rows.</param>
    /// <param name="untrainedLoss">The loss to measure an untrained model by; a trained one is measured by its own.</param>
    /// <param name="threshold">From which probability on the second of two classes, or a label, is the answer; null for the most probable.</param>
    /// <param name="stopping">Ends the work.</param>
    public static MlpMeasurement Of(
        Mlp model, SampleTable table, LossKind? untrainedLoss = null, double? threshold = null, CancellationToken stopping = default)
    {
        var rows = Enumerable.Range(0, table.Count).ToArray();
        return Of(model, SchemaLearner.KnownOrLearnt(model, table, rows, untrainedLoss), table, rows, threshold, stopping) with { Skipped = table.MissingCount };
    }

    /// <summary>Runs several models over rows, and measures the mean of their answers. The loss is null where they scaled the target differently.</summary>
    /// <param name="models">The models.</param>
    /// <param name="table">The rows.</param>
    /// <param name="untrainedLoss">The loss to measure an untrained model by; a trained one is measured by its own.</param>
    /// <param name="threshold">From which probability on the second of two classes, or a label, is the answer; null for the most probable.</param>
    /// <param name="stopping">Ends the work.</param>
    /// <exception cref="GradException">Those of the other overload, or the models answer different questions (id <c>ModelsDiffer</c>).</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static MlpMeasurement Of(
        IReadOnlyList<Mlp> models, SampleTable table, LossKind? untrainedLoss, double? threshold, CancellationToken stopping)
    {
        if (models is [var only])
        {
            return Of(only, table, untrainedLoss, threshold, stopping);
        }

        // Checked first: rows would be compared with a model that they are not for.
        _ = new ModelEnsemble(models);
        var rows = Enumerable.Range(0, table.Count).ToArray();
        ModelSchema[] schemas = [.. models.Select(model => SchemaLearner.KnownOrLearnt(model, table, rows, untrainedLoss))];
        var ensemble = new ModelEnsemble(models, schemas);
        RequireMemory(schemas[0], rows.Length, models.Count * models[0].OutputCount);
        var samples = schemas[0].Encode(table, rows, models[0].OutputCount);
        var outputs = ensemble.Outputs(models, table, rows, stopping);
        var measured = Of(schemas[0], samples, outputs, table, rows, threshold, stopping);
        return measured with { Loss = ensemble.HasOneScale ? measured.Loss : null, Skipped = table.MissingCount };
    }

    /// <summary>Runs a trained model over some of the rows of a table.</summary>
    /// <param name="model">The model.</param>
    /// <param name="table">The rows.</param>
    /// <param name="rows">The places of those to measure, from 0.</param>
    /// <param name="threshold">From which probability on the second of two classes, or a label, is the answer; null for the most probable.</param>
    /// <param name="stopping">Ends the work.</param>
    /// <exception cref="GradException">Those of the other overload.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static MlpMeasurement Of(Mlp model, SampleTable table, int[] rows, double? threshold, CancellationToken stopping) =>
        Of(model, SchemaLearner.KnownOrLearnt(model, table, rows), table, rows, threshold, stopping);

    private static MlpMeasurement Of(
        Mlp model, ModelSchema schema, SampleTable table, int[] rows, double? threshold, CancellationToken stopping)
    {
        RequireMemory(schema, rows.Length, model.OutputCount);
        var samples = schema.Encode(table, rows, model.OutputCount);
        var runner = new NetworkRunner(model);
        runner.StopBy(stopping);
        return Of(schema, samples, runner.Outputs(samples.Inputs), table, rows, threshold, stopping);
    }

    private static MlpMeasurement Of(
        ModelSchema schema, Samples samples, double[] outputs, SampleTable table, int[] rows, double? threshold, CancellationToken stopping)
    {
        samples.RequireWeight();
        var rule = new DecisionRule(schema, threshold);
        var loss = Training.Loss.OfTraining(schema)?.Of(outputs, samples, stopping);
        var measured = schema.Encoding switch
        {
            TargetEncoding.Numbers => OfNumbers(schema, table.TargetNumbers(rows), outputs, samples.Weights),
            TargetEncoding.Labels => LabelFigures.Measure(schema, samples, outputs, rule, stopping),
            _ => OfClasses(schema, samples, outputs, rule, stopping),
        };
        return measured with { Loss = loss, Filled = rows.Count(table.IsFilled) };
    }

    /// <summary>
    /// Refuses rows whose outputs do not fit the memory, numbers with their targets and errors, and more classes than a list
    /// has pairs of.
    /// </summary>
    private static void RequireMemory(ModelSchema schema, int rows, int outputCount)
    {
        var copies = schema.Encoding == TargetEncoding.Numbers ? 4 : 1;
        MemoryBudget.Require(
            (long)rows * outputCount,
            (double)sizeof(double) * rows * (copies * outputCount + NumbersOfRow),
            "RowsTooLarge",
            $"The outputs of {rows} rows, {outputCount} each, need");
        var classCount = (long)schema.Classes.Count;
        MemoryBudget.Require(classCount * classCount, 0, "RowsTooLarge", $"The counts of {classCount} classes taken for each other need");
    }

    private static MlpMeasurement OfClasses(
        ModelSchema schema, Samples samples, double[] outputs, DecisionRule rule, CancellationToken stopping)
    {
        var confusion = new ConfusionMatrix(schema.Classes);
        var actual = new int[samples.Count];
        for (var r = 0; r < samples.Count; r++)
        {
            stopping.ThrowIfCancellationRequested();
            var predicted = rule.ClassOf(outputs.AsSpan(r * samples.OutputCount, samples.OutputCount));
            actual[r] = samples.ClassAt(r);
            confusion.Add(actual[r], predicted, samples.Weights.Length == 0 ? 1 : samples.Weights[r]);
        }

        var scores = ClassScores.OfClasses(schema, outputs, actual, samples.Weights, stopping);
        var decisions = new DecisionFigures(schema.Classes.Count, confusion.Weights);
        ClassMeasurement[] byClass = [.. schema.Classes.Select(OfClass)];
        return new MlpMeasurement
        {
            Count = samples.Count,
            Accuracy = decisions.Accuracy,
            ConfusionMatrix = confusion,
            Confusion = new ConfusionList(confusion).AsReadOnly(),
            ByClass = Array.AsReadOnly(byClass),
            Macro = decisions.Macro,
            Weighted = decisions.Weighted,
            BalancedAccuracy = decisions.BalancedAccuracy,
            Kappa = decisions.Kappa,
            Matthews = decisions.Matthews,
            AUC = Overall(measured => measured.AUC),
            AveragePrecision = Overall(measured => measured.AveragePrecision),
            LogLoss = scores.LogLoss(actual),
            Brier = Overall(measured => measured.Brier),
        };

        ClassMeasurement OfClass(string name, int place)
        {
            stopping.ThrowIfCancellationRequested();
            var rows = scores.Rows(place);
            return new ClassMeasurement(
                name, actual.Count(other => other == place), decisions.Precision(place), decisions.Recall(place), decisions.F1(place))
            {
                AUC = rows.Auc(),
                AveragePrecision = rows.AveragePrecision(),
                Brier = scores.Brier(place),
                HasPrecision = decisions.HasPrecision(place),
                HasRecall = decisions.HasRecall(place),
            };
        }

        // Of two classes the second is the positive one; of several, each counts the same.
        double? Overall(Func<ClassMeasurement, double?> figure) =>
            byClass.Length == 2 ? figure(byClass[1]) : byClass.All(one => figure(one) is not null) ? byClass.Average(figure) : null;
    }

    private static MlpMeasurement OfNumbers(ModelSchema schema, double[] targets, double[] outputs, double[] weights)
    {
        // Errors are in the units of the targets, the loss in those of training.
        schema.Scaling?.UnscaleOutputs(outputs);
        return schema.Quantiles.Count > 0
            ? QuantileFigures.Measure(schema.Quantiles, targets, outputs, weights)
            : OfNumbers(NumberFigures.Of(targets, outputs, schema.Targets.Count, weights), targets.Length / schema.Targets.Count);
    }

    /// <summary>The figures of targets, averaged.</summary>
    internal static MlpMeasurement OfNumbers(NumberFigures[] figures, int count) => new()
    {
        Count = count,
        MAE = figures.Average(figure => figure.MeanAbsoluteError),
        RMSE = Math.Sqrt(figures.Average(figure => figure.MeanSquaredError)),
        R2 = count < 2 ? null : figures.Average(figure => figure.R2),
        MedianAE = figures.Average(figure => figure.MedianAbsoluteError),
        MAPE = figures.Average(figure => figure.MeanAbsolutePercentageError),
        ExplainedVariance = figures.Average(figure => figure.ExplainedVariance),
    };
}
