using System.Management.Automation;
using MicroGrad.PowerShell.Arguments;
using MicroGrad.PowerShell.Errors;
using MicroGrad.Training;

namespace MicroGrad.PowerShell.Commands;

/// <summary>Moves leaves, or a model's parameters, against their gradients.</summary>
[Cmdlet(VerbsCommon.Step, "Gradient")]
[OutputType(typeof(GradValue), typeof(Mlp))]
public sealed class StepGradientCommand : CancellableCommand
{
    /// <summary>A leaf or a model.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public object InputObject { get; set; } = null!;

    /// <summary>The size of the step: the gradient's factor.</summary>
    [Parameter(Mandatory = true)]
    [Number]
    public double LearningRate { get; set; }

    /// <summary>Moves along the gradient, to make the root larger.</summary>
    [Parameter]
    public SwitchParameter Ascend { get; set; }

    /// <summary>Emits the same object afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => this.OrThrow(() => GradientStep.CheckLearningRate(LearningRate), LearningRate);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (this.OrReport(Step, InputObject) && PassThru)
        {
            WriteObject(InputObject);
        }
    }

    private void Step()
    {
        switch (GradTarget.Require(InputObject))
        {
            case Mlp model:
                GradientStep.Apply(model.Parameters, LearningRate, Ascend);
                break;
            case GradValue value:
                GradientStep.Apply([value], LearningRate, Ascend);
                break;
        }
    }
}
