namespace MicroGrad.PowerShell.Training;

/// <summary>Remarks about a measurement.</summary>
internal static class MeasurementRemarks
{
    /// <summary>A remark where precision or recall is not defined, and is 0 by convention.</summary>
    public static IEnumerable<string> Undefined(MlpMeasurement measured)
    {
        var all = measured.ByClass.Select(one => (Name: one.Class, one.HasPrecision, one.HasRecall))
            .Concat(measured.ByLabel.Select(one => (Name: one.Label, one.HasPrecision, one.HasRecall))).ToArray();
        return new[]
        {
            Remark("Precision", "no row was taken for", [.. all.Where(one => !one.HasPrecision).Select(one => one.Name)]),
            Remark("Recall", "no row is of", [.. all.Where(one => !one.HasRecall).Select(one => one.Name)]),
        }.OfType<string>();
    }

    private static string? Remark(string figure, string because, string[] names) =>
        names.Length == 0 ? null : $"{figure} can't be told and is given as 0, as {because} {MessageText.Shorten(names)}.";
}
