namespace MicroGrad;

/// <summary>Precision, recall and F1, averaged over classes.</summary>
/// <param name="Precision">The mean precision.</param>
/// <param name="Recall">The mean recall.</param>
/// <param name="F1">The mean of the classes' F1.</param>
public sealed record ClassAverage(double Precision, double Recall, double F1)
{
    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(ClassAverage), PrintMembers);
}
