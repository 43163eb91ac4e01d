using System.Management.Automation;
using MicroGrad.PowerShell.Arguments;
using MicroGrad.PowerShell.Errors;
using MicroGrad.Training;

namespace MicroGrad.PowerShell.Commands;

/// <summary>Moves leaves, or the parameters of a model or an optimizer, against their gradients.</summary>
[Cmdlet(VerbsCommon.Step, "Gradient")]
[OutputType(typeof(GradValue), typeof(GradMatrix), typeof(Mlp), typeof(GradOptimizer))]
public sealed class StepGradientCommand : GradTargetCommand
{
    /// <summary>The size of the step: the gradient's factor.</summary>
    [Parameter(Mandatory = true)]
    [Number]
    public double LearningRate { get; set; }

    /// <summary>Moves along the gradient, to make the root larger.</summary>
    [Parameter]
    public SwitchParameter Ascend { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => this.OrThrow(() => GradientStep.CheckLearningRate(LearningRate), LearningRate);

    private protected override void Check(object? target)
    {
        foreach (var value in GradTarget.Values(target))
        {
            StopToken.ThrowIfCancellationRequested();
            GradientStep.RequireLeaf(value);
        }
    }

    private protected override void CheckTogether(IReadOnlyList<GradValue> values) => GradientStep.RequireDistinct(values, StopToken);

    private protected override void Process(object target, IReadOnlyList<GradValue> values)
    {
        if (target is GradOptimizer optimizer)
        {
            optimizer.Step(LearningRate, Ascend, StopToken);
        }
        else
        {
            GradientStep.Apply(values, LearningRate, Ascend, StopToken);
        }
    }
}
