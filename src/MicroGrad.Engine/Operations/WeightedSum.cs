using MicroGrad.Compilation;

namespace MicroGrad.Operations;

/// <summary>
/// A neuron before its activation: the bias plus weights times inputs, added up in order from the bias. The left list
/// holds the weights and, where the neuron has one, the bias behind them; the right list holds the inputs.
/// </summary>
internal sealed class WeightedSum() : NaryOperation("weighted sum", "Σwx", OperationShape.WeightedSum)
{
    public static readonly WeightedSum Instance = new();

    public override double Value(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var sum = left.Length > right.Length ? left[^1] : 0;
        for (var i = 0; i < right.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }

    /// <remarks>Computing a network again calls this for each neuron, so the data is read without a copy.</remarks>
    public override double Value(GradValue[] left, GradValue[] right)
    {
        var sum = Start(left, right.Length);
        for (var i = 0; i < right.Length; i++)
        {
            sum += left[i].RawData * right[i].RawData;
        }

        return sum;
    }

    /// <summary>The same over a neuron's parameters and the data of its inputs.</summary>
    public static double Value(GradValue[] left, ReadOnlySpan<double> right)
    {
        var sum = Start(left, right.Length);
        for (var i = 0; i < right.Length; i++)
        {
            sum += left[i].RawData * right[i];
        }

        return sum;
    }

    /// <summary>The same for four neurons over the same inputs.</summary>
    public static (double A, double B, double C, double D) Values(
        GradValue[] a, GradValue[] b, GradValue[] c, GradValue[] d, ReadOnlySpan<double> right)
    {
        var (sumA, sumB) = (Start(a, right.Length), Start(b, right.Length));
        var (sumC, sumD) = (Start(c, right.Length), Start(d, right.Length));
        var weightsA = a.AsSpan(0, right.Length);
        var weightsB = b.AsSpan(0, right.Length);
        var weightsC = c.AsSpan(0, right.Length);
        var weightsD = d.AsSpan(0, right.Length);
        for (var i = 0; i < right.Length; i++)
        {
            sumA += weightsA[i].RawData * right[i];
            sumB += weightsB[i].RawData * right[i];
            sumC += weightsC[i].RawData * right[i];
            sumD += weightsD[i].RawData * right[i];
        }

        return (sumA, sumB, sumC, sumD);
    }

    public override void Derivatives(
        ReadOnlySpan<double> left, ReadOnlySpan<double> right, double y, Span<double> byLeft, Span<double> byRight)
    {
        right.CopyTo(byLeft);
        left[..right.Length].CopyTo(byRight);
        byLeft[right.Length..].Fill(1);
    }

    public override void DerivativeGraphs(
        GradValue[] left, GradValue[] right, GradValue y, Span<GradValue> byLeft, Span<GradValue> byRight)
    {
        right.CopyTo(byLeft);
        left.AsSpan(0, right.Length).CopyTo(byRight);
        byLeft[right.Length..].Fill(1);
    }

    /// <summary>The bias, where there is one behind the weights.</summary>
    private static double Start(GradValue[] left, int weights) => left.Length > weights ? left[^1].RawData : 0;

    public override Term Compile(Program program, ReadOnlySpan<Term> left, ReadOnlySpan<Term> right)
    {
        var terms = new List<Term>(left.Length);
        if (left.Length > right.Length)
        {
            terms.Add(left[^1]);
        }

        for (var i = 0; i < right.Length; i++)
        {
            terms.Add(left[i].Product(right[i]));
        }

        return Sum.Of(program, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(terms));
    }
}
