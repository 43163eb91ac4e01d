using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MicroGrad.Kernels;

/// <summary>
/// Numbers side by side in a vector of 512 bits: 8 doubles or 16 floats.
/// </summary>
/// <remarks>
/// All batched arithmetic is written once, over Vector512 of a generic number. Where a processor has narrower registers,
/// the runtime makes two or four of each vector, lane for lane the same, so that neither a width nor a precision needs
/// code of its own; what differs by the number's type is a test on that type, which the compiler folds away.
/// </remarks>
internal static class Vectors
{
    /// <summary>The same number in all lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Of<T>(double value)
        where T : unmanaged =>
        typeof(T) == typeof(double) ? Vector512.Create(value).As<double, T>() : Vector512.Create((float)value).As<float, T>();

    /// <summary>In all lanes the constant of the precision.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Of<T>(double forDoubles, double forSingles)
        where T : unmanaged => Of<T>(typeof(T) == typeof(double) ? forDoubles : forSingles);

    /// <summary>a * b + c, rounded once where the processor can.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> MultiplyAdd<T>(Vector512<T> a, Vector512<T> b, Vector512<T> c)
        where T : unmanaged =>
        typeof(T) == typeof(double)
            ? Vector512.MultiplyAddEstimate(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>()
            : Vector512.MultiplyAddEstimate(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>();

    /// <summary>A function of doubles on each number.</summary>
    public static Vector512<T> Map<T>(Vector512<T> lanes, Func<double, double> function)
        where T : unmanaged
    {
        Span<double> numbers = stackalloc double[Vector512<T>.Count];
        Convert(Numbers(new ReadOnlySpan<Vector512<T>>(in lanes)), numbers);
        foreach (ref var number in numbers)
        {
            number = function(number);
        }

        return Narrow<T>(numbers, 0);
    }

    /// <summary>How many vectors hold so many numbers.</summary>
    public static int VectorsFor<T>(int count)
        where T : unmanaged => (count + Vector512<T>.Count - 1) / Vector512<T>.Count;

    /// <summary>The numbers from a place on; lanes past the end are 0.</summary>
    /// <remarks>The end of a list goes through the same lanes as its middle, and so has the same bits at any length.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Load<T>(ReadOnlySpan<T> values, int start)
        where T : unmanaged =>
        start <= values.Length - Vector512<T>.Count
            ? Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(values), (nuint)start)
            : LoadPart(values[start..]);

    /// <summary>Writes the lanes that there is room for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(Vector512<T> lanes, Span<T> values, int start)
        where T : unmanaged
    {
        if (start <= values.Length - Vector512<T>.Count)
        {
            lanes.StoreUnsafe(ref MemoryMarshal.GetReference(values), (nuint)start);
        }
        else
        {
            // A copy, as taking the address of the lanes themselves would force them out of their register above.
            var copy = lanes;
            StorePart(in copy, values[start..]);
        }
    }

    /// <summary>Copies doubles to numbers of a type, rounded where it is the shorter one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Convert<T>(ReadOnlySpan<double> values, Span<T> target)
        where T : unmanaged
    {
        if (typeof(T) == typeof(double))
        {
            values.CopyTo(MemoryMarshal.Cast<T, double>(target));
            return;
        }

        var floats = MemoryMarshal.Cast<T, float>(target)[..values.Length];
        var i = 0;
        for (; i <= values.Length - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            Narrow<float>(values, i).StoreUnsafe(ref floats[i]);
        }

        for (; i < values.Length; i++)
        {
            floats[i] = (float)values[i];
        }
    }

    /// <summary>A vector of a type from the doubles from a place on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Narrow<T>(ReadOnlySpan<double> values, int start)
        where T : unmanaged
    {
        ref var first = ref MemoryMarshal.GetReference(values.Slice(start, Vector512<T>.Count));
        if (typeof(T) == typeof(double))
        {
            return Vector512.LoadUnsafe(ref first).As<double, T>();
        }

        // By halves: with narrower registers, the whole would be narrowed number by number.
        var lower = Vector256.Narrow(Vector256.LoadUnsafe(ref first), Vector256.LoadUnsafe(ref first, 4));
        var upper = Vector256.Narrow(Vector256.LoadUnsafe(ref first, 8), Vector256.LoadUnsafe(ref first, 12));
        return Vector512.Create(lower, upper).As<float, T>();
    }

    /// <summary>Copies numbers of a type to doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Convert<T>(ReadOnlySpan<T> values, Span<double> target)
        where T : unmanaged
    {
        if (typeof(T) == typeof(double))
        {
            MemoryMarshal.Cast<T, double>(values).CopyTo(target);
            return;
        }

        var floats = MemoryMarshal.Cast<T, float>(values);
        var i = 0;
        for (; i <= floats.Length - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            var (low, high) = Vector512.Widen(Vector512.LoadUnsafe(in floats[i]));
            low.StoreUnsafe(ref target[i]);
            high.StoreUnsafe(ref target[i + Vector512<double>.Count]);
        }

        for (; i < floats.Length; i++)
        {
            target[i] = floats[i];
        }
    }

    /// <summary>Reads the numbers of whole vectors one by one.</summary>
    public static Span<T> Numbers<T>(Span<Vector512<T>> lanes)
        where T : unmanaged => MemoryMarshal.Cast<Vector512<T>, T>(lanes);

    /// <summary>Reads the numbers of whole vectors one by one.</summary>
    public static ReadOnlySpan<T> Numbers<T>(ReadOnlySpan<Vector512<T>> lanes)
        where T : unmanaged => MemoryMarshal.Cast<Vector512<T>, T>(lanes);

    private static Vector512<T> LoadPart<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var lanes = Vector512<T>.Zero;
        values.CopyTo(Numbers(new Span<Vector512<T>>(ref lanes)));
        return lanes;
    }

    private static void StorePart<T>(in Vector512<T> lanes, Span<T> values)
        where T : unmanaged =>
        Numbers(new ReadOnlySpan<Vector512<T>>(in lanes))[..values.Length].CopyTo(values);
}
