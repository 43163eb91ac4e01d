namespace MicroGrad.Data;

/// <summary>The mean and the standard deviation of a column of numbers, missing ones left out.</summary>
internal static class ColumnStatistics
{
    /// <summary>In two passes, over n (not n - 1), as scikit-learn's StandardScaler has it.</summary>
    public static (double Mean, double Deviation) Of(SampleTable table, int feature, ReadOnlySpan<int> rows)
    {
        var count = 0;
        var mean = 0.0;
        foreach (var row in rows)
        {
            var x = table.FeaturesAt(row)[feature];
            if (!double.IsNaN(x))
            {
                mean += x;
                count++;
            }
        }

        if (count == 0)
        {
            return (0, 0);
        }

        mean /= count;
        var squares = 0.0;
        foreach (var row in rows)
        {
            var x = table.FeaturesAt(row)[feature];
            if (!double.IsNaN(x))
            {
                squares += (x - mean) * (x - mean);
            }
        }

        return (mean, Math.Sqrt(squares / count));
    }
}
