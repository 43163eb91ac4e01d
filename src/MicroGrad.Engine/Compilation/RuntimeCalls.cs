using System.Runtime.Intrinsics;

namespace MicroGrad.Compilation;

/// <summary>
/// Functions that compiled code calls. Every lane's result depends on that lane alone, so that a sample has the same bits
/// beside any others.
/// </summary>
internal static unsafe class RuntimeCalls
{
    // Up to here, a multiple of pi/2 is subtracted exactly enough; beyond, Math reduces the argument.
    private const double Limit = 1e6;

    public static void Sin(double* x, double* y, int lanes) => Trigonometric(x, y, lanes, Vector128<long>.Zero, &Math.Sin);

    public static void Cos(double* x, double* y, int lanes) => Trigonometric(x, y, lanes, Vector128<long>.One, &Math.Cos);

    public static void Power(double* x, double* exponent, double* y, int lanes)
    {
        for (var i = 0; i < lanes; i++)
        {
            y[i] = Math.Pow(x[i], exponent[i]);
        }
    }

    private static void Trigonometric(double* x, double* y, int lanes, Vector128<long> quarters, delegate*<double, double> exact)
    {
        for (var i = 0; i < lanes; i += 2)
        {
            Trigonometric(Vector128.Load(x + i), quarters).Store(y + i);
        }

        for (var i = 0; i < lanes; i++)
        {
            if (!(Math.Abs(x[i]) <= Limit))
            {
                y[i] = exact(x[i]);
            }
        }
    }

    /// <summary>The sine a number of quarter turns ahead. Reduction and polynomials are those of Sun's fdlibm.</summary>
    private static Vector128<double> Trigonometric(Vector128<double> x, Vector128<long> quarters)
    {
        var rounder = Vector128.Create(6755399441055744.0);
        var rounded = x * 6.36619772367581382433e-01 + rounder;
        var k = rounded - rounder;
        quarters += rounded.AsInt64();

        // x - k pi/2, pi/2 in parts of 33 bits whose products with k are exact.
        var first = x - k * 1.57079632673412561417e+00;
        var second = k * 6.07710050630396597660e-11;
        var r = first - second;
        r -= k * 2.02226624871116645580e-21 - (first - r - second);

        var z = r * r;
        var sin = Polynomial(
            z,
            [
                1.58969099521155010221e-10, -2.50507602534068634195e-08, 2.75573137070700676789e-06,
                -1.98412698298579493134e-04, 8.33333333332248946124e-03, -1.66666666666666324348e-01,
            ]);
        sin = r + r * z * sin;
        var cos = Polynomial(
            z,
            [
                -1.13596475577881948265e-11, 2.08757232129817482790e-09, -2.75573143513906633035e-07,
                2.48015872894767294178e-05, -1.38888888888741095749e-03, 4.16666666666666019037e-02,
            ]);
        var half = 0.5 * z;
        var w = Vector128<double>.One - half;
        cos = w + (Vector128<double>.One - w - half + z * z * cos);

        var isOdd = Vector128.Equals(quarters & Vector128<long>.One, Vector128<long>.One).AsDouble();
        var sign = Vector128.ShiftLeft(quarters & Vector128.Create(2L), 62).AsDouble();
        return Vector128.ConditionalSelect(isOdd, cos, sin) ^ sign;
    }

    private static Vector128<double> Polynomial(Vector128<double> x, ReadOnlySpan<double> coefficients)
    {
        var sum = Vector128.Create(coefficients[0]);
        foreach (var c in coefficients[1..])
        {
            sum = sum * x + Vector128.Create(c);
        }

        return sum;
    }
}
