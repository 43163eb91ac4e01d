using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MicroGrad.Compilation;
using MicroGrad.Kernels;

namespace MicroGrad.Operations;

/// <summary>x for positive x, 0.01 x elsewhere (PyTorch's default slope); derivative 0.01 at 0.</summary>
internal sealed class LeakyRelu() : UnaryOperation("leakyrelu")
{
    private const double Slope = 0.01;

    public static readonly LeakyRelu Instance = new();

    public override double Value(double x) => x > 0 ? x : Slope * x;

    public override double Derivative(double x, double y) => x > 0 ? 1 : x <= 0 ? Slope : double.NaN;

    public override GradValue DerivativeGraph(GradValue x, GradValue y) => GradValue.Choose(x, 0, 1, Slope);

    public override Term Compile(Term x) => x.Greater(0).Select(x, Slope * x);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Values<T>(ReadOnlySpan<Vector512<T>> x, Span<Vector512<T>> y)
    {
        var slope = Vectors.Of<T>(Slope);
        for (var i = 0; i < x.Length; i++)
        {
            y[i] = Vector512.ConditionalSelect(Vector512.GreaterThan(x[i], Vector512<T>.Zero), x[i], slope * x[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Chain<T>(ReadOnlySpan<Vector512<T>> x, ReadOnlySpan<Vector512<T>> y, Span<Vector512<T>> upstream)
    {
        var slope = Vectors.Of<T>(Slope);
        var nan = Vectors.Of<T>(double.NaN);
        for (var i = 0; i < x.Length; i++)
        {
            var below = Vector512.ConditionalSelect(Vector512.LessThanOrEqual(x[i], Vector512<T>.Zero), slope, nan);
            upstream[i] *= Vector512.ConditionalSelect(Vector512.GreaterThan(x[i], Vector512<T>.Zero), Vector512<T>.One, below);
        }
    }
}
