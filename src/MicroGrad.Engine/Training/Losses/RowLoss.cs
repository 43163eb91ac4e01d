using System.Buffers;

namespace MicroGrad.Training;

/// <summary>A loss that is computed row by row.</summary>
public abstract class RowLoss : Loss
{
    /// <summary>A row's cost.</summary>
    /// <param name="outputs">The row's outputs.</param>
    /// <param name="targets">A number for each output; of a class, 1 at its place and 0 elsewhere.</param>
    /// <param name="gradient">Receives the derivative of the cost by each output.</param>
    public abstract double Row(ReadOnlySpan<double> outputs, ReadOnlySpan<double> targets, Span<double> gradient);

    /// <inheritdoc/>
    public override double Batch(LossBatch batch)
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
}
