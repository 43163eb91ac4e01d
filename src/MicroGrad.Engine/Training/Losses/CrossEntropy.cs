using MicroGrad.Operations;

namespace MicroGrad.Training;

/// <summary>
/// Cross entropy over logits against one-hot targets (or any that add up to 1): logsumexp(z) - target·z, a mean over
/// rows. Its derivative is softmax(z) - target.
/// </summary>
internal sealed class CrossEntropy : Loss
{
    public override TargetEncoding Encoding => TargetEncoding.OneHot;

    public override double Row(ReadOnlySpan<double> outputs, ReadOnlySpan<double> targets, Span<double> gradient)
    {
        var (largest, logSum) = LogSumExp.Softmax(outputs, gradient);
        var cost = 0.0;
        for (var i = 0; i < outputs.Length; i++)
        {
            gradient[i] -= targets[i];
            if (targets[i] != 0)
            {
                cost += targets[i] * (largest - outputs[i] + logSum);
            }
        }

        return cost;
    }

    public override GradValue Row(GradValue[] outputs, ReadOnlySpan<double> targets)
    {
        var total = GradValue.LogSumExp(outputs);
        GradValue? cost = null;
        for (var i = 0; i < outputs.Length; i++)
        {
            if (targets[i] != 0)
            {
                var part = targets[i] == 1 ? total - outputs[i] : targets[i] * (total - outputs[i]);
                cost = cost is null ? part : cost + part;
            }
        }

        return cost ?? new GradValue(0);
    }

    public override double Divisor(double totalWeight, int outputCount) => totalWeight;
}
