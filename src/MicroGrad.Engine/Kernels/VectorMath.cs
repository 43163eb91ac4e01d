using System.Numerics;
using System.Runtime.Intrinsics;

namespace MicroGrad.Kernels;

/// <summary>Arithmetic over flat lists. Each function has one fixed order of additions for a given length.</summary>
internal static class VectorMath
{
    /// <summary>The sum of squares.</summary>
    public static double SumOfSquares<T>(ReadOnlySpan<T> x)
        where T : unmanaged
    {
        // Four sums side by side, so that none waits for the one before; the lanes past the end add 0.
        var width = Vector512<T>.Count;
        var (a, b, c, d) = (Vector512<T>.Zero, Vector512<T>.Zero, Vector512<T>.Zero, Vector512<T>.Zero);
        var i = 0;
        for (; i <= x.Length - 4 * width; i += 4 * width)
        {
            a = AddSquare(a, Lanes.Load(x, i));
            b = AddSquare(b, Lanes.Load(x, i + width));
            c = AddSquare(c, Lanes.Load(x, i + 2 * width));
            d = AddSquare(d, Lanes.Load(x, i + 3 * width));
        }

        for (; i < x.Length; i += width)
        {
            a = AddSquare(a, Lanes.Load(x, i));
        }

        var sum = a + b + (c + d);
        return typeof(T) == typeof(double) ? Vector512.Sum(sum.AsDouble()) : Vector512.Sum(sum.AsSingle());
    }

    /// <summary>target += factor * x.</summary>
    public static void AddScaled<T>(double factor, ReadOnlySpan<T> x, Span<T> target)
        where T : unmanaged
    {
        var factors = Lanes.Of<T>(factor);
        for (var i = 0; i < x.Length; i += Vector512<T>.Count)
        {
            Lanes.Store(Lanes.MultiplyAdd(factors, Lanes.Load(x, i), Lanes.Load<T>(target, i)), target, i);
        }
    }

    /// <summary>Whether no number is infinite or NaN.</summary>
    public static bool AllFinite<T>(ReadOnlySpan<T> x)
        where T : unmanaged, INumberBase<T>
    {
        foreach (var value in x)
        {
            if (!T.IsFinite(value))
            {
                return false;
            }
        }

        return true;
    }

    private static Vector512<T> AddSquare<T>(Vector512<T> sum, Vector512<T> x)
        where T : unmanaged => Lanes.MultiplyAdd(x, x, sum);
}
