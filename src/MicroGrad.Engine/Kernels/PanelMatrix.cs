using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MicroGrad.Kernels;

/// <summary>
/// A matrix as the product kernel reads and writes it: columns in panels as wide as its tile, a panel after the other, each
/// row by row. Rows are padded to whole tiles and columns to whole panels; the padding is never read.
/// </summary>
/// <remarks>
/// A network's numbers lie unit by unit with the rows of the batch side by side, so that a layer's result is, as it is
/// written, what the next layer's product reads, and a layer of one unit fills its vectors as well as one of hundreds.
/// </remarks>
internal sealed class PanelMatrix<T>
    where T : unmanaged
{
    private readonly T[] _numbers;
    private readonly int _start;

    public PanelMatrix(int rows, int columns)
    {
        PaddedRows = ProductKernel.RoundToTile(rows);
        PanelCount = PanelsFor(columns);

        // Pinned at the start of a cache line, so that no vector crosses one.
        var count = PanelCount * PaddedRows * PanelWidth;
        _numbers = GC.AllocateArray<T>(count + Vector512<T>.Count, pinned: true);
        var address = (long)Marshal.UnsafeAddrOfPinnedArrayElement(_numbers, 0);
        var bytes = Vector512<T>.Count * Marshal.SizeOf<T>();
        _start = (int)((bytes - address % bytes) % bytes) / Marshal.SizeOf<T>();
    }

    /// <summary>Vectors in a row of a panel: one where a processor needs two registers or more for it.</summary>
    public static int PanelVectors => Vector512.IsHardwareAccelerated ? 2 : 1;

    public static int PanelWidth => PanelVectors * Vector512<T>.Count;

    public int PaddedRows { get; }

    public int PanelCount { get; }

    public static int PanelsFor(int columns) => (columns + PanelWidth - 1) / PanelWidth;

    /// <summary>Rows of a panel as numbers, each row <see cref="PanelWidth"/> long.</summary>
    public Span<T> Rows(int panel, int row, int count) =>
        _numbers.AsSpan(_start + (panel * PaddedRows + row) * PanelWidth, count * PanelWidth);

    /// <summary>Rows of a panel as vectors, <see cref="PanelVectors"/> a row.</summary>
    public Span<Vector512<T>> Lanes(int panel, int row, int count) =>
        MemoryMarshal.Cast<T, Vector512<T>>(Rows(panel, row, count));

    /// <summary>Writes this matrix, rows for columns, to a panel of another.</summary>
    /// <param name="target">As many rows as this has columns, and as many columns as this has rows.</param>
    /// <param name="targetPanel">Which panel of it.</param>
    /// <param name="targetRows">How many of its rows are wanted.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void TransposeTo(PanelMatrix<T> target, int targetPanel, int targetRows)
    {
        var firstRow = targetPanel * PanelWidth;
        var count = Math.Min(PanelWidth, PaddedRows - firstRow);
        for (var panel = 0; panel * PanelWidth < targetRows; panel++)
        {
            var rows = Math.Min(PanelWidth, RoundUp(targetRows - panel * PanelWidth, 4));
            Transposition.Write<T>(
                Rows(panel, firstRow, count), PanelWidth, count, rows, target.Rows(targetPanel, panel * PanelWidth, rows), PanelWidth);
        }
    }

    private static int RoundUp(int count, int multiple) => (count + multiple - 1) / multiple * multiple;
}
