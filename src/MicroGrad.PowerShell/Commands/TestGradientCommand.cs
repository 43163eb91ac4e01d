using System.Management.Automation;
using MicroGrad.PowerShell.Arguments;
using MicroGrad.PowerShell.Errors;
using MicroGrad.PowerShell.Host;

namespace MicroGrad.PowerShell.Commands;

/// <summary>Compares the gradient of each leaf under a root with a central difference.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Gradient")]
[OutputType(typeof(GradientCheck))]
public sealed class TestGradientCommand : CancellableCommand
{
    /// <summary>The root.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public GradValue InputObject { get; set; } = null!;

    /// <summary>The step of the difference, relative to the larger of 1 and the leaf's size.</summary>
    [Parameter]
    [Number]
    public double Step { get; set; } = 1e-5;

    /// <summary>The largest error that passes, relative to the larger of 1 and the derivatives' size.</summary>
    [Parameter]
    [Number]
    public double Tolerance { get; set; } = 1e-6;

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        this.OrThrow(
            () =>
            {
                foreach (var check in GradientCheck.Run(InputObject, Step, Tolerance, StopToken))
                {
                    WriteObject(check);
                }
            },
            InputObject);
}
