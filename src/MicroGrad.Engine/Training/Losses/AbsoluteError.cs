using MicroGrad.Operations;

namespace MicroGrad.Training;

/// <summary>|output - target|, with derivative 0 where they are equal.</summary>
internal sealed class AbsoluteError : ElementwiseLoss
{
    protected override double Element(double output, double target, out double derivative)
    {
        var difference = output - target;
        derivative = Abs.Instance.Derivative(difference, 0);
        return Math.Abs(difference);
    }

    protected override GradValue Element(GradValue output, double target) => (output - target).Abs();
}
