namespace MicroGrad;

/// <summary>A step of a sweep over learning rates.</summary>
/// <param name="Step">Which step, from 1.</param>
/// <param name="LearningRate">The rate that the step was made with.</param>
/// <param name="Loss">The loss of the step's rows before it.</param>
/// <param name="SmoothedLoss">The running mean of the losses so far.</param>
/// <param name="IsSuggested">Whether the loss begins to fall fastest here, so that this is a rate to train with.</param>
public sealed record LearningRatePoint(int Step, double LearningRate, double Loss, double SmoothedLoss, bool IsSuggested = false)
{
    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(LearningRatePoint), PrintMembers);
}
