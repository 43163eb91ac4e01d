using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MicroGrad.Kernels;

namespace MicroGrad.Training;

/// <summary>
/// Cross entropy over logits against one-hot targets (or any that add up to 1): logsumexp(z) - target·z, a mean over
/// rows. Its derivative is softmax(z) - target.
/// </summary>
internal sealed class CrossEntropy : Loss
{
    private static int Width => Vector512<double>.Count;

    public override TargetEncoding Encoding => TargetEncoding.OneHot;

    public override double Row(ReadOnlySpan<double> outputs, ReadOnlySpan<double> targets, Span<double> gradient) =>
        Batch(new(outputs, targets, [], outputs.Length, gradient));

    public override GradValue Row(GradValue[] outputs, ReadOnlySpan<double> targets)
    {
        var total = GradValue.LogSumExp(outputs);
        GradValue? cost = null;
        for (var i = 0; i < outputs.Length; i++)
        {
            if (targets[i] != 0)
            {
                var part = targets[i] == 1 ? total - outputs[i] : targets[i] * (total - outputs[i]);
                cost = cost is null ? part : cost + part;
            }
        }

        return cost ?? new GradValue(0);
    }

    public override double Divisor(double totalWeight, int outputCount) => totalWeight;

    /// <remarks>A vector's lanes are as many rows, so that few classes fill it as well as many.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public override double Batch(LossBatch batch)
    {
        var (rows, outputCount) = (batch.Rows, batch.OutputCount);
        var scale = Scale(batch);
        var total = 0.0;
        var room = ArrayPool<Vector512<double>>.Shared.Rent(2 * outputCount);
        var own = room.AsSpan(0, outputCount);
        var wanted = room.AsSpan(outputCount, outputCount);
        Span<double> sums = stackalloc double[Width];
        Span<double> factors = stackalloc double[Width];
        Span<double> savings = stackalloc double[Width];
        for (var row = 0; row < rows; row += Width)
        {
            var (at, count) = (row * outputCount, Math.Min(Width, rows - row));
            Transposition.Write(batch.Outputs[at..], outputCount, count, outputCount, Vectors.Numbers(own), Width);
            Transposition.Write(batch.Targets[at..], outputCount, count, outputCount, Vectors.Numbers(wanted), Width);
            var largest = own[0];
            foreach (var output in own)
            {
                largest = VectorFunctions.Max(largest, output);
            }

            // A target of 0 costs nothing, however far down its output is.
            var (sum, all, saved) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
            for (var i = 0; i < own.Length; i++)
            {
                var (distance, target) = (own[i] - largest, wanted[i]);
                own[i] = VectorFunctions.ExpOfNegative(distance);
                sum += own[i];
                all += target;
                saved += Vector512.AndNot(target * distance, Vector512.Equals(target, Vector512<double>.Zero));
            }

            sum.CopyTo(sums);
            all.CopyTo(factors);
            saved.CopyTo(savings);
            for (var lane = 0; lane < count; lane++)
            {
                var weight = batch.Weight(row + lane);
                total += weight * (factors[lane] * Math.Log(sums[lane]) - savings[lane]);
                factors[lane] = weight * scale;
            }

            var share = Vector512<double>.One / sum;
            var factor = Vector512.Create<double>(factors);
            for (var i = 0; i < own.Length; i++)
            {
                own[i] = (own[i] * share - wanted[i]) * factor;
            }

            Transposition.Write<double>(Vectors.Numbers(own), Width, outputCount, count, batch.Gradients[at..], outputCount);
        }

        ArrayPool<Vector512<double>>.Shared.Return(room);
        return total * scale;
    }
}
