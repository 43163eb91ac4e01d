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
        // The last numbers that are read and written must be there: the loops do not look.
        _ = from[(rows - 1) * fromStride + columns - 1];
        _ = to[(columns - 1) * toStride + rows - 1];
        ref var source = ref MemoryMarshal.GetReference(from);
        ref var target = ref MemoryMarshal.GetReference(to);
        var (wholeRows, wholeColumns) = (rows / 4 * 4, columns / 4 * 4);
        for (var column = 0; column < wholeColumns; column += 4)
        {
            for (var row = 0; row < wholeRows; row += 4)
            {
                WriteFour(
                    ref Unsafe.Add(ref source, row * fromStride + column),
                    (nuint)fromStride,
                    ref Unsafe.Add(ref target, column * toStride + row),
                    (nuint)toStride);
            }
        }

        for (var row = 0; row < rows; row++)
        {
            for (var column = row < wholeRows ? wholeColumns : 0; column < columns; column++)
            {
                Unsafe.Add(ref target, column * toStride + row) = Unsafe.Add(ref source, row * fromStride + column);
            }
        }
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
