using System.Buffers;
using MicroGrad.Data;

namespace MicroGrad.Training;

/// <summary>
/// What a row's outputs cost against its targets, in two forms that tests tie together: over numbers with the gradient
/// (what the trainer runs) and over values with a graph (what a reader can take apart). The loss of a batch is the sum
/// over its rows, weighted, over <see cref="Divisor"/>.
/// </summary>
internal abstract class Loss
{
    // Outputs whose derivatives are in memory at one time where they are not asked for, and the rows of whole vectors.
    private const int OutputsAtOnce = 1 << 20;
    private const int RowsOfVector = 8;

    /// <summary>What the targets are encoded as for this loss.</summary>
    public virtual TargetEncoding Encoding => TargetEncoding.Numbers;

    /// <summary>A row's cost. Writes its derivatives by the outputs to <paramref name="gradient"/>.</summary>
    public abstract double Row(ReadOnlySpan<double> outputs, ReadOnlySpan<double> targets, Span<double> gradient);

    /// <summary>A row's cost as a graph over the outputs.</summary>
    public abstract GradValue Row(GradValue[] outputs, ReadOnlySpan<double> targets);

    /// <summary>What the sum over rows is divided by, for rows of a total weight (their count, when unweighted).</summary>
    public abstract double Divisor(double totalWeight, int outputCount);

    /// <summary>The loss of a batch, row by row, and its derivatives by all outputs.</summary>
    public virtual double Batch(LossBatch batch)
    {
        var (scale, count) = (Scale(batch), batch.OutputCount);
        var sum = 0.0;
        var room = ArrayPool<double>.Shared.Rent(count);
        for (var r = 0; r < batch.Rows; r++)
        {
            var gradient = batch.Gradients.Slice(r * count, count);
            var weight = batch.Weight(r);
            sum += weight * Row(batch.Outputs.Slice(r * count, count), batch.TargetsAt(r, room.AsSpan(0, count)), gradient);
            foreach (ref var g in gradient)
            {
                g *= weight * scale;
            }
        }

        ArrayPool<double>.Shared.Return(room);
        return sum * scale;
    }

    /// <summary>The loss of all rows, weighted, from their outputs.</summary>
    /// <remarks>The derivatives of all rows would take as much memory as their outputs: many rows are summed part by part.</remarks>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public double Of(ReadOnlySpan<double> outputs, Samples samples, CancellationToken stopping = default)
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

    /// <summary>The unweighted loss of a batch as a graph: outputs[row] and the targets row by row.</summary>
    public GradValue Batch(IReadOnlyList<GradValue[]> outputs, ReadOnlySpan<double> targets)
    {
        var rows = new GradValue[outputs.Count];
        for (var r = 0; r < rows.Length; r++)
        {
            rows[r] = Row(outputs[r], targets.Slice(r * outputs[r].Length, outputs[r].Length));
        }

        var sum = GradValue.Sum(rows);
        var divisor = Divisor(rows.Length, outputs[0].Length);
        return divisor == 1 ? sum : sum / divisor;
    }

    /// <summary>What the weighted sum over a batch's rows is multiplied by.</summary>
    protected double Scale(LossBatch batch)
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
