using MicroGrad.Compilation;

namespace MicroGrad.Operations;

/// <summary>
/// A neuron before its activation: the bias plus weights times inputs, added up in order from the bias. The left list
/// holds the weights and, where the neuron has one, the bias behind them; the right list holds the inputs.
/// </summary>
internal sealed class WeightedSum() : NaryOperation("weighted sum", "Σwx", OperationShape.Products)
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

    /// <remarks>Every call of a neuron comes here, so it reads the data where it stands.</remarks>
    public override double Value(GradValue[] left, GradValue[] right)
    {
        var sum = left.Length > right.Length ? left[^1].Data : 0;
        var weights = left.AsSpan(0, right.Length);
        for (var i = 0; i < weights.Length; i++)
        {
            sum += weights[i].Data * right[i].Data;
        }

        return sum;
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

    public override Lane Compile(LaneProgram program, ReadOnlySpan<Lane> left, ReadOnlySpan<Lane> right)
    {
        var terms = new List<Lane>(left.Length);
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
