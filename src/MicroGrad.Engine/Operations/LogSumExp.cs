using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MicroGrad.Compilation;
using MicroGrad.Formulas;
using MicroGrad.Kernels;

namespace MicroGrad.Operations;

/// <summary>log(e^x1 + … + e^xn), shifted by the largest input so that no exponential overflows.</summary>
internal sealed class LogSumExp() : NaryOperation("logsumexp")
{
    public static readonly LogSumExp Instance = new();

    public override double Value(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var terms = left.Length <= 256 ? stackalloc ScalarReal[left.Length] : new ScalarReal[left.Length];
        return Of(MemoryMarshal.Cast<double, ScalarReal>(left), terms).Number;
    }

    /// <summary>
    /// The softmax e^xi / (e^x1 + … + e^xn). Exponents are distances to the largest input, not to log(e^x1 + …), which is rounded
    /// by as much as 1 at inputs of 1e16.
    /// </summary>
    public static void Softmax(ReadOnlySpan<double> x, Span<double> shares)
    {
        var largest = double.NegativeInfinity;
        foreach (var v in x)
        {
            largest = Math.Max(largest, v);
        }

        // Vectors at a time; the lanes past the end are not stored.
        for (var i = 0; i < x.Length; i += Vector512<double>.Count)
        {
            Vectors.Store(VectorFunctions.ExpOfNegative(Vectors.Load(x, i) - Vector512.Create(largest)), shares, i);
        }

        var sum = 0.0;
        foreach (var share in shares)
        {
            sum += share;
        }

        var scale = 1 / sum;
        foreach (ref var share in shares)
        {
            share *= scale;
        }
    }

    /// <remarks>The derivatives are the softmax of the inputs.</remarks>
    public override void Derivatives(
        ReadOnlySpan<double> left, ReadOnlySpan<double> right, double y, Span<double> byLeft, Span<double> byRight) =>
        Softmax(left, byLeft);

    public override void DerivativeGraphs(
        GradValue[] left, GradValue[] right, GradValue y, Span<GradValue> byLeft, Span<GradValue> byRight)
    {
        for (var i = 0; i < left.Length; i++)
        {
            byLeft[i] = new GradValue(new Softmax(i), left);
        }
    }

    public override Term Compile(Program program, ReadOnlySpan<Term> left, ReadOnlySpan<Term> right) => Of(left, new Term[left.Length]);

    /// <summary>The largest input, and the sum of e^(xi - largest), none of which overflows.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="terms">Receives the terms of the sum; may be the inputs' own place.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (TReal Largest, TReal Sum) Exponentials<TReal>(ReadOnlySpan<TReal> x, Span<TReal> terms)
        where TReal : IReal<TReal>
    {
        var largest = x[0];
        foreach (var v in x[1..])
        {
            largest = largest.Max(v);
        }

        for (var i = 0; i < x.Length; i++)
        {
            terms[i] = (x[i] - largest).ExpOfNegative();
        }

        var sum = terms[0];
        foreach (var term in terms[1..])
        {
            sum += term;
        }

        return (largest, sum);
    }

    /// <remarks>An infinite maximum is the answer itself; subtracting it would make inf - inf.</remarks>
    private static TReal Of<TReal>(ReadOnlySpan<TReal> x, Span<TReal> terms)
        where TReal : IReal<TReal>
    {
        var (largest, sum) = Exponentials(x, terms);
        return largest.Abs().IfAbove(double.MaxValue, largest, largest + sum.Log());
    }
}
