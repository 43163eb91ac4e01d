using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MicroGrad.Compilation;

namespace MicroGrad.Operations;

/// <summary>x itself: the activation of a linear output.</summary>
internal sealed class Identity() : UnaryOperation("identity")
{
    public static readonly Identity Instance = new();

    public override double Value(double x) => x;

    public override double Derivative(double x, double y) => 1;

    public override GradValue DerivativeGraph(GradValue x, GradValue y) => 1;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Values<T>(ReadOnlySpan<Vector512<T>> x, Span<Vector512<T>> y) => x.CopyTo(y);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Chain<T>(ReadOnlySpan<Vector512<T>> x, ReadOnlySpan<Vector512<T>> y, Span<Vector512<T>> upstream)
    {
    }

    public override Term Compile(Term x) => x;
}
