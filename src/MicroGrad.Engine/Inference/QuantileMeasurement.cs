namespace MicroGrad;

/// <summary>How well one quantile is met.</summary>
/// <param name="Quantile">The quantile, between 0 and 1.</param>
/// <param name="Coverage">The share of rows whose target is no higher than the answer: near the quantile where the answers are right.</param>
/// <param name="PinballLoss">The mean pinball loss, in the units of the target.</param>
public sealed record QuantileMeasurement(double Quantile, double Coverage, double PinballLoss)
{
    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(QuantileMeasurement), PrintMembers);
}
