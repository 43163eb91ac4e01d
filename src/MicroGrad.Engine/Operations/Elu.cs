using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MicroGrad.Compilation;
using MicroGrad.Kernels;

namespace MicroGrad.Operations;

/// <summary>x for positive x, e^x - 1 elsewhere (alpha = 1; Clevert, Unterthiner, Hochreiter 2015).</summary>
internal sealed class Elu() : UnaryOperation("elu")
{
    public static readonly Elu Instance = new();

    public override double Value(double x) => x > 0 ? x : SpecialFunctions.Expm1(x);

    public override double Derivative(double x, double y) => x > 0 ? 1 : Math.Exp(x);

    public override GradValue DerivativeGraph(GradValue x, GradValue y) => x.Min(0).Exp();

    public override Term Compile(Term x) => Formulas.Elu(x);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Values<T>(ReadOnlySpan<Vector512<T>> x, Span<Vector512<T>> y)
    {
        for (var i = 0; i < x.Length; i++)
        {
            y[i] = Vector512.ConditionalSelect(
                Vector512.GreaterThan(x[i], Vector512<T>.Zero), x[i], VectorFunctions.Expm1OfNegative(x[i]));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Chain<T>(ReadOnlySpan<Vector512<T>> x, ReadOnlySpan<Vector512<T>> y, Span<Vector512<T>> upstream)
    {
        for (var i = 0; i < x.Length; i++)
        {
            upstream[i] *= Vector512.ConditionalSelect(
                Vector512.GreaterThan(x[i], Vector512<T>.Zero), Vector512<T>.One, VectorFunctions.ExpOfNegative(x[i]));
        }
    }
}
