using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MicroGrad.Kernels;

/// <summary>A sum of squares, vector by vector, in double precision, as single precision can't hold that of large numbers.</summary>
/// <typeparam name="T">Double or single.</typeparam>
internal struct SquareSum<T>
    where T : unmanaged
{
    // Singles widen to two vectors, and each has its own sum.
    private Vector512<double> _lower;
    private Vector512<double> _upper;

    /// <summary>The sum of all lanes.</summary>
    public readonly double Total
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Sum(_lower + _upper);
    }

    /// <summary>Adds the square of each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Vector512<T> x)
    {
        if (typeof(T) == typeof(double))
        {
            _lower = Vectors.MultiplyAdd(x.AsDouble(), x.AsDouble(), _lower);
            return;
        }

        var (lower, upper) = Vector512.Widen(x.AsSingle());
        _lower = Vectors.MultiplyAdd(lower, lower, _lower);
        _upper = Vectors.MultiplyAdd(upper, upper, _upper);
    }
}
