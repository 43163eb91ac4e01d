using System.Globalization;
using System.Runtime.CompilerServices;
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

    /// <summary>Whether text is a number, and which.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out double number) =>
        TryReadShort(text, out number) || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    /// <summary>Reads a number of up to 19 digits with or without a point. The full parser reads all others, such as those with an exponent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryReadShort(ReadOnlySpan<char> text, out double number)
    {
        number = double.NaN;
        ulong digits = 0;
        var isNegative = text.Length > 0 && text[0] == '-';
        var start = isNegative ? 1 : 0;
        var at = ReadDigits(text, start, ref digits);
        var digitCount = at - start;
        var decimals = 0;
        if (at < text.Length && text[at] == '.')
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
    private static int ReadDigits(ReadOnlySpan<char> text, int at, ref ulong digits)
    {
        for (; at < text.Length && char.IsAsciiDigit(text[at]); at++)
        {
            digits = (10 * digits) + text[at] - '0';
        }

        return at;
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
