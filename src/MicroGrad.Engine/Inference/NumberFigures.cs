namespace MicroGrad.Inference;

/// <summary>How far predicted numbers are from the actual ones, for one target. Conventions are scikit-learn's.</summary>
internal sealed record NumberFigures
{
    // What an actual 0 is divided by in a percentage error.
    private const double SmallestActual = 2.220446049250313e-16;

    /// <summary>1 - residual / total sum of squares; where all actual numbers are equal, 1 if the predictions are exact, else 0.</summary>
    public required double R2 { get; init; }

    /// <summary>The mean absolute error.</summary>
    public required double MeanAbsoluteError { get; init; }

    /// <summary>The mean squared error.</summary>
    public required double MeanSquaredError { get; init; }

    /// <summary>The median of the absolute errors; with weights the lower weighted median.</summary>
    public required double MedianAbsoluteError { get; init; }

    /// <summary>1 - variance of the errors / variance of the actual numbers: R2 without the part of a constant error.</summary>
    public required double ExplainedVariance { get; init; }

    /// <summary>The mean of |error / actual|, as a fraction.</summary>
    public required double MeanAbsolutePercentageError { get; init; }

    /// <summary>The figures of each target, from numbers row by row.</summary>
    public static NumberFigures[] Of(double[] actual, double[] predicted, int targetCount, ReadOnlySpan<double> weights)
    {
        var figures = new NumberFigures[targetCount];
        for (var t = 0; t < figures.Length; t++)
        {
            figures[t] = Of(Column(actual, t), Column(predicted, t), weights);
        }

        return figures;

        double[] Column(double[] numbers, int target) =>
            [.. Enumerable.Range(0, numbers.Length / targetCount).Select(row => numbers[row * targetCount + target])];
    }

    /// <summary>The figures of predicted numbers, compared with the actual ones.</summary>
    /// <param name="actual">The actual numbers; at least one.</param>
    /// <param name="predicted">The predicted ones, as many.</param>
    /// <param name="weights">The weight of each row; empty where all weigh 1.</param>
    public static NumberFigures Of(ReadOnlySpan<double> actual, ReadOnlySpan<double> predicted, ReadOnlySpan<double> weights)
    {
        // Means are of distances to the first number, so that the mean of a constant target is exact.
        double weightSum = 0, actualShift = 0, errorSum = 0;
        for (var i = 0; i < actual.Length; i++)
        {
            var weight = weights.IsEmpty ? 1 : weights[i];
            weightSum += weight;
            actualShift += weight * (actual[i] - actual[0]);
            errorSum += weight * (actual[i] - predicted[i]);
        }

        var mean = actual[0] + actualShift / weightSum;
        var meanError = errorSum / weightSum;
        double absolute = 0, squared = 0, spread = 0, errorSpread = 0, percentage = 0;
        var sizes = new double[actual.Length];
        for (var i = 0; i < actual.Length; i++)
        {
            var weight = weights.IsEmpty ? 1 : weights[i];
            var error = actual[i] - predicted[i];
            sizes[i] = Math.Abs(error);
            absolute += weight * sizes[i];
            squared += weight * error * error;
            spread += weight * (actual[i] - mean) * (actual[i] - mean);
            errorSpread += weight * (error - meanError) * (error - meanError);
            percentage += weight * sizes[i] / Math.Max(Math.Abs(actual[i]), SmallestActual);
        }

        return new NumberFigures
        {
            R2 = actual.Length < 2 ? double.NaN : ShareExplained(squared, spread),
            MeanAbsoluteError = absolute / weightSum,
            MeanSquaredError = squared / weightSum,
            MedianAbsoluteError = weights.IsEmpty ? Median(sizes) : LowerMedian(sizes, weights),
            ExplainedVariance = ShareExplained(errorSpread, spread),
            MeanAbsolutePercentageError = percentage / weightSum,
        };
    }

    private static double ShareExplained(double residual, double total) =>
        total > 0 ? 1 - residual / total : residual == 0 ? 1 : 0;

    private static double Median(double[] numbers)
    {
        Array.Sort(numbers);
        var middle = numbers.Length / 2;
        return numbers.Length % 2 == 1 ? numbers[middle] : (numbers[middle - 1] + numbers[middle]) / 2;
    }

    private static double LowerMedian(double[] numbers, ReadOnlySpan<double> weights)
    {
        var sorted = weights.ToArray();
        Array.Sort(numbers, sorted);
        var half = sorted.Sum() / 2;
        double sum = 0;
        for (var i = 0; i < numbers.Length - 1; i++)
        {
            sum += sorted[i];
            if (sum >= half)
            {
                return numbers[i];
            }
        }

        return numbers[^1];
    }
}
