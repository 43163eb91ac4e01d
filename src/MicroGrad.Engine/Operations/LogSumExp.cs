using System.Runtime.Intrinsics;
using MicroGrad.Compilation;
using MicroGrad.Kernels;

namespace MicroGrad.Operations;

/// <summary>log(e^x1 + … + e^xn), shifted by the largest input so that no exponential overflows.</summary>
internal sealed class LogSumExp() : NaryOperation("logsumexp")
{
    public static readonly LogSumExp Instance = new();

    public override double Value(ReadOnlySpan<double> left, ReadOnlySpan<double> right) => Of(left);

    public static double Of(ReadOnlySpan<double> x)
    {
        var largest = double.NegativeInfinity;
        foreach (var v in x)
        {
            largest = Math.Max(largest, v);
        }

        // An infinite or NaN maximum is the answer itself; subtracting it would make inf - inf.
        if (!double.IsFinite(largest))
        {
            return largest;
        }

        var sum = 0.0;
        foreach (var v in x)
        {
            sum += Math.Exp(v - largest);
        }

        return largest + Math.Log(sum);
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

    public override Term Compile(Program program, ReadOnlySpan<Term> left, ReadOnlySpan<Term> right)
    {
        var (largest, sum) = Exponentials(left, []);
        return largest.Abs().Greater(double.MaxValue).Select(largest, largest + sum.Log());
    }

    /// <summary>The largest input, and the sum of e^(xi - largest); the terms of the sum go to <paramref name="terms"/>.</summary>
    public static (Term Largest, Term Sum) Exponentials(ReadOnlySpan<Term> x, Span<Term> terms)
    {
        var largest = x[0];
        foreach (var v in x[1..])
        {
            largest = largest.Max(v);
        }

        var exponentials = new Term[x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            exponentials[i] = (x[i] - largest).Exp();
        }

        exponentials.AsSpan(0, terms.Length).CopyTo(terms);
        return (largest, Operations.Sum.Of(largest.Program, exponentials));
    }
}
