namespace MicroGrad.Training;

/// <summary>(output - target)^2, as a mean over all outputs of all rows or as their plain sum.</summary>
internal sealed class SquaredError(bool isSum) : ElementwiseLoss
{
    protected override double Element(double output, double target, out double derivative)
    {
        var difference = output - target;
        derivative = 2 * difference;
        return difference * difference;
    }

    protected override GradValue Element(GradValue output, double target) => (output - target).Pow(2.0);

    public override double Divisor(double totalWeight, int outputCount) =>
        isSum ? 1 : base.Divisor(totalWeight, outputCount);
}
