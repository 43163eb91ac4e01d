namespace MicroGrad.Rendering;

/// <summary>Predictions over targets.</summary>
internal static class ScatterChart
{
    public static string Write(
        IReadOnlyList<double> targets, IReadOnlyList<double> predictions, PlotOptions options, bool isInPage)
    {
        var chart = new Chart(options, "Predictions and targets", isInPage, [(Points(targets, predictions), null, 0), ("prediction = target", "s1 dash", 0)]);

        // One range for both, so that the diagonal is where both are equal.
        var range = Axis.Over(targets.Concat(predictions), 0, 1);
        chart.MakeRoom(range);
        var x = range with { Start = chart.Left, End = chart.Right };
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
    /// <summary>How many points there are to see: a row with several targets has as many, one without a number has none.</summary>
    public static string Points(IReadOnlyList<double> targets, IReadOnlyList<double> predictions)
    {
        var count = targets.Zip(predictions).Count(pair => double.IsFinite(pair.First) && double.IsFinite(pair.Second));
        return $"{NumberText.Count(count)} point{(count == 1 ? "" : "s")}";
    }
}
