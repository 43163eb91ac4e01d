namespace MicroGrad;

/// <summary>What a function is at a point.</summary>
/// <param name="Point">The point.</param>
/// <param name="Value">The value there.</param>
/// <param name="Gradient">The derivatives by the point's numbers.</param>
public sealed record GradFunctionValue(double[] Point, double Value, double[] Gradient)
{
    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(GradFunctionValue), PrintMembers);
}
