using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MicroGrad.Compilation;
using MicroGrad.Kernels;

namespace MicroGrad.Operations;

/// <summary>The logistic function 1 / (1 + e^-x).</summary>
internal sealed class Sigmoid() : UnaryOperation("sigmoid")
{
    public static readonly Sigmoid Instance = new();

    public override double Value(double x) => Of(x);

    public override double Derivative(double x, double y) => y * (1 - y);

    public override GradValue DerivativeGraph(GradValue x, GradValue y) => y * (1 - y);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Values<T>(ReadOnlySpan<Vector512<T>> x, Span<Vector512<T>> y)
    {
        for (var i = 0; i < x.Length; i++)
        {
            y[i] = VectorFunctions.Sigmoid(x[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Chain<T>(ReadOnlySpan<Vector512<T>> x, ReadOnlySpan<Vector512<T>> y, Span<Vector512<T>> upstream)
    {
        for (var i = 0; i < x.Length; i++)
        {
            upstream[i] *= y[i] * (Vector512<T>.One - y[i]);
        }
    }

    /// <summary>The form whose exponential cannot overflow on either side of 0.</summary>
    public static double Of(double x)
    {
        if (x >= 0)
        {
            return 1 / (1 + Math.Exp(-x));
        }

        var e = Math.Exp(x);
        return e / (1 + e);
    }

    public override Term Compile(Term x) => Formulas.Sigmoid(x);
}
