namespace MicroGrad;

/// <summary>A cell of a confusion matrix as a row: how many rows of one class were taken for another, or for itself.</summary>
/// <param name="Actual">The true class.</param>
/// <param name="Predicted">The predicted class.</param>
/// <param name="Count">The number of rows.</param>
public sealed record ConfusionCount(string Actual, string Predicted, int Count)
{
    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(ConfusionCount), PrintMembers);
}
