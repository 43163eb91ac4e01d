using System.Management.Automation;
using MicroGrad.PowerShell.Errors;
using MicroGrad.PowerShell.Files;
using MicroGrad.PowerShell.Host;

namespace MicroGrad.PowerShell.Commands;

/// <summary>Writes a model to a file: JSON for this module, safetensors and ONNX for other programs, and code that answers without either.</summary>
[Cmdlet(VerbsData.Export, "Mlp", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(FileInfo))]
public sealed class ExportMlpCommand : CancellableCommand
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private string _path = string.Empty;

    /// <summary>The model.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    public Mlp Model { get; set; } = null!;

    /// <summary>The file to write. Its extension gives the format: .json, .safetensors, .onnx, .ps1, .cs, .js or .py.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    public string Path
    {
        get => _path;
        set => _path = value;
    }

    /// <summary>The file to write, taken as it stands.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP")]
    public string LiteralPath
    {
        get => _path;
        set => _path = value;
    }

    /// <summary>Replaces a file that exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Emits the file that was written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => this.OrThrow(
        () =>
        {
            var file = OutputFile.Resolve(this, _path, Force);
            var content = FileFormats.Models.Of(file.FullPath).Write(Model, System.IO.Path.GetFileNameWithoutExtension(file.FullPath));
            file.Write(this, "Write model", () => content, PassThru);
        },
        Model);
}
