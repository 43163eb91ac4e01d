using System.Management.Automation;
using MicroGrad.PowerShell.Files;

namespace MicroGrad.PowerShell.Commands;

/// <summary>What cmdlets share that write a model to a file, with rows where asked to.</summary>
public abstract class ExportModelCommand : ModelRowsCommand
{
    /// <summary>The file is named by -Path.</summary>
    protected const string PathSet = "Path";

    /// <summary>The file is named by -LiteralPath.</summary>
    protected const string LiteralPathSet = "LiteralPath";

    private string _path = string.Empty;

    /// <summary>The file to write. Its extension gives the format.</summary>
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

    /// <summary>The file to write.</summary>
    /// <exception cref="GradException">It can't be written (ids of <see cref="OutputFile.Resolve"/>).</exception>
    private protected OutputFile ResolveFile() => OutputFile.Resolve(this, _path, Force);
}
