using System.Management.Automation;
using MicroGrad.PowerShell.Errors;
using MicroGrad.PowerShell.Files;
using MicroGrad.PowerShell.Host;

namespace MicroGrad.PowerShell.Commands;

/// <summary>What cmdlets share that make objects of files.</summary>
public abstract class ImportFileCommand : CancellableCommand
{
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
            this.OrReport(() => WriteObject(Read(InputFile.Resolve(this, path)), enumerateCollection: true), path.Text);
        }
    }

    /// <summary>The object or objects in a file, by its full path.</summary>
    private protected abstract object Read(string file);
}
