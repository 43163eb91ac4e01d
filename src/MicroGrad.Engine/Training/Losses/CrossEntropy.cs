using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MicroGrad.Kernels;

namespace MicroGrad.Training;

/// <summary>
/// Cross entropy over logits, one for each class: logsumexp(z) - z of the row's class, a mean over rows. Its derivative is
/// softmax(z), less 1 at the class.
/// </summary>
internal sealed class CrossEntropy : Loss
{
    private static int Width => Vector512<double>.Count;

    public override TargetEncoding Encoding => TargetEncoding.OneHot;

    public override double Row(ReadOnlySpan<double> outputs, ReadOnlySpan<double> targets, Span<double> gradient) =>
        Batch(new(outputs, [], [], outputs.Length, gradient) { Classes = [targets.IndexOf(1)] });

    public override GradValue Row(GradValue[] outputs, ReadOnlySpan<double> targets) =>
        GradValue.LogSumExp(outputs) - outputs[targets.IndexOf(1)];

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
            var largest = own[0];
            foreach (var output in own)
            {
                largest = VectorFunctions.Max(largest, output);
            }

            var sum = Vector512<double>.Zero;
            for (var i = 0; i < own.Length; i++)
            {
                own[i] = VectorFunctions.ExpOfNegative(own[i] - largest);
                sum += own[i];
            }

            var share = Vector512<double>.One / sum;
            sum.CopyTo(sums);
            largest.CopyTo(largests);
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
