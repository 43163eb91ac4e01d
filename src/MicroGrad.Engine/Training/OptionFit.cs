namespace MicroGrad.Training;

/// <summary>Which options go together: the one table of options that only some optimizers or schedules read.</summary>
internal static class OptionFit
{
    private static readonly (string Option, Func<OptimizerOptions, bool> IsGiven, OptimizerKind[] Kinds)[] OptimizerRows =
    [
        ("Momentum", options => options.Momentum != 0, [OptimizerKind.Sgd]),
        ("Nesterov's form", options => options.Nesterov, [OptimizerKind.Sgd]),
        ("Beta 1", options => options.Beta1 is not null, [OptimizerKind.Adam, OptimizerKind.AdamW]),
        ("Beta 2", options => options.Beta2 is not null, [OptimizerKind.RmsProp, OptimizerKind.Adam, OptimizerKind.AdamW]),
        ("Epsilon", options => options.Epsilon is not null, [OptimizerKind.RmsProp, OptimizerKind.Adagrad, OptimizerKind.Adam, OptimizerKind.AdamW]),
    ];

    private static readonly (string Option, Func<ScheduleOptions, bool> IsGiven, ScheduleKind[] Kinds)[] ScheduleRows =
    [
        ("A final learning rate", options => options.FinalLearningRate is not null,
            [ScheduleKind.Linear, ScheduleKind.Exponential, ScheduleKind.Cosine, ScheduleKind.ReduceOnPlateau]),
        ("A factor", options => options.Factor is not null, [ScheduleKind.Step, ScheduleKind.ReduceOnPlateau]),
        ("An interval", options => options.Interval is not null, [ScheduleKind.Step, ScheduleKind.ReduceOnPlateau]),
    ];

    /// <summary>Refuses an option that the chosen optimizer does not read.</summary>
    /// <exception cref="GradException">There is one (id <c>UnusedOption</c>).</exception>
    public static void Require(OptimizerOptions options) => Require(OptimizerRows, options, options.Kind, "optimizer");

    /// <summary>Refuses an option that the chosen schedule does not read.</summary>
    /// <exception cref="GradException">There is one (id <c>UnusedOption</c>).</exception>
    public static void Require(ScheduleOptions options) => Require(ScheduleRows, options, options.Kind, "schedule");

    /// <summary>Refuses an output activation under a loss over scores, which has its own.</summary>
    /// <exception cref="GradException">There is one (id <c>OutputActivationMismatch</c>).</exception>
    public static void Require(LossKind loss, Activation output)
    {
        if (output != Activation.Identity && loss.Create().Encoding != TargetEncoding.Numbers)
        {
            throw new GradException(
                "OutputActivationMismatch",
                $"The model's output activation is {output}, but the loss {loss} is over scores without bounds and brings its own. "
                + "Make the model with the output activation Identity, or choose a loss over numbers, such as MeanSquaredError.");
        }
    }

    private static void Require<TOptions, TKind>(
        (string Option, Func<TOptions, bool> IsGiven, TKind[] Kinds)[] rows, TOptions options, TKind kind, string what)
    {
        foreach (var row in rows)
        {
            if (row.IsGiven(options) && !row.Kinds.Contains(kind))
            {
                throw new GradException(
                    "UnusedOption",
                    $"{row.Option} goes with the {what}{(row.Kinds.Length == 1 ? "" : "s")} {string.Join(", ", row.Kinds)}, but {kind} was chosen. "
                    + $"Leave it out, or choose {(row.Kinds.Length == 1 ? row.Kinds[0]?.ToString() : "one of these")}.");
            }
        }
    }
}
