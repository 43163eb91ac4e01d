using MicroGrad.Rendering.Text;

namespace MicroGrad.Rendering.Plots;

/// <summary>The errors of predictions, over the predictions: they have no pattern where a model has learnt all that the columns tell.</summary>
public static class ResidualsPlot
{
    /// <param name="names">The names of the targets.</param>
    /// <param name="targets">The targets, row by row.</param>
    /// <param name="predictions">As many predictions.</param>
    /// <param name="precision">Digits behind the decimal point in tooltips.</param>
    /// <param name="weights">What each row counts in the error; empty where all count 1.</param>
    public static Figure Of(IReadOnlyList<string> names, IReadOnlyList<double> targets, IReadOnlyList<double> predictions, int precision, IReadOnlyList<double> weights)
    {
        var residuals = targets.Zip(predictions, (target, prediction) => target - prediction).ToArray();
        var marks = new List<Mark> { new GuideMark(_ => 0) };
        for (var t = 0; t < names.Count; t++)
        {
            int[] places = [.. Enumerable.Range(0, residuals.Length / names.Count).Select(row => (row * names.Count) + t)];
            (double X, double Y)[] points = [.. places.Select(place => (predictions[place], residuals[place]))];
            var error = RootMeanSquare([.. points.Select(point => point.Y)], weights);
            marks.Add(new PointsMark(points, $"{names[t]} (RMSE {NumberText.Rounded(error, 3)})", t, i =>
                $"target {NumberText.Rounded(targets[places[i]], precision)}\nprediction {NumberText.Rounded(points[i].X, precision)}\nresidual {NumberText.Rounded(points[i].Y, precision)}"));
        }

        return new Figure(
            name: "Residuals",
            x: Axis.Over(predictions),
            y: Axis.Over(residuals.Append(0)),
            xName: names.Count == 1 ? $"predicted {names[0]}" : "prediction",
            yName: "residual",
            marks: marks)
        {
            Notes = residuals.Count(residual => !double.IsFinite(residual)) is > 0 and var lost ? [new LegendEntry($"{NumberText.Count(lost)} not finite")] : [],
        };
    }

    private static double RootMeanSquare(double[] residuals, IReadOnlyList<double> weights)
    {
        double sum = 0, total = 0;
        for (var row = 0; row < residuals.Length; row++)
        {
            if (double.IsFinite(residuals[row]))
            {
                var weight = weights.Count == 0 ? 1 : weights[row];
                sum += weight * residuals[row] * residuals[row];
                total += weight;
            }
        }

        return total == 0 ? 0 : Math.Sqrt(sum / total);
    }
}
