namespace MicroGrad.Data;

/// <summary>The mean of a column's numbers, and the scale that gives them the deviation 1. Missing numbers (NaN) are left out.</summary>
internal static class ColumnStatistics
{
    // Numbers whose relative difference is smaller than this differ by rounding: 64 units in the last place.
    private const double Rounding = 64 * 2.220446049250313e-16;

    // Within these bounds, a deviation and its square are in the range of a double.
    private const double SmallestDeviation = 1e-150;
    private const double LargestDeviation = 1e150;

    /// <summary>The mean; 0 where there is no number.</summary>
    public static double Mean(IEnumerable<double> column) => MeanOf(Present(column));

    /// <summary>
    /// The mean and the standard deviation over n (not n - 1), as scikit-learn's StandardScaler. A constant, and
    /// one that differs by rounding only, has the scale 1.
    /// </summary>
    /// <param name="name">The column's name.</param>
    /// <param name="column">Its numbers.</param>
    /// <exception cref="GradException">The deviation is no number to divide by (id <c>SpreadOutOfRange</c>).</exception>
    public static (double Mean, double Scale) MeanAndScale(string name, IEnumerable<double> column)
    {
        var numbers = Present(column);
        var mean = MeanOf(numbers);
        var widest = numbers.Select(x => Math.Abs(x - mean)).DefaultIfEmpty(0).Max();
        if (widest <= Rounding * Math.Abs(mean) && double.IsFinite(widest))
        {
            return (mean, 1);
        }

        // Relative to the widest distance: squares of the distances may be too large or too small for a double.
        var deviation = widest * Math.Sqrt(numbers.Average(x => (x - mean) / widest * ((x - mean) / widest)));
        return deviation is >= SmallestDeviation and <= LargestDeviation
            ? (mean, deviation)
            : throw new GradException(
                "SpreadOutOfRange",
                FormattableString.Invariant($"The numbers of column '{name}' have the standard deviation {deviation:G3}, ")
                + FormattableString.Invariant($"and only one from {SmallestDeviation} to {LargestDeviation} can be scaled to 1. Give the column in another unit."));
    }

    private static double[] Present(IEnumerable<double> column) => [.. column.Where(x => !double.IsNaN(x))];

    private static double MeanOf(double[] numbers)
    {
        // The mean is of distances to the first number, so that the mean of a constant is exact.
        var first = numbers.FirstOrDefault();
        return first + numbers.Sum(x => (x - first) / numbers.Length);
    }
}
