namespace MicroGrad.Rendering;

/// <summary>Predictions over targets.</summary>
internal static class ScatterChart
{
    public static string Write(
        IReadOnlyList<double> targets, IReadOnlyList<double> predictions, PlotOptions options, bool isInPage)
    {
        var chart = new Chart(options, "Predictions and targets", isInPage, [($"{NumberText.Count(targets.Count)} rows", null, 0), ("prediction = target", "s1 dash", 0)]);

        // One range for both, so that the diagonal is where both are equal.
        var both = targets.Concat(predictions).ToArray();
        var x = Axis.Over(both, chart.Left, chart.Right);
        chart.Axes(x, x with { Start = chart.Bottom, End = chart.Top }, "target", "prediction");
        chart.Frame();
        chart.Line([(x.Min, x.Min), (x.Max, x.Max)], "s1 dash");
        for (var i = 0; i < targets.Count; i++)
        {
            chart.Dot(
                targets[i],
                predictions[i],
                0,
                targets.Count > 1000 ? 2 : 4,
                targets.Count > 1000 ? null : $"target {NumberText.Rounded(targets[i], options.Precision)}\nprediction {NumberText.Rounded(predictions[i], options.Precision)}");
        }

        return chart.End();
    }
}
