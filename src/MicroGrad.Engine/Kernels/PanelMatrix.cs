using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MicroGrad.Kernels;

/// <summary>
/// A matrix as the product kernel reads and writes it: columns in panels of two vectors, a panel after the other, each
/// row by row. Rows are rounded up to whole tiles and columns to whole panels; what stands there is never looked at.
/// </summary>
/// <remarks>
/// A network's numbers lie unit by unit with the rows of the batch side by side, so that a layer's result is, as it is
/// written, what the next layer's product reads, and a layer of one unit fills its vectors as well as one of hundreds.
/// </remarks>
internal sealed class PanelMatrix<T>
    where T : unmanaged
{
    /// <summary>Vectors in a row of a panel.</summary>
    public const int PanelVectors = 2;

    private readonly T[] _numbers;
    private readonly int _start;

    public PanelMatrix(int rows, int columns)
    {
        PaddedRows = ProductKernel.RoundToTile(rows);
        PanelCount = PanelsFor(columns);

        // Pinned, so that it can start where a cache line does and stay there: a vector then never lies across two.
        var count = PanelCount * PaddedRows * PanelWidth;
        _numbers = GC.AllocateArray<T>(count + Vector512<T>.Count, pinned: true);
        var address = (long)Marshal.UnsafeAddrOfPinnedArrayElement(_numbers, 0);
        var bytes = Vector512<T>.Count * Marshal.SizeOf<T>();
        _start = (int)((bytes - address % bytes) % bytes) / Marshal.SizeOf<T>();
    }

    public static int PanelWidth => PanelVectors * Vector512<T>.Count;

    public int PaddedRows { get; }

    public int PanelCount { get; }

    public static int PanelsFor(int columns) => (columns + PanelWidth - 1) / PanelWidth;

    /// <summary>Rows of a panel as numbers, each row <see cref="PanelWidth"/> long.</summary>
    public Span<T> Rows(int panel, int row, int count) =>
        _numbers.AsSpan(_start + (panel * PaddedRows + row) * PanelWidth, count * PanelWidth);

    /// <summary>All rows of all panels from one on, as they lie.</summary>
    public Span<T> RowsFrom(int panel, int row) => _numbers.AsSpan(_start + (panel * PaddedRows + row) * PanelWidth);

    /// <summary>Rows of a panel as vectors, two a row.</summary>
    public Span<Vector512<T>> Lanes(int panel, int row, int count) =>
        MemoryMarshal.Cast<T, Vector512<T>>(Rows(panel, row, count));

    /// <summary>Writes this matrix, rows for columns, to a panel of another.</summary>
    /// <param name="target">As many rows as this has columns, and as many columns as this has rows.</param>
    /// <param name="targetPanel">Which panel of it.</param>
    /// <param name="targetRows">How many of its rows are wanted.</param>
    public void TransposeTo(PanelMatrix<T> target, int targetPanel, int targetRows)
    {
        var firstRow = targetPanel * PanelWidth;
        var count = Math.Min(PanelWidth, PaddedRows - firstRow);
        for (var panel = 0; panel * PanelWidth < targetRows; panel++)
        {
            var rows = Math.Min(PanelWidth, RoundUp(targetRows - panel * PanelWidth, 4));
            ref var source = ref MemoryMarshal.GetReference(Rows(panel, firstRow, count));
            ref var destination = ref MemoryMarshal.GetReference(target.Rows(targetPanel, panel * PanelWidth, rows));
            for (var column = 0; column < rows; column += 4)
            {
                for (var row = 0; row < count; row += 4)
                {
                    TransposeFour(
                        ref Unsafe.Add(ref source, row * PanelWidth + column), ref Unsafe.Add(ref destination, column * PanelWidth + row));
                }
            }
        }
    }

    private static int RoundUp(int count, int multiple) => (count + multiple - 1) / multiple * multiple;

    /// <summary>Four rows of four numbers each, rows for columns.</summary>
    private static void TransposeFour(ref T from, ref T to)
    {
        if (typeof(T) == typeof(float) && Sse.IsSupported)
        {
            TransposeFour(ref Unsafe.As<T, float>(ref from), ref Unsafe.As<T, float>(ref to));
        }
        else if (typeof(T) == typeof(double) && Avx.IsSupported)
        {
            TransposeFour(ref Unsafe.As<T, double>(ref from), ref Unsafe.As<T, double>(ref to));
        }
        else
        {
            for (var i = 0; i < 4; i++)
            {
                for (var j = 0; j < 4; j++)
                {
                    Unsafe.Add(ref to, j * PanelWidth + i) = Unsafe.Add(ref from, i * PanelWidth + j);
                }
            }
        }
    }

    private static void TransposeFour(ref float from, ref float to)
    {
        var width = (nuint)PanelWidth;
        var (a, b) = (Vector128.LoadUnsafe(ref from), Vector128.LoadUnsafe(ref from, width));
        var (c, d) = (Vector128.LoadUnsafe(ref from, 2 * width), Vector128.LoadUnsafe(ref from, 3 * width));
        var (abLow, abHigh) = (Sse.UnpackLow(a, b), Sse.UnpackHigh(a, b));
        var (cdLow, cdHigh) = (Sse.UnpackLow(c, d), Sse.UnpackHigh(c, d));
        Sse.MoveLowToHigh(abLow, cdLow).StoreUnsafe(ref to);
        Sse.MoveHighToLow(cdLow, abLow).StoreUnsafe(ref to, width);
        Sse.MoveLowToHigh(abHigh, cdHigh).StoreUnsafe(ref to, 2 * width);
        Sse.MoveHighToLow(cdHigh, abHigh).StoreUnsafe(ref to, 3 * width);
    }

    private static void TransposeFour(ref double from, ref double to)
    {
        var width = (nuint)PanelWidth;
        var (a, b) = (Vector256.LoadUnsafe(ref from), Vector256.LoadUnsafe(ref from, width));
        var (c, d) = (Vector256.LoadUnsafe(ref from, 2 * width), Vector256.LoadUnsafe(ref from, 3 * width));
        var (abEven, abOdd) = (Avx.UnpackLow(a, b), Avx.UnpackHigh(a, b));
        var (cdEven, cdOdd) = (Avx.UnpackLow(c, d), Avx.UnpackHigh(c, d));
        Avx.Permute2x128(abEven, cdEven, 0x20).StoreUnsafe(ref to);
        Avx.Permute2x128(abOdd, cdOdd, 0x20).StoreUnsafe(ref to, width);
        Avx.Permute2x128(abEven, cdEven, 0x31).StoreUnsafe(ref to, 2 * width);
        Avx.Permute2x128(abOdd, cdOdd, 0x31).StoreUnsafe(ref to, 3 * width);
    }
}
