using MicroGrad.Operations;

namespace MicroGrad.Compilation;

/// <summary>
/// Elementary functions as instructions without branches, within a few units of the last place of those in
/// <see cref="Math"/>. Reductions and coefficients of the logarithm are those of Sun's fdlibm; the exponential is a
/// Taylor polynomial on [-ln 2 / 2, ln 2 / 2], whose remainder is below 1e-17.
/// </summary>
internal static class Formulas
{
    private const double Log2E = 1.4426950408889634;

    // ln 2 in two parts: the first has zeros at its end, so that its product with an exponent is exact.
    private const double LogTwoHigh = 6.93147180369123816490e-01;
    private const double LogTwoLow = 1.90821492927058770002e-10;

    // Added to a number, 1.5 * 2^52 leaves its nearest whole number in the lowest bits.
    private const double Rounder = 6755399441055744;
    private const long OneBits = 0x3FF0000000000000;
    private const long MantissaBits = 0x000FFFFFFFFFFFFF;
    private const long SignBit = long.MinValue;

    /// <summary>e^x, also where it is subnormal.</summary>
    public static Term Exp(Term x)
    {
        var (k, reduced) = Reduce(x.AtLeast(-746).AtMost(710), out _);

        // In two factors: 2^k itself may be too large or too small for a number where the result is not.
        var halfBits = k.MultiplyAdd(0.5, Rounder);
        var rest = k - (halfBits - Rounder);
        return (1 + reduced) * PowerOfTwo(halfBits) * PowerOfTwo(rest + Rounder);
    }

    /// <summary>e^x - 1 for x in [-700, 700], with all digits near 0.</summary>
    private static Term Expm1(Term x)
    {
        var (_, reduced) = Reduce(x, out var bits);
        var scale = PowerOfTwo(bits);
        return scale.MultiplyAdd(reduced, scale - 1);
    }

    public static Term Elu(Term x) => x.Greater(0).Select(x, Expm1(x.AtMost(0).AtLeast(-50)));

    /// <summary>By e^2|x| - 1, which keeps all digits near 0; beyond 20, tanh is 1.</summary>
    public static Term Tanh(Term x)
    {
        var e = Expm1(x.Abs().AtMost(20) * 2);
        return (e / (e + 2)).Or(x.And(SignBit));
    }

    public static Term Sigmoid(Term x)
    {
        var e = Exp(-x.Abs());
        return x.GreaterOrEqual(0).Select(1, e) / (1 + e);
    }

    /// <summary>max(x, 0) + ln(1 + e^-|x|).</summary>
    public static Term Softplus(Term x)
    {
        // 1 + e is in [1, 2]; above the root of 2, it is halved, which is exact.
        var e = Exp(-x.Abs());
        var isLarge = e.Greater(0.41421356237309503);
        return x.AtLeast(0) + LogOf(isLarge.Select((e - 1) * 0.5, e), isLarge.Select(1, 0));
    }

    /// <summary>The natural logarithm: minus infinity at 0, NaN below.</summary>
    public static Term Log(Term x)
    {
        // Subnormal numbers are brought into range first.
        const double smallestNormal = 2.2250738585072014e-308;
        var isSmall = x.Number(smallestNormal).Greater(x);
        var scaled = isSmall.Select(x * 18014398509481984, x);

        // x = 2^k m with m from the root of 1/2 to that of 2.
        const long rootOfHalf = 0x3FE6A09E667F3BCD;
        var bits = scaled.AddBits(OneBits - rootOfHalf);
        var exponent = bits.ShiftRight52().AddBits(BitConverter.DoubleToInt64Bits(Rounder)) - (Rounder + 1023);
        var m = bits.And(MantissaBits).AddBits(rootOfHalf);
        var log = LogOf(m - 1, exponent - isSmall.Select(54, 0));

        var positive = x.EqualTo(double.PositiveInfinity).Select(x, log);
        return x.Greater(0).Select(positive, x.EqualTo(0).Select(double.NegativeInfinity, double.NaN));
    }

    /// <summary>The normal distribution function, by the same series as the scalar one.</summary>
    public static Term NormalDistribution(Term x)
    {
        var y = -x * 0.70710678118654752440;
        var z = y.Abs();
        var t = 2 / (2 + z);
        var s = 2 * t - 1;
        var coefficients = SpecialFunctions.ErfcCoefficients;
        Term next = x.Number(coefficients[^1]), afterNext = x.Number(0);
        for (var j = coefficients.Length - 2; j > 0; j--)
        {
            (next, afterNext) = ((2 * s).MultiplyAdd(next, coefficients[j] - afterNext), next);
        }

        var series = s.MultiplyAdd(next, coefficients[0] - afterNext);
        var tail = t * Exp(-z * z + series);
        return 0.5 * y.GreaterOrEqual(0).Select(tail, 2 - tail);
    }

    /// <summary>x^p; a small whole p by products.</summary>
    public static Term Power(Term x, double exponent)
    {
        if (exponent == 0)
        {
            return x.Number(1);
        }

        if (exponent != Math.Truncate(exponent) || Math.Abs(exponent) > 16)
        {
            return x.Power(x.Number(exponent));
        }

        var power = exponent < 0 ? 1 / x : x;
        Term? result = null;
        for (var n = (int)Math.Abs(exponent); ; n >>= 1)
        {
            if ((n & 1) != 0)
            {
                result = result is { } soFar ? soFar * power : power;
            }

            if (n <= 1)
            {
                return result!.Value;
            }

            power *= power;
        }
    }

    /// <summary>x = k ln 2 + r; gives k and e^r - 1, and k as whole number in the lowest bits.</summary>
    private static (Term K, Term Reduced) Reduce(Term x, out Term bits)
    {
        bits = x.MultiplyAdd(Log2E, Rounder);
        var k = bits - Rounder;
        var r = k.MultiplyAdd(-LogTwoLow, k.MultiplyAdd(-LogTwoHigh, x));
        var z = r * r;
        var even = x.Number(1.0 / 479001600);
        foreach (var c in (ReadOnlySpan<double>)[1.0 / 3628800, 1.0 / 40320, 1.0 / 720, 1.0 / 24, 1.0 / 2])
        {
            even = even.MultiplyAdd(z, c);
        }

        var odd = x.Number(1.0 / 6227020800);
        foreach (var c in (ReadOnlySpan<double>)[1.0 / 39916800, 1.0 / 362880, 1.0 / 5040, 1.0 / 120, 1.0 / 6])
        {
            odd = odd.MultiplyAdd(z, c);
        }

        return (k, z.MultiplyAdd(r.MultiplyAdd(odd, even), r));
    }

    /// <summary>2^k for k from -1022 to 1023 in the lowest bits.</summary>
    private static Term PowerOfTwo(Term bits) => bits.ShiftLeft52().AddBits(OneBits);

    /// <summary>ln(1 + f) + k ln 2 for 1 + f from the root of 1/2 to that of 2.</summary>
    private static Term LogOf(Term f, Term k)
    {
        var s = f / (2 + f);
        var z = s * s;
        var series = f.Number(1.479819860511658591e-01);
        foreach (var c in (ReadOnlySpan<double>)
            [
                1.531383769920937332e-01, 1.818357216161805012e-01, 2.222219843214978396e-01,
                2.857142874366239149e-01, 3.999999999940941908e-01, 6.666666666666735130e-01,
            ])
        {
            series = series.MultiplyAdd(z, c);
        }

        var halfSquare = 0.5 * f * f;
        var correction = s.MultiplyAdd(z.MultiplyAdd(series, halfSquare), k * LogTwoLow);
        return k * LogTwoHigh - (halfSquare - correction - f);
    }
}
