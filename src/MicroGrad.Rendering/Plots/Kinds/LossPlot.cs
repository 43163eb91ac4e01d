using MicroGrad.Rendering.Text;

namespace MicroGrad.Rendering.Plots;

/// <summary>Loss and validation loss over epochs.</summary>
public static class LossPlot
{
    /// <summary>A loss has a logarithmic axis from this ratio of largest to smallest on, unless something else is asked for.</summary>
    private const double LogarithmicFrom = 50;

    /// <param name="epochs">The results, in order; at least one.</param>
    /// <param name="precision">Digits behind the decimal point in the legend.</param>
    /// <param name="isLogarithmic">Whether equal factors of the loss take equal room; null where the losses decide.</param>
    /// <param name="hasCursor">Whether a page moves a line to the epoch that it shows.</param>
    /// <exception cref="GradException">
    /// There is no epoch (id <c>EmptyHistory</c>), or a logarithmic axis is asked for, but no loss is above 0 (id
    /// <c>NotPositive</c>).
    /// </exception>
    public static Figure Of(IReadOnlyList<EpochResult> epochs, int precision, bool? isLogarithmic = null, bool hasCursor = false)
    {
        ArgumentNullException.ThrowIfNull(epochs);
        if (epochs.Count == 0)
        {
            throw new GradException("EmptyHistory", "There is no epoch to plot; give the results of at least one.");
        }

        var last = epochs[^1];
        var hasValidation = epochs.Any(epoch => epoch.ValidationLoss is not null);
        var losses = epochs.SelectMany(epoch => new[] { epoch.Loss, epoch.ValidationLoss ?? double.NaN }).Where(double.IsFinite).ToArray();
        var isByFactors = IsByFactors(losses, isLogarithmic);
        var marks = new List<Mark>
        {
            new LineMark(Thin(epochs).Select(epoch => ((double)epoch.Epoch, epoch.Loss)), 0, Name("training", last.Loss)),
        };
        if (hasValidation)
        {
            marks.Add(new LineMark(
                Thin(epochs).Select(epoch => ((double)epoch.Epoch, epoch.ValidationLoss ?? double.NaN)), 1, Name("validation", last.ValidationLoss)));
        }

        if (hasCursor)
        {
            marks.Add(new CursorMark(epochs[0].Epoch, last.Epoch));
        }

        var isScaled = epochs.Any(epoch => epoch.IsTargetScaled);
        return new Figure(
            name: "Loss by epoch",
            x: Axis.Over(epochs.Select(epoch => (double)epoch.Epoch), room: 0) with { IsWhole = true },
            y: isByFactors ? Axis.Logarithmic(losses) : Axis.Over([Math.Min(0, losses.DefaultIfEmpty(0).Min()), losses.DefaultIfEmpty(1).Max()]),
            xName: "epoch",
            yName: isScaled ? "loss of the scaled target" : "loss",
            marks: marks)
        {
            Notes = [.. Notes()],
        };

        string Name(string what, double? value) =>
            hasCursor || value is not { } number ? what : $"{what} {NumberText.Rounded(number, precision)}";

        IEnumerable<LegendEntry> Notes()
        {
            if (last.Accuracy is { } accuracy && !hasCursor)
            {
                yield return new LegendEntry($"accuracy {NumberText.Rounded(100 * accuracy, 1)}%");
            }

            if (isScaled)
            {
                yield return new LegendEntry("scaled target");
            }

            if (isByFactors)
            {
                yield return new LegendEntry("log scale");
            }
        }
    }

    /// <summary>Whether equal factors of losses take equal room.</summary>
    /// <param name="losses">The losses.</param>
    /// <param name="isLogarithmic">What was asked for; null where the losses decide.</param>
    /// <exception cref="GradException">It is asked for, but no loss is above 0 (id <c>NotPositive</c>).</exception>
    internal static bool IsByFactors(double[] losses, bool? isLogarithmic) =>
        isLogarithmic == true && !losses.Any(loss => loss > 0)
            ? throw new GradException("NotPositive", "No loss is above 0, so there is none to show on a logarithmic axis.")
            : isLogarithmic ?? (losses.Length > 0 && losses.Min() > 0 && losses.Max() / losses.Min() >= LogarithmicFrom);

    /// <summary>At most about 2,000 epochs, as a screen has no more columns. Of each stretch, the largest and the smallest loss stay.</summary>
    internal static IEnumerable<EpochResult> Thin(IReadOnlyList<EpochResult> epochs)
    {
        const int Most = 1000;
        if (epochs.Count <= 2 * Most)
        {
            return epochs;
        }

        return epochs.Chunk((epochs.Count + Most - 1) / Most).SelectMany(chunk =>
            new[] { chunk.MinBy(epoch => epoch.Loss)!, chunk.MaxBy(epoch => epoch.Loss)! }.Distinct().OrderBy(epoch => epoch.Epoch));
    }
}
