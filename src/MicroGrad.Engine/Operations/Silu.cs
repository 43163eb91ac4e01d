using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MicroGrad.Compilation;
using MicroGrad.Kernels;

namespace MicroGrad.Operations;

/// <summary>x sigmoid(x), also called swish.</summary>
internal sealed class Silu() : UnaryOperation("silu")
{
    public static readonly Silu Instance = new();

    public override double Value(double x) => x * Sigmoid.Of(x);

    public override double Derivative(double x, double y)
    {
        var s = Sigmoid.Of(x);
        return s * (1 + x * (1 - s));
    }

    public override GradValue DerivativeGraph(GradValue x, GradValue y)
    {
        var s = x.Sigmoid();
        return s * (1 + x * (1 - s));
    }

    public override Term Compile(Term x) => x * Formulas.Sigmoid(x);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Values<T>(ReadOnlySpan<Vector512<T>> x, Span<Vector512<T>> y)
    {
        for (var i = 0; i < x.Length; i++)
        {
            y[i] = x[i] * VectorFunctions.Sigmoid(x[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Chain<T>(ReadOnlySpan<Vector512<T>> x, ReadOnlySpan<Vector512<T>> y, Span<Vector512<T>> upstream)
    {
        for (var i = 0; i < x.Length; i++)
        {
            var s = VectorFunctions.Sigmoid(x[i]);
            upstream[i] *= s * Vectors.MultiplyAdd(x[i], Vector512<T>.One - s, Vector512<T>.One);
        }
    }
}
