namespace MicroGrad.Inference;

/// <summary>An answer divided among columns.</summary>
/// <param name="Baseline">The answer at the baseline.</param>
/// <param name="Contributions">What each column adds to it; together with the baseline's answer they are the row's.</param>
internal sealed record Explanation(double Baseline, double[] Contributions);
