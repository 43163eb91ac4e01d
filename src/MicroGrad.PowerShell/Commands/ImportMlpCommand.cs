using System.Management.Automation;
using MicroGrad.PowerShell.Errors;
using MicroGrad.PowerShell.Files;

namespace MicroGrad.PowerShell.Commands;

/// <summary>Reads a model from a file of Export-Mlp, a checkpoint, or a safetensors file of another program.</summary>
[Cmdlet(VerbsData.Import, "Mlp", DefaultParameterSetName = PathSet)]
[OutputType(typeof(Mlp))]
public sealed class ImportMlpCommand : PSCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    /// <summary>The file to read.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = PathSet)]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The file to read, its name taken as it stands.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The activation of hidden layers, for a safetensors file that another program wrote.</summary>
    [Parameter]
    public Activation Activation { get; set; } = Activation.Tanh;

    /// <summary>The activation of the output layer, for a safetensors file that another program wrote.</summary>
    [Parameter]
    public Activation OutputActivation { get; set; } = Activation.Identity;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var isLiteral = ParameterSetName == LiteralPathSet;
        foreach (var path in isLiteral ? LiteralPath : Path)
        {
            try
            {
                WriteObject(ModelFormats.Read(InputFile.Resolve(this, path, isLiteral), Activation, OutputActivation));
            }
            catch (GradException error)
            {
                this.Report(error, path);
            }
        }
    }
}
