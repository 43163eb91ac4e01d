using System.Collections.ObjectModel;
using System.Management.Automation;
using MicroGrad.Training;

namespace MicroGrad.PowerShell.Binding;

/// <summary>
/// A loss of the user's own: a script block over the outputs of a row as values, and its targets as numbers (each a
/// single one where there is one, else an array). The loss of a batch is the mean over its rows.
/// </summary>
internal sealed class ScriptBlockLoss(ScriptBlock script, TargetEncoding encoding) : Loss
{
    public override TargetEncoding Encoding => encoding;

    public override double Row(ReadOnlySpan<double> outputs, ReadOnlySpan<double> targets, Span<double> gradient)
    {
        var leaves = new GradValue[outputs.Length];
        for (var i = 0; i < leaves.Length; i++)
        {
            leaves[i] = new GradValue(outputs[i], outputs.Length == 1 ? "prediction" : $"prediction{i + 1}");
        }

        var cost = Row(leaves, targets);
        cost.Backward();
        for (var i = 0; i < leaves.Length; i++)
        {
            gradient[i] = leaves[i].Grad;
        }

        return cost.Data;
    }

    public override GradValue Row(GradValue[] outputs, ReadOnlySpan<double> targets)
    {
        Collection<PSObject> results;
        try
        {
            results = script.Invoke(
                outputs.Length == 1 ? outputs[0] : outputs, targets.Length == 1 ? targets[0] : targets.ToArray());
        }
        catch (RuntimeException error) when (error is not PipelineStoppedException)
        {
            throw new GradException("LossFailed", $"The loss failed: {error.Message}", error);
        }

        return results is [{ BaseObject: GradValue value }]
            ? value
            : throw new GradException(
                "LossNotAGradValue",
                $"The loss gave {Describe(results)}, where one GradValue is expected. End it in an expression over $prediction, such as ($prediction - $target).Pow(2).");
    }

    public override double Divisor(double totalWeight, int outputCount) => totalWeight;

    internal static string Describe(Collection<PSObject> results) => results.Count switch
    {
        0 => "nothing",
        1 => $"'{results[0]}' ({results[0]?.BaseObject.GetType().Name ?? "null"})",
        var count => $"{count} objects",
    };
}
