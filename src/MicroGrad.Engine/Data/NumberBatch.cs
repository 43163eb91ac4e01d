using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MicroGrad.Data;

/// <summary>
/// Reads the numbers of a column together, with the same bits as <see cref="NumberReader"/>. All digits of a cell are one vector,
/// so that no branch depends on how many there are, where the point stands, or the sign; and eight quotients are taken at a time.
/// </summary>
internal static class NumberBatch
{
    /// <summary>The most cells that are read together.</summary>
    public const int MostCells = 64;

    // 19 digits always fit into 64 bits: two groups of eight, and three before them.
    private const ulong Group = 100_000_000;
    private const ulong FirstGroupEnd = 1_000;

    /// <summary>Reads a column of rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="first">The first row to read.</param>
    /// <param name="place">The place of the cell in each of them.</param>
    /// <param name="numbers">A number for each row, where it is read.</param>
    /// <returns>A bit for each row that is read. The full parser reads all others, such as those with an exponent.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    public static ulong Read(DelimitedRows rows, int first, int place, Span<double> numbers)
    {
        Span<ulong> digits = stackalloc ulong[MostCells];
        Span<double> powers = stackalloc double[MostCells];
        ulong read = 0;
        ulong sure = 0;
        var count = Math.Min(rows.Count - first, MostCells);
        for (var i = 0; i < count; i++)
        {
            if (place < rows.CellCount(first + i) && TryReadDigits(rows[first + i, place], out digits[i], out powers[i]))
            {
                read |= 1UL << i;
            }
        }

        for (var i = 0; i < count; i += Vector512<double>.Count)
        {
            var quotients = NumberReader.Divide(
                Vector512.LoadUnsafe(ref digits[i]), Vector512.LoadUnsafe(ref powers[i]), out var areSure);
            quotients.StoreUnsafe(ref numbers[i]);
            sure |= areSure.ExtractMostSignificantBits() << i;
        }

        return read & sure;
    }

    /// <summary>
    /// Reads a number as the quotient of its digits and a power of ten, which has the sign; false where it has more than 19
    /// digits or 22 decimals, or other characters.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryReadDigits(ReadOnlySpan<byte> text, out ulong digits, out double power)
    {
        // The vectors end with the text, the second one a byte earlier: their digits have their places from the right, whatever
        // stands before. The first bytes are those of the margin or of other cells.
        ref var end = ref Unsafe.Add(ref MemoryMarshal.GetReference(text), text.Length);
        var bytes = Vector256.LoadUnsafe(ref Unsafe.Subtract(ref end, Vector256<byte>.Count));
        var earlier = Vector256.LoadUnsafe(ref Unsafe.Subtract(ref end, Vector256<byte>.Count + 1));
        var sign = Unsafe.Subtract(ref end, text.Length) == '-' ? 1 : 0;
        var length = text.Length - sign;

        // The digits before the point move by one, to its place.
        var points = Vector256.Equals(bytes, Vector256.Create((byte)'.')).ExtractMostSignificantBits() & (uint.MaxValue << (Vector256<byte>.Count - length));
        var decimals = BitOperations.LeadingZeroCount(points);
        var isBefore = Vector256.LessThan(Vector256<sbyte>.Indices, Vector256.Create((sbyte)(Vector256<byte>.Count - decimals))).AsByte();
        var count = length - (points == 0 ? 0 : 1);
        decimals = points == 0 ? 0 : decimals;
        var isDigit = Vector256.GreaterThanOrEqual(Vector256<sbyte>.Indices, Vector256.Create((sbyte)(Vector256<byte>.Count - count))).AsByte();
        var ones = (Vector256.ConditionalSelect(isBefore, earlier, bytes) - Vector256.Create((byte)'0')) & isDigit;

        // Digits become numbers of two, then of four, then of eight.
        var twos = ones.AsUInt16();
        twos = ((twos & Vector256.Create((ushort)0xFF)) * 10) + (twos >> 8);
        var fours = twos.AsUInt32();
        fours = ((fours & Vector256.Create(0xFFFFU)) * 100) + (fours >> 16);
        var eights = (fours * Vector256.Create(10_000UL | (1UL << 32)).AsUInt32()).AsUInt64();
        eights = (eights & Vector256.Create((ulong)uint.MaxValue)) + (eights >> 32);

        digits = (((eights.GetElement(1) * Group) + eights.GetElement(2)) * Group) + eights.GetElement(3);
        power = 1;
        if ((uint)(count - 1) >= Vector256<byte>.Count || decimals >= NumberReader.PowersOfTen.Length
            || eights.GetElement(0) != 0 || eights.GetElement(1) >= FirstGroupEnd || Vector256.GreaterThanAny(ones, Vector256.Create((byte)9)))
        {
            return false;
        }

        power = NumberReader.PowersOfTen[decimals];
        power = BitConverter.UInt64BitsToDouble(BitConverter.DoubleToUInt64Bits(power) | ((ulong)sign << 63));
        return true;
    }
}
