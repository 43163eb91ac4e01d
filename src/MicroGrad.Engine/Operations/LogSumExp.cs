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

    /// <remarks>The derivatives are the softmax of the inputs.</remarks>
    public override void Derivatives(
        ReadOnlySpan<double> left, ReadOnlySpan<double> right, double y, Span<double> byLeft, Span<double> byRight)
    {
        for (var i = 0; i < left.Length; i++)
        {
            byLeft[i] = Math.Exp(left[i] - y);
        }
    }
}
