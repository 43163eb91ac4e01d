using System.Management.Automation;
using MicroGrad.Data;
using MicroGrad.Networks;
using MicroGrad.PowerShell.Arguments;
using MicroGrad.PowerShell.Errors;
using MicroGrad.Training;

namespace MicroGrad.PowerShell.Commands;

/// <summary>Makes a multilayer perceptron with freshly drawn parameters.</summary>
[Cmdlet(VerbsCommon.New, "Mlp", DefaultParameterSetName = SizeSet)]
[OutputType(typeof(Mlp))]
public sealed class NewMlpCommand : ModelRowsFileCommand
{
    private const string SizeSet = "Size";
    private const int SmallestHidden = 8;
    private const int LargestHidden = 64;

    private static readonly string[] RowParameters =
        [nameof(Feature), nameof(Target), nameof(Categorical), nameof(Date), nameof(MissingValue), nameof(MissingMark), nameof(Culture), nameof(Quantile)];

    /// <summary>How many inputs the network takes.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = SizeSet)]
    [WholeNumber]
    public int InputCount { get; set; }

    /// <summary>The neurons of each layer; the last is the output layer.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = SizeSet)]
    [AllowEmptyCollection]
    [WholeNumber(IsList = true)]
    public int[] LayerSize { get; set; } = [];

    /// <summary>The neurons of each hidden layer; without it one layer, as wide as inputs and outputs together, from 8 to 64.</summary>
    [Parameter(ParameterSetName = RowsSet)]
    [Parameter(ParameterSetName = DataSet)]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [WholeNumber(IsList = true)]
    [ValidateNotNull]
    public int[] HiddenSize { get; set; } = [];

    /// <summary>Says that a numeric target holds classes.</summary>
    [Parameter(ParameterSetName = RowsSet)]
    [Parameter(ParameterSetName = DataSet)]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public SwitchParameter Classification { get; set; }

    /// <summary>The quantiles of a numeric target to predict, an output each, between 0 and 1.</summary>
    [Parameter]
    [Number(IsList = true)]
    [ValidateNotNull]
    public double[] Quantile { get; set; } = [];

    /// <summary>A column with the weight of each row, which is no feature.</summary>
    [Parameter(ParameterSetName = RowsSet)]
    [Parameter(ParameterSetName = DataSet)]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ArgumentCompleter(typeof(ColumnNameCompleter))]
    public string? WeightColumn { get; set; }

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

    /// <summary>The share of hidden units that each step of a training drops by chance, from 0 to below 1.</summary>
    [Parameter]
    [Number]
    public double Dropout { get; set; }

    /// <summary>Makes neurons without a bias.</summary>
    [Parameter]
    public SwitchParameter NoBias { get; set; }

    private protected override Mlp? RowModel => null;

    private protected override string? RowWeight => WeightColumn;

    /// <inheritdoc/>
    protected override void EndProcessing() =>
        WriteObject(this.OrThrow(() => ParameterSetName == SizeSet ? MakeOfSizes() : MakeFromRows()));

    private Mlp MakeOfSizes()
    {
        if (RowParameters.FirstOrDefault(IsGiven) is { } unused)
        {
            throw new GradException(
                "UnusedOption",
                $"-{unused} is about rows; pipe them, or give them as -Data or -Path."
                + (unused == nameof(Quantile) ? " A network of sizes learns quantiles by Start-MlpTraining -Quantile." : string.Empty));
        }

        return Make(InputCount, LayerSize);
    }

    private Mlp MakeFromRows()
    {
        AddOtherRows();
        var quantiles = IsGiven(nameof(Quantile)) ? Quantile : null;
        bool? areClasses = IsGiven(nameof(Classification)) ? Classification : null;
        var table = BuildTable(areClasses);
        var schema = SchemaLearner.Plan(table, areClasses, quantiles);
        if (schema.Encoding == TargetEncoding.Numbers && LabelColumns.Stray(table.Targets) is { } stray)
        {
            WriteWarning(
                $"The targets {MessageText.Shorten(schema.TargetNames)} are taken for numbers, since row {stray.Row + 1} has {Cell.Text(stray.Column.NumberAt(stray.Row))} in column '{stray.Column.Name}'. "
                + "Labels are 0 and 1, or False and True; if these are labels, mend the cell.");
        }

        int[] hidden = IsGiven(nameof(HiddenSize)) ? HiddenSize : [Math.Clamp(schema.InputCount + schema.OutputCount, SmallestHidden, LargestHidden)];
        WriteVerbose(
            $"{table.Count} rows; features {string.Join(", ", schema.Features.Select(feature => $"{feature.Name} ({feature.Kind})"))}; target {string.Join(", ", schema.TargetNames)}"
            + (schema.Encoding == TargetEncoding.Labels ? " (labels)" : schema.Classes.Count > 0 ? $" (classes {string.Join(", ", schema.Classes)})" : "")
            + ". The first training standardizes, unless -Standardize:$false is given.");
        var model = Make(schema.InputCount, [.. hidden, schema.OutputCount]);
        SchemaLearner.Assign(schema, model);
        return model;
    }

    private Mlp Make(int inputCount, int[] layerSizes)
    {
        var random = SeedArgument.ToGenerator(Seed, seed => ParameterDraw.Generator(Initialization, seed));
        return new Mlp(inputCount, layerSizes, Activation, OutputActivation, Initialization, random, !NoBias, Dropout, StopToken);
    }
}
