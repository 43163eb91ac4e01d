using System.Management.Automation;
using MicroGrad.PowerShell.Arguments;
using MicroGrad.PowerShell.Errors;
using MicroGrad.PowerShell.Host;

namespace MicroGrad.PowerShell.Commands;

/// <summary>Lists the nodes that a root depends on, in topological order, or writes them as a tree.</summary>
[Cmdlet(VerbsCommon.Get, "GradNode", DefaultParameterSetName = ListSet)]
[OutputType(typeof(GradNode), ParameterSetName = [ListSet])]
[OutputType(typeof(string), ParameterSetName = [TreeSet])]
public sealed class GetGradNodeCommand : CancellableCommand
{
    private const string ListSet = "List";
    private const string TreeSet = "Tree";
    private const int NarrowestTree = 40;

    /// <summary>The root; it comes last in the list, and first in the tree.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public GradValue InputObject { get; set; } = null!;

    /// <summary>Writes the expression as a tree in text, each node above its inputs. A node that is used several times is written out once, and referred to.</summary>
    [Parameter(Mandatory = true, ParameterSetName = TreeSet)]
    public SwitchParameter AsTree { get; set; }

    /// <summary>Digits behind the decimal point, 0 to 15.</summary>
    [Parameter(ParameterSetName = TreeSet)]
    [WholeNumber]
    public int Precision { get; set; } = 4;

    /// <summary>The most characters in a line, 40 to 400; without it 80, or what a narrower terminal has.</summary>
    [Parameter(ParameterSetName = TreeSet)]
    [WholeNumber]
    public int Width { get; set; }

    /// <summary>The most lines; those left out are counted.</summary>
    [Parameter(ParameterSetName = TreeSet)]
    [WholeNumber]
    public int MaximumLineCount { get; set; } = 500;

    /// <summary>Writes a neuron's weighted sum as the products and additions that it stands for.</summary>
    [Parameter(ParameterSetName = TreeSet)]
    public SwitchParameter Expand { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!AsTree)
        {
            this.OrThrow(
                () =>
                {
                    foreach (var node in GradNode.Enumerate(InputObject, StopToken))
                    {
                        WriteObject(node);
                    }
                },
                InputObject);
            return;
        }

        var options = new TreeOptions
        {
            Precision = Precision,
            Width = IsGiven(nameof(Width)) ? Width : Math.Clamp(new HostTerminal(this).Width, NarrowestTree, HostTerminal.UsualWidth),
            MaximumLineCount = MaximumLineCount,
            Expand = Expand,
        };
        WriteObject(this.OrThrow(() => GraphRenderer.RenderTree(InputObject, options.StoppedBy(StopToken)), InputObject).TrimEnd('\n'));
    }
}
