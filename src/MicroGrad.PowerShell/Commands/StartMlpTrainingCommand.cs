using System.Management.Automation;
using MicroGrad.Data;
using MicroGrad.PowerShell.Arguments;
using MicroGrad.PowerShell.Errors;
using MicroGrad.PowerShell.Files;
using MicroGrad.PowerShell.Host;
using MicroGrad.PowerShell.Rows;
using MicroGrad.PowerShell.Scripts;
using MicroGrad.PowerShell.Training;
using MicroGrad.Training;

namespace MicroGrad.PowerShell.Commands;

/// <summary>Trains a model on rows, and emits a result for each epoch as it happens.</summary>
[Cmdlet(VerbsLifecycle.Start, "MlpTraining", DefaultParameterSetName = DataSet)]
[OutputType(typeof(EpochResult), typeof(Job))]
public sealed class StartMlpTrainingCommand : TrainingCommand
{
    private const string ModelSet = "Model";

    private bool _isModelGiven;

    /// <summary>The model to train; its weights change.</summary>
    [Parameter(Position = 0, ParameterSetName = RowsSet)]
    [Parameter(Position = 0, ParameterSetName = DataSet)]
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ModelSet)]
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = PathSet)]
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = LiteralPathSet)]
    public override Mlp Model { get; set; } = null!;

    /// <inheritdoc/>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = RowsSet)]
    [AllowNull]
    [AllowEmptyCollection]
    public override object InputObject { get; set; } = null!;

    /// <inheritdoc/>
    [Parameter(Mandatory = true, ParameterSetName = DataSet)]
    [Parameter(Position = 0, ParameterSetName = ModelSet)]
    [AllowNull]
    [AllowEmptyCollection]
    public override object Data { get; set; } = null!;

    /// <summary>A column with the weight of each row in the loss.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ColumnNameCompleter))]
    public string? WeightColumn { get; set; }

    /// <summary>Weights of classes in the loss: 'Balanced', or a hashtable of weights by class.</summary>
    [Parameter]
    public object? ClassWeight { get; set; }

    /// <summary>The fraction of rows held out to validate with, of each class the same.</summary>
    [Parameter]
    [Number]
    public double ValidationFraction { get; set; }

    /// <summary>Rows to validate with.</summary>
    [Parameter]
    public object? ValidationData { get; set; }

    /// <summary>What to make small: a name, or a script block over $prediction and $target that gives a GradValue. By default cross entropy for text, mean squared error for numbers.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LossCompleter))]
    public object? Loss { get; set; }

    /// <summary>The quantiles of a numeric target to learn, an output each, from 0 to 1.</summary>
    [Parameter]
    [Number(IsList = true)]
    [ValidateNotNull]
    public double[] Quantile { get; set; } = [];

    /// <summary>How often to go through all rows.</summary>
    [Parameter]
    [WholeNumber]
    public int Epoch { get; set; } = 100;

    /// <summary>The size of a step; without it 0.01, or 0.1 for Sgd and Adagrad.</summary>
    [Parameter]
    [Number]
    public double LearningRate { get; set; }

    /// <summary>The share of the last step in the next (Sgd).</summary>
    [Parameter]
    [Number]
    public double Momentum { get; set; }

    /// <summary>Lets momentum look ahead (Sgd).</summary>
    [Parameter]
    public SwitchParameter Nesterov { get; set; }

    /// <summary>How much of each parameter a step takes off, times the learning rate.</summary>
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

    /// <summary>What the sum of squares of all parameters adds to the loss.</summary>
    [Parameter]
    [Number]
    public double L2 { get; set; }

    /// <summary>The largest norm of a step's gradient; a larger one is shrunk to it.</summary>
    [Parameter]
    [Number]
    public double ClipNorm { get; set; }

    /// <summary>The largest size of each number in a gradient; a larger one is cut to it.</summary>
    [Parameter]
    [Number]
    public double ClipValue { get; set; }

    /// <summary>How the learning rate goes on from its first value.</summary>
    [Parameter]
    [Choice]
    public ScheduleKind Schedule { get; set; } = ScheduleKind.Constant;

    /// <summary>Where the learning rate ends.</summary>
    [Parameter]
    [Number]
    public double FinalLearningRate { get; set; }

    /// <summary>What the schedules Step and ReduceOnPlateau multiply the rate by.</summary>
    [Parameter]
    [Number]
    public double ScheduleFactor { get; set; } = 0.1;

    /// <summary>Epochs between two drops of Step, or without improvement before one of ReduceOnPlateau.</summary>
    [Parameter]
    [WholeNumber]
    public int ScheduleInterval { get; set; } = 10;

    /// <summary>Epochs in which the rate grows to what the schedule says.</summary>
    [Parameter]
    [WholeNumber]
    public int WarmupEpoch { get; set; }

    /// <summary>Ends the training once the validation loss (or the loss, without validation) is not above this.</summary>
    [Parameter]
    [Number]
    public double TargetLoss { get; set; }

    /// <summary>Ends the training after the first epoch that passes this time: seconds, or a time such as 00:01:30.</summary>
    [Parameter]
    [Duration]
    public TimeSpan TimeLimit { get; set; }

    /// <summary>Ends the training after so many epochs without improvement, and restores the best weights.</summary>
    [Parameter]
    [WholeNumber]
    public int Patience { get; set; }

    /// <summary>By how much the loss must fall to count as improved.</summary>
    [Parameter]
    [Number]
    public double MinimumImprovement { get; set; }

    /// <summary>Keeps the rows in their order.</summary>
    [Parameter]
    public SwitchParameter NoShuffle { get; set; }

    /// <summary>What to compute in: Double, or Single, which is about twice as fast and has about 7 digits.</summary>
    [Parameter]
    [Choice]
    public Precision Precision { get; set; } = Precision.Double;

    /// <summary>A file to write the training's state to, so that it can be resumed.</summary>
    [Parameter]
    public string? CheckpointPath { get; set; }

    /// <summary>Epochs from one checkpoint to the next.</summary>
    [Parameter]
    [WholeNumber]
    public int CheckpointInterval { get; set; } = 10;

    /// <summary>Goes on from the checkpoint, where there is one.</summary>
    [Parameter]
    public SwitchParameter Resume { get; set; }

    /// <summary>Replaces the checkpoint of another training, a read-only one too. What is no checkpoint is never replaced.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Gives each result the parameters as its epoch left them, for a picture of the whole training (Export-GradGraph -History).</summary>
    [Parameter]
    public SwitchParameter KeepParameter { get; set; }

    /// <summary>Trains in the background of this process, and emits the job.</summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

    private protected override string? RowWeight => WeightColumn;

    /// <inheritdoc/>
    protected override void BeginProcessing() => _isModelGiven = Model is not null;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ArePiped)
        {
            if (!_isModelGiven)
            {
                RequireModel(InputObject);

                // A model in the place of a row is bound twice, and PowerShell computes a script block for each row, as -Model
                // accepts pipeline input.
                this.Throw(Wrapped.Unwrap(InputObject) is Mlp ? RowsMissing() : ScriptGiven("-Model"));
            }

            base.ProcessRecord();
            return;
        }

        RequireModel(InputObject);
        if (Wrapped.Unwrap(Data) is ScriptBlock)
        {
            this.Throw(ScriptGiven("-Data"));
        }

        if (ParameterSetName == ModelSet && !IsGiven(nameof(Data)))
        {
            this.Throw(RowsMissing());
        }

        // Each model that comes through the pipeline is trained on the same rows.
        NewRows();
        this.OrThrow(AddOtherRows);
        Train();
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (ArePiped)
        {
            Train();
        }
    }

    private static GradException RowsMissing() => new(
        "InvalidInputObject", "A model came through the pipeline, but no rows to train it on. Give them as -Data or -Path, or pipe the rows: $rows | Start-MlpTraining $model -Target Species.");

    private static GradException ScriptGiven(string parameter) => new(
        "InvalidInputObject", $"A script block was given as {parameter}. Give the model itself, such as (New-Mlp 4 16, 3), and rows.");

    private void Train() => this.OrThrow(
        () =>
        {
            var run = Prepare();
            if (AsJob)
            {
                StartJob(run);
                return;
            }

            using (run)
            {
                WriteResults(run);
            }
        },
        Model);

    private TrainingRun Prepare()
    {
        var options = ReadOptions();
        options.Validate();
        var quantiles = IsGiven(nameof(Quantile)) ? Quantile : null;
        var (kind, script) = LossArgument.Parse(Loss, quantiles);

        var isPlanned = Model.Schema is { IsPlanned: true };
        var rows = new TrainingRows(this, Model)
        {
            Loss = kind,
            IsCustomLoss = script is not null,
            Quantiles = quantiles,
            Standardize = Given(nameof(Standardize), Standardize)?.IsPresent,
            ClassWeight = ClassWeight,
            ValidationFraction = Given(nameof(ValidationFraction), ValidationFraction),
            ValidationData = ValidationData,
            Renamed = RowSelection.Renamed,
            Format = RowFormat,
            Seed = options.Seed,
        };
        var (schema, samples, validation) = rows.Encode(BuildTable(AreClasses(kind ?? (script is null || isPlanned ? SchemaLearner.KnownLoss(Model, RowTargets) : null)), isKnown: false));

        WriteVerbose(TrainingRun.Describe(Model, schema, samples, validation, options));
        var loss = script is null ? MicroGrad.Training.Loss.OfTraining(schema)! : CreateLoss(script, schema, samples);
        var remarks = new TrainingRemarks(Model, Standardize);
        foreach (var finding in Stoppable.Run(() => TrainingDiagnostics.BeforeTraining(schema, samples).ToArray(), StopToken))
        {
            WriteWarning(remarks.Text(finding));
        }

        var run = new TrainingRun(Model, schema, samples, validation, loss, options, remarks, StopToken);
        try
        {
            OpenCheckpoint(run, () => loss is ScriptBlockLoss own ? own.Describe(samples) : schema.Loss.ToString()!);
            return run;
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

    private ScriptBlockLoss CreateLoss(ScriptBlock script, ModelSchema schema, Samples samples)
    {
        var loss = new ScriptBlockLoss(AsJob ? LossArgument.Unbound(script) : script, schema.Encoding);
        loss.TryCompile(samples, runsElsewhere: AsJob);
        WriteVerbose(loss.Plan);
        return loss;
    }

    private void OpenCheckpoint(TrainingRun run, Func<string> lossName)
    {
        if (CheckpointPath is null)
        {
            if (Resume || Force || IsGiven(nameof(CheckpointInterval)))
            {
                throw new GradException("UnusedOption", "-Resume, -Force and -CheckpointInterval go with -CheckpointPath; name the file.");
            }

            return;
        }

        Options.Require(CheckpointInterval >= 1, "InvalidCheckpointInterval", "checkpoint interval", CheckpointInterval, "at least 1 epoch");
        var file = OutputFile.ResolveForRewriting(this, CheckpointPath, Force);
        var goesOn = run.KeepCheckpoints(file, CheckpointInterval, lossName(), Resume, Force, StopToken);
        if (Resume)
        {
            WriteVerbose(goesOn ? $"Going on from {file.FullPath}." : $"There is no checkpoint {file.FullPath} yet: starting anew.");
        }
    }

    private void StartJob(TrainingRun run)
    {
        var job = new TrainingJob(MyInvocation, Model);
        JobRepository.Add(job);
        job.Begin(run, run.RunsScript ? System.IO.Path.Combine(MyInvocation.MyCommand.Module.ModuleBase, "MicroGrad.psd1") : null);
        try
        {
            WriteObject(job);
        }
        finally
        {
            job.HandOver();
        }
    }

    private void WriteResults(TrainingRun run)
    {
        var progress = new TrainingProgress(this, Model, Epoch);
        foreach (var (result, remark) in run.Run(StopToken))
        {
            if (remark is not null)
            {
                WriteWarning(remark);
            }

            if (result is not null)
            {
                progress.Show(result);
                WriteObject(result);
            }
        }

        progress.Complete();
        WriteVerbose(run.DescribeEnd());
    }

    private TrainingOptions ReadOptions() => new()
    {
        Epochs = Epoch,
        BatchSize = BatchSize,
        LearningRate = Given(nameof(LearningRate), LearningRate),
        Seed = SeedArgument.ToNumber(Seed),
        Shuffle = !NoShuffle,
        L2 = L2,
        ClipNorm = Given(nameof(ClipNorm), ClipNorm),
        ClipValue = Given(nameof(ClipValue), ClipValue),
        TargetLoss = Given(nameof(TargetLoss), TargetLoss),
        TimeLimit = Given(nameof(TimeLimit), TimeLimit),
        Patience = Given(nameof(Patience), Patience),
        MinimumImprovement = MinimumImprovement,
        Precision = Precision,
        KeepParameters = KeepParameter,
        Optimizer = new OptimizerOptions
        {
            Kind = Optimizer,
            Momentum = Momentum,
            Nesterov = Nesterov,
            WeightDecay = WeightDecay,
            Beta1 = Given(nameof(Beta1), Beta1),
            Beta2 = Given(nameof(Beta2), Beta2),
            Epsilon = Given(nameof(Epsilon), Epsilon),
        },
        Schedule = new ScheduleOptions
        {
            Kind = Schedule,
            FinalLearningRate = Given(nameof(FinalLearningRate), FinalLearningRate),
            Factor = Given(nameof(ScheduleFactor), ScheduleFactor),
            Interval = Given(nameof(ScheduleInterval), ScheduleInterval),
            WarmupEpochs = WarmupEpoch,
        },
    };
}
