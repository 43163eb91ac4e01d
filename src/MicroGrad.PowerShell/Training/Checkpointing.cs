using MicroGrad.Persistence;
using MicroGrad.PowerShell.Files;
using MicroGrad.PowerShell.Host;
using MicroGrad.Training;

namespace MicroGrad.PowerShell.Training;

/// <summary>Writes a training's checkpoints to one file, and resumes from it.</summary>
internal sealed class Checkpointing(OutputFile file, int interval, string fingerprint)
{
    /// <summary>Resumes from the file, where there is one.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Resume(Trainer trainer, Mlp model, CancellationToken stop)
    {
        if (!File.Exists(file.Target))
        {
            return false;
        }

        var content = InputFile.ReadBytes(file.Target, FileBeginning.CheckJson, stop);
        CheckpointFile.Resume(content, model, trainer, fingerprint);
        return true;
    }

    /// <summary>Refuses a file that must not be replaced. An earlier checkpoint of this training may be replaced, and an empty file.</summary>
    /// <param name="force">Whether that of another training may be replaced too.</param>
    /// <exception cref="GradException">
    /// The file is no checkpoint, or that of another training (ids <c>NotACheckpoint</c>, <c>CheckpointExists</c>).
    /// </exception>
    public void RequireReplaceable(bool force)
    {
        if (!File.Exists(file.Target) || InputFile.ReadBeginning(file.Target) is not { Length: > 0 } beginning)
        {
            return;
        }

        switch (CheckpointFile.FingerprintIn(beginning))
        {
            case null:
                throw new GradException("NotACheckpoint", $"'{file.FullPath}' exists, and is no checkpoint of a training.");
            case var other when other != fingerprint && !force:
                throw new GradException("CheckpointExists", $"'{file.FullPath}' is the checkpoint of another training: of other rows, another network or other options.");
            default:
                return;
        }
    }

    /// <summary>Writes the state after every so many epochs, and at the end.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the file has its earlier state.</exception>
    public void EpochDone(Trainer trainer, Mlp model, EpochResult result, CancellationToken stop)
    {
        if (result.Epoch % interval == 0 || trainer.StopReason != StopReason.None)
        {
            file.Write(Stoppable.Run(() => CheckpointFile.Write(model, trainer, fingerprint), stop), stop);
        }
    }
}
