using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MicroGrad.Kernels;

/// <summary>Copies a matrix with its rows for columns.</summary>
internal static class Transposition
{
    /// <summary>Writes a matrix's columns as rows.</summary>
    /// <param name="from">Begins with the first number of the matrix.</param>
    /// <param name="fromStride">From a row to the next.</param>
    /// <param name="rows">Rows of the matrix.</param>
    /// <param name="columns">Columns of the matrix.</param>
    /// <param name="to">Receives a row for each column.</param>
    /// <param name="toStride">From one of these to the next.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Write<T>(ReadOnlySpan<T> from, int fromStride, int rows, int columns, Span<T> to, int toStride)
        where T : unmanaged
    {
        // Checked here, as the loops read and write without checks of bounds.
        _ = from[(rows - 1) * fromStride + columns - 1];
        _ = to[(columns - 1) * toStride + rows - 1];
        ref var source = ref MemoryMarshal.GetReference(from);
        ref var target = ref MemoryMarshal.GetReference(to);
        var (wholeRows, wholeColumns) = (rows & ~3, columns & ~3);
        for (nint column = 0; column < wholeColumns; column += 4)
        {
            ref var block = ref Unsafe.Add(ref source, column);
            ref var turned = ref Unsafe.Add(ref target, column * toStride);
            var row = 0;
            if (typeof(T) == typeof(float) && Avx.IsSupported)
            {
                for (; row <= rows - 8; row += 8)
                {
                    WriteEight(
                        ref Unsafe.As<T, float>(ref block), (nuint)fromStride, ref Unsafe.As<T, float>(ref turned), (nuint)toStride);
                    block = ref Unsafe.Add(ref block, 8 * (nint)fromStride);
                    turned = ref Unsafe.Add(ref turned, 8);
                }
            }

            for (; row < wholeRows; row += 4)
            {
                WriteFour(ref block, (nuint)fromStride, ref turned, (nuint)toStride);
                block = ref Unsafe.Add(ref block, 4 * (nint)fromStride);
                turned = ref Unsafe.Add(ref turned, 4);
            }
        }

        // The rest that no block covers: columns on the right, then the ends of the others.
        WriteSingly(ref source, fromStride, 0, rows, wholeColumns, columns, ref target, toStride);
        WriteSingly(ref source, fromStride, wholeRows, rows, 0, wholeColumns, ref target, toStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteSingly<T>(
        ref T from, nint fromStride, nint firstRow, nint endRow, nint firstColumn, nint endColumn, ref T to, nint toStride)
    {
        for (var column = firstColumn; column < endColumn; column++)
        {
            for (var row = firstRow; row < endRow; row++)
            {
                Unsafe.Add(ref to, column * toStride + row) = Unsafe.Add(ref from, row * fromStride + column);
            }
        }
    }

    /// <summary>Eight rows of four numbers each: the lower half of a vector does the upper four rows, the other the rest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteEight(ref float from, nuint fromStride, ref float to, nuint toStride)
    {
        ref var lower = ref Unsafe.Add(ref from, 4 * fromStride);
        var a = Vector256.Create(Vector128.LoadUnsafe(ref from), Vector128.LoadUnsafe(ref lower));
        var b = Vector256.Create(Vector128.LoadUnsafe(ref from, fromStride), Vector128.LoadUnsafe(ref lower, fromStride));
        var c = Vector256.Create(Vector128.LoadUnsafe(ref from, 2 * fromStride), Vector128.LoadUnsafe(ref lower, 2 * fromStride));
        var d = Vector256.Create(Vector128.LoadUnsafe(ref from, 3 * fromStride), Vector128.LoadUnsafe(ref lower, 3 * fromStride));
        var (abLow, abHigh) = (Avx.UnpackLow(a, b).AsDouble(), Avx.UnpackHigh(a, b).AsDouble());
        var (cdLow, cdHigh) = (Avx.UnpackLow(c, d).AsDouble(), Avx.UnpackHigh(c, d).AsDouble());
        Avx.UnpackLow(abLow, cdLow).AsSingle().StoreUnsafe(ref to);
        Avx.UnpackHigh(abLow, cdLow).AsSingle().StoreUnsafe(ref to, toStride);
        Avx.UnpackLow(abHigh, cdHigh).AsSingle().StoreUnsafe(ref to, 2 * toStride);
        Avx.UnpackHigh(abHigh, cdHigh).AsSingle().StoreUnsafe(ref to, 3 * toStride);
    }

    /// <summary>Four rows of four numbers each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteFour<T>(ref T from, nuint fromStride, ref T to, nuint toStride)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float) && Sse.IsSupported)
        {
            WriteFour(ref Unsafe.As<T, float>(ref from), fromStride, ref Unsafe.As<T, float>(ref to), toStride);
        }
        else if (typeof(T) == typeof(double) && Avx.IsSupported)
        {
            WriteFour(ref Unsafe.As<T, double>(ref from), fromStride, ref Unsafe.As<T, double>(ref to), toStride);
        }
        else
        {
            for (nuint i = 0; i < 4; i++)
            {
                for (nuint j = 0; j < 4; j++)
                {
                    Unsafe.Add(ref to, j * toStride + i) = Unsafe.Add(ref from, i * fromStride + j);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteFour(ref float from, nuint fromStride, ref float to, nuint toStride)
    {
        var (a, b) = (Vector128.LoadUnsafe(ref from), Vector128.LoadUnsafe(ref from, fromStride));
        var (c, d) = (Vector128.LoadUnsafe(ref from, 2 * fromStride), Vector128.LoadUnsafe(ref from, 3 * fromStride));
        var (abLow, abHigh) = (Sse.UnpackLow(a, b), Sse.UnpackHigh(a, b));
        var (cdLow, cdHigh) = (Sse.UnpackLow(c, d), Sse.UnpackHigh(c, d));
        Sse.MoveLowToHigh(abLow, cdLow).StoreUnsafe(ref to);
        Sse.MoveHighToLow(cdLow, abLow).StoreUnsafe(ref to, toStride);
        Sse.MoveLowToHigh(abHigh, cdHigh).StoreUnsafe(ref to, 2 * toStride);
        Sse.MoveHighToLow(cdHigh, abHigh).StoreUnsafe(ref to, 3 * toStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteFour(ref double from, nuint fromStride, ref double to, nuint toStride)
    {
        var (a, b) = (Vector256.LoadUnsafe(ref from), Vector256.LoadUnsafe(ref from, fromStride));
        var (c, d) = (Vector256.LoadUnsafe(ref from, 2 * fromStride), Vector256.LoadUnsafe(ref from, 3 * fromStride));
        var (abEven, abOdd) = (Avx.UnpackLow(a, b), Avx.UnpackHigh(a, b));
        var (cdEven, cdOdd) = (Avx.UnpackLow(c, d), Avx.UnpackHigh(c, d));
        Avx.Permute2x128(abEven, cdEven, 0x20).StoreUnsafe(ref to);
        Avx.Permute2x128(abOdd, cdOdd, 0x20).StoreUnsafe(ref to, toStride);
        Avx.Permute2x128(abEven, cdEven, 0x31).StoreUnsafe(ref to, 2 * toStride);
        Avx.Permute2x128(abOdd, cdOdd, 0x31).StoreUnsafe(ref to, 3 * toStride);
    }
}
