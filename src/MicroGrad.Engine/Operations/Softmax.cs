using MicroGrad.Compilation;
using MicroGrad.Formulas;

namespace MicroGrad.Operations;

/// <summary>
/// One output of the softmax, e^xi / (e^x1 + … + e^xn), shifted by the largest input so that no exponential overflows.
/// </summary>
internal sealed class Softmax(int index) : NaryOperation("softmax", isShared: false)
{
    /// <summary>Which of the inputs, from 0, this is the output of.</summary>
    public int Index { get; } = index;

    /// <summary>All outputs over a list of inputs, which they share.</summary>
    public static GradValue[] Nodes(ValueList inputs)
    {
        var count = inputs.Values.Length;
        var data = new double[count];
        ValueList.CopyData(inputs.Values, data);
        var shares = new double[count];
        LogSumExp.Softmax(data, shares);
        return [.. shares.Select((share, i) => new GradValue(new Softmax(i), inputs, null, share))];
    }

    public override double Value(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var shares = left.Length <= 256 ? stackalloc double[left.Length] : new double[left.Length];
        LogSumExp.Softmax(left, shares);
        return shares[Index];
    }

    /// <remarks>The derivative is y (1 - y) by the output's own input, and -y times the other output by another input.</remarks>
    public override void Derivatives(
        ReadOnlySpan<double> left, ReadOnlySpan<double> right, double y, Span<double> byLeft, Span<double> byRight)
    {
        LogSumExp.Softmax(left, byLeft);
        for (var i = 0; i < byLeft.Length; i++)
        {
            byLeft[i] = i == Index ? y * (1 - y) : -y * byLeft[i];
        }
    }

    public override void DerivativeGraphs(
        GradValue[] left, GradValue[] right, GradValue y, Span<GradValue> byLeft, Span<GradValue> byRight)
    {
        for (var i = 0; i < left.Length; i++)
        {
            byLeft[i] = i == Index ? y * (1 - y) : -y * new GradValue(new Softmax(i), left);
        }
    }

    public override Term Compile(Program program, ReadOnlySpan<Term> left, ReadOnlySpan<Term> right)
    {
        var terms = new Term[left.Length];
        var (_, sum) = LogSumExp.Exponentials<Term>(left, terms);
        return terms[Index] / sum;
    }

    /// <summary>All outputs.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="shares">Receives a number for each input; may be the inputs' own place.</param>
    public static void Of<TReal>(ReadOnlySpan<TReal> x, Span<TReal> shares)
        where TReal : IReal<TReal>
    {
        var (_, sum) = LogSumExp.Exponentials(x, shares);
        foreach (ref var share in shares)
        {
            share /= sum;
        }
    }
}
