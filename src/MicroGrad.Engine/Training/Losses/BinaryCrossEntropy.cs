using MicroGrad.Operations;

namespace MicroGrad.Training;

/// <summary>
/// Binary cross entropy over logits for targets 0 and 1: softplus(z) - target * z, which is right for logits of any size
/// where the logarithm of a sigmoid is not.
/// </summary>
internal sealed class BinaryCrossEntropy : ElementwiseLoss
{
    public override TargetEncoding Encoding => TargetEncoding.ZeroOrOne;

    protected override double Element(double output, double target, out double derivative)
    {
        derivative = Sigmoid.Of(output) - target;
        return Softplus.Of(output) - target * output;
    }

    protected override GradValue Element(GradValue output, double target) => output.Softplus() - target * output;
}
