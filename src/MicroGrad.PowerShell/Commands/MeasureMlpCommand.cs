using System.Collections;
using System.Collections.ObjectModel;
using System.Management.Automation;
using MicroGrad.Data;
using MicroGrad.PowerShell.Arguments;
using MicroGrad.PowerShell.Errors;
using MicroGrad.PowerShell.Rows;

namespace MicroGrad.PowerShell.Commands;

/// <summary>
/// Measures how well a model does on rows, or how well models of a recipe do on rows that they were not trained on.
/// </summary>
[Cmdlet(VerbsDiagnostic.Measure, "Mlp", DefaultParameterSetName = ModelSet)]
[OutputType(typeof(MlpMeasurement))]
public sealed class MeasureMlpCommand : CancellableCommand
{
    private const string ModelSet = "Model";
    private const string FoldSet = "Fold";

    // A fold's model is trained by the cmdlet itself, so that all of its parameters can be given.
    private static readonly string TrainingScript =
        "param($model, $rows, $options) $null = $rows | MicroGrad\\Start-MlpTraining $model @options";

    private RowCollector? _rows;

    /// <summary>The model.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ModelSet)]
    public Mlp Model { get; set; } = null!;

    /// <summary>A script block that makes a new, untrained model for each fold.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = FoldSet)]
    public ScriptBlock Recipe { get; set; } = null!;

    /// <summary>In how many parts the rows are divided; each is measured by a model trained on the others.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FoldSet)]
    [WholeNumber]
    public int Fold { get; set; }

    /// <summary>Parameters of Start-MlpTraining for each fold, such as @{ Epoch = 50; Standardize = $true }.</summary>
    [Parameter(ParameterSetName = FoldSet)]
    [ValidateNotNull]
    public Hashtable Training { get; set; } = [];

    /// <summary>A whole number from 0 on that decides which row is in which fold.</summary>
    [Parameter(ParameterSetName = FoldSet)]
    public object Seed { get; set; } = 1;

    /// <summary>The rows: objects, hashtables or arrays of numbers.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public object InputObject { get; set; } = null!;

    /// <summary>The columns that the model reads; without it, those that it was trained on.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ColumnNameCompleter))]
    [ValidateNotNull]
    public string[] Feature { get; set; } = [];

    /// <summary>The column or columns that the model predicts; without it, those that it was trained on.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ColumnNameCompleter))]
    [ValidateNotNull]
    public string[] Target { get; set; } = [];

    /// <summary>The loss to measure an untrained model by; a trained one is measured by its own.</summary>
    [Parameter(ParameterSetName = ModelSet)]
    [Choice]
    public LossKind Loss { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        var schema = Model?.Schema;
        _rows = new RowCollector(
            this,
            new RowReader(
                Feature.Length > 0 ? Feature : [.. schema?.FeatureNames ?? []],
                Target.Length > 0 ? Target : [.. schema?.TargetNames ?? []],
                schema?.Features.Count ?? Model?.InputCount ?? Feature.Length))
        {
            Known = schema,
            Categorical = schema is not null
                ? [.. schema.Features.Where(feature => feature.Categories is not null).Select(feature => feature.Name)]
                : LanguagePrimitives.ConvertTo<string[]>(Training["Categorical"]) ?? [],
            MissingValue = schema?.Features.Any(feature => feature.Fill is not null) == true
                ? MissingValuePolicy.Mean
                : MissingValuePolicy.Error,
            KeepsRows = ParameterSetName == FoldSet,
        };
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _rows!.Add(InputObject);

    /// <inheritdoc/>
    protected override void EndProcessing() => this.OrThrow(
        () =>
        {
            if (ParameterSetName == FoldSet)
            {
                MeasureFolds();
            }
            else
            {
                WriteObject(MlpMeasurement.Of(Model, _rows!.Table, Given(nameof(Loss), Loss)));
            }
        },
        Model);

    private void MeasureFolds()
    {
        var table = _rows!.Table;
        table.RequireComplete();
        var folds = ValidationSplit.Folds(table, Fold, SeedArgument.ToNumber(Seed));
        var train = InvokeCommand.NewScriptBlock(TrainingScript);
        for (var fold = 0; fold < Fold; fold++)
        {
            var model = MakeModel();
            var options = (Hashtable)Training.Clone();
            options["Feature"] = table.Layout.Features.ToArray();
            options["Target"] = table.Layout.Targets.ToArray();
            var trainingRows = _rows.KeptRows.Where((_, row) => folds[row] != fold).ToArray();
            InvokeCommand.InvokeScript(useLocalScope: true, train, null, model, trainingRows, options);

            var heldOut = Enumerable.Range(0, table.Count).Where(row => folds[row] == fold).ToArray();
            WriteObject(MlpMeasurement.Of(model, table, heldOut) with { Fold = fold + 1 });
        }
    }

    private Mlp MakeModel()
    {
        Collection<PSObject> results;
        try
        {
            results = Recipe.Invoke();
        }
        catch (RuntimeException error) when (error is not PipelineStoppedException)
        {
            throw new GradException("InvalidRecipe", $"The recipe failed: {error.Message}", error);
        }

        return results is [{ BaseObject: Mlp { Schema: null } model }]
            ? model
            : throw new GradException(
                "InvalidRecipe",
                "The recipe must give one new, untrained model each time, such as { New-Mlp 4 16, 3 }.");
    }
}
