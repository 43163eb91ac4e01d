using System.Numerics;
using MicroGrad.Generators;

namespace MicroGrad.Training;

/// <summary>How to train: everything but the model, the rows and the loss.</summary>
public sealed record TrainingOptions
{
    /// <summary>How often all rows are trained on.</summary>
    public int Epochs { get; init; } = 100;

    /// <summary>Rows in a step; 0 for all at once.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>The rate that the schedule starts from; null for the optimizer's default.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Decides, with the number of the epoch, the order of the rows.</summary>
    public BigInteger Seed { get; init; } = BigInteger.One;

    /// <summary>Whether rows are drawn in a new order each epoch. With one batch an epoch there is nothing to shuffle.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>The rule that moves the parameters.</summary>
    public OptimizerOptions Optimizer { get; init; } = new();

    /// <summary>How the learning rate changes.</summary>
    public ScheduleOptions Schedule { get; init; } = new();

    /// <summary>The factor of the sum of squares of all parameters, biases too, in the loss.</summary>
    public double L2 { get; init; }

    /// <summary>The largest norm of a step's gradient, which is shrunk to it; null for no limit.</summary>
    public double? ClipNorm { get; init; }

    /// <summary>The largest size of each number in a gradient, which is cut to it; null for no limit.</summary>
    public double? ClipValue { get; init; }

    /// <summary>Ends the training once the watched loss is not above this; null for never.</summary>
    public double? TargetLoss { get; init; }

    /// <summary>Ends the training after the first epoch that passes this; null for never.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Ends the training after so many epochs without improvement, and restores the best weights; null for never.</summary>
    public int? Patience { get; init; }

    /// <summary>By how much the watched loss must fall to count as improved.</summary>
    public double MinimumImprovement { get; init; }

    /// <summary>What to compute in.</summary>
    public Precision Precision { get; init; }

    /// <summary>How many threads may work on a step. Results do not depend on it.</summary>
    internal int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Whether each result has the parameters at the end of its epoch.</summary>
    public bool KeepParameters { get; init; }

    /// <summary>Rows in a step, of so many in all.</summary>
    public int RowsInBatch(int count) => BatchSize == 0 ? count : Math.Min(BatchSize, count);

    /// <summary>Steps in an epoch over so many rows; the last may be shorter.</summary>
    public int BatchesInEpoch(int count) => (count + RowsInBatch(count) - 1) / RowsInBatch(count);

    /// <summary>The rate that the schedule starts from.</summary>
    public double FirstLearningRate => LearningRate ?? Optimizer.DefaultLearningRate;

    /// <summary>The settings that are not the default, besides optimizer, rate, batch and seed; in words, with commas.</summary>
    internal string Describe() => string.Join(", ", Differences().Where(text => text is not null));

    private IEnumerable<string?> Differences()
    {
        yield return Optimizer.Momentum != 0 ? FormattableString.Invariant($"momentum {Optimizer.Momentum}{(Optimizer.Nesterov ? " in Nesterov's form" : "")}") : null;
        yield return Optimizer.WeightDecay != 0 ? FormattableString.Invariant($"weight decay {Optimizer.WeightDecay}") : null;
        yield return Text("beta 1", Optimizer.Beta1);
        yield return Text("beta 2", Optimizer.Beta2);
        yield return Text("epsilon", Optimizer.Epsilon);
        yield return Schedule.Kind != ScheduleKind.Constant ? $"schedule {Schedule.Kind}" : null;
        yield return Text("final learning rate", Schedule.FinalLearningRate);
        yield return Text("factor", Schedule.Factor);
        yield return Text("interval", Schedule.Interval);
        yield return Schedule.WarmupEpochs != 0 ? FormattableString.Invariant($"warm-up of {Schedule.WarmupEpochs} epochs") : null;
        yield return L2 != 0 ? FormattableString.Invariant($"L2 {L2}") : null;
        yield return Text("gradient clipped at the norm", ClipNorm);
        yield return Text("gradient clipped at the value", ClipValue);
        yield return Patience is { } patience ? FormattableString.Invariant($"best weights, with a patience of {patience} epochs") : null;
        yield return MinimumImprovement != 0 ? FormattableString.Invariant($"minimum improvement {MinimumImprovement}") : null;
        yield return Text("target loss", TargetLoss);
        yield return Shuffle ? null : "rows in their own order";
        yield return Precision != Precision.Double ? $"{Precision} precision" : null;

        static string? Text(string name, double? value) => value is { } given ? FormattableString.Invariant($"{name} {given}") : null;
    }

    /// <summary>Refuses values that no training can run with.</summary>
    /// <exception cref="GradException">
    /// An id for each: <c>InvalidEpoch</c>, <c>InvalidBatchSize</c>, <c>InvalidSeed</c>, <c>InvalidLearningRate</c>,
    /// <c>InvalidL2</c>, <c>InvalidClip</c>, <c>InvalidTargetLoss</c>, <c>InvalidTimeLimit</c>, <c>InvalidPatience</c>,
    /// <c>InvalidMinimumImprovement</c>, and those of the optimizer's and the schedule's options.
    /// </exception>
    public void Validate()
    {
        Options.Require(Epochs >= 1, "InvalidEpoch", "number of epochs", Epochs, "at least 1");
        Options.Require(
            BatchSize >= 0, "InvalidBatchSize", "batch size", BatchSize, "the rows of a batch, or 0 for all rows at once");
        if (Seed.Sign < 0)
        {
            throw Seeds.Invalid(Seed, "a whole number from 0 on");
        }

        GradientStep.CheckLearningRate(FirstLearningRate);
        Options.Require(L2 >= 0 && double.IsFinite(L2), "InvalidL2", "L2 factor", L2, "0 or a positive number, such as 0.0001");
        Options.Require(ClipNorm is null or > 0, "InvalidClip", "norm to clip gradients at", ClipNorm ?? 0, "a positive number, such as 1");
        Options.Require(ClipValue is null or > 0, "InvalidClip", "value to clip gradients at", ClipValue ?? 0, "a positive number, such as 0.5");
        Options.Require(
            TargetLoss is null || double.IsFinite(TargetLoss.Value), "InvalidTargetLoss", "target loss", TargetLoss ?? 0, "a number, such as 0.01");
        Options.Require(
            TimeLimit is null || TimeLimit > TimeSpan.Zero, "InvalidTimeLimit", "time limit in seconds", TimeLimit?.TotalSeconds ?? 0, "a time above 0, such as 00:01:00");
        Options.Require(Patience is null or >= 1, "InvalidPatience", "patience", Patience ?? 0, "at least 1 epoch");
        Options.Require(
            MinimumImprovement >= 0 && double.IsFinite(MinimumImprovement), "InvalidMinimumImprovement", "minimum improvement", MinimumImprovement, "0 or a positive number, such as 0.0001");
        if (MinimumImprovement > 0 && Patience is null)
        {
            throw new GradException("UnusedOption", "A minimum improvement goes with a patience; give both, or leave it out.");
        }

        Optimizer.Validate();
        Schedule.Validate();
    }
}
