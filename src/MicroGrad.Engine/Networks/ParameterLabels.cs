namespace MicroGrad;

/// <summary>
/// Labels a neuron's parameters as they stand in formulas: W1[2,3] is the weight of the third input in the second neuron of
/// the first layer, and b1[2] that neuron's bias.
/// </summary>
/// <param name="layer">The layer, from 1 for the first hidden one.</param>
/// <param name="neuron">The neuron in its layer, from 1.</param>
/// <param name="weights">The neuron's weights; another leaf that is labelled here is its bias.</param>
internal sealed class ParameterLabels(int layer, int neuron, GradValue[] weights) : ILabelSource
{
    public string LabelOf(GradValue leaf)
    {
        var place = Array.IndexOf(weights, leaf);
        return place >= 0
            ? FormattableString.Invariant($"W{layer}[{neuron},{place + 1}]")
            : FormattableString.Invariant($"b{layer}[{neuron}]");
    }
}
