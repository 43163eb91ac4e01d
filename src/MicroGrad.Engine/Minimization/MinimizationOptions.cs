namespace MicroGrad.Minimization;

/// <summary>The options of a search for a minimum.</summary>
public sealed record MinimizationOptions
{
    /// <summary>The rule by which steps are made.</summary>
    public MinimizationMethod Method { get; init; } = MinimizationMethod.Lbfgs;

    /// <summary>
    /// The factor of a step; larger than 0. Null for the method's own: 0.01 for gradient descent, 0.1 for Adam, and 1 for
    /// L-BFGS, where it is only the length that a search begins with.
    /// </summary>
    public double? LearningRate { get; init; }

    /// <summary>The number of steps after which the search ends; at least 0.</summary>
    public int MaximumIteration { get; init; } = 1000;

    /// <summary>The length of the gradient at which a point counts as a minimum; at least 0.</summary>
    public double Tolerance { get; init; } = 1e-8;

    /// <summary>Cancelled to end the search, before the next evaluation of the function.</summary>
    public CancellationToken Stopping { get; init; }

    internal double Rate => LearningRate ?? Method switch
    {
        MinimizationMethod.GradientDescent => 0.01,
        MinimizationMethod.Adam => 0.1,
        _ => 1,
    };

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(MinimizationOptions), PrintMembers);

    internal void Check()
    {
        if (!(Rate > 0 && double.IsFinite(Rate)))
        {
            throw new GradException(
                "InvalidLearningRate",
                FormattableString.Invariant($"The learning rate is {Rate}; it must be a number larger than 0, such as 0.01."));
        }

        if (MaximumIteration < 0)
        {
            throw new GradException(
                "InvalidMaximumIteration", $"The largest number of iterations is {MaximumIteration}; it must be 0 or more.");
        }

        if (!(Tolerance >= 0))
        {
            throw new GradException(
                "InvalidTolerance",
                FormattableString.Invariant($"The tolerance is {Tolerance}; it must be 0 or larger, such as 1e-8."));
        }
    }
}
