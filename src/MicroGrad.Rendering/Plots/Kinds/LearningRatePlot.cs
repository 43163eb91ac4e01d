using MicroGrad.Rendering.Text;

namespace MicroGrad.Rendering.Plots;

/// <summary>The loss of a sweep over learning rates, and the rate that is suggested.</summary>
public static class LearningRatePlot
{
    /// <param name="points">The steps of the sweep; at least one.</param>
    /// <param name="isLogarithmic">Whether equal factors of the loss take equal room; null where the losses decide.</param>
    /// <exception cref="GradException">A logarithmic axis is asked for, but no loss is above 0 (id <c>NotPositive</c>).</exception>
    public static Figure Of(IReadOnlyList<LearningRatePoint> points, bool? isLogarithmic)
    {
        LearningRatePoint[] sorted = [.. points.OrderBy(point => point.LearningRate)];
        double[] losses = [.. sorted.SelectMany(point => new[] { point.Loss, point.SmoothedLoss }).Where(double.IsFinite)];
        var isByFactors = LossPlot.IsByFactors(losses, isLogarithmic);
        var marks = new List<Mark>
        {
            new PointsMark([.. sorted.Select(point => (point.LearningRate, Shown(point.Loss)))], "loss of the step", 1),
            new LineMark(sorted.Select(point => (point.LearningRate, point.SmoothedLoss)), 0, "running mean"),
        };
        if (sorted.FirstOrDefault(point => point.IsSuggested) is { } suggested)
        {
            marks.Insert(0, new UprightMark(suggested.LearningRate, $"suggested {NumberText.Rounded(suggested.LearningRate, 4)}"));
        }

        return new Figure(
            name: "Loss by learning rate",
            x: Axis.Logarithmic(sorted.Select(point => point.LearningRate)),
            y: isByFactors ? Axis.Logarithmic(losses) : Axis.Over(losses.Append(0)),
            xName: "learning rate",
            yName: "loss",
            marks: marks)
        {
            Notes = isByFactors ? [new LegendEntry("log scale")] : [],
        };

        double Shown(double loss) => isByFactors && loss <= 0 ? double.NaN : loss;
    }
}
