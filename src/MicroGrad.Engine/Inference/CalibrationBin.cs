namespace MicroGrad.Inference;

/// <summary>Rows whose probability of a class lies in one tenth of the range, and how many of them are of the class.</summary>
/// <param name="Count">The number of rows.</param>
/// <param name="MeanProbability">Their mean probability.</param>
/// <param name="Share">The fraction of them that are of the class.</param>
public readonly record struct CalibrationBin(int Count, double MeanProbability, double Share)
{
    private const int Bins = 10;

    // The edges as NumPy's linspace rounds them, so that a probability of 0.3 is on one.
    private static readonly double[] Edges = [.. Enumerable.Range(0, Bins + 1).Select(i => i == Bins ? 1 : i * (1.0 / Bins))];

    /// <summary>The bins that have weight, by rising probability. A probability on an edge belongs to the bin below it.</summary>
    /// <param name="probabilities">Of each row, the probability of the class.</param>
    /// <param name="isPositive">Which rows are of the class.</param>
    /// <param name="weights">What each row counts in the means; empty where all count 1.</param>
    internal static CalibrationBin[] Of(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> isPositive, ReadOnlySpan<double> weights)
    {
        var (counts, totals, positives, sums) = (new int[Bins], new double[Bins], new double[Bins], new double[Bins]);
        for (var i = 0; i < probabilities.Length; i++)
        {
            var bin = 0;
            while (bin < Bins - 1 && probabilities[i] > Edges[bin + 1])
            {
                bin++;
            }

            var weight = weights.IsEmpty ? 1 : weights[i];
            counts[bin]++;
            totals[bin] += weight;
            positives[bin] += isPositive[i] ? weight : 0;
            sums[bin] += weight * probabilities[i];
        }

        return [.. Enumerable.Range(0, Bins).Where(bin => totals[bin] > 0)
            .Select(bin => new CalibrationBin(counts[bin], sums[bin] / totals[bin], positives[bin] / totals[bin]))];
    }
}
