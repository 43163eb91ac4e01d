namespace MicroGrad.Inference;

/// <summary>An answer divided among columns.</summary>
/// <param name="Baseline">The answer at the baseline.</param>
/// <param name="Contributions">What each column adds to it; together with the baseline's answer they are the row's.</param>
public sealed record Explanation(double Baseline, double[] Contributions)
{
    /// <summary>The explanation of the mean of several answers: integrated gradients of a mean are the mean of theirs.</summary>
    internal static Explanation Mean(Explanation[] explanations) => new(
        explanations.Average(one => one.Baseline), ModelEnsemble.Mean([.. explanations.Select(one => one.Contributions)]));
}
