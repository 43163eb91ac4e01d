using MicroGrad.Formulas;

namespace MicroGrad.Compilation;

/// <summary>
/// Elementary functions as instructions without branches, within a few units of the last place of those in
/// <see cref="Math"/>. Reductions and coefficients of the logarithm are those of Sun's fdlibm; the exponential is a
/// Taylor polynomial on [-ln 2 / 2, ln 2 / 2], whose remainder is below 1e-17.
/// </summary>
internal static class ElementaryFunctions
{
    private const double Log2E = 1.4426950408889634;

    // ln 2 in two parts: the first has zeros at its end, so that its product with an exponent is exact.
    private const double LogTwoHigh = 6.93147180369123816490e-01;
    private const double LogTwoLow = 1.90821492927058770002e-10;

    private const double Rounder = Rounding.Rounder;
    private const long OneBits = 0x3FF0000000000000;
    private const long MantissaBits = 0x000FFFFFFFFFFFFF;
    private const long SignBit = long.MinValue;

    /// <summary>The instructions of an elementary function.</summary>
    public static Term Of(OpCode code, Term x) => code switch
    {
        OpCode.Exp => Exp(x),
        OpCode.Expm1 => Expm1(x),
        OpCode.Log => Log(x),
        OpCode.Log1p => Log1p(x),
        OpCode.Tanh => Tanh(x),
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "It is no elementary function."),
    };

    /// <summary>e^x, also where it is subnormal.</summary>
    private static Term Exp(Term x)
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

    /// <summary>By e^2|x| - 1, which keeps all digits near 0; beyond 20, tanh is 1.</summary>
    private static Term Tanh(Term x)
    {
        var e = Expm1(x.Abs().AtMost(20) * 2);
        return (e / (e + 2)).Or(x.And(SignBit));
    }

    /// <summary>ln(1 + x) for x in [0, 1].</summary>
    private static Term Log1p(Term x)
    {
        // Above the root of 2, 1 + x is halved, which is exact.
        var isLarge = x.Greater(0.41421356237309503);
        return LogOf(isLarge.Select((x - 1) * 0.5, x), isLarge.Select(1, 0));
    }

    /// <summary>The natural logarithm: minus infinity at 0, NaN below.</summary>
    private static Term Log(Term x)
    {
        // Subnormal numbers are scaled to normal ones first.
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
