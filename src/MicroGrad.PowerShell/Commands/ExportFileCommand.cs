using System.Management.Automation;
using MicroGrad.PowerShell.Files;
using MicroGrad.PowerShell.Host;

namespace MicroGrad.PowerShell.Commands;

/// <summary>What cmdlets share that write a file and take no rows.</summary>
public abstract class ExportFileCommand : CancellableCommand
{
    /// <summary>The file to write.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    public virtual string? Path { get; set; }

    /// <summary>The file to write, taken as it stands.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP")]
    public string? LiteralPath { get; set; }

    /// <summary>Replaces a file that exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Emits the file that was written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The file to write.</summary>
    /// <exception cref="GradException">It can't be written (ids of <see cref="OutputFile.Resolve"/>).</exception>
    private protected OutputFile ResolveFile() => OutputFile.Resolve(this, (LiteralPath ?? Path)!, Force);
}
