using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MicroGrad.Compilation;
using MicroGrad.Formulas;

namespace MicroGrad.Operations;

/// <summary>An operation that is defined by a formula.</summary>
/// <remarks>
/// A formula consists of many small calls. The methods are optimized at their first call, so that even a short session runs
/// them inlined.
/// </remarks>
/// <typeparam name="TFormula">The formula.</typeparam>
internal sealed class FormulaOperation<TFormula>(string name, string? symbol = null) : ElementwiseOperation(name, symbol)
    where TFormula : struct, IFormula<TFormula>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double Value(double x) => TFormula.Value(new ScalarReal(x)).Number;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double Derivative(double x, double y) => TFormula.Derivative(new ScalarReal(x), new ScalarReal(y)).Number;

    public override GradValue DerivativeGraph(GradValue x, GradValue y) =>
        TFormula.Derivative(new GraphReal(x), new GraphReal(y)).Node;

    public override Term Compile(Term x) => TFormula.Value(x);

    public override Term CompileDerivative(Term x, Term y) => TFormula.Derivative(x, y);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Values<T>(ReadOnlySpan<Vector512<T>> x, Span<Vector512<T>> y)
    {
        for (var i = 0; i < x.Length; i++)
        {
            y[i] = TFormula.Value(new VectorReal<T>(x[i])).Lanes;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Chain<T>(ReadOnlySpan<Vector512<T>> x, ReadOnlySpan<Vector512<T>> y, Span<Vector512<T>> upstream)
    {
        for (var i = 0; i < x.Length; i++)
        {
            upstream[i] = TFormula.Chain(new VectorReal<T>(x[i]), new VectorReal<T>(y[i]), new VectorReal<T>(upstream[i])).Lanes;
        }
    }
}
