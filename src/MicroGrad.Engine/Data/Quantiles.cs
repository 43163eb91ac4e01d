namespace MicroGrad.Data;

/// <summary>The quantiles of a numeric target that a model's outputs mean, from the lowest on.</summary>
public static class Quantiles
{
    /// <summary>The quantiles in order.</summary>
    /// <exception cref="GradException">There is no quantile, one is not between 0 and 1, or one is given twice (id <c>InvalidQuantile</c>).</exception>
    internal static double[] Require(IReadOnlyCollection<double> given)
    {
        if (given.Count == 0)
        {
            throw new GradException("InvalidQuantile", "There is no quantile where at least one between 0 and 1 is expected.");
        }

        foreach (var quantile in given)
        {
            if (!(quantile > 0 && quantile < 1))
            {
                throw new GradException("InvalidQuantile", FormattableString.Invariant($"The quantile {quantile} is not between 0 and 1."));
            }
        }

        return given.Distinct().Count() == given.Count
            ? [.. given.Order()]
            : throw new GradException("InvalidQuantile", "A quantile is given twice; each has one output.");
    }

    /// <summary>The place of the quantile nearest to the median, the lower of two.</summary>
    public static int Middle(IReadOnlyList<double> quantiles)
    {
        var middle = 0;
        for (var i = 1; i < quantiles.Count; i++)
        {
            if (Math.Abs(quantiles[i] - 0.5) < Math.Abs(quantiles[middle] - 0.5))
            {
                middle = i;
            }
        }

        return middle;
    }

    /// <summary>Sorts the answers of each row. Quantiles that are learnt one by one may cross, and sorting makes none worse (Chernozhukov et al., 2010).</summary>
    /// <param name="outputs">The answers, row by row.</param>
    /// <param name="count">How many a row has.</param>
    public static void Sort(Span<double> outputs, int count)
    {
        for (var start = 0; start < outputs.Length; start += count)
        {
            outputs.Slice(start, count).Sort();
        }
    }
}
