using System.Management.Automation;

namespace MicroGrad.PowerShell.Commands;

/// <summary>Lists the nodes that a root depends on, in topological order.</summary>
[Cmdlet(VerbsCommon.Get, "GradNode")]
[OutputType(typeof(GradNode))]
public sealed class GetGradNodeCommand : PSCmdlet
{
    /// <summary>The root; it comes last.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public GradValue InputObject { get; set; } = null!;

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject(GradNode.List(InputObject), enumerateCollection: true);
}
