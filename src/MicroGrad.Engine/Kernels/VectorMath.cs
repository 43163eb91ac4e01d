using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MicroGrad.Kernels;

/// <summary>The inner loops of the batched arithmetic. Each has one fixed order of additions for a given length.</summary>
internal static class VectorMath
{
    /// <summary>start + x·y.</summary>
    public static double Dot(double start, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var i = 0;
        var width = Vector<double>.Count;
        if (x.Length >= 2 * width)
        {
            var sum = Vector<double>.Zero;
            for (; i <= x.Length - width; i += width)
            {
                sum = Vector.FusedMultiplyAdd(Load(x, i), Load(y, i), sum);
            }

            start += Vector.Sum(sum);
        }

        for (; i < x.Length; i++)
        {
            start += x[i] * y[i];
        }

        return start;
    }

    /// <summary>target += factor * x.</summary>
    public static void AddScaled(double factor, ReadOnlySpan<double> x, Span<double> target)
    {
        var i = 0;
        var width = Vector<double>.Count;
        var factors = new Vector<double>(factor);
        for (; i <= x.Length - width; i += width)
        {
            Vector.FusedMultiplyAdd(factors, Load(x, i), Load(target, i)).CopyTo(target[i..]);
        }

        for (; i < x.Length; i++)
        {
            target[i] += factor * x[i];
        }
    }

    /// <summary>The sum of squares.</summary>
    public static double SumOfSquares(ReadOnlySpan<double> x) => Dot(0, x, x);

    /// <summary>Whether no number is infinite or NaN.</summary>
    public static bool AllFinite(ReadOnlySpan<double> x)
    {
        foreach (var value in x)
        {
            if (!double.IsFinite(value))
            {
                return false;
            }
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> Load(ReadOnlySpan<double> x, int i) =>
        Unsafe.ReadUnaligned<Vector<double>>(ref Unsafe.As<double, byte>(ref Unsafe.Add(ref MemoryMarshal.GetReference(x), i)));
}
