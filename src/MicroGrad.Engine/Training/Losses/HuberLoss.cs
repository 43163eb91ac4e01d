namespace MicroGrad.Training;

/// <summary>d^2 / 2 for |d| up to 1, |d| - 1/2 beyond, where d = output - target (Huber 1964, with delta 1).</summary>
internal sealed class HuberLoss : ElementwiseLoss
{
    protected override double Element(double output, double target, out double derivative)
    {
        var difference = output - target;
        derivative = Math.Clamp(difference, -1, 1);
        return Math.Abs(difference) <= 1 ? 0.5 * difference * difference : Math.Abs(difference) - 0.5;
    }

    /// <remarks>With m = min(|d|, 1) both branches are m (|d| - m / 2): no branch on a value in the graph.</remarks>
    protected override GradValue Element(GradValue output, double target)
    {
        var distance = (output - target).Abs();
        var near = distance.Min(1);
        return near * (distance - 0.5 * near);
    }
}
