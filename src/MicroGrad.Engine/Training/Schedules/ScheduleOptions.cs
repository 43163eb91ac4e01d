namespace MicroGrad.Training;

/// <summary>Which schedule, and its settings.</summary>
public sealed record ScheduleOptions
{
    /// <summary>How the rate changes from step to step or from epoch to epoch.</summary>
    public ScheduleKind Kind { get; init; } = ScheduleKind.Constant;

    /// <summary>Where Linear, Exponential and Cosine end, and what ReduceOnPlateau never goes below; null for 0 (a hundredth of the first for Exponential).</summary>
    public double? FinalLearningRate { get; init; }

    /// <summary>What Step and ReduceOnPlateau multiply by, between 0 and 1; null for 0.1.</summary>
    public double? Factor { get; init; }

    /// <summary>Epochs between two drops of Step; epochs without improvement before a drop of ReduceOnPlateau; null for 10.</summary>
    public int? Interval { get; init; }

    /// <summary>Epochs in which the rate grows from near 0 to what the schedule says.</summary>
    public int WarmupEpochs { get; init; }

    /// <summary>Refuses settings that no rate can be computed with.</summary>
    /// <exception cref="GradException">
    /// Ids <c>InvalidFinalLearningRate</c>, <c>InvalidScheduleFactor</c>, <c>InvalidScheduleInterval</c>, <c>InvalidWarmup</c>,
    /// <c>UnusedOption</c>.
    /// </exception>
    internal void Validate()
    {
        var final = FinalLearningRate ?? 0;
        Options.Require(
            final >= 0 && double.IsFinite(final) && !(Kind == ScheduleKind.Exponential && FinalLearningRate == 0),
            "InvalidFinalLearningRate",
            "final learning rate",
            final,
            Kind == ScheduleKind.Exponential ? "a number above 0, such as 0.001" : "0 or a positive number, such as 0.001");
        Options.Require(Factor is null or (> 0 and < 1), "InvalidScheduleFactor", "schedule's factor", Factor ?? 0, "a number between 0 and 1, such as 0.1");
        Options.Require(Interval is null or >= 1, "InvalidScheduleInterval", "schedule's interval", Interval ?? 0, "at least 1 epoch");
        Options.Require(WarmupEpochs >= 0, "InvalidWarmup", "number of warm-up epochs", WarmupEpochs, "0 or more");
        OptionFit.Require(this);
    }
}
