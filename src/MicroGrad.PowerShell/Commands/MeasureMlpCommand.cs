using System.Collections;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using MicroGrad.Data;
using MicroGrad.PowerShell.Arguments;
using MicroGrad.PowerShell.Errors;

namespace MicroGrad.PowerShell.Commands;

/// <summary>
/// Measures how well a model does on rows, or how well models of a recipe do on rows that they were not trained on.
/// </summary>
[Cmdlet(VerbsDiagnostic.Measure, "Mlp", DefaultParameterSetName = RowsSet)]
[OutputType(typeof(MlpMeasurement))]
public sealed class MeasureMlpCommand : ModelRowsFileCommand
{
    private const string FoldSet = "Fold";
    private const string FoldDataSet = "FoldData";
    private const string FoldPathSet = "FoldPath";
    private const string FoldLiteralPathSet = "FoldLiteralPath";

    // A fold's model is trained by the cmdlet itself, so that all of its parameters can be given.
    private static readonly string TrainingScript =
        "param($model, $rows, $options) $null = $rows | MicroGrad\\Start-MlpTraining $model @options";

    /// <summary>The model.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = RowsSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = DataSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = LiteralPathSet)]
    public Mlp Model { get; set; } = null!;

    /// <summary>A script block that makes a new, untrained model for each fold.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = FoldSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = FoldDataSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = FoldPathSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = FoldLiteralPathSet)]
    public ScriptBlock Recipe { get; set; } = null!;

    /// <summary>In how many parts the rows are divided; each is measured by a model trained on the others.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FoldSet)]
    [Parameter(Mandatory = true, ParameterSetName = FoldDataSet)]
    [Parameter(Mandatory = true, ParameterSetName = FoldPathSet)]
    [Parameter(Mandatory = true, ParameterSetName = FoldLiteralPathSet)]
    [WholeNumber]
    public int Fold { get; set; }

    /// <summary>Parameters of Start-MlpTraining for each fold, such as @{ Epoch = 50; Standardize = $true }.</summary>
    [Parameter(ParameterSetName = FoldSet)]
    [Parameter(ParameterSetName = FoldDataSet)]
    [Parameter(ParameterSetName = FoldPathSet)]
    [Parameter(ParameterSetName = FoldLiteralPathSet)]
    [ValidateNotNull]
    public Hashtable Training { get; set; } = [];

    /// <summary>A whole number from 0 on that decides which row is in which fold.</summary>
    [Parameter(ParameterSetName = FoldSet)]
    [Parameter(ParameterSetName = FoldDataSet)]
    [Parameter(ParameterSetName = FoldPathSet)]
    [Parameter(ParameterSetName = FoldLiteralPathSet)]
    public object Seed { get; set; } = 1;

    /// <inheritdoc/>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ParameterSetName = RowsSet)]
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ParameterSetName = FoldSet)]
    [AllowNull]
    [AllowEmptyCollection]
    public override object InputObject { get; set; } = null!;

    /// <inheritdoc/>
    [Parameter(Mandatory = true, ParameterSetName = DataSet)]
    [Parameter(Mandatory = true, ParameterSetName = FoldDataSet)]
    [AllowNull]
    [AllowEmptyCollection]
    public override object Data { get; set; } = null!;

    /// <inheritdoc/>
    [Parameter(Mandatory = true, ParameterSetName = PathSet)]
    [Parameter(Mandatory = true, ParameterSetName = FoldPathSet)]
    [SupportsWildcards]
    public override string Path
    {
        get => base.Path;
        set => base.Path = value;
    }

    /// <inheritdoc/>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Parameter(Mandatory = true, ParameterSetName = FoldLiteralPathSet)]
    [Alias("PSPath", "LP")]
    public override string LiteralPath
    {
        get => base.LiteralPath;
        set => base.LiteralPath = value;
    }

    /// <inheritdoc/>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = FoldPathSet)]
    [Parameter(ParameterSetName = FoldLiteralPathSet)]
    public override char Delimiter { get; set; } = ',';

    /// <summary>The loss to measure an untrained model by; a trained one is measured by its own.</summary>
    [Parameter(ParameterSetName = RowsSet)]
    [Parameter(ParameterSetName = DataSet)]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Choice]
    public LossKind Loss { get; set; }

    private protected override Mlp? RowModel => Model;

    private protected override string? RowWeight => LanguagePrimitives.ConvertTo<string>(Training[nameof(StartMlpTrainingCommand.WeightColumn)]) is { Length: > 0 } name ? name : null;

    private protected override bool KeepsRows => Recipe is not null;

    /// <inheritdoc/>
    protected override void BeginProcessing() => this.OrThrow(ShareRowParameters);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName is RowsSet or FoldSet)
        {
            Rows.Add(InputObject);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => this.OrThrow(
        () =>
        {
            AddOtherRows();
            if (KeepsRows)
            {
                MeasureFolds();
            }
            else
            {
                LossKind? loss = Given(nameof(Loss), Loss);
                WriteObject(MlpMeasurement.Of(Model, BuildTable(AreClasses(loss)), loss));
            }
        },
        Model);

    /// <summary>What says how rows are read holds for the training of the folds, wherever it was given.</summary>
    private void ShareRowParameters()
    {
        foreach (var property in typeof(ModelRowsCommand).GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        {
            if (IsGiven(property.Name))
            {
                Training[property.Name] = property.GetValue(this);
            }
            else if (Training.ContainsKey(property.Name))
            {
                property.SetValue(this, LanguagePrimitives.ConvertTo(Training[property.Name], property.PropertyType, CultureInfo.InvariantCulture));
                MyInvocation.BoundParameters[property.Name] = property.GetValue(this);
            }
        }
    }

    private void MeasureFolds()
    {
        var table = BuildTable();
        table.RequireComplete();
        object[] rows = table.Places is { } places ? [.. places.Select(place => KeptRows[place])] : [.. KeptRows];
        var folds = ValidationSplit.Folds(table, Fold, SeedArgument.ToNumber(Seed));
        var train = InvokeCommand.NewScriptBlock(TrainingScript);
        for (var fold = 0; fold < Fold; fold++)
        {
            var model = MakeModel();
            var options = (Hashtable)Training.Clone();
            options["Feature"] = table.Layout.Features.ToArray();
            options["Target"] = table.Layout.Targets.ToArray();
            var trainingRows = rows.Where((_, row) => folds[row] != fold).ToArray();
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
