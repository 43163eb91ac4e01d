using MicroGrad.Inference;

namespace MicroGrad.PowerShell.Training;

/// <summary>Remarks about a measurement.</summary>
internal static class MeasurementRemarks
{
    /// <summary>A remark where precision or recall is not defined, and is 0 by convention.</summary>
    public static IEnumerable<string> Undefined(MlpMeasurement measured) =>
        new[]
        {
            Remark("Precision", "no row was taken for", UndefinedFigures.Precision(measured)),
            Remark("Recall", "no row is of", UndefinedFigures.Recall(measured)),
        }.OfType<string>();

    private static string? Remark(string figure, string because, IReadOnlyList<string> names) =>
        names.Count == 0 ? null : $"{figure} can't be told and is given as 0, as {because} {MessageText.Shorten(names)}.";
}
