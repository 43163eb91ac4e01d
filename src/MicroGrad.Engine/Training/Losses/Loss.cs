using MicroGrad.Data;

namespace MicroGrad.Training;

/// <summary>
/// What outputs cost against their targets. The loss of a batch is the sum over its rows, weighted, over
/// <see cref="Divisor"/>.
/// </summary>
public abstract class Loss
{
    /// <summary>The loss of a training; null for one of the user's own.</summary>
    /// <param name="schema">What the training learnt.</param>
    public static Loss? OfTraining(ModelSchema schema) => schema.Loss?.Create(schema.Quantiles);

    /// <summary>What the targets are encoded as for a loss.</summary>
    /// <param name="kind">Its name.</param>
    /// <exception cref="GradException">There is no such loss (id <c>UnknownLoss</c>).</exception>
    public static TargetEncoding EncodingOf(LossKind kind) => kind.Create().Encoding;

    /// <summary>The loss that rows are measured by: that of the training, or for one of the user's own, which is not kept with the model, the usual one.</summary>
    internal static Loss OfMeasure(ModelSchema schema) =>
        OfTraining(schema) ?? (schema.Encoding == TargetEncoding.Numbers ? LossKind.MeanSquaredError : LossKind.CrossEntropy).Create();

    // Outputs whose derivatives are in memory at one time where they are not asked for, and the rows of whole vectors.
    private const int OutputsAtOnce = 1 << 20;
    private const int RowsOfVector = 8;

    /// <summary>What the targets are encoded as for this loss.</summary>
    public virtual TargetEncoding Encoding => TargetEncoding.Numbers;

    /// <summary>What the sum over rows is divided by.</summary>
    /// <param name="totalWeight">The sum of the rows' weights; their count where they have none.</param>
    /// <param name="outputCount">The outputs of a row.</param>
    public abstract double Divisor(double totalWeight, int outputCount);

    /// <summary>The loss of a batch. Writes its derivatives by all outputs to the batch's gradients.</summary>
    /// <param name="batch">The rows.</param>
    public abstract double Batch(LossBatch batch);

    /// <summary>The loss of all rows, weighted, from their outputs.</summary>
    /// <remarks>The derivatives of all rows would take as much memory as their outputs: many rows are summed part by part.</remarks>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    internal double Of(ReadOnlySpan<double> outputs, Samples samples, CancellationToken stopping = default)
    {
        var count = samples.OutputCount;
        var most = Math.Max(1, OutputsAtOnce / count / RowsOfVector) * RowsOfVector;
        var room = new double[Math.Min(samples.Count, most) * count];
        var all = LossBatch.Of(samples, outputs, room);
        if (samples.Count <= most)
        {
            return Batch(all);
        }

        double sum = 0, total = 0;
        for (var first = 0; first < samples.Count; first += most)
        {
            stopping.ThrowIfCancellationRequested();
            var part = all.Part(first, Math.Min(most, samples.Count - first));
            var weight = TotalWeight(part);
            if (weight > 0)
            {
                sum += Batch(part) * Divisor(weight, count);
                total += weight;
            }
        }

        return total > 0 ? sum / Divisor(total, count) : 0;
    }

    /// <summary>What the weighted sum over a batch's rows is multiplied by.</summary>
    internal double Scale(LossBatch batch)
    {
        // A batch without weight has no loss and no gradient.
        var total = TotalWeight(batch);
        return total > 0 ? 1 / Divisor(total, batch.OutputCount) : 0;
    }

    private static double TotalWeight(LossBatch batch)
    {
        var total = batch.Weights.IsEmpty ? (double)batch.Rows : 0;
        foreach (var weight in batch.Weights)
        {
            total += weight;
        }

        return total;
    }
}
