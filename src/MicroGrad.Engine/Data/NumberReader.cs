using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MicroGrad.Data;

/// <summary>Reads numbers from text, with the same bits as <see cref="double.Parse(string)"/> in the invariant culture.</summary>
public static class NumberReader
{
    // The most digits that always fit into 64 bits.
    private const int MostDigits = 19;

    // Doubles from these on, to twice as much, are 2^32 and 1 apart.
    private const double UpperUnit = (double)(1UL << 42) * (1UL << 42);
    private const double LowerUnit = 1UL << 52;

    // Of two roundings, which change a number by 2^-52 of it at most.
    private const double Slack = 1.0 / (1L << 50);

    // These powers of ten are exact doubles.
    internal static ReadOnlySpan<double> PowersOfTen =>
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

    /// <summary>Whether UTF-8 text is a number, and which.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> text, out double number) =>
        TryReadShort(text, out number) || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    /// <summary>Whether text is a number, and which.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out double number) =>
        TryReadShort(text, out number) || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    /// <summary>Reads a number of up to 19 digits with or without a point. The full parser reads all others, such as those with an exponent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryReadShort<T>(ReadOnlySpan<T> text, out double number)
        where T : unmanaged, IBinaryInteger<T>
    {
        number = double.NaN;
        ulong digits = 0;
        var isNegative = text.Length > 0 && uint.CreateTruncating(text[0]) == '-';
        var start = isNegative ? 1 : 0;
        var at = ReadDigits(text, start, ref digits);
        var digitCount = at - start;
        var decimals = 0;
        if (at < text.Length && uint.CreateTruncating(text[at]) == '.')
        {
            start = at + 1;
            at = ReadDigits(text, start, ref digits);
            decimals = at - start;
            digitCount += decimals;
        }

        if (at < text.Length || digitCount is 0 or > MostDigits || decimals >= PowersOfTen.Length)
        {
            return false;
        }

        var quotient = Divide(Vector512.CreateScalar(digits), Vector512.Create(PowersOfTen[decimals]), out var areSure)[0];
        number = isNegative ? -quotient : quotient;
        return areSure.AsUInt64()[0] != 0;
    }

    /// <summary>Appends digits of the text to a number; returns the place after them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ReadDigits<T>(ReadOnlySpan<T> text, int at, ref ulong digits)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (typeof(T) == typeof(byte))
        {
            var bytes = MemoryMarshal.AsBytes(text);
            while (bytes.Length - at >= sizeof(ulong))
            {
                var eight = BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]);
                if (!AreDigits(eight))
                {
                    break;
                }

                digits = (100_000_000 * digits) + NumberOf(eight);
                at += sizeof(ulong);
            }
        }

        for (; at < text.Length && uint.CreateTruncating(text[at]) - '0' <= 9; at++)
        {
            digits = (10 * digits) + (uint.CreateTruncating(text[at]) - '0');
        }

        return at;
    }

    /// <summary>Whether all eight bytes are digits: their high halves are 3, also after 6 is added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AreDigits(ulong eight) =>
        ((eight & 0xF0F0F0F0F0F0F0F0) | (((eight + 0x0606060606060606) & 0xF0F0F0F0F0F0F0F0) >> 4)) == 0x3333333333333333;

    /// <summary>The number that eight digits make, the first one in the lowest byte: by pairs, then fours, then all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong NumberOf(ulong eight)
    {
        const ulong Pairs = 0x00FF00FF00FF00FF;
        const ulong Fours = 0x0000FFFF0000FFFF;
        eight -= 0x3030303030303030;
        eight = ((10 * eight) + (eight >> 8)) & Pairs;
        eight = ((100 * eight) + (eight >> 16)) & Fours;
        return (10_000 * (eight & uint.MaxValue)) + (eight >> 32);
    }

    /// <summary>
    /// The doubles nearest to <paramref name="digits"/> / <paramref name="powers"/>, and which of them are sure: others are too
    /// close to the middle of two doubles to tell.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> Divide(Vector512<ulong> digits, Vector512<double> powers, out Vector512<double> areSure)
    {
        // The halves of the digits are exact doubles: as the last bits of 2^84 and of 2^52.
        var upper = ((digits >> 32) | Vector512.Create(BitConverter.DoubleToUInt64Bits(UpperUnit))).AsDouble() - Vector512.Create(UpperUnit);
        var lower = ((digits & Vector512.Create((ulong)uint.MaxValue)) | Vector512.Create(BitConverter.DoubleToUInt64Bits(LowerUnit))).AsDouble()
            - Vector512.Create(LowerUnit);

        // So are the digits as a sum of two, and what the first quotient leaves over (Dekker, 1971), so that only the
        // roundings of the rest are uncertain: far less than the slack.
        var high = upper + lower;
        var low = lower - (high - upper);
        var first = high / powers;
        var rest = (Vector512.FusedMultiplyAdd(-first, powers, high) + low) / powers;
        var slack = Vector512.Abs(rest) * Slack;
        var quotient = first + (rest - slack);
        areSure = Vector512.Equals(quotient, first + (rest + slack));
        return quotient;
    }
}
