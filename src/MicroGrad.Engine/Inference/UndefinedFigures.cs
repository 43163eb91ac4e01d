namespace MicroGrad.Inference;

/// <summary>The classes or labels of a measurement whose precision or recall can't be told, and is 0 by convention.</summary>
public static class UndefinedFigures
{
    /// <summary>Those that no row was taken for.</summary>
    /// <param name="measured">The measurement.</param>
    public static IReadOnlyList<string> Precision(MlpMeasurement measured) =>
        [.. measured.ByClass.Where(one => !one.HasPrecision).Select(one => one.Class), .. measured.ByLabel.Where(one => !one.HasPrecision).Select(one => one.Label)];

    /// <summary>Those that no row is of.</summary>
    /// <param name="measured">The measurement.</param>
    public static IReadOnlyList<string> Recall(MlpMeasurement measured) =>
        [.. measured.ByClass.Where(one => !one.HasRecall).Select(one => one.Class), .. measured.ByLabel.Where(one => !one.HasRecall).Select(one => one.Label)];
}
