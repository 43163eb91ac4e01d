namespace MicroGrad.Selection;

/// <summary>The figures of a trial from those of its folds.</summary>
public static class TrialFigures
{
    /// <summary>A trial with the figures of its folds.</summary>
    /// <param name="trial">The trial without figures.</param>
    /// <param name="scores">The score of each fold; null where it has none.</param>
    /// <param name="losses">The loss of each fold.</param>
    public static MlpTrial Measured(this MlpTrial trial, IReadOnlyCollection<double?> scores, IReadOnlyCollection<double?> losses)
    {
        var score = MeanOf(scores);
        return trial with
        {
            Score = score,
            Deviation = score is { } mean ? Math.Sqrt(scores.Average(one => Math.Pow(one!.Value - mean, 2))) : null,
            MeanLoss = MeanOf(losses),
        };
    }

    private static double? MeanOf(IReadOnlyCollection<double?> figures) =>
        figures.Count > 0 && figures.All(figure => figure is { } number && double.IsFinite(number)) ? figures.Average() : null;
}
