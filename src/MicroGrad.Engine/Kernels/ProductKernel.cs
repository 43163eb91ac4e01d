using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MicroGrad.Kernels;

/// <summary>
/// The left side of a product: eight rows of numbers that lie anywhere at fixed distances, in groups of steps.
/// </summary>
/// <param name="start">The first number of the first row.</param>
/// <param name="rowStride">From a row to the next.</param>
/// <param name="stepStride">From a step to the next.</param>
/// <param name="steps">Steps in a group.</param>
/// <param name="groups">How many groups.</param>
/// <param name="groupStride">From a group to the next.</param>
internal readonly ref struct LeftRows<T>(
    ref T start, int rowStride, int stepStride, int steps, int groups = 1, int groupStride = 0)
    where T : unmanaged
{
    public readonly ref T Start = ref start;
    public readonly nint RowStride = rowStride;
    public readonly nint StepStride = stepStride;
    public readonly nint Steps = steps;
    public readonly int Groups = groups;
    public readonly nint GroupStride = groupStride;
}

/// <summary>
/// The one inner loop under all matrix products: a tile of eight rows by two vectors, held in registers, grows by a
/// column of the left side times a row of the right side at each step.
/// </summary>
/// <remarks>
/// Each element adds up its products one after the other, in the order of the steps, whatever tile, panel or thread it
/// falls to: its bits depend on nothing but its row and its column.
/// </remarks>
internal static class ProductKernel
{
    public const int TileRows = 8;

    /// <summary>Steps for which a panel of the right side fits the first cache.</summary>
    public const int CachedSteps = 256;

    private const int TileVectors = TileRows * 2;

    public static int RoundToTile(int rows) => (rows + TileRows - 1) / TileRows * TileRows;

    /// <summary>tile += left · right.</summary>
    /// <param name="left">Eight rows.</param>
    /// <param name="right">Two vectors for each step of each group, one after the other.</param>
    /// <param name="tile">Eight rows of two vectors.</param>
    public static void MultiplyAdd<T>(in LeftRows<T> left, ReadOnlySpan<Vector512<T>> right, Span<Vector512<T>> tile)
        where T : unmanaged
    {
        // What the loops below read without further checks.
        ref var from = ref Unsafe.AsRef(in right[..(int)(2 * left.Steps * left.Groups)].GetPinnableReference());
        ref var to = ref tile[..TileVectors].GetPinnableReference();
        if (Vector512.IsHardwareAccelerated)
        {
            WholeTile(in left, ref from, ref to);
            return;
        }

        // With 16 registers of half the width, a quarter of the tile at a time.
        for (var row = 0; row < TileRows; row += 4)
        {
            var rows = new LeftRows<T>(
                ref Unsafe.Add(ref left.Start, row * left.RowStride),
                (int)left.RowStride, (int)left.StepStride, (int)left.Steps, left.Groups, (int)left.GroupStride);
            QuarterTile(in rows, ref from, ref Unsafe.Add(ref to, 2 * row));
            QuarterTile(in rows, ref Unsafe.Add(ref from, 1), ref Unsafe.Add(ref to, 2 * row + 1));
        }
    }

    private static void WholeTile<T>(in LeftRows<T> left, ref Vector512<T> right, ref Vector512<T> tile)
        where T : unmanaged
    {
        // Each a variable of its own: only then does the compiler keep them in registers.
        var (t00, t01) = (tile, Unsafe.Add(ref tile, 1));
        var (t10, t11) = (Unsafe.Add(ref tile, 2), Unsafe.Add(ref tile, 3));
        var (t20, t21) = (Unsafe.Add(ref tile, 4), Unsafe.Add(ref tile, 5));
        var (t30, t31) = (Unsafe.Add(ref tile, 6), Unsafe.Add(ref tile, 7));
        var (t40, t41) = (Unsafe.Add(ref tile, 8), Unsafe.Add(ref tile, 9));
        var (t50, t51) = (Unsafe.Add(ref tile, 10), Unsafe.Add(ref tile, 11));
        var (t60, t61) = (Unsafe.Add(ref tile, 12), Unsafe.Add(ref tile, 13));
        var (t70, t71) = (Unsafe.Add(ref tile, 14), Unsafe.Add(ref tile, 15));

        ref var row0 = ref left.Start;
        var (stride, step, end) = (left.RowStride, left.StepStride, left.Steps * left.StepStride);
        for (var group = 0; group < left.Groups; group++)
        {
            ref var row1 = ref Unsafe.Add(ref row0, stride);
            ref var row2 = ref Unsafe.Add(ref row0, 2 * stride);
            ref var row3 = ref Unsafe.Add(ref row0, 3 * stride);
            ref var row4 = ref Unsafe.Add(ref row0, 4 * stride);
            ref var row5 = ref Unsafe.Add(ref row0, 5 * stride);
            ref var row6 = ref Unsafe.Add(ref row0, 6 * stride);
            ref var row7 = ref Unsafe.Add(ref row0, 7 * stride);
            for (nint k = 0; k < end; k += step)
            {
                var (right0, right1) = (right, Unsafe.Add(ref right, 1));
                right = ref Unsafe.Add(ref right, 2);
                var factor = Vector512.Create(Unsafe.Add(ref row0, k));
                t00 = Lanes.MultiplyAdd(factor, right0, t00);
                t01 = Lanes.MultiplyAdd(factor, right1, t01);
                factor = Vector512.Create(Unsafe.Add(ref row1, k));
                t10 = Lanes.MultiplyAdd(factor, right0, t10);
                t11 = Lanes.MultiplyAdd(factor, right1, t11);
                factor = Vector512.Create(Unsafe.Add(ref row2, k));
                t20 = Lanes.MultiplyAdd(factor, right0, t20);
                t21 = Lanes.MultiplyAdd(factor, right1, t21);
                factor = Vector512.Create(Unsafe.Add(ref row3, k));
                t30 = Lanes.MultiplyAdd(factor, right0, t30);
                t31 = Lanes.MultiplyAdd(factor, right1, t31);
                factor = Vector512.Create(Unsafe.Add(ref row4, k));
                t40 = Lanes.MultiplyAdd(factor, right0, t40);
                t41 = Lanes.MultiplyAdd(factor, right1, t41);
                factor = Vector512.Create(Unsafe.Add(ref row5, k));
                t50 = Lanes.MultiplyAdd(factor, right0, t50);
                t51 = Lanes.MultiplyAdd(factor, right1, t51);
                factor = Vector512.Create(Unsafe.Add(ref row6, k));
                t60 = Lanes.MultiplyAdd(factor, right0, t60);
                t61 = Lanes.MultiplyAdd(factor, right1, t61);
                factor = Vector512.Create(Unsafe.Add(ref row7, k));
                t70 = Lanes.MultiplyAdd(factor, right0, t70);
                t71 = Lanes.MultiplyAdd(factor, right1, t71);
            }

            row0 = ref Unsafe.Add(ref row0, left.GroupStride);
        }

        (tile, Unsafe.Add(ref tile, 1)) = (t00, t01);
        (Unsafe.Add(ref tile, 2), Unsafe.Add(ref tile, 3)) = (t10, t11);
        (Unsafe.Add(ref tile, 4), Unsafe.Add(ref tile, 5)) = (t20, t21);
        (Unsafe.Add(ref tile, 6), Unsafe.Add(ref tile, 7)) = (t30, t31);
        (Unsafe.Add(ref tile, 8), Unsafe.Add(ref tile, 9)) = (t40, t41);
        (Unsafe.Add(ref tile, 10), Unsafe.Add(ref tile, 11)) = (t50, t51);
        (Unsafe.Add(ref tile, 12), Unsafe.Add(ref tile, 13)) = (t60, t61);
        (Unsafe.Add(ref tile, 14), Unsafe.Add(ref tile, 15)) = (t70, t71);
    }

    private static void QuarterTile<T>(in LeftRows<T> left, ref Vector512<T> right, ref Vector512<T> tile)
        where T : unmanaged
    {
        var (t0, t1, t2, t3) = (tile, Unsafe.Add(ref tile, 2), Unsafe.Add(ref tile, 4), Unsafe.Add(ref tile, 6));
        ref var row0 = ref left.Start;
        var (stride, step, end) = (left.RowStride, left.StepStride, left.Steps * left.StepStride);
        for (var group = 0; group < left.Groups; group++)
        {
            ref var row1 = ref Unsafe.Add(ref row0, stride);
            ref var row2 = ref Unsafe.Add(ref row0, 2 * stride);
            ref var row3 = ref Unsafe.Add(ref row0, 3 * stride);
            for (nint k = 0; k < end; k += step)
            {
                var row = right;
                right = ref Unsafe.Add(ref right, 2);
                t0 = Lanes.MultiplyAdd(Vector512.Create(Unsafe.Add(ref row0, k)), row, t0);
                t1 = Lanes.MultiplyAdd(Vector512.Create(Unsafe.Add(ref row1, k)), row, t1);
                t2 = Lanes.MultiplyAdd(Vector512.Create(Unsafe.Add(ref row2, k)), row, t2);
                t3 = Lanes.MultiplyAdd(Vector512.Create(Unsafe.Add(ref row3, k)), row, t3);
            }

            row0 = ref Unsafe.Add(ref row0, left.GroupStride);
        }

        (tile, Unsafe.Add(ref tile, 2), Unsafe.Add(ref tile, 4), Unsafe.Add(ref tile, 6)) = (t0, t1, t2, t3);
    }
}
