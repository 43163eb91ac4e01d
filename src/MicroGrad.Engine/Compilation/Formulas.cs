using MicroGrad.Operations;

namespace MicroGrad.Compilation;

/// <summary>Functions that are made of elementary ones, in forms that neither overflow nor lose digits.</summary>
internal static class Formulas
{
    public static Term Elu(Term x) => x.Greater(0).Select(x, x.AtMost(0).AtLeast(-50).Expm1());

    public static Term Sigmoid(Term x)
    {
        var e = (-x.Abs()).Exp();
        return x.GreaterOrEqual(0).Select(1, e) / (1 + e);
    }

    /// <summary>max(x, 0) + ln(1 + e^-|x|).</summary>
    public static Term Softplus(Term x) => x.AtLeast(0) + (-x.Abs()).Exp().Log1p();

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
        var tail = t * (-z * z + series).Exp();
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
}
