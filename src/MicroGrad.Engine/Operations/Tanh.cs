using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MicroGrad.Compilation;
using MicroGrad.Kernels;

namespace MicroGrad.Operations;

/// <summary>The hyperbolic tangent.</summary>
internal sealed class Tanh() : UnaryOperation("tanh")
{
    public static readonly Tanh Instance = new();

    public override double Value(double x) => Math.Tanh(x);

    public override double Derivative(double x, double y) => 1 - y * y;

    public override GradValue DerivativeGraph(GradValue x, GradValue y) => 1 - y * y;

    public override Term Compile(Term x) => x.Tanh();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Values<T>(ReadOnlySpan<Vector512<T>> x, Span<Vector512<T>> y)
    {
        for (var i = 0; i < x.Length; i++)
        {
            y[i] = VectorFunctions.Tanh(x[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Chain<T>(ReadOnlySpan<Vector512<T>> x, ReadOnlySpan<Vector512<T>> y, Span<Vector512<T>> upstream)
    {
        for (var i = 0; i < x.Length; i++)
        {
            upstream[i] *= Vector512<T>.One - y[i] * y[i];
        }
    }
}
