using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MicroGrad.Kernels;

/// <summary>
/// The functions that activations are made of, on all lanes at once, within a few units of the last place. Each does the
/// same to every lane, whatever stands in the others; NaN stays NaN.
/// </summary>
/// <remarks>
/// Powers of e come from x = n ln 2 + r with |r| at most ln(2) / 2: a Taylor polynomial gives e^r - 1 with all its digits
/// near 0 (its first term left out is below a quarter of the last place), and 2^n is written into the exponent. The two
/// polynomials are methods of their own: where vectors are narrower, the compiler makes so many variables of them that it
/// would call the rest of an activation step by step.
/// </remarks>
internal static class LaneFunctions
{
    /// <summary>e^x for x up to 0; 0 where the result would be no normal number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> ExpOfNegative<T>(Vector512<T> x)
        where T : unmanaged
    {
        var lowest = Lanes.Of<T>(typeof(T) == typeof(double) ? -708.0 : -87.0);
        var bounded = Max(lowest, x);
        var shifted = Shift(bounded);
        var scale = PowerOfTwo(shifted);
        return Vector512.ConditionalSelect(
            Vector512.LessThan(x, lowest), Vector512<T>.Zero, Lanes.MultiplyAdd(Fraction(bounded, shifted), scale, scale));
    }

    /// <summary>e^x - 1 for x up to 0, exact also near 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Expm1OfNegative<T>(Vector512<T> x)
        where T : unmanaged
    {
        // From -40 on the result is -1 in double precision.
        var bounded = Max(Lanes.Of<T>(-40), x);
        var shifted = Shift(bounded);
        var scale = PowerOfTwo(shifted);
        return Lanes.MultiplyAdd(Fraction(bounded, shifted), scale, scale - Vector512<T>.One);
    }

    /// <summary>tanh |x| = -m / (m + 2), where m = e^(-2|x|) - 1; the sign is that of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Tanh<T>(Vector512<T> x)
        where T : unmanaged
    {
        var size = Vector512.Abs(x);
        var m = Expm1OfNegative(-(size + size));
        return Vector512.Abs(m / (m + Lanes.Of<T>(2))) | (x & Lanes.Of<T>(-0.0));
    }

    /// <summary>1 / (1 + e^-x), by e^-|x|, which cannot overflow on either side of 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Sigmoid<T>(Vector512<T> x)
        where T : unmanaged
    {
        var e = ExpOfNegative(-Vector512.Abs(x));
        var above = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<T>.Zero), e, Vector512<T>.One);
        return above / (Vector512<T>.One + e);
    }

    /// <summary>ln(1 + u) for u from 0 to 1, as 2 artanh(u / (2 + u)), whose argument is at most a third.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<T> Log1pOfFraction<T>(Vector512<T> u)
        where T : unmanaged
    {
        var s = u / (u + Lanes.Of<T>(2));
        var square = s * s;
        var sum = Vector512<T>.Zero;
        if (typeof(T) == typeof(double))
        {
            sum = Lanes.Of<T>(1.0 / 33);
            sum = Lanes.MultiplyAdd(sum, square, Lanes.Of<T>(1.0 / 31));
            sum = Lanes.MultiplyAdd(sum, square, Lanes.Of<T>(1.0 / 29));
            sum = Lanes.MultiplyAdd(sum, square, Lanes.Of<T>(1.0 / 27));
            sum = Lanes.MultiplyAdd(sum, square, Lanes.Of<T>(1.0 / 25));
            sum = Lanes.MultiplyAdd(sum, square, Lanes.Of<T>(1.0 / 23));
            sum = Lanes.MultiplyAdd(sum, square, Lanes.Of<T>(1.0 / 21));
            sum = Lanes.MultiplyAdd(sum, square, Lanes.Of<T>(1.0 / 19));
            sum = Lanes.MultiplyAdd(sum, square, Lanes.Of<T>(1.0 / 17));
        }

        sum = Lanes.MultiplyAdd(sum, square, Lanes.Of<T>(1.0 / 15));
        sum = Lanes.MultiplyAdd(sum, square, Lanes.Of<T>(1.0 / 13));
        sum = Lanes.MultiplyAdd(sum, square, Lanes.Of<T>(1.0 / 11));
        sum = Lanes.MultiplyAdd(sum, square, Lanes.Of<T>(1.0 / 9));
        sum = Lanes.MultiplyAdd(sum, square, Lanes.Of<T>(1.0 / 7));
        sum = Lanes.MultiplyAdd(sum, square, Lanes.Of<T>(1.0 / 5));
        sum = Lanes.MultiplyAdd(sum, square, Lanes.Of<T>(1.0 / 3));
        s += s;
        return Lanes.MultiplyAdd(s * square, sum, s);
    }

    /// <summary>max(x, 0) + ln(1 + e^-|x|).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Softplus<T>(Vector512<T> x)
        where T : unmanaged =>
        Max(Vector512<T>.Zero, x) + Log1pOfFraction(ExpOfNegative(-Vector512.Abs(x)));

    /// <summary>The larger; NaN where <paramref name="x"/> is NaN, which is why it stands second.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Max<T>(Vector512<T> bound, Vector512<T> x)
        where T : unmanaged =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(bound, x), bound, x);

    /// <summary>1.5 * 2^52 (2^23): a number added to it stands, rounded, in the low bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Magic<T>()
        where T : unmanaged => Lanes.Of<T>(typeof(T) == typeof(double) ? 6755399441055744.0 : 12582912.0);

    /// <summary>n of e^x = 2^n e^r, added to <see cref="Magic"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Shift<T>(Vector512<T> x)
        where T : unmanaged => Lanes.MultiplyAdd(x, Lanes.Of<T>(1.4426950408889634074), Magic<T>());

    /// <summary>e^r - 1.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static Vector512<T> Fraction<T>(Vector512<T> x, Vector512<T> shifted)
        where T : unmanaged
    {
        // ln 2 is split so that n times its high part is exact.
        var isDouble = typeof(T) == typeof(double);
        var n = shifted - Magic<T>();
        var r = Lanes.MultiplyAdd(n, Lanes.Of<T>(isDouble ? -0.69314718036912381649 : -0.693359375), x);
        r = Lanes.MultiplyAdd(n, Lanes.Of<T>(isDouble ? -1.9082149292705877e-10 : 2.12194440054690583e-4), r);

        var sum = Lanes.Of<T>(1.0 / 5040);
        if (isDouble)
        {
            sum = Lanes.Of<T>(1.0 / 6227020800);
            sum = Lanes.MultiplyAdd(sum, r, Lanes.Of<T>(1.0 / 479001600));
            sum = Lanes.MultiplyAdd(sum, r, Lanes.Of<T>(1.0 / 39916800));
            sum = Lanes.MultiplyAdd(sum, r, Lanes.Of<T>(1.0 / 3628800));
            sum = Lanes.MultiplyAdd(sum, r, Lanes.Of<T>(1.0 / 362880));
            sum = Lanes.MultiplyAdd(sum, r, Lanes.Of<T>(1.0 / 40320));
            sum = Lanes.MultiplyAdd(sum, r, Lanes.Of<T>(1.0 / 5040));
        }

        sum = Lanes.MultiplyAdd(sum, r, Lanes.Of<T>(1.0 / 720));
        sum = Lanes.MultiplyAdd(sum, r, Lanes.Of<T>(1.0 / 120));
        sum = Lanes.MultiplyAdd(sum, r, Lanes.Of<T>(1.0 / 24));
        sum = Lanes.MultiplyAdd(sum, r, Lanes.Of<T>(1.0 / 6));
        sum = Lanes.MultiplyAdd(sum, r, Lanes.Of<T>(1.0 / 2));
        return Lanes.MultiplyAdd(sum, r * r, r);
    }

    /// <summary>2^n, where n stands in the low bits; it must be the exponent of a normal number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> PowerOfTwo<T>(Vector512<T> shifted)
        where T : unmanaged =>
        typeof(T) == typeof(double)
            ? (Vector512.ShiftLeft(shifted.AsInt64(), 52) + Vector512.Create(1.0).AsInt64()).As<long, T>()
            : (Vector512.ShiftLeft(shifted.AsInt32(), 23) + Vector512.Create(1.0f).AsInt32()).As<int, T>();
}
