using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MicroGrad.Compilation;
using MicroGrad.Kernels;

namespace MicroGrad.Operations;

/// <summary>log(1 + e^x), a smooth relu; its derivative is the sigmoid.</summary>
internal sealed class Softplus() : UnaryOperation("softplus")
{
    public static readonly Softplus Instance = new();

    public override double Value(double x) => Of(x);

    public override double Derivative(double x, double y) => Sigmoid.Of(x);

    public override GradValue DerivativeGraph(GradValue x, GradValue y) => x.Sigmoid();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Values<T>(ReadOnlySpan<Vector512<T>> x, Span<Vector512<T>> y)
    {
        for (var i = 0; i < x.Length; i++)
        {
            y[i] = VectorFunctions.Softplus(x[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Chain<T>(ReadOnlySpan<Vector512<T>> x, ReadOnlySpan<Vector512<T>> y, Span<Vector512<T>> upstream)
    {
        for (var i = 0; i < x.Length; i++)
        {
            upstream[i] *= VectorFunctions.Sigmoid(x[i]);
        }
    }

    /// <summary>max(x, 0) + log(1 + e^-|x|): neither overflows far right nor loses its digits far left.</summary>
    public static double Of(double x) => Math.Max(x, 0) + SpecialFunctions.Log1p(Math.Exp(-Math.Abs(x)));

    public override Term Compile(Term x) => Formulas.Softplus(x);
}
