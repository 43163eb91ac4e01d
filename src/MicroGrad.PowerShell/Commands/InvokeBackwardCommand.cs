using System.Management.Automation;
using MicroGrad.Graphs;
using MicroGrad.PowerShell.Arguments;
using MicroGrad.PowerShell.Errors;
using MicroGrad.PowerShell.Host;

namespace MicroGrad.PowerShell.Commands;

/// <summary>Runs backpropagation from a root, silently or with a list of its steps.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "Backward")]
[OutputType(typeof(GradValue), typeof(BackwardStep))]
public sealed class InvokeBackwardCommand : CancellableCommand
{
    /// <summary>The root to start from, or a list of several, whose sum is differentiated in one pass.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public GradValue[] InputObject { get; set; } = [];

    /// <summary>The gradient that the root starts with.</summary>
    [Parameter]
    [Number]
    public double Gradient { get; set; } = 1;

    /// <summary>Emits the roots afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Emits a step for each use of the chain rule.</summary>
    [Parameter]
    public SwitchParameter Trace { get; set; }

    /// <summary>With -Trace: lists a neuron's weighted sum as the products and additions that it stands for.</summary>
    [Parameter]
    public SwitchParameter Expand { get; set; }

    /// <summary>Gives every value its gradient as a graph too, in GradGraph, so that it can be differentiated again.</summary>
    [Parameter]
    public SwitchParameter CreateGraph { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var root = InputObject is [var only] ? only : GradValue.Sum(InputObject);
        if (CreateGraph)
        {
            this.OrThrow(() => GradientGraph.Attach(root, Gradient, StopToken), root);
        }

        if (Trace)
        {
            WriteTrace(root);
        }
        else
        {
            this.OrThrow(() => Backpropagation.Run(root, Gradient, StopToken), root);
        }

        if (this.OrThrow(() => Backpropagation.FindNonFinite(root, StopToken), root) is { } node)
        {
            WriteWarning(
                $"{Describe(node)} is not finite, and what was computed from it can't be trusted. "
                + "Look for a division by 0, a logarithm or root of a number that is not positive, or an overflow.");
        }

        if (PassThru)
        {
            WriteObject(InputObject, enumerateCollection: true);
        }
    }

    private static string Describe(GradValue node) => node.IsLeaf
        ? $"{node}"
        : $"{node}, the result of '{node.Op}' over {string.Join(", ", node.Inputs.Take(2))}{(node.Inputs.Length > 2 ? ", …" : "")},";

    /// <remarks>The whole pass runs before the first step is written, so that gradients are right even where the pipeline stops early.</remarks>
    private void WriteTrace(GradValue root)
    {
        var expansion = Expand ? this.OrThrow(() => new WeightedSumExpansion(root, StopToken), root) : null;
        var steps = this.OrThrow(() => Backpropagation.Trace(expansion?.Root ?? root, Gradient, expansion?.Names, StopToken), root);
        expansion?.CopyGradientsBack();
        foreach (var step in steps)
        {
            WriteObject(step);
        }
    }
}
