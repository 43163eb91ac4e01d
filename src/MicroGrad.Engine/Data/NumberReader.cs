using System.Globalization;
using System.Numerics;

namespace MicroGrad.Data;

/// <summary>Reads numbers from text, to the bits that <see cref="double.Parse(string)"/> gives in the invariant culture.</summary>
internal static class NumberReader
{
    // Integers up to 2^53 and powers of ten up to 10^22 are exact doubles, so one division of two of them is rounded once:
    // the nearest double (Clinger, 1990).
    private const ulong LargestExact = 1UL << 53;

    private static readonly double[] PowersOfTen =
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

    /// <summary>Whether UTF-8 text is a number, and which.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out double number) =>
        TryReadShort(text, out number) || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    /// <summary>Whether text is a number, and which.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out double number) =>
        TryReadShort(text, out number) || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    /// <summary>Reads a number whose digits and power of ten are exact doubles.</summary>
    private static bool TryReadShort<T>(ReadOnlySpan<T> text, out double number)
        where T : unmanaged, IBinaryInteger<T>
    {
        ulong digits = 0;
        int digitCount = 0, decimals = 0, at = 0;
        var isNegative = text.Length > 0 && uint.CreateTruncating(text[0]) == '-';
        at += isNegative ? 1 : 0;
        for (; at < text.Length && uint.CreateTruncating(text[at]) - '0' <= 9; at++, digitCount++)
        {
            digits = 10 * digits + (uint.CreateTruncating(text[at]) - '0');
        }

        if (at < text.Length && uint.CreateTruncating(text[at]) == '.')
        {
            for (at++; at < text.Length && uint.CreateTruncating(text[at]) - '0' <= 9; at++, digitCount++, decimals++)
            {
                digits = 10 * digits + (uint.CreateTruncating(text[at]) - '0');
            }
        }

        // 19 digits cannot overflow. Anything else, such as an exponent, goes to the full parser.
        if (at < text.Length || digitCount is 0 or > 19 || digits > LargestExact || decimals >= PowersOfTen.Length)
        {
            number = double.NaN;
            return false;
        }

        number = digits / PowersOfTen[decimals];
        number = isNegative ? -number : number;
        return true;
    }
}
