using System.Globalization;
using System.Text;
using MicroGrad.Inference;

namespace MicroGrad.PowerShell.Formatting;

/// <summary>Folds as a table: a heading with the first, and the mean and the deviation of all with the last.</summary>
internal static class FoldTable
{
    // The columns of classes, labels or numbers; a figure that some folds lack has its column too.
    private static readonly (string Name, Func<MlpMeasurement, double?> Figure, Predicate<MlpMeasurement> IsShown)[] Figures =
    [
        ("Loss", measured => measured.Loss, _ => true),
        ("Accuracy", measured => measured.Accuracy, measured => measured.Accuracy is not null),
        ("ExactMatch", measured => measured.ExactMatch, measured => measured.ExactMatch is not null),
        ("AUC", measured => measured.AUC, measured => measured.Accuracy is not null),
        ("MAE", measured => measured.MAE, measured => measured.Accuracy is null),
        ("RMSE", measured => measured.RMSE, measured => measured.Accuracy is null),
        ("R2", measured => measured.R2, measured => measured.Accuracy is null),
    ];

    /// <summary>The lines of one fold.</summary>
    public static string RowOf(MlpMeasurement measurement)
    {
        var columns = Figures.Where(column => column.IsShown(measurement)).ToArray();
        var text = new StringBuilder();
        if (measurement.Fold == 1)
        {
            text.AppendLine(Line("Fold", "Count", columns.Select(column => column.Name)));
            text.AppendLine(Line("----", "-----", columns.Select(column => new string('-', column.Name.Length))));
        }

        text.Append(Line(Text(measurement.Fold), Text(measurement.Count), columns.Select(column => Display.Number(column.Figure(measurement)))));
        if (FoldMeasurements.Of(measurement) is { } folds)
        {
            text.AppendLine().Append(Line("mean", string.Empty, columns.Select(column => Display.Number(Mean(folds, column.Figure)))));
            text.AppendLine().Append(Line("deviation", string.Empty, columns.Select(column => Display.Number(Deviation(folds, column.Figure)))));
        }

        return text.ToString();
    }

    private static string Line(string fold, string count, IEnumerable<string> figures) =>
        $"{fold,-9} {count,8}{string.Concat(figures.Select(figure => $" {figure,12}"))}";

    private static string Text(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? string.Empty;

    private static double? Mean(IEnumerable<MlpMeasurement> folds, Func<MlpMeasurement, double?> figure) => folds.Average(figure);

    // The population deviation over the folds, as NumPy's std.
    private static double? Deviation(IReadOnlyList<MlpMeasurement> folds, Func<MlpMeasurement, double?> figure) =>
        Mean(folds, figure) is { } mean ? Math.Sqrt(folds.Average(fold => Math.Pow((figure(fold) ?? mean) - mean, 2))) : null;
}
