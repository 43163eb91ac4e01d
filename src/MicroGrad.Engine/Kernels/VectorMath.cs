using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MicroGrad.Kernels;

/// <summary>Arithmetic over flat lists. Each function has one fixed order of additions for a given length.</summary>
internal static class VectorMath
{
    /// <summary>The sum of squares.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static double SumOfSquares<T>(ReadOnlySpan<T> x)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            return SumOfWidenedSquares(MemoryMarshal.Cast<T, float>(x));
        }

        // Four independent sums, which the processor adds in parallel; the lanes past the end add 0.
        var whole = MemoryMarshal.Cast<T, Vector512<T>>(x);
        var (a, b, c, d) = (Vector512<T>.Zero, Vector512<T>.Zero, Vector512<T>.Zero, Vector512<T>.Zero);
        var i = 0;
        for (; i <= whole.Length - 4; i += 4)
        {
            a = AddSquare(a, whole[i]);
            b = AddSquare(b, whole[i + 1]);
            c = AddSquare(c, whole[i + 2]);
            d = AddSquare(d, whole[i + 3]);
        }

        for (; i < whole.Length; i++)
        {
            a = AddSquare(a, whole[i]);
        }

        a = AddSquare(a, Vectors.Load(x, whole.Length * Vector512<T>.Count));
        var sum = a + b + (c + d);
        return Vector512.Sum(sum.AsDouble());
    }

    /// <summary>target += factor * x.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled<T>(double factor, ReadOnlySpan<T> x, Span<T> target)
        where T : unmanaged
    {
        var factors = Vectors.Of<T>(factor);
        var whole = MemoryMarshal.Cast<T, Vector512<T>>(x);
        var sums = MemoryMarshal.Cast<T, Vector512<T>>(target);
        for (var i = 0; i < whole.Length; i++)
        {
            sums[i] = Vectors.MultiplyAdd(factors, whole[i], sums[i]);
        }

        var end = whole.Length * Vector512<T>.Count;
        Vectors.Store(Vectors.MultiplyAdd(factors, Vectors.Load(x, end), Vectors.Load<T>(target, end)), target, end);
    }

    /// <summary>Whether no number is infinite or NaN.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
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

    /// <summary>The sum of squares in double: that of large single numbers is beyond their range.</summary>
    private static double SumOfWidenedSquares(ReadOnlySpan<float> x)
    {
        var whole = MemoryMarshal.Cast<float, Vector512<float>>(x);
        var squares = default(SquareSum<float>);
        foreach (var vector in whole)
        {
            squares.Add(vector);
        }

        var sum = squares.Total;
        foreach (var number in x[(whole.Length * Vector512<float>.Count)..])
        {
            sum += (double)number * number;
        }

        return sum;
    }

    private static Vector512<T> AddSquare<T>(Vector512<T> sum, Vector512<T> x)
        where T : unmanaged => Vectors.MultiplyAdd(x, x, sum);
}
