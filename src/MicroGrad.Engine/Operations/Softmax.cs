namespace MicroGrad.Operations;

/// <summary>
/// One output of the softmax, e^xi / (e^x1 + … + e^xn), shifted by the largest input so that it is right at any size.
/// </summary>
internal sealed class Softmax(int index) : NaryOperation("softmax")
{
    public override double Value(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var shares = left.Length <= 256 ? stackalloc double[left.Length] : new double[left.Length];
        LogSumExp.Softmax(left, shares);
        return shares[index];
    }

    /// <remarks>By its own input y (1 - y), by another -y times that one's output.</remarks>
    public override void Derivatives(
        ReadOnlySpan<double> left, ReadOnlySpan<double> right, double y, Span<double> byLeft, Span<double> byRight)
    {
        LogSumExp.Softmax(left, byLeft);
        for (var i = 0; i < byLeft.Length; i++)
        {
            byLeft[i] = i == index ? y * (1 - y) : -y * byLeft[i];
        }
    }
}
