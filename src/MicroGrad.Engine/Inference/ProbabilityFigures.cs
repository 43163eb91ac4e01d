namespace MicroGrad.Inference;

/// <summary>How far probabilities of classes are from the actual classes.</summary>
internal static class ProbabilityFigures
{
    // The resolution of a double at 1, scikit-learn's bound: a wrong answer given with certainty must not make the mean
    // infinite.
    private const double Smallest = 2.220446049250313e-16;

    /// <summary>The mean of -log p of the class that each row is of; p is kept 2^-52 away from 0 and 1.</summary>
    /// <param name="probabilities">For each row, the probability of its class.</param>
    /// <param name="weights">The weight of each row; empty where all weigh 1.</param>
    public static double LogLoss(ReadOnlySpan<double> probabilities, ReadOnlySpan<double> weights)
    {
        double sum = 0, total = 0;
        for (var i = 0; i < probabilities.Length; i++)
        {
            var weight = weights.IsEmpty ? 1 : weights[i];
            sum -= weight * Math.Log(Math.Clamp(probabilities[i], Smallest, 1 - Smallest));
            total += weight;
        }

        return sum / total;
    }

    /// <summary>The mean squared distance of the probability of one class to 1 for its rows and 0 for the others (Brier, 1950).</summary>
    /// <param name="probabilities">For each row, the probability of the class.</param>
    /// <param name="isPositive">Which rows are of the class.</param>
    /// <param name="weights">The weight of each row; empty where all weigh 1.</param>
    public static double Brier(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> isPositive, ReadOnlySpan<double> weights)
    {
        double sum = 0, total = 0;
        for (var i = 0; i < probabilities.Length; i++)
        {
            var weight = weights.IsEmpty ? 1 : weights[i];
            var distance = probabilities[i] - (isPositive[i] ? 1 : 0);
            sum += weight * distance * distance;
            total += weight;
        }

        return sum / total;
    }
}
