using MicroGrad.Formulas;

namespace MicroGrad.Operations;

/// <summary>Functions of one number that .NET lacks.</summary>
internal static class SpecialFunctions
{
    // Chebyshev coefficients, computed for this project with 50 digits, of ln(erfc(x) e^(x^2) / t) over
    // s = 2t - 1 in [-1, 1], where t = 2 / (2 + x) and x >= 0.
    internal static readonly double[] ErfcCoefficients =
    [
        -0.6513268598908547171, 0.6419697923564902603, 0.019476473204185836312, -0.0095615147868086316419,
        -0.0009465953444820368663, 0.00036683949785276145187, 0.000042523324806907771645,
        -0.000020278578112534243154, -1.6242900046470255135e-6, 1.3036558355805232018e-6,
        1.5626441722066143178e-8, -8.5238095914926542525e-8, 6.5290544390988514964e-9,
        5.0593434955514689418e-9, -9.9136415649303308674e-10, -2.2736512229318358557e-10,
        9.646791102015526802e-11, 2.3940380830391147447e-12, -6.8860275264975533984e-12,
        8.9448792730907257167e-13, 3.1309213993429580783e-13, -1.1270822361367252366e-13,
        3.8109052551892320552e-16, 7.1060976136092369878e-15, -1.5230282014571043043e-15,
        -9.4574945712912340005e-17, 1.2102371892242789923e-16, -2.8166630877471769718e-17,
    ];

    /// <summary>ln(1 + x), exact also where 1 + x rounds to 1 (Kahan's correction of the rounded sum).</summary>
    public static double Log1p(double x)
    {
        var u = 1 + x;
        return u == 1 ? x : double.IsInfinity(u) ? u : Math.Log(u) * (x / (u - 1));
    }

    /// <summary>e^x - 1, exact also for small x (Kahan's correction of the rounded exponential).</summary>
    public static double Expm1(double x)
    {
        var u = Math.Exp(x);
        if (u == 1)
        {
            return x;
        }

        var difference = u - 1;
        return difference == -1 || double.IsInfinity(u) ? difference : difference * (x / Math.Log(u));
    }

    /// <summary>The complementary error function, right to about 15 digits in the far tail too.</summary>
    public static TReal Erfc<TReal>(TReal x)
        where TReal : IReal<TReal>
    {
        var z = x.Abs();
        var t = 2 / (2 + z);
        var s = -1 + (t + t);

        // Clenshaw's sum of the series. Single precision needs the first half of it.
        var last = TReal.IsSingle ? 14 : ErfcCoefficients.Length - 1;
        var (next, afterNext) = (x.Number(ErfcCoefficients[last]), x.Number(0));
        for (var j = last - 1; j > 0; j--)
        {
            (next, afterNext) = ((s + s).MultiplyAdd(next, ErfcCoefficients[j] - afterNext), next);
        }

        var sum = s.MultiplyAdd(next, ErfcCoefficients[0] - afterNext);
        var tail = t * (sum - z * z).ExpOfNegative();
        return x.IfAbove(0, tail, 2 - tail);
    }
}
