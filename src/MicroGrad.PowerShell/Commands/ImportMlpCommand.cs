using System.Management.Automation;
using MicroGrad.Persistence;
using MicroGrad.PowerShell.Arguments;
using MicroGrad.PowerShell.Files;

namespace MicroGrad.PowerShell.Commands;

/// <summary>Reads a model from a file of Export-Mlp, a checkpoint, or a safetensors file of another program.</summary>
[Cmdlet(VerbsData.Import, "Mlp", DefaultParameterSetName = PathSet)]
[OutputType(typeof(Mlp))]
public sealed class ImportMlpCommand : ImportFileCommand
{
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

    private protected override object Read(string file) => ModelFormats.Read(
        file,
        new GivenActivations(Given(nameof(Activation), Activation), Given(nameof(OutputActivation), OutputActivation)),
        LayerOrder,
        StopToken);
}
