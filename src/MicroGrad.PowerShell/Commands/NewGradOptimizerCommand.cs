using System.Management.Automation;
using MicroGrad.PowerShell.Arguments;
using MicroGrad.PowerShell.Errors;
using MicroGrad.PowerShell.Host;
using MicroGrad.Training;

namespace MicroGrad.PowerShell.Commands;

/// <summary>Makes an optimizer over values: Step-Gradient moves them all by its rule, and clears their gradients.</summary>
[Cmdlet(VerbsCommon.New, "GradOptimizer")]
[OutputType(typeof(GradOptimizer))]
public sealed class NewGradOptimizerCommand : CancellableCommand
{
    private readonly List<GradValue> _values = [];

    /// <summary>The rule by which values move.</summary>
    [Parameter(Position = 0)]
    [Choice]
    public OptimizerKind Kind { get; set; } = OptimizerKind.Adam;

    /// <summary>The values to move: leaves, models, or lists of these.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    public object InputObject { get; set; } = null!;

    /// <summary>The share of the last step in the next (Sgd).</summary>
    [Parameter]
    [Number]
    public double Momentum { get; set; }

    /// <summary>Lets momentum look ahead (Sgd).</summary>
    [Parameter]
    public SwitchParameter Nesterov { get; set; }

    /// <summary>How much of each value a step takes off, times the learning rate.</summary>
    [Parameter]
    [Number]
    public double WeightDecay { get; set; }

    /// <summary>The share of the past in the running mean of gradients (Adam, AdamW).</summary>
    [Parameter]
    [Number]
    public double Beta1 { get; set; } = 0.9;

    /// <summary>The share of the past in the running mean of squares (Adam, AdamW, RmsProp).</summary>
    [Parameter]
    [Number]
    public double Beta2 { get; set; }

    /// <summary>What keeps the division by a running mean from 0.</summary>
    [Parameter]
    [Number]
    public double Epsilon { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var element in GradTarget.Elements(InputObject))
        {
            this.OrThrow(() => _values.AddRange(GradTarget.Values(element)), element);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => WriteObject(this.OrThrow(() => new GradOptimizer(
        _values,
        new OptimizerOptions
        {
            Kind = Kind,
            Momentum = Momentum,
            Nesterov = Nesterov,
            WeightDecay = WeightDecay,
            Beta1 = Given(nameof(Beta1), Beta1),
            Beta2 = Given(nameof(Beta2), Beta2),
            Epsilon = Given(nameof(Epsilon), Epsilon),
        },
        StopToken)));
}
