using MicroGrad.Data;
using MicroGrad.Inference;
using MicroGrad.Training;

namespace MicroGrad;

/// <summary>How well a model does on rows: classes by accuracy and confusion, numbers by their errors.</summary>
public sealed record MlpMeasurement
{
    /// <summary>Which fold of a cross validation this is, from 1; null elsewhere.</summary>
    public int? Fold { get; init; }

    /// <summary>The number of rows.</summary>
    public required int Count { get; init; }

    /// <summary>The loss that the model was trained with, over these rows; null for a loss of the user's own.</summary>
    public double? Loss { get; init; }

    /// <summary>The fraction of rows decided right, from 0 to 1; null for numeric targets.</summary>
    public double? Accuracy { get; init; }

    /// <summary>How often each class was taken for each; null for numeric targets.</summary>
    public ConfusionMatrix? ConfusionMatrix { get; init; }

    /// <summary>Precision, recall and F1 of each class; empty for numeric targets.</summary>
    public IReadOnlyList<ClassMeasurement> ByClass => ConfusionMatrix?.ByClass() ?? [];

    /// <summary>The mean absolute error over all targets; null for classes.</summary>
    public double? MAE { get; init; }

    /// <summary>The square root of the mean squared error over all targets; null for classes.</summary>
    public double? RMSE { get; init; }

    /// <summary>
    /// The coefficient of determination 1 - residual / total sum of squares, averaged over targets; null for classes. A
    /// constant target gives 1 where it is predicted exactly and 0 elsewhere.
    /// </summary>
    public double? R2 { get; init; }

    /// <summary>Runs the model over rows and compares, in the meaning that training gave its outputs.</summary>
    /// <exception cref="GradException">
    /// There is no row, or they do not fit the model (ids <c>EmptyData</c>, <c>SizeMismatch</c>, <c>TargetMissing</c>,
    /// <c>TargetMismatch</c>, <c>UnknownClass</c>).
    /// </exception>
    internal static MlpMeasurement Of(Mlp model, SampleTable table, LossKind? untrainedLoss = null)
    {
        var rows = Enumerable.Range(0, table.Count).ToArray();
        return Of(model, SchemaLearner.KnownOrLearnt(model, table, rows, untrainedLoss), table, rows);
    }

    /// <summary>Runs a trained model over some of the rows of a table.</summary>
    /// <exception cref="GradException">As of the other.</exception>
    internal static MlpMeasurement Of(Mlp model, SampleTable table, int[] rows) =>
        Of(model, SchemaLearner.KnownOrLearnt(model, table, rows), table, rows);

    private static MlpMeasurement Of(Mlp model, ModelSchema schema, SampleTable table, int[] rows)
    {
        var samples = schema.Encode(table, rows, model.OutputCount);
        var outputs = Evaluation.Outputs(model, samples);
        double? loss = schema.Loss is { } kind
            ? kind.Create().Batch(outputs, samples.Targets, [], samples.OutputCount, new double[outputs.Length])
            : null;
        return schema.Encoding == TargetEncoding.Numbers
            ? OfNumbers(samples, outputs) with { Loss = loss }
            : OfClasses(schema, samples, outputs) with { Loss = loss };
    }

    private static MlpMeasurement OfClasses(ModelSchema schema, Samples samples, double[] outputs)
    {
        var confusion = new ConfusionMatrix(schema.Classes);
        var right = 0;
        for (var r = 0; r < samples.Count; r++)
        {
            var predicted = schema.ClassOf(outputs.AsSpan(r * samples.OutputCount, samples.OutputCount));
            var actual = ClassDecision.TargetClass(schema.Encoding, samples.TargetsAt(r));
            confusion.Add(actual, predicted);
            right += actual == predicted ? 1 : 0;
        }

        return new MlpMeasurement
        {
            Count = samples.Count,
            Accuracy = (double)right / samples.Count,
            ConfusionMatrix = confusion,
        };
    }

    private static MlpMeasurement OfNumbers(Samples samples, double[] outputs)
    {
        double absolute = 0, squared = 0, r2 = 0;
        var count = samples.OutputCount;
        for (var t = 0; t < count; t++)
        {
            // Over the distance to the first: the mean of a constant target is then that constant, without rounding.
            var (first, mean) = (samples.Targets[t], samples.Targets[t]);
            for (var i = t; i < outputs.Length; i += count)
            {
                mean += (samples.Targets[i] - first) / samples.Count;
            }

            double residual = 0, total = 0;
            for (var i = t; i < outputs.Length; i += count)
            {
                var error = outputs[i] - samples.Targets[i];
                absolute += Math.Abs(error);
                residual += error * error;
                total += (samples.Targets[i] - mean) * (samples.Targets[i] - mean);
            }

            squared += residual;
            r2 += total > 0 ? 1 - residual / total : residual == 0 ? 1 : 0;
        }

        return new MlpMeasurement
        {
            Count = samples.Count,
            MAE = absolute / outputs.Length,
            RMSE = Math.Sqrt(squared / outputs.Length),
            R2 = r2 / count,
        };
    }
}
