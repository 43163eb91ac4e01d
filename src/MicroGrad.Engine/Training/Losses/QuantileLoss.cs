namespace MicroGrad.Training;

/// <summary>
/// The pinball loss (Koenker and Bassett, 1978): of the quantile q, q (target - output) where the target is above and
/// (1 - q) (output - target) where it is below. The output that makes it small is the target's q-quantile.
/// </summary>
/// <param name="quantiles">The quantile of each output, between 0 and 1.</param>
internal sealed class QuantileLoss(IReadOnlyList<double> quantiles) : RowLoss
{
    public override double Row(ReadOnlySpan<double> outputs, ReadOnlySpan<double> targets, Span<double> gradient)
    {
        var sum = 0.0;
        for (var i = 0; i < outputs.Length; i++)
        {
            var difference = targets[i] - outputs[i];
            sum += Of(quantiles[i], difference);
            gradient[i] = difference > 0 ? -quantiles[i] : difference < 0 ? 1 - quantiles[i] : difference;
        }

        return sum;
    }

    public override double Divisor(double totalWeight, int outputCount) => totalWeight * outputCount;

    /// <summary>What a difference target - output costs.</summary>
    public static double Of(double quantile, double difference) => difference > 0 ? quantile * difference : (quantile - 1) * difference;
}
