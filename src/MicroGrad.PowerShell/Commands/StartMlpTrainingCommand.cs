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

    /// <summary>The size of a step: the gradient's factor.</summary>
    [Parameter]
    public double LearningRate { get; set; } = 0.1;

    /// <summary>A whole number from 0 on that decides the order of the rows.</summary>
    [Parameter]
    public object Seed { get; set; } = 0;

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
        LossKind? loss = MyInvocation.BoundParameters.ContainsKey(nameof(Loss)) ? Loss : null;
        var schema = ModelSchema.Learn(Model, table, loss);
        var all = Enumerable.Range(0, table.Count).ToArray();
        var samples = schema.Encode(table, all, Model.OutputCount);
        var options = new TrainingOptions
        {
            Epochs = Epoch,
            BatchSize = BatchSize,
            LearningRate = LearningRate,
            Seed = SeedArgument.ToNumber(Seed),
            Shuffle = !NoShuffle,
        };
        WriteVerbose(
            $"{table.Count} rows, features {string.Join(", ", schema.FeatureNames)}, target {string.Join(", ", schema.TargetNames)}"
            + (schema.Classes.Count > 0 ? $" (classes {string.Join(", ", schema.Classes)})" : "")
            + $"; {Model.ParameterCount} parameters, loss {schema.Loss}, {Epoch} epochs in batches of "
            + $"{(BatchSize == 0 ? table.Count : Math.Min(BatchSize, table.Count))}.");
        return new Trainer(Model, schema, samples, (schema.Loss ?? LossKind.MeanSquaredError).Create(), new Sgd(), options);
    }

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
