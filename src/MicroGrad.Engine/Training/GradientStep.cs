namespace MicroGrad.Training;

/// <summary>One step of gradient descent by hand, over live values.</summary>
internal static class GradientStep
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

    /// <summary>data -= rate * gradient, or += where the root shall grow.</summary>
    /// <exception cref="GradException">A value is not a leaf, so its data comes from its inputs (id <c>NotALeaf</c>).</exception>
    public static void Apply(IReadOnlyList<GradValue> leaves, double learningRate, bool ascend)
    {
        foreach (var leaf in leaves)
        {
            if (!leaf.IsLeaf)
            {
                throw new GradException(
                    "NotALeaf",
                    $"{leaf} was computed by '{leaf.Op}', so a step would be undone by the next forward pass. Move the leaves that it depends on.");
            }
        }

        foreach (var leaf in leaves)
        {
            leaf.Data += (ascend ? learningRate : -learningRate) * leaf.Grad;
        }
    }
}
