using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MicroGrad.Kernels;

namespace MicroGrad.Data;

/// <summary>The decisions of outputs that mean classes.</summary>
internal static class ClassDecision
{
    /// <summary>The place of the predicted class: the largest of many outputs, or whether a single one is above 0.</summary>
    public static int ClassOf(TargetEncoding encoding, ReadOnlySpan<double> outputs) =>
        encoding == TargetEncoding.OneHot ? IndexOfLargest(outputs) : outputs[0] > 0 ? 1 : 0;

    /// <summary>The fraction of right decisions, of which a row needs one, or one for each label.</summary>
    /// <param name="encoding">How outputs encode the target.</param>
    /// <param name="right">How many are right.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="outputCount">Outputs a row.</param>
    public static double ShareRight(TargetEncoding encoding, int right, int rows, int outputCount) =>
        (double)right / rows / (encoding == TargetEncoding.OneHot ? 1 : outputCount);

    /// <summary>How many outputs are on their target's side of 0.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static int CountRight(ReadOnlySpan<double> outputs, ReadOnlySpan<double> targets)
    {
        var right = 0;
        for (var i = 0; i < outputs.Length; i++)
        {
            right += outputs[i] > 0 == targets[i] > 0 ? 1 : 0;
        }

        return right;
    }

    /// <summary>How many rows have their largest output at the place of their class.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static int CountRight(ReadOnlySpan<double> outputs, ReadOnlySpan<int> classes, int outputCount)
    {
        // Each lane has one row. There are no branches, as no processor could predict which output is the largest.
        var width = Vector512<double>.Count;
        var room = ArrayPool<Vector512<double>>.Shared.Rent(outputCount);
        var lanes = room.AsSpan(0, outputCount);
        Span<double> decided = stackalloc double[width];
        var right = 0;
        for (var row = 0; row < classes.Length; row += width)
        {
            var rows = Math.Min(width, classes.Length - row);
            Transposition.Write(outputs[(row * outputCount)..], outputCount, rows, outputCount, Vectors.Numbers(lanes), width);
            IndexOfLargest(lanes).CopyTo(decided);
            for (var lane = 0; lane < rows; lane++)
            {
                right += (int)decided[lane] == classes[row + lane] ? 1 : 0;
            }
        }

        ArrayPool<Vector512<double>>.Shared.Return(room);
        return right;
    }

    /// <summary>The place of the largest value of each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> IndexOfLargest(ReadOnlySpan<Vector512<double>> values)
    {
        var (largest, best) = (values[0], Vector512<double>.Zero);
        for (var i = 1; i < values.Length; i++)
        {
            var isLarger = Vector512.GreaterThan(values[i], largest);
            largest = Vector512.ConditionalSelect(isLarger, values[i], largest);
            best = Vector512.ConditionalSelect(isLarger, Vector512.Create((double)i), best);
        }

        return best;
    }

    private static int IndexOfLargest(ReadOnlySpan<double> values)
    {
        var best = 0;
        for (var i = 1; i < values.Length; i++)
        {
            if (values[i] > values[best])
            {
                best = i;
            }
        }

        return best;
    }
}
