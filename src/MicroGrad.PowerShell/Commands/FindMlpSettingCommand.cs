using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using MicroGrad.Data;
using MicroGrad.PowerShell.Arguments;
using MicroGrad.PowerShell.Errors;
using MicroGrad.PowerShell.Files;
using MicroGrad.PowerShell.Host;
using MicroGrad.PowerShell.Scripts;
using MicroGrad.PowerShell.Training;
using MicroGrad.PowerShell.Trials;
using MicroGrad.Selection;

namespace MicroGrad.PowerShell.Commands;

/// <summary>Tries settings of a model and its training, each by models that are measured on rows they have not seen.</summary>
[Cmdlet(VerbsCommon.Find, "MlpSetting", DefaultParameterSetName = RowsSet)]
[OutputType(typeof(MlpTrial))]
public sealed class FindMlpSettingCommand : ModelRowsFileCommand
{
    // A trial's model does not outlive its measurement, so there is nothing to resume, keep or wait for.
    private static readonly string[] NoOptions =
    [
        nameof(StartMlpTrainingCommand.Model),
        nameof(StartMlpTrainingCommand.AsJob),
        nameof(StartMlpTrainingCommand.CheckpointPath),
        nameof(StartMlpTrainingCommand.CheckpointInterval),
        nameof(StartMlpTrainingCommand.Resume),
        nameof(StartMlpTrainingCommand.Force),
        nameof(StartMlpTrainingCommand.KeepParameter),
    ];

    private static readonly HashSet<string> TrainingOptions = new(
        ParametersOf(typeof(StartMlpTrainingCommand)).Except(ParametersOf(typeof(ModelRowsFileCommand))).Except(NoOptions), StringComparer.OrdinalIgnoreCase);

    private TrialPlan _plan = null!;
    private Mlp _firstModel = null!;

    /// <summary>A script block that makes a new, untrained model of the settings, which it sees as $_.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Recipe]
    [AllowNull]
    public ScriptBlock Recipe { get; set; } = null!;

    /// <inheritdoc/>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ParameterSetName = RowsSet)]
    [AllowNull]
    [AllowEmptyCollection]
    public override object InputObject { get; set; } = null!;

    /// <summary>The settings with their values, such as @{ Size = 4, 16; LearningRate = 0.01, 0.1 }, or with ranges such as @{ From = 0.001; To = 0.1 }.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNull]
    public IDictionary Setting { get; set; } = null!;

    /// <summary>Parameters of Start-MlpTraining for all trials, such as @{ Epoch = 50; Standardize = $true }.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable Training { get; set; } = [];

    /// <summary>How many trials to draw at random; without it, all combinations are tried.</summary>
    [Parameter]
    [WholeNumber]
    public int Trial { get; set; }

    /// <summary>Trains all trials for few epochs, and in each round the best third for three times as many.</summary>
    [Parameter]
    public SwitchParameter Halving { get; set; }

    /// <summary>In how many parts the rows are divided; each is measured by a model trained on the others.</summary>
    [Parameter]
    [WholeNumber]
    public int Fold { get; set; } = 5;

    /// <summary>A column whose rows stay together: a group is measured by a model that saw none of it.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ColumnNameCompleter))]
    public string? GroupColumn { get; set; }

    /// <summary>Takes the rows as a course of time: each fold is measured on rows behind all that it was trained on.</summary>
    [Parameter]
    public SwitchParameter Ordered { get; set; }

    /// <summary>A whole number from 0 on that decides the folds, which trials are drawn, and the seed of each: that of the first is this, of the second one more.</summary>
    [Parameter]
    public object Seed { get; set; } = 1;

    /// <summary>How many trials run at a time in this process; without it as many as there are processors, or none with -Session.</summary>
    [Parameter]
    [WholeNumber]
    public int ThrottleLimit { get; set; }

    /// <summary>Sessions on other machines, made by New-PSSession, each of which runs one trial at a time.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public PSSession[] Session { get; set; } = [];

    /// <summary>A file that keeps the results: a search that ended early goes on from there.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ResultPath { get; set; }

    private protected override Mlp? RowModel => _firstModel;

    private protected override string? RowWeight =>
        LanguagePrimitives.ConvertTo<string>(Training[nameof(StartMlpTrainingCommand.WeightColumn)]) is { Length: > 0 } name ? name : null;

    private protected override bool KeepsRows => true;

    /// <inheritdoc/>
    protected override void BeginProcessing() => this.OrThrow(() =>
    {
        if (Recipe is null)
        {
            throw new GradException(
                "InvalidRecipe", "Something else was given where a script block is expected: each trial trains a new model. Give one that makes it, such as { New-Mlp 4 $_.Size, 3 }.");
        }

        if (IsGiven(nameof(ThrottleLimit)) && ThrottleLimit < 1)
        {
            throw new GradException("InvalidThrottleLimit", $"The throttle limit is {ThrottleLimit}; give at least 1.");
        }

        var recipe = new ModelRecipe(Recipe);
        CheckNames(recipe);
        var space = SettingArgument.Parse(Setting);
        var seed = SeedArgument.ToNumber(Seed);
        _plan = new TrialPlan(recipe, IsGiven(nameof(Trial)) ? space.Draw(Trial, seed) : space.Combinations(), Training, TrainingOptions, seed);
        _firstModel = _plan.ModelOf(1);
    });

    /// <inheritdoc/>
    protected override void EndProcessing() => this.OrThrow(() =>
    {
        AddOtherRows();
        var rows = ReadRows();
        using var file = OpenFile(rows);
        using var search = new TrialSearch(this, _plan, Workers(rows), rows, file);
        foreach (var trial in Halving ? search.RunHalving(SuccessiveHalving.Plan(_plan.Settings.Count, _plan.EpochsOf(1))) : search.RunAll())
        {
            WriteObject(WithSettings(trial));
        }
    });

    /// <summary>The trial with its settings as properties, to sort and to plot by.</summary>
    private static PSObject WithSettings(MlpTrial trial)
    {
        var shown = PSObject.AsPSObject(trial);
        foreach (var (name, value) in trial.Setting.Where(setting => shown.Properties[setting.Key] is null))
        {
            shown.Properties.Add(new PSNoteProperty(name, value));
        }

        return shown;
    }

    /// <summary>Each setting is read by the training or by the recipe, and the recipe reads no other.</summary>
    private void CheckNames(ModelRecipe recipe)
    {
        if (Training.Keys.Cast<object>().Select(name => $"{name}").FirstOrDefault(name => !TrainingOptions.Contains(name)) is { } unknown)
        {
            throw new GradException(
                "UnknownSetting", $"'{MessageText.Excerpt(unknown)}' is no option that a trial's training takes; those are {MessageText.Shorten([.. TrainingOptions.Order(StringComparer.Ordinal)])}.{Spelling.DidYouMean(unknown, TrainingOptions)}");
        }

        string[] names = [.. Setting.Keys.Cast<object>().Select(name => $"{name}")];
        if (names.FirstOrDefault(IsTaken) is { } taken)
        {
            throw new GradException("InvalidSetting", $"A setting can't be called '{taken}', as a trial's results have a property of that name.");
        }

        if (names.FirstOrDefault(name => Training.Keys.Cast<object>().Any(key => name.Equals($"{key}", StringComparison.OrdinalIgnoreCase))) is { } both)
        {
            throw new GradException("UnusedOption", $"'{both}' is in -Setting and in -Training, where it would have no effect; leave it out of one of them.");
        }

        if (Halving && names.Contains(nameof(StartMlpTrainingCommand.Epoch), StringComparer.OrdinalIgnoreCase))
        {
            throw new GradException("UnusedOption", "-Halving decides how many epochs a trial gets; give the most of them by -Training @{ Epoch = 100 }.");
        }

        if (recipe.ReadNames() is not { } read)
        {
            return;
        }

        if (names.FirstOrDefault(name => !TrainingOptions.Contains(name) && !read.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } unread)
        {
            throw new GradException(
                "UnknownSetting", $"Nothing reads the setting '{unread}': the training has no such option, and the recipe no $_.{unread}. The recipe reads {Listed(read)}.{Spelling.DidYouMean(unread, TrainingOptions.Concat(read))}");
        }

        if (read.FirstOrDefault(name => !names.Append(nameof(Seed)).Contains(name, StringComparer.OrdinalIgnoreCase)) is { } missing)
        {
            throw new GradException("UnknownSetting", $"The recipe reads $_.{missing}, but -Setting has no '{missing}'; it has {Listed(names)}.{Spelling.DidYouMean(missing, names)}");
        }
    }

    private static IEnumerable<string> ParametersOf(Type type) =>
        type.GetProperties().Where(property => property.IsDefined(typeof(ParameterAttribute), inherit: true)).Select(property => property.Name);

    private static string Listed(IReadOnlyCollection<string> names) => names.Count == 0 ? "none" : MessageText.Shorten(names);

    // Results have the number of epochs anyway.
    private static bool IsTaken(string name) =>
        !name.Equals(nameof(MlpTrial.Epoch), StringComparison.OrdinalIgnoreCase)
        && typeof(MlpTrial).GetProperties().Any(property => property.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private TrialRows ReadRows()
    {
        var (loss, _) = LossArgument.Parse(Training[nameof(StartMlpTrainingCommand.Loss)]);
        var table = BuildTable(AreClasses(loss));
        table.RequireComplete();
        var rows = KeptRows(table);
        foreach (var warning in Stoppable.Run(() => FoldRemarks.RareClasses(table, Fold), StopToken))
        {
            WriteWarning(warning);
        }

        FillMeasure(table);
        return new TrialRows(rows, table.Layout, RowSelection, GroupColumn, StopToken);
    }

    /// <summary>What Measure-Mlp needs to read the same rows in the same way, wherever it runs.</summary>
    private void FillMeasure(SampleTable table)
    {
        var measure = _plan.Measure;
        measure[nameof(Fold)] = Fold;
        measure[nameof(Seed)] = SeedArgument.ToNumber(Seed);
        measure[nameof(Feature)] = GivenFeatures.Renamed.Count > 0 ? Feature : table.Layout.Features.ToArray();
        measure[nameof(Target)] = table.Layout.Targets.ToArray();
        measure[nameof(Categorical)] = NamesOf(table, ColumnKind.Category);
        measure[nameof(Date)] = NamesOf(table, ColumnKind.Date);
        measure[nameof(MissingValue)] = RowPolicy;
        measure[nameof(Ordered)] = Ordered;
        AddGiven(nameof(GroupColumn), GroupColumn);
        AddGiven(nameof(Culture), Culture);
        AddGiven(nameof(MissingMark), table.MissingMarks);

        void AddGiven(string name, object? value)
        {
            if (value is not null)
            {
                measure[name] = value;
            }
        }
    }

    private static string[] NamesOf(SampleTable table, ColumnKind kind) =>
        [.. table.Features.Where(feature => feature.Kind == kind).Select(feature => feature.Name)];

    private TrialFile? OpenFile(TrialRows rows)
    {
        if (ResultPath is null)
        {
            return null;
        }

        // A longer draw begins with the trials of a shorter one; halving compares them all.
        var search = $"{IsGiven(nameof(Trial))} {Halving} {(Halving ? _plan.Settings.Count : 0)} {Portable.Describe(Setting)}";
        var file = OutputFile.ResolveForRewriting(this, ResultPath, force: false);
        return TrialFile.Open(file.FullPath, Stoppable.Run(() => _plan.Fingerprint(rows, search), StopToken), _plan.Settings);
    }

    private IReadOnlyList<TrialWorker> Workers(TrialRows rows)
    {
        if (Session.FirstOrDefault(session => session.Runspace.RunspaceStateInfo.State != RunspaceState.Opened) is { } closed)
        {
            throw new GradException("SessionNotOpen", $"The session {closed.Name} is {closed.Runspace.RunspaceStateInfo.State}; make a new one by New-PSSession.");
        }

        var module = System.IO.Path.Combine(MyInvocation.MyCommand.Module.ModuleBase, "MicroGrad.psd1");
        var threads = IsGiven(nameof(ThrottleLimit)) ? ThrottleLimit : Session.Length > 0 ? 0 : Environment.ProcessorCount;
        return
        [
            .. Session.Select(session => new TrialWorker($"The session {session.Name} on {session.ComputerName}", module, rows, session)),
            .. Enumerable.Range(1, Math.Min(threads, _plan.Settings.Count)).Select(i => new TrialWorker($"Thread {i}", module, rows, session: null)),
        ];
    }
}
