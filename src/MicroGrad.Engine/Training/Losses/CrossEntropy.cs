using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MicroGrad.Formulas;
using MicroGrad.Kernels;
using MicroGrad.Operations;

namespace MicroGrad.Training;

/// <summary>
/// Cross entropy over logits, one for each class: logsumexp(z) - z of the row's class, a mean over rows. Its derivative is
/// softmax(z), less 1 at the class.
/// </summary>
internal sealed class CrossEntropy : Loss
{
    private static int Width => Vector512<double>.Count;

    public override TargetEncoding Encoding => TargetEncoding.OneHot;

    public override double Divisor(double totalWeight, int outputCount) => totalWeight;

    /// <remarks>Each lane of a vector has its own row, so that few classes fill it as well as many.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public override double Batch(LossBatch batch)
    {
        var (rows, outputCount) = (batch.Rows, batch.OutputCount);
        var scale = Scale(batch);
        var total = 0.0;
        var room = ArrayPool<Vector512<double>>.Shared.Rent(outputCount);
        var own = room.AsSpan(0, outputCount);
        var reals = MemoryMarshal.Cast<Vector512<double>, VectorReal<double>>(own);
        var numbers = Vectors.Numbers(own);
        Span<double> sums = stackalloc double[Width];
        Span<double> factors = stackalloc double[Width];
        Span<double> largests = stackalloc double[Width];
        Span<double> shares = stackalloc double[Width];
        Span<double> wanted = stackalloc double[Width];
        for (var row = 0; row < rows; row += Width)
        {
            var (at, count) = (row * outputCount, Math.Min(Width, rows - row));
            Transposition.Write(batch.Outputs[at..], outputCount, count, outputCount, numbers, Width);
            var (largest, sum) = LogSumExp.Exponentials(reals, reals);
            var share = Vector512<double>.One / sum.Lanes;
            sum.Lanes.CopyTo(sums);
            largest.Lanes.CopyTo(largests);
            share.CopyTo(shares);
            for (var lane = 0; lane < count; lane++)
            {
                var (weight, place) = (batch.Weight(row + lane), batch.Classes[row + lane]);
                total += weight * (Math.Log(sums[lane]) - (batch.Outputs[at + lane * outputCount + place] - largests[lane]));
                factors[lane] = weight * scale;
                wanted[lane] = (numbers[place * Width + lane] * shares[lane] - 1) * factors[lane];
            }

            var factor = Vector512.Create<double>(factors);
            for (var i = 0; i < own.Length; i++)
            {
                own[i] = own[i] * share * factor;
            }

            for (var lane = 0; lane < count; lane++)
            {
                numbers[batch.Classes[row + lane] * Width + lane] = wanted[lane];
            }

            Transposition.Write<double>(numbers, Width, outputCount, count, batch.Gradients[at..], outputCount);
        }

        ArrayPool<Vector512<double>>.Shared.Return(room);
        return total * scale;
    }
}
