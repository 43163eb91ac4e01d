using MicroGrad.Data;
using MicroGrad.Training;

namespace MicroGrad.Inference;

/// <summary>How well the quantiles of a target are met, in the units of the target. Conventions are scikit-learn's.</summary>
internal static class QuantileFigures
{
    /// <summary>The figures of answers compared with actual numbers. Errors are those of the quantile nearest to the median.</summary>
    /// <param name="quantiles">The quantiles, from the lowest on.</param>
    /// <param name="actual">The actual numbers.</param>
    /// <param name="outputs">One answer for each quantile, row by row; the answers of a row are sorted.</param>
    /// <param name="weights">The weight of each row; empty where all weigh 1.</param>
    public static MlpMeasurement Measure(IReadOnlyList<double> quantiles, double[] actual, double[] outputs, double[] weights)
    {
        Quantiles.Sort(outputs, quantiles.Count);
        var total = weights.Length == 0 ? actual.Length : weights.Sum();
        var byQuantile = quantiles.Select((quantile, i) => new QuantileMeasurement(
            quantile,
            Mean(row => actual[row] <= At(row, i) ? 1 : 0),
            Mean(row => QuantileLoss.Of(quantile, actual[row] - At(row, i))))).ToArray();
        double[] middle = [.. Enumerable.Range(0, actual.Length).Select(row => At(row, Quantiles.Middle(quantiles)))];
        return MlpMeasurement.OfNumbers([NumberFigures.Of(actual, middle, weights)], actual.Length) with
        {
            Coverage = quantiles.Count == 1 ? byQuantile[0].Coverage : Mean(row => At(row, 0) <= actual[row] && actual[row] <= At(row, quantiles.Count - 1) ? 1 : 0),
            PinballLoss = byQuantile.Average(measured => measured.PinballLoss),
            ByQuantile = Array.AsReadOnly(byQuantile),
        };

        double At(int row, int quantile) => outputs[row * quantiles.Count + quantile];

        double Mean(Func<int, double> figure) =>
            Enumerable.Range(0, actual.Length).Sum(row => (weights.Length == 0 ? 1 : weights[row]) * figure(row)) / total;
    }
}
