namespace MicroGrad.Rendering.Plots;

/// <summary>A row with two features and its class, as a point of a plot.</summary>
/// <param name="X">The first feature.</param>
/// <param name="Y">The second feature.</param>
/// <param name="Class">The class in words, or null where it is not known.</param>
public sealed record PlotRow(double X, double Y, string? Class)
{
    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(PlotRow), PrintMembers);
}
