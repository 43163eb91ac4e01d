namespace MicroGrad;

/// <summary>
/// What a column is worth to a model: how much worse the model does when the column's cells are shuffled among the rows,
/// as the mean of several shuffles (Breiman, 2001; Fisher, Rudin and Dominici, 2019).
/// </summary>
/// <param name="Feature">The column.</param>
/// <param name="Importance">By how much the loss rises.</param>
/// <param name="Deviation">The standard deviation of that rise over the draws, with the number of draws as divisor.</param>
public sealed record FeatureImportance(string Feature, double Importance, double Deviation)
{
    /// <summary>By how much the accuracy of classes, or R2 of numbers, drops.</summary>
    public required double ScoreDrop { get; init; }

    /// <summary>The standard deviation of that drop over the draws.</summary>
    public required double ScoreDropDeviation { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(FeatureImportance), PrintMembers);
}
