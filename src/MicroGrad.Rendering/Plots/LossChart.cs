namespace MicroGrad.Rendering;

/// <summary>Loss and accuracy over epochs.</summary>
internal static class LossChart
{
    /// <summary>From this ratio of largest to smallest on, a loss is drawn by factors.</summary>
    private const double LogarithmicFrom = 50;

    public static string Write(IReadOnlyList<EpochResult> epochs, PlotOptions options, bool isInPage, bool hasCursor = false)
    {
        var hasValidation = epochs.Any(epoch => epoch.ValidationLoss is not null);
        var last = epochs.Count > 0 && !hasCursor ? $" {NumberText.Rounded(epochs[^1].Loss, options.Precision)}" : string.Empty;
        var lastValidation = !hasCursor && epochs.Count > 0 && epochs[^1].ValidationLoss is { } v ? $" {NumberText.Rounded(v, options.Precision)}" : string.Empty;
        var chart = new Chart(
            options,
            "Loss by epoch",
            isInPage,
            hasValidation
                ? [("training" + last, "s0", 0), ("validation" + lastValidation, "s1 dash", 0)]
                : [("training" + last, "s0", 0)]);
        var losses = epochs.Select(epoch => epoch.Loss).Concat(epochs.Where(e => e.ValidationLoss is not null).Select(e => e.ValidationLoss!.Value))
            .Where(double.IsFinite).ToArray();
        var isLogarithmic = losses.Length > 0 && losses.Min() > 0 && losses.Max() / losses.Min() >= LogarithmicFrom;
        var y = isLogarithmic
            ? Axis.Logarithmic(losses, chart.Bottom, chart.Top)
            : Axis.Over(losses.Min(0).Append(losses.DefaultIfEmpty(1).Max()), chart.Bottom, chart.Top);
        chart.MakeRoom(y);
        var x = Axis.Over(epochs.Select(epoch => (double)epoch.Epoch), chart.Left, chart.Right, room: 0) with { IsWhole = true };
        chart.Axes(x, y, "epoch", (epochs.Any(epoch => epoch.IsTargetScaled) ? "loss of the scaled target" : "loss") + (isLogarithmic ? " (log scale)" : ""));
        chart.Frame();
        chart.BeginClip();
        chart.Line(Thin(epochs).Select(epoch => ((double)epoch.Epoch, epoch.Loss)), "s0");
        if (hasValidation)
        {
            chart.Line(Thin(epochs).Select(epoch => ((double)epoch.Epoch, epoch.ValidationLoss ?? double.NaN)), "s1 dash");
        }

        chart.EndClip();
        if (hasCursor && epochs.Count > 0)
        {
            chart.Text.Append(FormattableString.Invariant(
                $"<line class=\"cursor\" id=\"cursor\" data-scale=\"{NumberText.Place(x.At(epochs[0].Epoch))} {NumberText.Place(x.At(epochs[^1].Epoch))} {epochs[0].Epoch} {epochs[^1].Epoch}\" x1=\"{NumberText.Place(chart.Left)}\" x2=\"{NumberText.Place(chart.Left)}\" y1=\"{NumberText.Place(chart.Top)}\" y2=\"{NumberText.Place(chart.Bottom)}\"/>\n"));
        }

        return chart.End();
    }

    /// <summary>At most about 2,000 epochs: a screen has no more columns. Of a stretch its largest and smallest loss stay.</summary>
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

    /// <summary>0 as the lower end of losses that are not below it.</summary>
    private static IEnumerable<double> Min(this double[] losses, double floor) => [losses.DefaultIfEmpty(floor).Min() is var min && min > floor ? floor : min];
}
