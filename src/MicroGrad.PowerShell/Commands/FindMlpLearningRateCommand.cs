using System.Management.Automation;
using MicroGrad.PowerShell.Arguments;
using MicroGrad.PowerShell.Errors;
using MicroGrad.PowerShell.Training;
using MicroGrad.Training;

namespace MicroGrad.PowerShell.Commands;

/// <summary>Finds a learning rate: trains a copy of a model for some steps, each at a higher rate, and marks where the loss begins to fall fastest.</summary>
[Cmdlet(VerbsCommon.Find, "MlpLearningRate", DefaultParameterSetName = RowsSet)]
[OutputType(typeof(LearningRatePoint))]
public sealed class FindMlpLearningRateCommand : TrainingCommand
{
    /// <summary>The rate of the first step.</summary>
    [Parameter]
    [Number]
    public double FirstLearningRate { get; set; } = 1e-5;

    /// <summary>The rate of the last step.</summary>
    [Parameter]
    [Number]
    public double LastLearningRate { get; set; } = 10;

    /// <summary>How many steps to make; at least 10.</summary>
    [Parameter]
    [WholeNumber]
    public int Step { get; set; } = 100;

    /// <summary>What to make small, by name; by default cross entropy for text, mean squared error for numbers.</summary>
    [Parameter]
    [Choice]
    public LossKind Loss { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing() => this.OrThrow(
        () =>
        {
            AddOtherRows();
            LossKind? kind = Given(nameof(Loss), Loss);
            var options = new TrainingOptions
            {
                BatchSize = BatchSize,
                Seed = SeedArgument.ToNumber(Seed),
                Optimizer = new OptimizerOptions { Kind = Optimizer },
            };
            var rows = new TrainingRows(this, Model)
            {
                Loss = kind,
                Standardize = Given(nameof(Standardize), Standardize)?.IsPresent,
                Format = RowFormat,
                Seed = options.Seed,
            };
            var (schema, samples, _) = rows.Encode(BuildTable(AreClasses(kind), isKnown: false));
            var sweep = new LearningRateSweep(Model, samples, MicroGrad.Training.Loss.OfTraining(schema)!, options);
            WriteObject(sweep.Run(FirstLearningRate, LastLearningRate, Step, StopToken), enumerateCollection: true);
        },
        Model);
}
