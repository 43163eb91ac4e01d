using MicroGrad.Data;
using MicroGrad.Networks;
using MicroGrad.PowerShell.Files;
using MicroGrad.PowerShell.Host;
using MicroGrad.PowerShell.Scripts;
using MicroGrad.Training;

namespace MicroGrad.PowerShell.Training;

/// <summary>A training with its checkpoints and remarks.</summary>
/// <remarks>It locks the model from the beginning, so that no other training changes it meanwhile.</remarks>
internal sealed class TrainingRun : IDisposable
{
    private readonly Mlp _model;
    private readonly ModelSchema _schema;
    private readonly Samples _samples;
    private readonly Samples? _validation;
    private readonly Loss _loss;
    private readonly TrainingOptions _options;
    private readonly TrainingRemarks _remarks;
    private readonly TrainingHold _hold;
    private readonly Trainer _trainer;
    private readonly TrainingDiagnostics _diagnostics;
    private Checkpointing? _checkpointing;

    /// <exception cref="GradException">The model is in another training, or a step does not fit the memory (ids <c>ModelInTraining</c>, <c>BatchTooLarge</c>, <c>RowsTooLarge</c>).</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public TrainingRun(
        Mlp model,
        ModelSchema schema,
        Samples samples,
        Samples? validation,
        Loss loss,
        TrainingOptions options,
        TrainingRemarks remarks,
        CancellationToken stopping)
    {
        (_model, _schema, _samples, _validation, _loss, _options, _remarks) = (model, schema, samples, validation, loss, options, remarks);
        _hold = new(model);
        try
        {
            // A step over many rows takes gigabytes, which the system gives slowly.
            _trainer = Stoppable.Run(() => new Trainer(model, schema, samples, loss, options, validation), stopping);
            _diagnostics = new TrainingDiagnostics(model, samples, options);
        }
        catch
        {
            _hold.Dispose();
            throw;
        }
    }

    /// <summary>Whether a script of the user runs in it, which needs a session.</summary>
    public bool RunsScript => _loss is ScriptBlockLoss { IsCompiled: false };

    /// <summary>The data, the model and the options in a sentence.</summary>
    public static string Describe(Mlp model, ModelSchema schema, Samples samples, Samples? validation, TrainingOptions options) =>
        $"{samples.Count} rows to train on, {validation?.Count ?? 0} to validate with; features {MessageText.Shorten(schema.FeatureNames)}; "
            + $"target {MessageText.Shorten(schema.TargetNames)}"
            + (schema.Encoding == TargetEncoding.Labels ? " (labels)" : schema.Classes.Count > 0 ? $" (classes {MessageText.Shorten(schema.Classes)})" : "")
            + FormattableString.Invariant(
                $"; {model.ParameterCount} parameters; loss {schema.Loss?.ToString() ?? "of your own"}; {options.Optimizer.Kind} at {options.FirstLearningRate}; {options.Epochs} epochs of {options.BatchesInEpoch(samples.Count)} batches of {options.RowsInBatch(samples.Count)}.");

    /// <summary>Keeps the training's state in a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="interval">Epochs from one checkpoint to the next.</param>
    /// <param name="lossName">The name of the loss.</param>
    /// <param name="resume">Whether to resume from the file.</param>
    /// <param name="force">Whether to replace the checkpoint of another training.</param>
    /// <param name="stopping">Ends the work.</param>
    /// <returns>Whether there was a state to resume from.</returns>
    /// <exception cref="GradException">The file is of another training, is none of this module, or can't be read.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public bool KeepCheckpoints(OutputFile file, int interval, string lossName, bool resume, bool force, CancellationToken stopping)
    {
        var fingerprint = Stoppable.Run(
            () => Persistence.CheckpointFile.Fingerprint(_model, _schema, _samples, _validation, lossName, _options), stopping);
        _checkpointing = new Checkpointing(file, interval, fingerprint);
        if (resume)
        {
            return _checkpointing.Resume(_trainer, _model, stopping);
        }

        _checkpointing.RequireReplaceable(force);
        return false;
    }

    /// <summary>Releases the model.</summary>
    public void Dispose() => _hold.Dispose();

    /// <summary>Trains, and returns results and remarks as they come.</summary>
    public IEnumerable<(EpochResult? Result, string? Remark)> Run(CancellationToken token)
    {
        if (_loss is ScriptBlockLoss script)
        {
            script.StopToken = token;
        }

        foreach (var result in _trainer.Run(token))
        {
            _checkpointing?.EpochDone(_trainer, _model, result, token);
            foreach (var finding in _diagnostics.AfterEpoch(result))
            {
                yield return (null, _remarks.Text(finding));
            }

            yield return (result, null);
            (_loss as ScriptBlockLoss)?.Renew();
        }

        foreach (var finding in _diagnostics.AfterTraining())
        {
            yield return (null, _remarks.Text(finding));
        }
    }

    /// <summary>Why the training ended.</summary>
    public string DescribeEnd() => _trainer.StopReason switch
    {
        StopReason.TargetLoss => "Stopped: the loss reached its target.",
        StopReason.TimeLimit => "Stopped: the time limit is over.",
        StopReason.Patience => $"Stopped: no improvement for {_options.Patience} epochs. The model has its best weights.",
        _ => "All epochs are done.",
    };
}
