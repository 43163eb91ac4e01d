using System.Runtime.Intrinsics;

namespace MicroGrad.Compilation;

/// <summary>Sums over the lanes of vectors, in one order for a width.</summary>
internal static unsafe class LaneSums
{
    /// <summary>The sum of one vector's lanes.</summary>
    public static double Sum(double* lanes, int count) => count switch
    {
        8 => Vector512.Sum(Vector512.Load(lanes)),
        4 => Vector256.Sum(Vector256.Load(lanes)),
        _ => lanes[0] + lanes[1],
    };

    /// <summary>The sum of the lanes of each of several vectors.</summary>
    public static void Sums(double* lanes, int count, Span<double> sums)
    {
        for (var i = 0; i < sums.Length; i++)
        {
            sums[i] = Sum(lanes + i * count, count);
        }
    }
}
