namespace MicroGrad.Training;

/// <summary>Which schedule, and its settings.</summary>
internal sealed record ScheduleOptions
{
    public ScheduleKind Kind { get; init; } = ScheduleKind.Constant;

    /// <summary>Where Linear, Exponential and Cosine end, and what ReduceOnPlateau never goes below; null for 0 (a hundredth of the first for Exponential).</summary>
    public double? FinalLearningRate { get; init; }

    /// <summary>What Step and ReduceOnPlateau multiply by, between 0 and 1.</summary>
    public double Factor { get; init; } = 0.1;

    /// <summary>Epochs between two drops of Step; epochs without improvement before a drop of ReduceOnPlateau.</summary>
    public int Interval { get; init; } = 10;

    /// <summary>Epochs in which the rate grows from near 0 to what the schedule says.</summary>
    public int WarmupEpochs { get; init; }

    /// <summary>Refuses settings that no rate can be computed with.</summary>
    /// <exception cref="GradException">
    /// Ids <c>InvalidFinalLearningRate</c>, <c>InvalidScheduleFactor</c>, <c>InvalidScheduleInterval</c>, <c>InvalidWarmup</c>.
    /// </exception>
    public void Validate()
    {
        var final = FinalLearningRate ?? 0;
        Options.Require(
            final >= 0 && double.IsFinite(final) && !(Kind == ScheduleKind.Exponential && FinalLearningRate == 0),
            "InvalidFinalLearningRate",
            "final learning rate",
            final,
            Kind == ScheduleKind.Exponential ? "a number above 0, such as 0.001" : "0 or a positive number, such as 0.001");
        Options.Require(Factor is > 0 and < 1, "InvalidScheduleFactor", "schedule's factor", Factor, "a number between 0 and 1, such as 0.1");
        Options.Require(Interval >= 1, "InvalidScheduleInterval", "schedule's interval", Interval, "at least 1 epoch");
        Options.Require(WarmupEpochs >= 0, "InvalidWarmup", "number of warm-up epochs", WarmupEpochs, "0 or more");
        if (FinalLearningRate is not null && Kind is (ScheduleKind.Constant or ScheduleKind.Step))
        {
            throw new GradException(
                "UnusedOption",
                $"A final learning rate goes with the schedules Linear, Exponential, Cosine and ReduceOnPlateau, but {Kind} was chosen. Choose one of these, or leave it out.");
        }
    }
}
