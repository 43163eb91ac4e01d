namespace MicroGrad.Inference;

/// <summary>The measurements of all folds of a cross validation, which the last of them carries, so that a table can end in their mean.</summary>
public static class FoldMeasurements
{
    /// <summary>The last of the folds, with all of them.</summary>
    /// <param name="folds">The measurements of all folds, in order; at least one.</param>
    public static MlpMeasurement LastOf(IReadOnlyList<MlpMeasurement> folds) => folds[^1] with { AllFolds = folds };

    /// <summary>The folds that a measurement carries; null where it is not the last of them.</summary>
    /// <param name="measurement">The measurement.</param>
    public static IReadOnlyList<MlpMeasurement>? Of(MlpMeasurement measurement) => measurement.AllFolds;
}
