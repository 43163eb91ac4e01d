namespace MicroGrad.Training;

/// <summary>One step of gradient descent by hand, over live values.</summary>
public static class GradientStep
{
    /// <summary>Refuses a learning rate that is no finite number above 0.</summary>
    /// <exception cref="GradException">Id <c>InvalidLearningRate</c>.</exception>
    public static void CheckLearningRate(double learningRate)
    {
        if (!(learningRate > 0 && double.IsFinite(learningRate)))
        {
            throw new GradException(
                "InvalidLearningRate",
                FormattableString.Invariant($"The learning rate is {learningRate}; give a number above 0, such as 0.1."));
        }
    }

    /// <summary>data -= rate * gradient, or += to make the root larger.</summary>
    /// <exception cref="GradException">As of <see cref="Require"/>; then no value has moved.</exception>
    /// <exception cref="OperationCanceledException">The checks were stopped; no value has moved.</exception>
    public static void Apply(IReadOnlyList<GradValue> leaves, double learningRate, bool ascend, CancellationToken stopping = default)
    {
        Require(leaves, stopping);
        foreach (var leaf in leaves)
        {
            leaf.Data += (ascend ? learningRate : -learningRate) * leaf.Grad;
        }
    }

    /// <summary>Refuses values that stand in a list twice, as a step would move them twice.</summary>
    /// <exception cref="GradException">Id <c>DuplicateValue</c>.</exception>
    /// <exception cref="OperationCanceledException">The check was stopped.</exception>
    public static void RequireDistinct(IReadOnlyCollection<GradValue> values, CancellationToken stopping = default)
    {
        var seen = new HashSet<GradValue>(values.Count, ReferenceEqualityComparer.Instance);
        foreach (var value in values)
        {
            stopping.ThrowIfCancellationRequested();
            if (!seen.Add(value))
            {
                throw new GradException("DuplicateValue", $"{value} stands in the list twice, and would be moved twice in each step. Give each value once.");
            }
        }
    }

    /// <summary>Refuses values that no step can move, and gradients that are left over from an earlier step or no finite numbers.</summary>
    /// <remarks>
    /// A gradient is left over where other gradients of the list were cleared after the last backward pass that reached its value.
    /// Several passes between two clearings add up, whichever
    /// values each of them reaches.
    /// </remarks>
    /// <exception cref="GradException">
    /// A value is not a leaf, so its data comes from its inputs (id <c>NotALeaf</c>), a gradient is left over (id
    /// <c>StaleGradient</c>), or one is infinite or NaN (id <c>NotFinite</c>).
    /// </exception>
    /// <exception cref="OperationCanceledException">The checks were stopped.</exception>
    internal static void Require(IReadOnlyList<GradValue> leaves, CancellationToken stopping = default)
    {
        foreach (var leaf in leaves)
        {
            stopping.ThrowIfCancellationRequested();
            RequireLeaf(leaf);
            if (!double.IsFinite(leaf.RawGrad))
            {
                throw new GradException("NotFinite", $"The gradient of {leaf} is no finite number, so a step would leave no number in it. No value was moved.");
            }
        }

        if (leaves.Count == 0)
        {
            return;
        }

        var lastCleared = leaves[0];
        foreach (var leaf in leaves)
        {
            stopping.ThrowIfCancellationRequested();
            lastCleared = lastCleared.IsClearedBefore(leaf) ? leaf : lastCleared;
        }

        GradValue[] stale = [.. leaves.Where(leaf => leaf.RawGrad != 0 && leaf.IsReachedBeforeClearingOf(lastCleared))];
        if (stale.Length > 0)
        {
            throw new GradException(
                "StaleGradient",
                $"{stale.Length} of {leaves.Count} values, such as {stale[0]}, have a gradient that is left over: it was not cleared when others were, and no backward pass has reached it since.");
        }
    }

    /// <summary>Refuses a value that was computed.</summary>
    /// <exception cref="GradException">Id <c>NotALeaf</c>.</exception>
    public static void RequireLeaf(GradValue value)
    {
        if (!value.IsLeaf)
        {
            throw new GradException(
                "NotALeaf",
                $"{value} was computed by '{value.Op}', so a step would be undone by the next forward pass. Move the leaves that it depends on.");
        }
    }
}
