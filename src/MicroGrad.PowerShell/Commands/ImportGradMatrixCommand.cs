using System.Management.Automation;
using MicroGrad.Persistence;
using MicroGrad.PowerShell.Errors;
using MicroGrad.PowerShell.Files;
using MicroGrad.PowerShell.Host;

namespace MicroGrad.PowerShell.Commands;

/// <summary>Reads the matrices of a safetensors file, of Export-GradMatrix or of another program.</summary>
[Cmdlet(VerbsData.Import, "GradMatrix", DefaultParameterSetName = PathSet)]
[OutputType(typeof(GradMatrix))]
public sealed class ImportGradMatrixCommand : CancellableCommand
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private PathArgument[] _paths = [];

    /// <summary>The file to read.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = PathSet)]
    [SupportsWildcards]
    public string[] Path
    {
        get => PathArgument.Texts(_paths);
        set => _paths = PathArgument.Patterns(value);
    }

    /// <summary>The file to read, its name taken as it stands.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath
    {
        get => PathArgument.Texts(_paths);
        set => _paths = PathArgument.Literals(value);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var path in _paths)
        {
            this.OrReport(() => WriteObject(Read(path), enumerateCollection: true), path.Text);
        }
    }

    private IReadOnlyList<GradMatrix> Read(PathArgument path)
    {
        var file = InputFile.Resolve(this, path);
        FileFormats.Matrices.Of(file);
        return MatrixFile.Read(InputFile.ReadBytes(file, TensorFile.CheckBeginning, StopToken));
    }
}
