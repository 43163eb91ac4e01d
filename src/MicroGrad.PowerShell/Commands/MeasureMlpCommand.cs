using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using MicroGrad.Data;
using MicroGrad.Inference;
using MicroGrad.PowerShell.Arguments;
using MicroGrad.PowerShell.Errors;
using MicroGrad.PowerShell.Host;
using MicroGrad.PowerShell.Rows;
using MicroGrad.PowerShell.Scripts;
using MicroGrad.PowerShell.Training;
using MicroGrad.Training;

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

    private ScriptBlock? _trainingScript;

    /// <summary>The model, or several, whose mean is measured.</summary>
    [Parameter(Position = 0, ParameterSetName = RowsSet)]
    [Parameter(Position = 0, ParameterSetName = DataSet)]
    [Parameter(Position = 0, ParameterSetName = PathSet)]
    [Parameter(Position = 0, ParameterSetName = LiteralPathSet)]
    [Model(IsList = true, LeavesScripts = true)]
    public Mlp[] Model { get; set; } = [];

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
    public Hashtable Training { get; set => field = (Hashtable)value.Clone(); } = [];

    /// <summary>A whole number from 0 on that decides which row is in which fold.</summary>
    [Parameter(ParameterSetName = FoldSet)]
    [Parameter(ParameterSetName = FoldDataSet)]
    [Parameter(ParameterSetName = FoldPathSet)]
    [Parameter(ParameterSetName = FoldLiteralPathSet)]
    public object Seed { get; set; } = 1;

    /// <summary>A column whose rows stay together: a group is measured by a model that saw none of it.</summary>
    [Parameter(ParameterSetName = FoldSet)]
    [Parameter(ParameterSetName = FoldDataSet)]
    [Parameter(ParameterSetName = FoldPathSet)]
    [Parameter(ParameterSetName = FoldLiteralPathSet)]
    [ArgumentCompleter(typeof(ColumnNameCompleter))]
    public string? GroupColumn { get; set; }

    /// <summary>Takes the rows as a course of time: each fold is measured on rows behind all that it was trained on.</summary>
    [Parameter(ParameterSetName = FoldSet)]
    [Parameter(ParameterSetName = FoldDataSet)]
    [Parameter(ParameterSetName = FoldPathSet)]
    [Parameter(ParameterSetName = FoldLiteralPathSet)]
    public SwitchParameter Ordered { get; set; }

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
    [Character]
    public override char Delimiter { get; set; } = ',';

    /// <summary>The loss to measure an untrained model by; a trained one is measured by its own.</summary>
    [Parameter(ParameterSetName = RowsSet)]
    [Parameter(ParameterSetName = DataSet)]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Choice]
    public LossKind Loss { get; set; }

    /// <summary>What becomes of a row with a category that the model does not know.</summary>
    [Parameter]
    [Choice]
    public UnknownCategoryPolicy UnknownCategory { get; set; } = UnknownCategoryPolicy.Error;

    /// <summary>From which probability on the second of two classes, or a label, is the answer; without it, from above one half.</summary>
    [Parameter]
    [Number]
    public double Threshold { get; set; }

    /// <summary>A column with the weight of each row in the figures, and with -Fold in the training too.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ColumnNameCompleter))]
    public string? WeightColumn { get; set; }

    private protected override Mlp? RowModel => Model is [{ } first, ..] && !Model.Contains(null) ? first : null;

    private protected override UnknownCategoryPolicy RowUnknownCategory => UnknownCategory;

    private protected override string? RowWeight => WeightColumn;

    private protected override bool KeepsRows => Recipe is not null;

    private protected override bool ArePiped => ParameterSetName is RowsSet or FoldSet;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (Recipe is null)
        {
            RequireModel();
        }

        this.OrThrow(ShareRowParameters);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Recipe is null)
        {
            RequireModel(InputObject);
        }

        base.ProcessRecord();
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
                var threshold = Given(nameof(Threshold), Threshold);
                var table = BuildTable(AreClasses(loss));
                var measured = Stoppable.Run(() => MlpMeasurement.Of(Model, table, loss, threshold, StopToken), StopToken);
                WriteVerbose($"{measured.Count} rows were measured; {measured.Skipped} rows with missing values were skipped, and {measured.Filled} filled in.");
                foreach (var remark in MeasurementRemarks.Undefined(measured))
                {
                    WriteWarning(remark);
                }

                WriteObject(measured);
            }
        },
        RowModel);

    /// <summary>Parameters about reading rows apply to the training of the folds too, wherever they were given: here, in the recipe, or for the training.</summary>
    private void ShareRowParameters()
    {
        var fromRecipe = Recipe is null ? null : new ModelRecipe(Recipe).ConstantOptions();
        // The caller's own table stays as it is.
        Training = (Hashtable)Training.Clone();
        var shared = typeof(ModelRowsCommand).GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Append(typeof(MeasureMlpCommand).GetProperty(nameof(WeightColumn))!);
        foreach (var property in shared)
        {
            if (IsGiven(property.Name))
            {
                Training[property.Name] = property.GetValue(this);
            }
            else if ((Training[property.Name] ?? fromRecipe?.GetValueOrDefault(property.Name)) is { } given)
            {
                Training[property.Name] = given;
                property.SetValue(this, LanguagePrimitives.ConvertTo(given, property.PropertyType, CultureInfo.InvariantCulture));
                MyInvocation.BoundParameters[property.Name] = property.GetValue(this);
            }
        }
    }

    private void MeasureFolds()
    {
        if (Training.ContainsKey(nameof(StartMlpTrainingCommand.AsJob)))
        {
            throw new GradException("UnusedOption", "The trainings of folds can't run as jobs. Leave AsJob out.");
        }

        var quantiles = Training.ContainsKey(nameof(StartMlpTrainingCommand.Quantile))
            ? LanguagePrimitives.ConvertTo<double[]>(Training[nameof(StartMlpTrainingCommand.Quantile)])
            : null;
        var (loss, script) = LossArgument.Parse(Training[nameof(StartMlpTrainingCommand.Loss)], quantiles);
        var table = BuildTable(AreClasses(loss));
        table.RequireComplete();
        var rows = KeptRows(table);
        var plans = PlanFolds(table, rows);
        foreach (var warning in Stoppable.Run(() => FoldRemarks.RareClasses(table, Fold), StopToken))
        {
            WriteWarning(warning);
        }

        var recipe = new ModelRecipe(Recipe);
        var results = new List<MlpMeasurement>();
        foreach (var plan in plans)
        {
            StopToken.ThrowIfCancellationRequested();
            object[] trainingRows = [.. plan.Training.Select(row => rows[row])];

            // The recipe sees the rows to train on, so that nothing is learnt from the others.
            var model = recipe.Make(trainingRows);

            // The classes are those of all rows, so that a fold without one of them needs the same outputs as the others.
            if (model.Schema is null)
            {
                var standardize = LanguagePrimitives.IsTrue(Training[nameof(StartMlpTrainingCommand.Standardize)]);
                var schema = Stoppable.Run(() => SchemaLearner.Learn(
                    model, table, plan.Training, loss, script is not null, standardize, quantiles), StopToken);
                SchemaLearner.Assign(schema, model);
            }

            Train(model, trainingRows, table.Layout);
            var threshold = Given(nameof(Threshold), Threshold);
            var measured = Stoppable.Run(() => MlpMeasurement.Of(model, table, plan.HeldOut, threshold, StopToken), StopToken);
            results.Add(measured with { Fold = results.Count + 1 });
            WriteObject(results.Count < plans.Length ? results[^1] : FoldMeasurements.LastOf(results));
        }
    }

    private FoldPlan[] PlanFolds(SampleTable table, object[] rows)
    {
        if (Ordered && GroupColumn is not null)
        {
            throw new GradException("UnusedOption", "Folds are divided by a group or in order; give one of -GroupColumn and -Ordered.");
        }

        if (Ordered)
        {
            return FoldPlan.Ordered(table.Count, Fold);
        }

        var seed = SeedArgument.ToNumber(Seed);
        if (GroupColumn is null)
        {
            return Stoppable.Run(() => FoldPlan.Stratified(table, Fold, seed), StopToken);
        }

        var groups = new ColumnReader(GroupColumn);
        var groupOf = groups.ReadAll(rows, StopToken);
        return Stoppable.Run(() => FoldPlan.Grouped(groupOf, Fold, seed), StopToken);
    }

    /// <summary>Trains by Start-MlpTraining, whose warnings become those of this cmdlet.</summary>
    private void Train(Mlp model, object[] rows, TableLayout layout)
    {
        var options = (Hashtable)Training.Clone();
        options["Feature"] = GivenFeatures.Renamed.Count > 0 ? Feature : layout.Features.ToArray();
        options["Target"] = layout.Targets.ToArray();
        options["WarningAction"] = ActionPreference.SilentlyContinue;
        options["WarningVariable"] = "warnings";
        foreach (var warning in InvokeCommand.InvokeScript(useLocalScope: true, TrainingScript(), null, model, rows, options))
        {
            WriteWarning(warning.ToString());
        }
    }

    // A fold's model is trained by Start-MlpTraining, so that all its parameters can be given.
    private ScriptBlock TrainingScript() => _trainingScript ??= InvokeCommand.NewScriptBlock(
        "param($model, $rows, $options) $null = MicroGrad\\Start-MlpTraining $model -Data $rows @options; $warnings.ForEach({ $_.Message })");
}
