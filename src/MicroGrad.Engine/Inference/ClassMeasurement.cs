namespace MicroGrad;

/// <summary>How well the model recognizes one class.</summary>
/// <param name="Class">The class.</param>
/// <param name="Count">Rows that are of it.</param>
/// <param name="Precision">Of the rows taken for it, the fraction that are of it.</param>
/// <param name="Recall">Of the rows that are of it, the fraction taken for it.</param>
/// <param name="F1">The harmonic mean of precision and recall.</param>
public sealed record ClassMeasurement(string Class, int Count, double Precision, double Recall, double F1)
{
    /// <summary>
    /// The area under the ROC curve of the class against the rest: the chance that a row of it scores above another, ties counting
    /// half. Null where all rows are of the class, or none is.
    /// </summary>
    public double? AUC { get; init; }

    /// <summary>The mean of the precision at each threshold, weighted by the growth of the recall; null where no row is of the class.</summary>
    public double? AveragePrecision { get; init; }

    /// <summary>The mean squared distance of the class's probability to 1 for its rows and 0 for others; null without probabilities.</summary>
    public double? Brier { get; init; }

    /// <summary>Whether the precision is defined: any row is predicted to be of the class. Else it is 0, as in scikit-learn.</summary>
    internal bool HasPrecision { get; init; } = true;

    /// <summary>Whether the recall is defined: any row is of the class. Else it is 0.</summary>
    internal bool HasRecall { get; init; } = true;

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(ClassMeasurement), PrintMembers);
}
