using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MicroGrad.Kernels;

namespace MicroGrad.Data;

/// <summary>What outputs decide, where they stand for classes.</summary>
internal static class ClassDecision
{
    /// <summary>The place of the predicted class: the largest of many outputs, or whether a single one is above 0.</summary>
    public static int ClassOf(TargetEncoding encoding, ReadOnlySpan<double> outputs) =>
        encoding == TargetEncoding.OneHot ? IndexOfLargest(outputs) : outputs[0] > 0 ? 1 : 0;

    /// <summary>The place of the class that encoded targets stand for.</summary>
    public static int TargetClass(TargetEncoding encoding, ReadOnlySpan<double> targets) =>
        encoding == TargetEncoding.OneHot ? IndexOfLargest(targets) : targets[0] > 0 ? 1 : 0;

    /// <summary>How many rows of a batch are decided right.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static int CountRight(
        TargetEncoding encoding, ReadOnlySpan<double> outputs, ReadOnlySpan<double> targets, int outputCount)
    {
        var right = 0;
        if (encoding != TargetEncoding.OneHot)
        {
            for (var i = 0; i < outputs.Length; i += outputCount)
            {
                right += outputs[i] > 0 == targets[i] > 0 ? 1 : 0;
            }

            return right;
        }

        // A vector's lanes are as many rows: which of a row's outputs is the largest is nothing that branches foresee.
        var width = Vector512<double>.Count;
        var room = ArrayPool<Vector512<double>>.Shared.Rent(outputCount);
        var lanes = room.AsSpan(0, outputCount);
        for (var at = 0; at < outputs.Length; at += width * outputCount)
        {
            var rows = Math.Min(width, (outputs.Length - at) / outputCount);
            Transposition.Write(outputs[at..], outputCount, rows, outputCount, Vectors.Numbers(lanes), width);
            var decided = IndexOfLargest(lanes);
            Transposition.Write(targets[at..], outputCount, rows, outputCount, Vectors.Numbers(lanes), width);
            var same = Vector512.Equals(decided, IndexOfLargest(lanes)).ExtractMostSignificantBits();
            right += BitOperations.PopCount(same & ((1UL << rows) - 1));
        }

        ArrayPool<Vector512<double>>.Shared.Return(room);
        return right;
    }

    /// <summary>The same for each lane.</summary>
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
