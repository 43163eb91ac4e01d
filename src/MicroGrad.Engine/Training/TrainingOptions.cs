using System.Numerics;

namespace MicroGrad.Training;

/// <summary>How to train: everything but the model, the rows and the loss.</summary>
internal sealed record TrainingOptions
{
    public int Epochs { get; init; } = 100;

    /// <summary>Rows in a step; 0 for all at once.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>The rate that the schedule starts from; null for what suits the optimizer.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Decides, with the number of the epoch, the order of the rows.</summary>
    public BigInteger Seed { get; init; } = BigInteger.One;

    /// <summary>Whether rows are drawn in a new order each epoch. With one batch an epoch there is nothing to shuffle.</summary>
    public bool Shuffle { get; init; } = true;

    public OptimizerOptions Optimizer { get; init; } = new();

    public ScheduleOptions Schedule { get; init; } = new();

    /// <summary>What the sum of squares of all parameters, biases too, adds to the loss.</summary>
    public double L2 { get; init; }

    public double FirstLearningRate => LearningRate ?? Optimizer.DefaultLearningRate;

    /// <summary>Refuses values that no training can run with.</summary>
    /// <exception cref="GradException">
    /// Ids <c>InvalidEpoch</c>, <c>InvalidBatchSize</c>, <c>InvalidLearningRate</c>, <c>InvalidL2</c>, and those of the
    /// optimizer's and the schedule's options.
    /// </exception>
    public void Validate()
    {
        Options.Require(Epochs >= 1, "InvalidEpoch", "number of epochs", Epochs, "at least 1");
        Options.Require(
            BatchSize >= 0, "InvalidBatchSize", "batch size", BatchSize, "the rows of a batch, or 0 for all rows at once");
        GradientStep.CheckLearningRate(FirstLearningRate);
        Options.Require(L2 >= 0 && double.IsFinite(L2), "InvalidL2", "L2 factor", L2, "0 or a positive number, such as 0.0001");
        Optimizer.Validate();
        Schedule.Validate();
    }
}
