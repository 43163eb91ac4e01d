using System.Management.Automation;
using MicroGrad.Minimization;
using MicroGrad.PowerShell.Arguments;
using MicroGrad.PowerShell.Errors;
using MicroGrad.PowerShell.Host;
using MicroGrad.PowerShell.Scripts;

namespace MicroGrad.PowerShell.Commands;

/// <summary>Minimizes a function from a starting point, and emits each place on the way.</summary>
[Cmdlet(VerbsCommon.Find, "GradMinimum")]
[OutputType(typeof(MinimizationStep))]
public sealed class FindGradMinimumCommand : CancellableCommand
{
    private GradFunction _function = null!;

    /// <summary>The function, or a script block to compile first.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public object Function { get; set; } = null!;

    /// <summary>Where to begin: a number for each of the function's parameters. Several starting points can be piped in.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [Number(IsList = true)]
    public double[] StartingPoint { get; set; } = [];

    /// <summary>The rule by which steps are made.</summary>
    [Parameter]
    [Choice]
    public MinimizationMethod Method { get; set; } = MinimizationMethod.Lbfgs;

    /// <summary>The factor of a step. Without it 0.01 for gradient descent, 0.1 for Adam and 1 for L-BFGS.</summary>
    [Parameter]
    [Number]
    public double LearningRate { get; set; }

    /// <summary>The number of steps after which the search ends.</summary>
    [Parameter]
    [WholeNumber]
    public int MaximumIteration { get; set; } = 1000;

    /// <summary>The length of the gradient at which a point counts as a minimum.</summary>
    [Parameter]
    [Number]
    public double Tolerance { get; set; } = 1e-8;

    /// <inheritdoc/>
    protected override void BeginProcessing() => _function = this.OrThrow(() => ScriptBlockFunction.Require(Function, StopToken), Function);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var options = new MinimizationOptions
        {
            Method = Method,
            LearningRate = Given(nameof(LearningRate), LearningRate),
            MaximumIteration = MaximumIteration,
            Tolerance = Tolerance,
            Stopping = StopToken,
        };
        this.OrReport(
            () =>
            {
                foreach (var step in Minimizer.Run(_function, StartingPoint, options))
                {
                    WriteObject(step);
                    if (Finding(step) is { } finding)
                    {
                        WriteWarning(finding);
                    }
                }
            },
            StartingPoint);
    }

    /// <summary>The warning for a search that ended without a minimum; null for a minimum, and before the end.</summary>
    private static string? Finding(MinimizationStep step) => step.Outcome switch
    {
        null or MinimizationOutcome.Converged => null,
        MinimizationOutcome.IterationLimit => FormattableString.Invariant(
            $"The search used up its {step.Iteration} steps, and the gradient's norm is still {step.GradientNorm:G4}. Give a larger -MaximumIteration or -Tolerance, or search on from the last point."),
        MinimizationOutcome.Stalled => FormattableString.Invariant(
            $"After {step.Iteration} steps no step leads further down, though the gradient's norm is still {step.GradientNorm:G4}. The point may be a corner of the function; try other starting points, or -Method Adam."),
        MinimizationOutcome.Unbounded => FormattableString.Invariant(
            $"The function falls without end: after {step.Iteration} steps its value is {step.Value:G4}. It has no minimum in this direction; to find a maximum, minimize the negative."),
        _ => FormattableString.Invariant(
            $"The search diverges: after {step.Iteration} steps the value is {step.Value:G4}, above that of the starting point. Give a smaller -LearningRate, or use -Method Lbfgs."),
    };
}
