using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MicroGrad.Compilation;
using MicroGrad.Kernels;

namespace MicroGrad.Operations;

/// <summary>x times the normal distribution function of x, exact (not the tanh approximation; Hendrycks and Gimpel 2016).</summary>
internal sealed class Gelu() : UnaryOperation("gelu")
{
    public static readonly Gelu Instance = new();

    public override double Value(double x) => x * NormalDistribution.Of(x);

    public override double Derivative(double x, double y) => NormalDistribution.Of(x) + x * NormalDistribution.Density(x);

    public override GradValue DerivativeGraph(GradValue x, GradValue y) =>
        GradValue.Apply(NormalDistribution.Instance, x) + x * NormalDistribution.Density(x);

    public override Term Compile(Term x) => x * Formulas.NormalDistribution(x);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Values<T>(ReadOnlySpan<Vector512<T>> x, Span<Vector512<T>> y)
    {
        for (var i = 0; i < x.Length; i++)
        {
            y[i] = x[i] * NormalDistribution.Of(x[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Chain<T>(ReadOnlySpan<Vector512<T>> x, ReadOnlySpan<Vector512<T>> y, Span<Vector512<T>> upstream)
    {
        for (var i = 0; i < x.Length; i++)
        {
            upstream[i] *= Vectors.MultiplyAdd(x[i], NormalDistribution.Density(x[i]), NormalDistribution.Of(x[i]));
        }
    }
}
