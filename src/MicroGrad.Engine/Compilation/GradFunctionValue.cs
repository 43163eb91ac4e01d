namespace MicroGrad;

/// <summary>The value and the gradient of a function at a point.</summary>
/// <param name="Point">The point.</param>
/// <param name="Value">The value there.</param>
/// <param name="Gradient">The derivatives by the point's numbers.</param>
public sealed record GradFunctionValue(double[] Point, double Value, double[] Gradient)
{
    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(GradFunctionValue), PrintMembers);
}
