using System.Numerics;

namespace MicroGrad.Training;

/// <summary>How to train: everything but the model and the rows.</summary>
internal sealed record TrainingOptions
{
    public int Epochs { get; init; } = 100;

    /// <summary>Rows in a step; 0 for all at once.</summary>
    public int BatchSize { get; init; } = 32;

    public double LearningRate { get; init; } = 0.1;

    public BigInteger Seed { get; init; } = BigInteger.Zero;

    /// <summary>Whether rows are drawn in a new order each epoch. With one batch an epoch there is nothing to shuffle.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>Refuses values that no training can run with.</summary>
    /// <exception cref="GradException">Ids <c>InvalidEpoch</c>, <c>InvalidBatchSize</c>, <c>InvalidLearningRate</c>.</exception>
    public void Validate()
    {
        if (Epochs < 1)
        {
            throw new GradException("InvalidEpoch", $"The number of epochs is {Epochs}; give at least 1.");
        }

        if (BatchSize < 0)
        {
            throw new GradException(
                "InvalidBatchSize", $"The batch size is {BatchSize}; give the rows of a batch, or 0 for all rows at once.");
        }

        GradientStep.CheckLearningRate(LearningRate);
    }
}
