using System.Management.Automation;
using MicroGrad.Persistence;
using MicroGrad.PowerShell.Arguments;
using MicroGrad.PowerShell.Errors;
using MicroGrad.PowerShell.Files;
using MicroGrad.PowerShell.Host;

namespace MicroGrad.PowerShell.Commands;

/// <summary>Reads a model from a file of Export-Mlp, a checkpoint, or a safetensors file of another program.</summary>
[Cmdlet(VerbsData.Import, "Mlp", DefaultParameterSetName = PathSet)]
[OutputType(typeof(Mlp))]
public sealed class ImportMlpCommand : CancellableCommand
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

    /// <summary>The activation of hidden layers, for a safetensors file that another program wrote and that does not tell.</summary>
    [Parameter]
    [Choice]
    public Activation Activation { get; set; } = Activation.Tanh;

    /// <summary>The activation of the output layer, for a safetensors file that another program wrote.</summary>
    [Parameter]
    [Choice]
    public Activation OutputActivation { get; set; } = Activation.Identity;

    /// <summary>The names of the layers from the first to the last, such as encoder and decoder, where names and sizes in another program's file don't tell.</summary>
    [Parameter]
    [ValidateNotNull]
    public string[] LayerOrder { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var path in _paths)
        {
            this.OrReport(() => WriteObject(Read(path)), path.Text);
        }
    }

    private Mlp Read(PathArgument path) => ModelFormats.Read(
        InputFile.Resolve(this, path),
        new GivenActivations(Given(nameof(Activation), Activation), Given(nameof(OutputActivation), OutputActivation)),
        LayerOrder,
        StopToken);
}
