using MicroGrad.Data;

namespace MicroGrad.PowerShell.Training;

/// <summary>Remarks about a cross validation before it begins.</summary>
internal static class FoldRemarks
{
    /// <summary>A remark for each class that has fewer rows than there are folds.</summary>
    public static string[] RareClasses(SampleTable table, int folds) =>
        table.Targets.Count == 1 && table.Targets[0].AreClasses
            ? [.. Enumerable.Range(0, table.Count)
                .GroupBy(table.Targets[0].ClassAt)
                .Where(rows => rows.Count() < folds)
                .Select(rare => $"The class '{rare.Key}' has {rare.Count()} of {table.Count} rows, fewer than the {folds} folds: some folds are measured, and may be trained, without it.")]
            : [];
}
