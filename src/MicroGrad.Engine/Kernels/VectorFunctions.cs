using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MicroGrad.Kernels;

/// <summary>
/// The functions that activations are made of, on all lanes at once, within a few units of the last place. No lane depends
/// on another; NaN stays NaN.
/// </summary>
/// <remarks>
/// Powers of e come from x = n ln 2 + r with |r| at most ln(2) / 2: a Taylor polynomial gives e^r - 1 with all its digits
/// near 0 (its first term left out is below a quarter of the last place), and 2^n is written into the exponent.
/// </remarks>
internal static class VectorFunctions
{
    // (e^r - 1 - r) / r^2.
    private static ReadOnlySpan<double> ExpDoubles =>
    [
        1.0 / 2, 1.0 / 6, 1.0 / 24, 1.0 / 120, 1.0 / 720, 1.0 / 5040, 1.0 / 40320, 1.0 / 362880, 1.0 / 3628800,
        1.0 / 39916800, 1.0 / 479001600, 1.0 / 6227020800,
    ];

    private static ReadOnlySpan<float> ExpSingles => [1.0f / 2, 1.0f / 6, 1.0f / 24, 1.0f / 120, 1.0f / 720, 1.0f / 5040];

    // (artanh(s) / s - 1) / s^2, in powers of s^2.
    private static ReadOnlySpan<double> ArtanhDoubles =>
    [
        1.0 / 3, 1.0 / 5, 1.0 / 7, 1.0 / 9, 1.0 / 11, 1.0 / 13, 1.0 / 15, 1.0 / 17, 1.0 / 19, 1.0 / 21, 1.0 / 23, 1.0 / 25,
        1.0 / 27, 1.0 / 29, 1.0 / 31, 1.0 / 33,
    ];

    private static ReadOnlySpan<float> ArtanhSingles =>
        [1.0f / 3, 1.0f / 5, 1.0f / 7, 1.0f / 9, 1.0f / 11, 1.0f / 13, 1.0f / 15, 1.0f / 17];

    /// <summary>e^x for x up to 0; 0 where the result would be no normal number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> ExpOfNegative<T>(Vector512<T> x)
        where T : unmanaged
    {
        var lowest = Vectors.Of<T>(-708, -87);
        var bounded = Max(lowest, x);
        var shifted = Shift(bounded);
        var scale = PowerOfTwo(shifted);
        return Vector512.ConditionalSelect(
            Vector512.LessThan(x, lowest), Vector512<T>.Zero, Vectors.MultiplyAdd(Fraction(bounded, shifted), scale, scale));
    }

    /// <summary>e^x - 1 for x up to 0, exact also near 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Expm1OfNegative<T>(Vector512<T> x)
        where T : unmanaged
    {
        // From -40 on the result is -1 in double precision.
        var bounded = Max(Vectors.Of<T>(-40), x);
        var shifted = Shift(bounded);
        var scale = PowerOfTwo(shifted);
        return Vectors.MultiplyAdd(Fraction(bounded, shifted), scale, scale - Vector512<T>.One);
    }

    /// <summary>
    /// tanh |x| = -m / (m + 2), where m = e^(-2|x|) - 1, with the sign of x. Singles need no exponential: there it is
    /// x P(x^2) / Q(x^2), computed for this project to be within 3e-8 up to 8.3; it passes 1 before it is cut.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Tanh<T>(Vector512<T> x)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            var bounded = Clamp(x, 8.9);
            var square = bounded * bounded;
            var numerator = Vectors.MultiplyAdd(Vectors.Of<T>(2.17981724e-11), square, Vectors.Of<T>(-1.41075787e-8));
            numerator = Vectors.MultiplyAdd(numerator, square, Vectors.Of<T>(9.69596928e-6));
            numerator = Vectors.MultiplyAdd(numerator, square, Vectors.Of<T>(0.00296681337));
            numerator = Vectors.MultiplyAdd(numerator, square, Vectors.Of<T>(0.12961787));
            numerator = Vectors.MultiplyAdd(numerator, square, Vector512<T>.One);
            var denominator = Vectors.MultiplyAdd(Vectors.Of<T>(0.000234516763), square, Vectors.Of<T>(0.0239508283));
            denominator = Vectors.MultiplyAdd(denominator, square, Vectors.Of<T>(0.462950961));
            denominator = Vectors.MultiplyAdd(denominator, square, Vector512<T>.One);
            return Clamp(bounded * numerator / denominator, 1);
        }

        var size = Vector512.Abs(x);
        var m = Expm1OfNegative(-(size + size));
        return Vector512.Abs(m / (m + Vectors.Of<T>(2))) | (x & Vectors.Of<T>(-0.0));
    }

    /// <summary>ln(1 + u) for u from 0 to 1, as 2 artanh(u / (2 + u)), whose argument is at most a third.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Log1pOfFraction<T>(Vector512<T> u)
        where T : unmanaged
    {
        var s = u / (u + Vectors.Of<T>(2));
        var square = s * s;
        s += s;
        return Vectors.MultiplyAdd(s * square, Polynomial<T>(ArtanhDoubles, ArtanhSingles, square), s);
    }

    /// <summary>The larger; NaN where <paramref name="x"/> is NaN, which is why it stands second.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Max<T>(Vector512<T> bound, Vector512<T> x)
        where T : unmanaged =>
        Vector512.MaxNative(bound, x);

    /// <summary>x from -size to size; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Clamp<T>(Vector512<T> x, double size)
        where T : unmanaged => Max(Vectors.Of<T>(-size), Vector512.MinNative(Vectors.Of<T>(size), x));

    /// <summary>1.5 * 2^52 (2^23): adding a number leaves it, rounded, in the low bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Magic<T>()
        where T : unmanaged => Vectors.Of<T>(6755399441055744, 12582912);

    /// <summary>n of e^x = 2^n e^r, added to <see cref="Magic"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Shift<T>(Vector512<T> x)
        where T : unmanaged => Vectors.MultiplyAdd(x, Vectors.Of<T>(1.4426950408889634074), Magic<T>());

    /// <summary>e^r - 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Fraction<T>(Vector512<T> x, Vector512<T> shifted)
        where T : unmanaged
    {
        // ln 2 is split so that n times its high part is exact.
        var n = shifted - Magic<T>();
        var r = Vectors.MultiplyAdd(n, Vectors.Of<T>(-0.69314718036912381649, -0.693359375), x);
        r = Vectors.MultiplyAdd(n, Vectors.Of<T>(-1.9082149292705877e-10, 2.12194440054690583e-4), r);

        return Vectors.MultiplyAdd(Polynomial<T>(ExpDoubles, ExpSingles, r), r * r, r);
    }

    /// <summary>
    /// c0 + c1 x + c2 x^2 + …, of an even number of coefficients: even and odd powers side by side, which halves the chain
    /// of dependent sums. A loop, because unrolled it has more variables than the compiler inlines.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Polynomial<T>(ReadOnlySpan<double> doubles, ReadOnlySpan<float> singles, Vector512<T> x)
        where T : unmanaged
    {
        var coefficients = typeof(T) == typeof(double)
            ? MemoryMarshal.Cast<double, T>(doubles) : MemoryMarshal.Cast<float, T>(singles);
        ref var first = ref MemoryMarshal.GetReference(coefficients);
        nint i = coefficients.Length - 2;
        var square = x * x;
        var (even, odd) = (Vector512.Create(Unsafe.Add(ref first, i)), Vector512.Create(Unsafe.Add(ref first, i + 1)));
        for (i -= 2; i >= 0; i -= 2)
        {
            even = Vectors.MultiplyAdd(even, square, Vector512.Create(Unsafe.Add(ref first, i)));
            odd = Vectors.MultiplyAdd(odd, square, Vector512.Create(Unsafe.Add(ref first, i + 1)));
        }

        return Vectors.MultiplyAdd(odd, x, even);
    }

    /// <summary>2^n, where n is in the low bits; it must be the exponent of a normal number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> PowerOfTwo<T>(Vector512<T> shifted)
        where T : unmanaged =>
        typeof(T) == typeof(double)
            ? (Vector512.ShiftLeft(shifted.AsInt64(), 52) + Vector512.Create(1.0).AsInt64()).As<long, T>()
            : (Vector512.ShiftLeft(shifted.AsInt32(), 23) + Vector512.Create(1.0f).AsInt32()).As<int, T>();
}
