using System.Management.Automation;
using MicroGrad.PowerShell.Errors;
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
    public double[] StartingPoint { get; set; } = [];

    /// <summary>The rule by which steps are made.</summary>
    [Parameter]
    public MinimizationMethod Method { get; set; } = MinimizationMethod.Lbfgs;

    /// <summary>The factor of a step. Without it 0.01 for gradient descent, 0.1 for Adam and 1 for L-BFGS.</summary>
    [Parameter]
    public double LearningRate { get; set; }

    /// <summary>The number of steps after which the search ends.</summary>
    [Parameter]
    public int MaximumIteration { get; set; } = 1000;

    /// <summary>The length of the gradient at which a point counts as a minimum.</summary>
    [Parameter]
    public double Tolerance { get; set; } = 1e-8;

    /// <inheritdoc/>
    protected override void BeginProcessing() => _function = this.OrThrow(() => ScriptBlockFunction.Require(Function), Function);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var options = new MinimizationOptions
        {
            Method = Method,
            LearningRate = Given(nameof(LearningRate), LearningRate),
            MaximumIteration = MaximumIteration,
            Tolerance = Tolerance,
        };
        this.OrReport(
            () =>
            {
                foreach (var step in Minimizer.Run(_function, StartingPoint, options))
                {
                    WriteObject(step);
                }
            },
            StartingPoint);
    }
}
