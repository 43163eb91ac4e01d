using System.Management.Automation;
using MicroGrad.Data;
using MicroGrad.PowerShell.Binding;
using MicroGrad.PowerShell.Errors;
using MicroGrad.Training;

namespace MicroGrad.PowerShell.Commands;

/// <summary>Trains a model on rows, and emits a result for each epoch as it happens.</summary>
[Cmdlet(VerbsLifecycle.Start, "MlpTraining", DefaultParameterSetName = RowsSet)]
[OutputType(typeof(EpochResult))]
public sealed class StartMlpTrainingCommand : PSCmdlet, IDisposable
{
    private const string RowsSet = "Rows";
    private const string ModelSet = "Model";

    private readonly CancellationTokenSource _stopping = new();
    private RowCollector? _rows;

    /// <summary>The model to train; its weights change.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = RowsSet)]
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ModelSet)]
    public Mlp Model { get; set; } = null!;

    /// <summary>The rows: objects, hashtables or arrays of numbers.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = RowsSet)]
    [AllowNull]
    [AllowEmptyCollection]
    public object InputObject { get; set; } = null!;

    /// <summary>The rows, where the model comes through the pipeline.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ModelSet)]
    [AllowNull]
    [AllowEmptyCollection]
    public object Data { get; set; } = null!;

    /// <summary>The columns to learn from; wildcards allowed. Without it: the model's own, or all that are not targets.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ColumnNameCompleter))]
    public string[] Feature { get; set; } = [];

    /// <summary>The column or columns to predict; wildcards allowed. Without it: the model's own.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ColumnNameCompleter))]
    public string[] Target { get; set; } = [];

    /// <summary>What to make small; by default cross entropy for text, mean squared error for numbers.</summary>
    [Parameter]
    public LossKind Loss { get; set; }

    /// <summary>How often to go through all rows.</summary>
    [Parameter]
    public int Epoch { get; set; } = 100;

    /// <summary>Rows in a step; 0 for all at once.</summary>
    [Parameter]
    public int BatchSize { get; set; } = 32;

    /// <summary>The rule by which parameters move.</summary>
    [Parameter]
    public OptimizerKind Optimizer { get; set; } = OptimizerKind.Adam;

    /// <summary>The size of a step; without it 0.01, or 0.1 for Sgd and Adagrad.</summary>
    [Parameter]
    public double LearningRate { get; set; }

    /// <summary>The share of the last step in the next (Sgd).</summary>
    [Parameter]
    public double Momentum { get; set; }

    /// <summary>Lets momentum look ahead (Sgd).</summary>
    [Parameter]
    public SwitchParameter Nesterov { get; set; }

    /// <summary>How much of each parameter a step takes off, times the learning rate.</summary>
    [Parameter]
    public double WeightDecay { get; set; }

    /// <summary>The share of the past in the running mean of gradients (Adam, AdamW).</summary>
    [Parameter]
    public double Beta1 { get; set; } = 0.9;

    /// <summary>The share of the past in the running mean of squares (Adam, AdamW, RmsProp).</summary>
    [Parameter]
    public double Beta2 { get; set; }

    /// <summary>What keeps the division by a running mean from 0.</summary>
    [Parameter]
    public double Epsilon { get; set; }

    /// <summary>What the sum of squares of all parameters adds to the loss.</summary>
    [Parameter]
    public double L2 { get; set; }

    /// <summary>How the learning rate goes on from its first value.</summary>
    [Parameter]
    public ScheduleKind Schedule { get; set; } = ScheduleKind.Constant;

    /// <summary>Where the learning rate ends.</summary>
    [Parameter]
    public double FinalLearningRate { get; set; }

    /// <summary>What the schedules Step and ReduceOnPlateau multiply the rate by.</summary>
    [Parameter]
    public double ScheduleFactor { get; set; } = 0.1;

    /// <summary>Epochs between two drops of Step, or without improvement before one of ReduceOnPlateau.</summary>
    [Parameter]
    public int ScheduleInterval { get; set; } = 10;

    /// <summary>Epochs in which the rate grows to what the schedule says.</summary>
    [Parameter]
    public int WarmupEpoch { get; set; }

    /// <summary>A whole number from 0 on that decides the order of the rows.</summary>
    [Parameter]
    public object Seed { get; set; } = 1;

    /// <summary>Keeps the rows in their order.</summary>
    [Parameter]
    public SwitchParameter NoShuffle { get; set; }

    /// <inheritdoc/>
    public void Dispose() => _stopping.Dispose();

    /// <inheritdoc/>
    protected override void BeginProcessing() => _rows = null;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == RowsSet)
        {
            _rows ??= CreateCollector();
            _rows.Add(InputObject);
            return;
        }

        // Each model that comes through the pipeline is trained on the same rows.
        _rows = CreateCollector();
        _rows.Add(Data);
        Train();
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (ParameterSetName == RowsSet)
        {
            Train();
        }
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _stopping.Cancel();

    private RowCollector CreateCollector()
    {
        var features = Feature.Length > 0 ? Feature : [.. Model.FeatureNames];
        var targets = Target.Length > 0 ? Target : [.. Model.Schema?.TargetNames ?? []];
        return new RowCollector(this, new RowReader(features, targets, Model.InputCount));
    }

    private void Train()
    {
        try
        {
            RunEpochs(Prepare());
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Stopped by the user: the model has the weights of the last finished epoch, and nobody listens any more.
        }
        catch (GradException error)
        {
            this.Throw(error, Model);
        }
    }

    private Trainer Prepare()
    {
        var table = _rows?.Table ?? new SampleTable([], []);
        LossKind? loss = IsGiven(nameof(Loss)) ? Loss : null;
        var schema = ModelSchema.Learn(Model, table, loss);
        var all = Enumerable.Range(0, table.Count).ToArray();
        var samples = schema.Encode(table, all, Model.OutputCount);
        WriteVerbose(
            $"{table.Count} rows, features {string.Join(", ", schema.FeatureNames)}, target {string.Join(", ", schema.TargetNames)}"
            + (schema.Classes.Count > 0 ? $" (classes {string.Join(", ", schema.Classes)})" : "")
            + $"; {Model.ParameterCount} parameters, loss {schema.Loss}, {Epoch} epochs in batches of "
            + $"{(BatchSize == 0 ? table.Count : Math.Min(BatchSize, table.Count))}.");
        return new Trainer(Model, schema, samples, (schema.Loss ?? LossKind.MeanSquaredError).Create(), ReadOptions());
    }

    private TrainingOptions ReadOptions() => new()
    {
        Epochs = Epoch,
        BatchSize = BatchSize,
        LearningRate = IsGiven(nameof(LearningRate)) ? LearningRate : null,
        Seed = SeedArgument.ToNumber(Seed),
        Shuffle = !NoShuffle,
        L2 = L2,
        Optimizer = new OptimizerOptions
        {
            Kind = Optimizer,
            Momentum = Momentum,
            Nesterov = Nesterov,
            WeightDecay = WeightDecay,
            Beta1 = Beta1,
            Beta2 = IsGiven(nameof(Beta2)) ? Beta2 : null,
            Epsilon = IsGiven(nameof(Epsilon)) ? Epsilon : null,
        },
        Schedule = new ScheduleOptions
        {
            Kind = Schedule,
            FinalLearningRate = IsGiven(nameof(FinalLearningRate)) ? FinalLearningRate : null,
            Factor = ScheduleFactor,
            Interval = ScheduleInterval,
            WarmupEpochs = WarmupEpoch,
        },
    };

    private bool IsGiven(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    private void RunEpochs(Trainer trainer)
    {
        var progress = new TrainingProgress(this, Model, Epoch);
        foreach (var result in trainer.Run(_stopping.Token))
        {
            progress.Show(result);
            WriteObject(result);
        }

        progress.Complete();
    }
}
