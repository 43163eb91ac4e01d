using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MicroGrad.Kernels;

/// <summary>
/// The left side of a product: eight rows of numbers that lie anywhere at fixed distances, in groups of steps.
/// </summary>
internal readonly ref struct LeftRows<T>
    where T : unmanaged
{
    public readonly ref T First;
    public readonly int RowStride;
    public readonly int StepStride;
    public readonly int Steps;
    public readonly int Groups;
    public readonly int GroupStride;

    /// <param name="numbers">Begins with the first number of the first row.</param>
    /// <param name="rowStride">From a row to the next.</param>
    /// <param name="stepStride">From a step to the next.</param>
    /// <param name="steps">Steps in a group.</param>
    /// <param name="groups">How many groups.</param>
    /// <param name="groupStride">From a group to the next.</param>
    public LeftRows(Span<T> numbers, int rowStride, int stepStride, int steps, int groups = 1, int groupStride = 0)
    {
        // The last number that will be read must be there: the kernel does not look.
        _ = numbers[(ProductKernel.TileRows - 1) * rowStride + (steps - 1) * stepStride + (groups - 1) * groupStride];
        First = ref MemoryMarshal.GetReference(numbers);
        (RowStride, StepStride, Steps, Groups, GroupStride) = (rowStride, stepStride, steps, groups, groupStride);
    }
}

/// <summary>Where a tile is written: eight rows of two vectors at a fixed distance.</summary>
internal readonly ref struct TileTarget<T>
    where T : unmanaged
{
    public readonly ref T First;
    public readonly int RowStride;
    public readonly ref T Starts;
    public readonly int StartStride;

    /// <summary>A target that the product is added to.</summary>
    /// <param name="numbers">Begins with the first number of the first row.</param>
    /// <param name="rowStride">From a row to the next.</param>
    public TileTarget(Span<T> numbers, int rowStride)
    {
        _ = numbers[(ProductKernel.TileRows - 1) * rowStride + PanelMatrix<T>.PanelWidth - 1];
        First = ref MemoryMarshal.GetReference(numbers);
        RowStride = rowStride;
    }

    /// <summary>A target that is written anew.</summary>
    /// <param name="numbers">Begins with the first number of the first row.</param>
    /// <param name="rowStride">From a row to the next.</param>
    /// <param name="starts">What the sums of a row start from.</param>
    /// <param name="startStride">From a row's start to the next; 0 where all have one.</param>
    public TileTarget(Span<T> numbers, int rowStride, Span<T> starts, int startStride)
        : this(numbers, rowStride)
    {
        _ = starts[(ProductKernel.TileRows - 1) * startStride];
        Starts = ref MemoryMarshal.GetReference(starts);
        StartStride = startStride;
    }

    public bool IsAddedTo => Unsafe.IsNullRef(ref Starts);
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

    public static int RoundToTile(int rows) => (rows + TileRows - 1) / TileRows * TileRows;

    /// <summary>target = starts + left · right, or target += left · right.</summary>
    /// <param name="left">Eight rows.</param>
    /// <param name="right">Two vectors for each step of each group, one after the other.</param>
    /// <param name="target">Eight rows of two vectors.</param>
    public static void Multiply<T>(
        in LeftRows<T> left, ReadOnlySpan<Vector512<T>> right, in TileTarget<T> target)
        where T : unmanaged
    {
        ref var first = ref Unsafe.AsRef(in MemoryMarshal.GetReference(right[..(2 * left.Steps * left.Groups)]));
        if (Vector512.IsHardwareAccelerated)
        {
            WholeTile(in left, ref first, in target);
            return;
        }

        // With 16 registers of half the width, a quarter of the tile at a time.
        for (var row = 0; row < TileRows; row += 4)
        {
            QuarterTile(in left, ref first, in target, row, 0);
            QuarterTile(in left, ref Unsafe.Add(ref first, 1), in target, row, Vector512<T>.Count);
        }
    }

    private static void WholeTile<T>(in LeftRows<T> left, ref Vector512<T> right, in TileTarget<T> target)
        where T : unmanaged
    {
        // Each a variable of its own: only then does the compiler keep them in registers.
        var (t00, t01) = First(in target, 0);
        var (t10, t11) = First(in target, 1);
        var (t20, t21) = First(in target, 2);
        var (t30, t31) = First(in target, 3);
        var (t40, t41) = First(in target, 4);
        var (t50, t51) = First(in target, 5);
        var (t60, t61) = First(in target, 6);
        var (t70, t71) = First(in target, 7);

        ref var row0 = ref left.First;
        var (stride, step) = ((nint)left.RowStride, (nint)left.StepStride);
        var end = left.Steps * step;
        for (var group = left.Groups; group > 0; group--)
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

            row0 = ref Unsafe.Add(ref row0, (nint)left.GroupStride);
        }

        Write(in target, 0, t00, t01);
        Write(in target, 1, t10, t11);
        Write(in target, 2, t20, t21);
        Write(in target, 3, t30, t31);
        Write(in target, 4, t40, t41);
        Write(in target, 5, t50, t51);
        Write(in target, 6, t60, t61);
        Write(in target, 7, t70, t71);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<T> Left, Vector512<T> Right) First<T>(in TileTarget<T> target, nint row)
        where T : unmanaged
    {
        if (!target.IsAddedTo)
        {
            var start = Vector512.Create(Unsafe.Add(ref target.Starts, row * target.StartStride));
            return (start, start);
        }

        ref var first = ref Unsafe.Add(ref target.First, row * target.RowStride);
        return (Vector512.LoadUnsafe(ref first), Vector512.LoadUnsafe(ref first, (nuint)Vector512<T>.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<T>(in TileTarget<T> target, nint row, Vector512<T> left, Vector512<T> right)
        where T : unmanaged
    {
        ref var first = ref Unsafe.Add(ref target.First, row * target.RowStride);
        left.StoreUnsafe(ref first);
        right.StoreUnsafe(ref first, (nuint)Vector512<T>.Count);
    }

    private static void QuarterTile<T>(
        in LeftRows<T> left, ref Vector512<T> right, in TileTarget<T> target, nint row, nint column)
        where T : unmanaged
    {
        var (t0, t1) = (First(in target, row, column), First(in target, row + 1, column));
        var (t2, t3) = (First(in target, row + 2, column), First(in target, row + 3, column));
        ref var row0 = ref Unsafe.Add(ref left.First, row * left.RowStride);
        var (stride, step) = ((nint)left.RowStride, (nint)left.StepStride);
        var end = left.Steps * step;
        for (var group = left.Groups; group > 0; group--)
        {
            ref var row1 = ref Unsafe.Add(ref row0, stride);
            ref var row2 = ref Unsafe.Add(ref row0, 2 * stride);
            ref var row3 = ref Unsafe.Add(ref row0, 3 * stride);
            for (nint k = 0; k < end; k += step)
            {
                var factors = right;
                right = ref Unsafe.Add(ref right, 2);
                t0 = Lanes.MultiplyAdd(Vector512.Create(Unsafe.Add(ref row0, k)), factors, t0);
                t1 = Lanes.MultiplyAdd(Vector512.Create(Unsafe.Add(ref row1, k)), factors, t1);
                t2 = Lanes.MultiplyAdd(Vector512.Create(Unsafe.Add(ref row2, k)), factors, t2);
                t3 = Lanes.MultiplyAdd(Vector512.Create(Unsafe.Add(ref row3, k)), factors, t3);
            }

            row0 = ref Unsafe.Add(ref row0, (nint)left.GroupStride);
        }

        ref var first = ref Unsafe.Add(ref target.First, row * target.RowStride + column);
        t0.StoreUnsafe(ref first);
        t1.StoreUnsafe(ref Unsafe.Add(ref first, (nint)target.RowStride));
        t2.StoreUnsafe(ref Unsafe.Add(ref first, 2 * (nint)target.RowStride));
        t3.StoreUnsafe(ref Unsafe.Add(ref first, 3 * (nint)target.RowStride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> First<T>(in TileTarget<T> target, nint row, nint column)
        where T : unmanaged => target.IsAddedTo
            ? Vector512.LoadUnsafe(ref Unsafe.Add(ref target.First, row * target.RowStride + column))
            : Vector512.Create(Unsafe.Add(ref target.Starts, row * target.StartStride));
}
