namespace MicroGrad.Training;

/// <summary>max(0, 1 - target * output) for targets -1 and 1: the margin loss of support vector machines.</summary>
internal sealed class HingeLoss : ElementwiseLoss
{
    public override TargetEncoding Encoding => TargetEncoding.MinusOneOrOne;

    protected override double Element(double output, double target, out double derivative)
    {
        var margin = 1 - target * output;
        derivative = margin <= 0 ? 0 : margin > 0 ? -target : double.NaN;
        return margin <= 0 ? 0 : margin;
    }

    protected override GradValue Element(GradValue output, double target) => (1 - target * output).Relu();
}
