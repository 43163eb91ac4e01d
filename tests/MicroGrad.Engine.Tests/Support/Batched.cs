using System.Runtime.Intrinsics;
using MicroGrad.Kernels;
using MicroGrad.Operations;

namespace MicroGrad.Engine.Tests;

/// <summary>The vector forms of operations over lists of any length.</summary>
internal static class Batched
{
    public static double[] Values(ElementwiseOperation operation, double[] x) => Values<double>(operation, x);

    public static double[] Chain(ElementwiseOperation operation, double[] x, double[] y, double upstream) =>
        Chain<double>(operation, x, y, upstream);

    public static double[] Values<T>(ElementwiseOperation operation, double[] x)
        where T : unmanaged
    {
        var y = new Vector512<T>[ToVectors<T>(x).Length];
        operation.Values<T>(ToVectors<T>(x), y);
        return Numbers<T>(y, x.Length);
    }

    public static double[] ValuesInPlace(ElementwiseOperation operation, double[] x)
    {
        var own = ToVectors<double>(x);
        operation.Values<double>(own, own);
        return Numbers<double>(own, x.Length);
    }

    public static double[] Chain<T>(ElementwiseOperation operation, double[] x, double[] y, double upstream)
        where T : unmanaged
    {
        var gradients = new Vector512<T>[ToVectors<T>(x).Length];
        Array.Fill(gradients, Vectors.Of<T>(upstream));
        operation.Chain<T>(ToVectors<T>(x), ToVectors<T>(y), gradients);
        return Numbers<T>(gradients, x.Length);
    }

    public static Vector512<T>[] ToVectors<T>(double[] numbers)
        where T : unmanaged
    {
        var vectors = new Vector512<T>[(numbers.Length + Vector512<T>.Count - 1) / Vector512<T>.Count];
        Vectors.Convert(numbers, Vectors.Numbers<T>(vectors.AsSpan()));
        return vectors;
    }

    public static double[] Numbers<T>(Vector512<T>[] vectors, int count)
        where T : unmanaged
    {
        var numbers = new double[vectors.Length * Vector512<T>.Count];
        Vectors.Convert(Vectors.Numbers<T>((ReadOnlySpan<Vector512<T>>)vectors), numbers);
        return numbers[..count];
    }
}
