using System.Globalization;

namespace MicroGrad.Data;

/// <summary>Reads numbers from UTF-8, to the bits that <see cref="double.Parse(string)"/> gives in the invariant culture.</summary>
internal static class NumberReader
{
    // Integers up to 2^53 and powers of ten up to 10^22 are exact doubles, so one division of two of them is rounded once:
    // the nearest double (Clinger, 1990).
    private const ulong LargestExact = 1UL << 53;

    private static readonly double[] PowersOfTen =
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

    /// <summary>Whether the text is a number, and which.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out double number)
    {
        ulong digits = 0;
        int digitCount = 0, decimals = 0, at = 0;
        var isNegative = text.Length > 0 && text[0] == '-';
        at += isNegative ? 1 : 0;
        for (; at < text.Length && (uint)(text[at] - '0') <= 9; at++, digitCount++)
        {
            digits = 10 * digits + (uint)(text[at] - '0');
        }

        if (at < text.Length && text[at] == '.')
        {
            for (at++; at < text.Length && (uint)(text[at] - '0') <= 9; at++, digitCount++, decimals++)
            {
                digits = 10 * digits + (uint)(text[at] - '0');
            }
        }

        // 19 digits cannot overflow; what else stands there, such as an exponent, is read in full.
        if (at == text.Length && digitCount is > 0 and <= 19 && digits <= LargestExact && decimals < PowersOfTen.Length)
        {
            number = digits / PowersOfTen[decimals];
            number = isNegative ? -number : number;
            return true;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }
}
