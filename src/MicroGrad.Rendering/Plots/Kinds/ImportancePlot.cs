using MicroGrad.Rendering.Text;

namespace MicroGrad.Rendering.Plots;

/// <summary>What each column is worth to a model, the most important one first.</summary>
public static class ImportancePlot
{
    // As many names as fit below each other.
    private const int MostColumns = 24;

    /// <summary>The figure.</summary>
    /// <param name="importances">The importance of each column, in any order.</param>
    public static Figure Of(IReadOnlyList<FeatureImportance> importances)
    {
        FeatureImportance[] sorted = [.. importances.OrderByDescending(one => one.Importance)];
        FeatureImportance[] shown = [.. sorted.Take(MostColumns)];
        return new Figure(
            name: "Importance of columns",
            x: Axis.Over(shown.SelectMany(one => new[] { 0, one.Importance - one.Deviation, one.Importance + one.Deviation })),
            y: Axis.Of([.. shown.Select(one => one.Feature)]),
            xName: "rise of the loss when shuffled",
            yName: "column",
            marks:
            [
                new BarsMark([.. shown.Select(one => (one.Importance, one.Deviation))], i =>
                    $"{shown[i].Feature}\nloss +{NumberText.Rounded(shown[i].Importance, 4)} ± {NumberText.Rounded(shown[i].Deviation, 4)}\n"
                    + $"score -{NumberText.Rounded(shown[i].ScoreDrop, 4)} ± {NumberText.Rounded(shown[i].ScoreDropDeviation, 4)}"),
            ])
        {
            Notes = shown.Length == sorted.Length
                ? []
                : [new LegendEntry($"{NumberText.Count(sorted.Length - shown.Length)} more, each less than {NumberText.Rounded(shown[^1].Importance, 4)}")],
        };
    }
}
