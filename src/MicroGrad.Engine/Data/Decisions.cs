namespace MicroGrad.Data;

/// <summary>What outputs decide, where they stand for classes.</summary>
internal static class Decisions
{
    /// <summary>The place of the predicted class: the largest of many outputs, or whether a single one is above 0.</summary>
    public static int ClassOf(TargetEncoding encoding, ReadOnlySpan<double> outputs) =>
        encoding == TargetEncoding.OneHot ? IndexOfLargest(outputs) : outputs[0] > 0 ? 1 : 0;

    /// <summary>The place of the class that encoded targets stand for.</summary>
    public static int TargetClass(TargetEncoding encoding, ReadOnlySpan<double> targets) =>
        encoding == TargetEncoding.OneHot ? IndexOfLargest(targets) : targets[0] > 0 ? 1 : 0;

    /// <summary>How many rows of a batch are decided right.</summary>
    public static int CountRight(
        TargetEncoding encoding, ReadOnlySpan<double> outputs, ReadOnlySpan<double> targets, int outputCount)
    {
        var right = 0;
        for (var start = 0; start < outputs.Length; start += outputCount)
        {
            if (ClassOf(encoding, outputs.Slice(start, outputCount))
                == TargetClass(encoding, targets.Slice(start, outputCount)))
            {
                right++;
            }
        }

        return right;
    }

    private static int IndexOfLargest(ReadOnlySpan<double> values)
    {
        var best = 0;
        for (var i = 1; i < values.Length; i++)
        {
            if (values[i] > values[best])
            {
                best = i;
            }
        }

        return best;
    }
}
