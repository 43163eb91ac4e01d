using System.Management.Automation;
using MicroGrad.Persistence;
using MicroGrad.PowerShell.Errors;
using MicroGrad.PowerShell.Files;

namespace MicroGrad.PowerShell.Commands;

/// <summary>Writes a model to a file: JSON for people and for this module, safetensors for PyTorch and others.</summary>
[Cmdlet(VerbsData.Export, "Mlp", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(FileInfo))]
public sealed class ExportMlpCommand : PSCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    /// <summary>The model.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    public Mlp Model { get; set; } = null!;

    /// <summary>The file to write. The extension .safetensors gives that format, any other JSON.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    public string Path { get; set; } = string.Empty;

    /// <summary>The file to write, taken as it stands.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP")]
    public string LiteralPath { get; set; } = string.Empty;

    /// <summary>Replaces a file that exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Emits the file that was written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            var path = OutputFile.ResolveForWriting(this, ParameterSetName == PathSet ? Path : LiteralPath, Force);
            var content = ModelFormats.IsSafetensors(path) ? SafetensorsFile.Write(Model) : ModelFile.Write(Model);
            if (ShouldProcess(path, "Write model"))
            {
                OutputFile.WriteWhole(path, content);
                if (PassThru)
                {
                    WriteObject(new FileInfo(path));
                }
            }
        }
        catch (GradException error)
        {
            this.Throw(error, Model);
        }
    }
}
