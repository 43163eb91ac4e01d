namespace MicroGrad;

/// <summary>The result of an epoch of training. Loss and accuracy are those of each row before its own update.</summary>
public sealed record EpochResult
{
    /// <summary>The epoch, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The loss of the batches before their updates, averaged over the epoch by their rows; with one batch, the loss before the step. (A loss that is a sum is one over each batch.) It is that of the scaled target where <see cref="IsTargetScaled"/>.</summary>
    public required double Loss { get; init; }

    /// <summary>The loss of the validation rows after the epoch, or null without any; in the units of <see cref="Loss"/>.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>Whether the training scaled a numeric target, so that losses are not in the target's units.</summary>
    public bool IsTargetScaled { get; init; }

    /// <summary>The fraction of rows that were decided right before their update, from 0 to 1; null for numeric targets.</summary>
    public double? Accuracy { get; init; }

    /// <summary>The fraction of validation rows decided right after the epoch, or null.</summary>
    public double? ValidationAccuracy { get; init; }

    /// <summary>The learning rate of the epoch's first step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The Euclidean norm of the gradient by all parameters, averaged over the epoch's steps.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>The time since training began.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Training rows a second, in this epoch.</summary>
    public required double SamplesPerSecond { get; init; }

    /// <summary>The data of all parameters after the epoch, in the order of <see cref="Mlp.Parameters"/>; null where the training did not keep them.</summary>
    public IReadOnlyList<double>? Parameters { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(EpochResult), PrintMembers);
}
