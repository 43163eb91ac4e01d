using System.Management.Automation;
using MicroGrad.PowerShell.Arguments;
using MicroGrad.PowerShell.Errors;

namespace MicroGrad.PowerShell.Commands;

/// <summary>Sets gradients to 0: of a root and all that it depends on, or of a model's parameters.</summary>
[Cmdlet(VerbsCommon.Clear, "Gradient")]
[OutputType(typeof(GradValue), typeof(Mlp))]
public sealed class ClearGradientCommand : CancellableCommand
{
    /// <summary>A value or a model.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public object InputObject { get; set; } = null!;

    /// <summary>Emits the same object afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (this.OrReport(Clear, InputObject) && PassThru)
        {
            WriteObject(InputObject);
        }
    }

    private void Clear()
    {
        switch (GradTarget.Require(InputObject))
        {
            case Mlp model:
                model.ZeroGrad();
                break;
            case GradValue value:
                value.ZeroGrad();
                break;
        }
    }
}
