namespace MicroGrad.Inference;

/// <summary>An answer taken apart by columns.</summary>
/// <param name="Baseline">The answer at the baseline.</param>
/// <param name="Contributions">What each column adds to it; with the baseline's answer they make the row's.</param>
internal sealed record Explanation(double Baseline, double[] Contributions);
