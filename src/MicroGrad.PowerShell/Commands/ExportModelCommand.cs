using System.Management.Automation;
using MicroGrad.PowerShell.Files;

namespace MicroGrad.PowerShell.Commands;

/// <summary>What cmdlets share that write a model to a file, with rows where asked to.</summary>
/// <remarks>A class has one base, so the parameters of <see cref="ExportFileCommand"/> are declared here too.</remarks>
public abstract class ExportModelCommand : ModelRowsCommand
{
    /// <summary>The file to write. Its extension gives the format.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    public string? Path { get; set; }

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
