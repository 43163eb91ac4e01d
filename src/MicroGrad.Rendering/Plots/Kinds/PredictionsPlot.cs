using MicroGrad.Rendering.Text;

namespace MicroGrad.Rendering.Plots;

/// <summary>Predictions over targets: exact ones stand on the diagonal.</summary>
public static class PredictionsPlot
{
    /// <summary>The figure.</summary>
    /// <param name="targets">What was to be predicted.</param>
    /// <param name="predictions">What was predicted, one number for each target.</param>
    /// <param name="precision">Digits behind the decimal point in tooltips.</param>
    /// <exception cref="GradException">There is nothing, or the lengths differ (ids <c>EmptyData</c>, <c>LengthMismatch</c>).</exception>
    public static Figure Of(IReadOnlyList<double> targets, IReadOnlyList<double> predictions, int precision)
    {
        ArgumentNullException.ThrowIfNull(targets);
        if (targets.Count == 0)
        {
            throw new GradException("EmptyData", "There is no row to plot; give at least one target and its prediction.");
        }

        ArgumentNullException.ThrowIfNull(predictions);
        if (targets.Count != predictions.Count)
        {
            throw new GradException(
                "LengthMismatch",
                $"There are {targets.Count} targets and {predictions.Count} predictions; give one prediction for each target.");
        }

        (double X, double Y)[] points = [.. targets.Zip(predictions)];

        // One range for both, so that the diagonal is where both are equal.
        var range = Axis.Over(targets.Concat(predictions));
        return new Figure(
            name: "Predictions and targets",
            x: range,
            y: range,
            xName: "target",
            yName: "prediction",
            marks:
            [
                new GuideMark(x => x, "prediction = target"),
                new PointsMark(points, PointsMark.Count(points), tooltip: i =>
                    $"target {NumberText.Rounded(targets[i], precision)}\nprediction {NumberText.Rounded(predictions[i], precision)}"),
            ])
        {
            IsSquare = true,
        };
    }
}
