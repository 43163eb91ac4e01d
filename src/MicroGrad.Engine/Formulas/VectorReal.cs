using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MicroGrad.Kernels;

namespace MicroGrad.Formulas;

/// <summary>The lanes of a vector: what a batch computes with. Its functions are within a few units of the last place.</summary>
/// <typeparam name="T">Double or single.</typeparam>
internal readonly struct VectorReal<T>(Vector512<T> lanes) : IReal<VectorReal<T>>
    where T : unmanaged
{
    public static bool IsSingle => typeof(T) == typeof(float);

    public Vector512<T> Lanes { get; } = lanes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorReal<T> operator +(VectorReal<T> a, VectorReal<T> b) => new(a.Lanes + b.Lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorReal<T> operator +(double a, VectorReal<T> b) => new(Vectors.Of<T>(a) + b.Lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorReal<T> operator -(VectorReal<T> a, VectorReal<T> b) => new(a.Lanes - b.Lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorReal<T> operator -(double a, VectorReal<T> b) => new(Vectors.Of<T>(a) - b.Lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorReal<T> operator *(VectorReal<T> a, VectorReal<T> b) => new(a.Lanes * b.Lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorReal<T> operator *(double a, VectorReal<T> b) => new(Vectors.Of<T>(a) * b.Lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorReal<T> operator /(VectorReal<T> a, VectorReal<T> b) => new(a.Lanes / b.Lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorReal<T> operator /(double a, VectorReal<T> b) => new(Vectors.Of<T>(a) / b.Lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorReal<T> operator -(VectorReal<T> a) => new(-a.Lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public VectorReal<T> Number(double number) => new(Vectors.Of<T>(number));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public VectorReal<T> MultiplyAdd(VectorReal<T> b, VectorReal<T> c) => new(Vectors.MultiplyAdd(Lanes, b.Lanes, c.Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public VectorReal<T> Square() => new(Lanes * Lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public VectorReal<T> Abs() => new(Vector512.Abs(Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public VectorReal<T> Sqrt() => new(Vector512.Sqrt(Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public VectorReal<T> ExpOfNegative() => new(VectorFunctions.ExpOfNegative(Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public VectorReal<T> Expm1OfNegative() => new(VectorFunctions.Expm1OfNegative(Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public VectorReal<T> Log1pOfFraction() => new(VectorFunctions.Log1pOfFraction(Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public VectorReal<T> Tanh() => new(VectorFunctions.Tanh(Lanes));

    // No activation uses these, so they are computed number by number.
    public VectorReal<T> Exp() => new(Vectors.Map(Lanes, Math.Exp));

    public VectorReal<T> Log() => new(Vectors.Map(Lanes, Math.Log));

    public VectorReal<T> Sin() => new(Vectors.Map(Lanes, Math.Sin));

    public VectorReal<T> Cos() => new(Vectors.Map(Lanes, Math.Cos));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public VectorReal<T> Max(VectorReal<T> b) => new(VectorFunctions.Max(Lanes, b.Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public VectorReal<T> AtLeast(double limit) => new(Vector512.MaxNative(Vectors.Of<T>(limit), Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public VectorReal<T> AtMost(double limit) => new(Vector512.MinNative(Vectors.Of<T>(limit), Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public VectorReal<T> IfAbove(double bound, VectorReal<T> then, VectorReal<T> otherwise) =>
        new(Vector512.ConditionalSelect(Vector512.GreaterThan(Lanes, Vectors.Of<T>(bound)), then.Lanes, otherwise.Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public VectorReal<T> IfAtMost(double bound, VectorReal<T> then, VectorReal<T> otherwise) =>
        new(Vector512.ConditionalSelect(Vector512.LessThanOrEqual(Lanes, Vectors.Of<T>(bound)), then.Lanes, otherwise.Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public VectorReal<T> Choose(double bound, VectorReal<T> larger, VectorReal<T> otherwise) =>
        IfAbove(bound, larger, IfAtMost(bound, otherwise, Number(double.NaN)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public VectorReal<T> Apply<TFormula>()
        where TFormula : struct, IFormula<TFormula> => TFormula.Value(this);
}
