using System.Management.Automation;
using MicroGrad.PowerShell.Arguments;
using MicroGrad.PowerShell.Errors;

namespace MicroGrad.PowerShell.Commands;

/// <summary>Makes a multilayer perceptron with freshly drawn parameters.</summary>
[Cmdlet(VerbsCommon.New, "Mlp")]
[OutputType(typeof(Mlp))]
public sealed class NewMlpCommand : CancellableCommand
{
    /// <summary>How many inputs the network takes.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [WholeNumber]
    public int InputCount { get; set; }

    /// <summary>The neurons of each layer; the last is the output layer.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [AllowEmptyCollection]
    [WholeNumber(IsList = true)]
    public int[] LayerSize { get; set; } = [];

    /// <summary>What hidden layers apply to their weighted sums.</summary>
    [Parameter(Position = 2)]
    [Choice(Hint = "Give an activation; layer sizes are one list, with commas between them, such as 16, 3.")]
    public Activation Activation { get; set; } = Activation.Tanh;

    /// <summary>What the output layer applies to its weighted sums.</summary>
    [Parameter]
    [Choice]
    public Activation OutputActivation { get; set; } = Activation.Identity;

    /// <summary>How the parameters are drawn.</summary>
    [Parameter]
    [Choice]
    public Initialization Initialization { get; set; } = Initialization.Default;

    /// <summary>A whole number from 0 on, or a generator to draw on from.</summary>
    [Parameter]
    public object Seed { get; set; } = 1;

    /// <summary>Makes neurons without a bias.</summary>
    [Parameter]
    public SwitchParameter NoBias { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing() => WriteObject(this.OrThrow(() =>
    {
        var random = SeedArgument.ToGenerator(Seed, seed => ParameterDraw.Generator(Initialization, seed));
        return new Mlp(InputCount, LayerSize, Activation, OutputActivation, Initialization, random, !NoBias);
    }));
}
