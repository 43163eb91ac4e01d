namespace MicroGrad;

/// <summary>A place on the way to a minimum.</summary>
/// <param name="Iteration">How many steps led here; 0 at the start.</param>
/// <param name="Point">The place.</param>
/// <param name="Value">The function's value there.</param>
/// <param name="GradientNorm">The length of the gradient there.</param>
/// <param name="Outcome">How the search ended; null on the way, and on every place but the last.</param>
public sealed record MinimizationStep(
    int Iteration, double[] Point, double Value, double GradientNorm, MinimizationOutcome? Outcome = null)
{
    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(MinimizationStep), PrintMembers);
}
