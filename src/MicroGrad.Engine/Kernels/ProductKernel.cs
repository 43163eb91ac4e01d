using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MicroGrad.Kernels;

/// <summary>The left side of a product: rows of numbers at a fixed distance, a number for each step.</summary>
internal readonly ref struct LeftRows<T>
    where T : unmanaged
{
    public readonly ref T First;
    public readonly int Rows;
    public readonly int Stride;
    public readonly int Steps;

    /// <param name="numbers">Begins with the first number of the first row.</param>
    /// <param name="rows">How many: whole tiles.</param>
    /// <param name="stride">From a row to the next.</param>
    /// <param name="steps">Numbers in a row.</param>
    public LeftRows(Span<T> numbers, int rows, int stride, int steps)
    {
        // Checked here, as the kernel reads without checks of bounds.
        _ = numbers[(rows - 1) * stride + steps - 1];
        First = ref MemoryMarshal.GetReference(numbers);
        (Rows, Stride, Steps) = (rows, stride, steps);
    }
}

/// <summary>Where a product is written: rows of a panel's width at a fixed distance.</summary>
internal readonly ref struct ProductTarget<T>
    where T : unmanaged
{
    public readonly ref T First;
    public readonly int Rows;
    public readonly int Stride;
    public readonly ref T Starts;
    public readonly int StartStride;

    /// <summary>A target that the product is added to.</summary>
    /// <param name="numbers">Begins with the first number of the first row.</param>
    /// <param name="rows">How many.</param>
    /// <param name="stride">From a row to the next.</param>
    public ProductTarget(Span<T> numbers, int rows, int stride)
    {
        _ = numbers[(rows - 1) * stride + PanelMatrix<T>.PanelWidth - 1];
        First = ref MemoryMarshal.GetReference(numbers);
        (Rows, Stride) = (rows, stride);
    }

    /// <summary>A target that is overwritten.</summary>
    /// <param name="numbers">Begins with the first number of the first row.</param>
    /// <param name="rows">How many.</param>
    /// <param name="stride">From a row to the next.</param>
    /// <param name="starts">What the sums of a row start from.</param>
    /// <param name="startStride">From a row's start to the next; 0 where all have one.</param>
    public ProductTarget(Span<T> numbers, int rows, int stride, Span<T> starts, int startStride)
        : this(numbers, rows, stride)
    {
        _ = starts[(rows - 1) * startStride];
        Starts = ref MemoryMarshal.GetReference(starts);
        StartStride = startStride;
    }

    public bool IsAddedTo => Unsafe.IsNullRef(ref Starts);
}

/// <summary>
/// The one inner loop under all matrix products: a tile of some rows by a panel's width, held in registers, grows by a
/// column of the left side times a row of the right side at each step.
/// </summary>
/// <remarks>
/// Each element adds up its products one after the other, in the order of the steps, whatever tile, panel or thread it
/// falls to: its bits depend on nothing but its row and its column.
/// </remarks>
internal static class ProductKernel
{
    /// <summary>Steps for which a panel of the right side fits the first cache.</summary>
    public const int CachedSteps = 256;

    /// <summary>Rows come in multiples of these: with 32 registers a tile has eight, with 16 it has six or four.</summary>
    public static int TileRows => Vector512.IsHardwareAccelerated ? 8 : 4;

    public static int RoundToTile(int rows) => (rows + TileRows - 1) / TileRows * TileRows;

    /// <summary>target = starts + left · right, or target += left · right.</summary>
    /// <param name="left">Whole tiles of rows.</param>
    /// <param name="right">A panel's row for each step.</param>
    /// <param name="target">As many rows as the left side.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<T>(
        in LeftRows<T> left, ReadOnlySpan<Vector512<T>> right, in ProductTarget<T> target)
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(target.Rows, left.Rows);
        ref var first = ref Unsafe.AsRef(in MemoryMarshal.GetReference(right[..(PanelMatrix<T>.PanelVectors * left.Steps)]));
        for (var row = 0; row < left.Rows;)
        {
            var rest = left.Rows - row;
            if (Vector512.IsHardwareAccelerated)
            {
                EightRows(in left, ref first, in target, row);
                row += 8;
            }
            else if (rest > 4 && rest != 8)
            {
                SixRows(in left, ref first, in target, row);
                row += 6;
            }
            else
            {
                FourRows(in left, ref first, in target, row);
                row += 4;
            }
        }
    }

    // Each vector of a tile is a separate variable: only then does the compiler keep them in registers.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void EightRows<T>(in LeftRows<T> left, ref Vector512<T> right, in ProductTarget<T> target, nint row)
        where T : unmanaged
    {
        var (t00, t01) = (First(in target, row, 0), First(in target, row, 1));
        var (t10, t11) = (First(in target, row + 1, 0), First(in target, row + 1, 1));
        var (t20, t21) = (First(in target, row + 2, 0), First(in target, row + 2, 1));
        var (t30, t31) = (First(in target, row + 3, 0), First(in target, row + 3, 1));
        var (t40, t41) = (First(in target, row + 4, 0), First(in target, row + 4, 1));
        var (t50, t51) = (First(in target, row + 5, 0), First(in target, row + 5, 1));
        var (t60, t61) = (First(in target, row + 6, 0), First(in target, row + 6, 1));
        var (t70, t71) = (First(in target, row + 7, 0), First(in target, row + 7, 1));

        var (stride, steps) = ((nint)left.Stride, (nint)left.Steps);
        ref var row0 = ref Unsafe.Add(ref left.First, row * stride);
        ref var row1 = ref Unsafe.Add(ref row0, stride);
        ref var row2 = ref Unsafe.Add(ref row0, 2 * stride);
        ref var row3 = ref Unsafe.Add(ref row0, 3 * stride);
        ref var row4 = ref Unsafe.Add(ref row0, 4 * stride);
        ref var row5 = ref Unsafe.Add(ref row0, 5 * stride);
        ref var row6 = ref Unsafe.Add(ref row0, 6 * stride);
        ref var row7 = ref Unsafe.Add(ref row0, 7 * stride);
        for (nint k = 0; k < steps; k++)
        {
            var (right0, right1) = (right, Unsafe.Add(ref right, 1));
            right = ref Unsafe.Add(ref right, 2);
            var factor = Vector512.Create(Unsafe.Add(ref row0, k));
            t00 = Vectors.MultiplyAdd(factor, right0, t00);
            t01 = Vectors.MultiplyAdd(factor, right1, t01);
            factor = Vector512.Create(Unsafe.Add(ref row1, k));
            t10 = Vectors.MultiplyAdd(factor, right0, t10);
            t11 = Vectors.MultiplyAdd(factor, right1, t11);
            factor = Vector512.Create(Unsafe.Add(ref row2, k));
            t20 = Vectors.MultiplyAdd(factor, right0, t20);
            t21 = Vectors.MultiplyAdd(factor, right1, t21);
            factor = Vector512.Create(Unsafe.Add(ref row3, k));
            t30 = Vectors.MultiplyAdd(factor, right0, t30);
            t31 = Vectors.MultiplyAdd(factor, right1, t31);
            factor = Vector512.Create(Unsafe.Add(ref row4, k));
            t40 = Vectors.MultiplyAdd(factor, right0, t40);
            t41 = Vectors.MultiplyAdd(factor, right1, t41);
            factor = Vector512.Create(Unsafe.Add(ref row5, k));
            t50 = Vectors.MultiplyAdd(factor, right0, t50);
            t51 = Vectors.MultiplyAdd(factor, right1, t51);
            factor = Vector512.Create(Unsafe.Add(ref row6, k));
            t60 = Vectors.MultiplyAdd(factor, right0, t60);
            t61 = Vectors.MultiplyAdd(factor, right1, t61);
            factor = Vector512.Create(Unsafe.Add(ref row7, k));
            t70 = Vectors.MultiplyAdd(factor, right0, t70);
            t71 = Vectors.MultiplyAdd(factor, right1, t71);
        }

        Write(in target, row, t00, t01);
        Write(in target, row + 1, t10, t11);
        Write(in target, row + 2, t20, t21);
        Write(in target, row + 3, t30, t31);
        Write(in target, row + 4, t40, t41);
        Write(in target, row + 5, t50, t51);
        Write(in target, row + 6, t60, t61);
        Write(in target, row + 7, t70, t71);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void SixRows<T>(in LeftRows<T> left, ref Vector512<T> right, in ProductTarget<T> target, nint row)
        where T : unmanaged
    {
        var (t0, t1) = (First(in target, row, 0), First(in target, row + 1, 0));
        var (t2, t3) = (First(in target, row + 2, 0), First(in target, row + 3, 0));
        var (t4, t5) = (First(in target, row + 4, 0), First(in target, row + 5, 0));
        var (stride, steps) = ((nint)left.Stride, (nint)left.Steps);
        ref var row0 = ref Unsafe.Add(ref left.First, row * stride);
        ref var row1 = ref Unsafe.Add(ref row0, stride);
        ref var row2 = ref Unsafe.Add(ref row0, 2 * stride);
        ref var row3 = ref Unsafe.Add(ref row0, 3 * stride);
        ref var row4 = ref Unsafe.Add(ref row0, 4 * stride);
        ref var row5 = ref Unsafe.Add(ref row0, 5 * stride);
        for (nint k = 0; k < steps; k++)
        {
            var factors = right;
            right = ref Unsafe.Add(ref right, 1);
            t0 = Vectors.MultiplyAdd(Vector512.Create(Unsafe.Add(ref row0, k)), factors, t0);
            t1 = Vectors.MultiplyAdd(Vector512.Create(Unsafe.Add(ref row1, k)), factors, t1);
            t2 = Vectors.MultiplyAdd(Vector512.Create(Unsafe.Add(ref row2, k)), factors, t2);
            t3 = Vectors.MultiplyAdd(Vector512.Create(Unsafe.Add(ref row3, k)), factors, t3);
            t4 = Vectors.MultiplyAdd(Vector512.Create(Unsafe.Add(ref row4, k)), factors, t4);
            t5 = Vectors.MultiplyAdd(Vector512.Create(Unsafe.Add(ref row5, k)), factors, t5);
        }

        Write(in target, row, t0);
        Write(in target, row + 1, t1);
        Write(in target, row + 2, t2);
        Write(in target, row + 3, t3);
        Write(in target, row + 4, t4);
        Write(in target, row + 5, t5);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void FourRows<T>(in LeftRows<T> left, ref Vector512<T> right, in ProductTarget<T> target, nint row)
        where T : unmanaged
    {
        var (t0, t1) = (First(in target, row, 0), First(in target, row + 1, 0));
        var (t2, t3) = (First(in target, row + 2, 0), First(in target, row + 3, 0));
        var (stride, steps) = ((nint)left.Stride, (nint)left.Steps);
        ref var row0 = ref Unsafe.Add(ref left.First, row * stride);
        ref var row1 = ref Unsafe.Add(ref row0, stride);
        ref var row2 = ref Unsafe.Add(ref row0, 2 * stride);
        ref var row3 = ref Unsafe.Add(ref row0, 3 * stride);
        for (nint k = 0; k < steps; k++)
        {
            var factors = right;
            right = ref Unsafe.Add(ref right, 1);
            t0 = Vectors.MultiplyAdd(Vector512.Create(Unsafe.Add(ref row0, k)), factors, t0);
            t1 = Vectors.MultiplyAdd(Vector512.Create(Unsafe.Add(ref row1, k)), factors, t1);
            t2 = Vectors.MultiplyAdd(Vector512.Create(Unsafe.Add(ref row2, k)), factors, t2);
            t3 = Vectors.MultiplyAdd(Vector512.Create(Unsafe.Add(ref row3, k)), factors, t3);
        }

        Write(in target, row, t0);
        Write(in target, row + 1, t1);
        Write(in target, row + 2, t2);
        Write(in target, row + 3, t3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> First<T>(in ProductTarget<T> target, nint row, int vector)
        where T : unmanaged => target.IsAddedTo
            ? Vector512.LoadUnsafe(ref Unsafe.Add(ref target.First, row * target.Stride), (nuint)(vector * Vector512<T>.Count))
            : Vector512.Create(Unsafe.Add(ref target.Starts, row * target.StartStride));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<T>(in ProductTarget<T> target, nint row, Vector512<T> numbers)
        where T : unmanaged => numbers.StoreUnsafe(ref Unsafe.Add(ref target.First, row * target.Stride));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<T>(in ProductTarget<T> target, nint row, Vector512<T> left, Vector512<T> right)
        where T : unmanaged
    {
        ref var first = ref Unsafe.Add(ref target.First, row * target.Stride);
        left.StoreUnsafe(ref first);
        right.StoreUnsafe(ref first, (nuint)Vector512<T>.Count);
    }
}
