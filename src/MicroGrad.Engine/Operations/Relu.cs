using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MicroGrad.Compilation;

namespace MicroGrad.Operations;

/// <summary>max(0, x), with derivative 0 at 0.</summary>
internal sealed class Relu() : UnaryOperation("relu")
{
    public static readonly Relu Instance = new();

    // Written so that NaN falls through both comparisons and stays NaN.
    public override double Value(double x) => x <= 0 ? 0 : x;

    public override double Derivative(double x, double y) => x <= 0 ? 0 : x > 0 ? 1 : double.NaN;

    public override GradValue DerivativeGraph(GradValue x, GradValue y) => GradValue.Choose(x, 0, 1, 0);

    public override Term Compile(Term x) => x.LessOrEqual(0).Select(0, x);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Values<T>(ReadOnlySpan<Vector512<T>> x, Span<Vector512<T>> y)
    {
        for (var i = 0; i < x.Length; i++)
        {
            y[i] = Vector512.AndNot(x[i], Vector512.LessThanOrEqual(x[i], Vector512<T>.Zero));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Chain<T>(ReadOnlySpan<Vector512<T>> x, ReadOnlySpan<Vector512<T>> y, Span<Vector512<T>> upstream)
    {
        // What is not above 0 is 0 or NaN, and passes that on whatever comes from above.
        for (var i = 0; i < y.Length; i++)
        {
            upstream[i] = Vector512.ConditionalSelect(Vector512.GreaterThan(y[i], Vector512<T>.Zero), upstream[i], y[i]);
        }
    }
}
