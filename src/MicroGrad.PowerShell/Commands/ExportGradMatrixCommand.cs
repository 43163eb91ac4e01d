using System.Management.Automation;
using MicroGrad.Persistence;
using MicroGrad.PowerShell.Errors;
using MicroGrad.PowerShell.Files;
using MicroGrad.PowerShell.Host;

namespace MicroGrad.PowerShell.Commands;

/// <summary>Writes matrices to one safetensors file, each under its label.</summary>
[Cmdlet(VerbsData.Export, "GradMatrix", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(FileInfo))]
public sealed class ExportGradMatrixCommand : CancellableCommand
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private readonly List<GradMatrix> _matrices = [];

    private string _path = string.Empty;

    /// <summary>The matrices; all of them go to the one file.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    public GradMatrix[] InputObject { get; set; } = [];

    /// <summary>The file to write, a .safetensors.</summary>
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
    protected override void ProcessRecord() => _matrices.AddRange(InputObject);

    /// <inheritdoc/>
    protected override void EndProcessing() => this.OrThrow(() =>
    {
        var file = OutputFile.Resolve(this, _path, Force);
        FileFormats.Matrices.Of(file.FullPath);
        var content = MatrixFile.Write(_matrices);
        file.Write(this, "Write matrices", () => content, PassThru);
    });
}
