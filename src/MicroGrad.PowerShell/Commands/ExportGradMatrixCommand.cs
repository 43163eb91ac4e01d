using System.Management.Automation;
using MicroGrad.Persistence;
using MicroGrad.PowerShell.Errors;
using MicroGrad.PowerShell.Files;

namespace MicroGrad.PowerShell.Commands;

/// <summary>Writes matrices to one safetensors file, each under its label.</summary>
[Cmdlet(VerbsData.Export, "GradMatrix", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(FileInfo))]
public sealed class ExportGradMatrixCommand : ExportFileCommand
{
    private readonly List<GradMatrix> _matrices = [];

    /// <summary>The matrices; all of them go to the one file.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    public GradMatrix[] InputObject { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord() => _matrices.AddRange(InputObject);

    /// <inheritdoc/>
    protected override void EndProcessing() => this.OrThrow(() =>
    {
        var file = ResolveFile();
        FileFormats.Matrices.Of(file.FullPath);
        var content = MatrixFile.Write(_matrices);
        file.Write(this, "Write matrices", () => content, PassThru);
    });
}
