namespace MicroGrad;

/// <summary>How well the model recognizes one of several labels.</summary>
/// <param name="Label">The label: the column's name.</param>
/// <param name="Count">Rows that have it.</param>
/// <param name="Accuracy">The fraction of rows for which it is decided right, from 0 to 1.</param>
/// <param name="Precision">Of the rows decided to have it, the fraction that have it.</param>
/// <param name="Recall">Of the rows that have it, the fraction decided to have it.</param>
/// <param name="F1">The harmonic mean of precision and recall.</param>
public sealed record LabelMeasurement(string Label, int Count, double Accuracy, double Precision, double Recall, double F1)
{
    /// <summary>The area under the ROC curve; null where all rows have the label, or none has.</summary>
    public double? AUC { get; init; }

    /// <summary>The mean of the precision at each threshold, weighted by the growth of the recall; null where no row has the label.</summary>
    public double? AveragePrecision { get; init; }

    /// <summary>The mean of -log p, where p is the probability of what is true of a row, kept 2^-52 away from 0 and 1.</summary>
    public double LogLoss { get; init; }

    /// <summary>The mean squared distance of the probability to 1 for rows with the label and 0 for others.</summary>
    public double Brier { get; init; }

    /// <summary>Whether the precision is defined: any row is predicted to have the label. Else it is 0, as in scikit-learn.</summary>
    internal bool HasPrecision { get; init; } = true;

    /// <summary>Whether the recall is defined: any row has the label. Else it is 0.</summary>
    internal bool HasRecall { get; init; } = true;

    /// <summary>How often rows without the label (place 0) and with it (place 1) were decided to have it.</summary>
    internal ConfusionMatrix? Confusion { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(LabelMeasurement), PrintMembers);
}
