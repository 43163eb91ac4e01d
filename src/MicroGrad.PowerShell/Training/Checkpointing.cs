using MicroGrad.Persistence;
using MicroGrad.PowerShell.Files;
using MicroGrad.Training;

namespace MicroGrad.PowerShell.Training;

/// <summary>Writes a training's checkpoints to one file, and takes up from it.</summary>
internal sealed class Checkpointing(OutputFile file, int interval, string fingerprint)
{
    /// <summary>Takes up from the file, where there is one.</summary>
    /// <returns>Whether there was.</returns>
    public bool Resume(Trainer trainer, Mlp model)
    {
        if (!File.Exists(file.FullPath))
        {
            return false;
        }

        var content = InputFile.ReadBytes(file.FullPath, _ => { }, CancellationToken.None);
        trainer.Restore(CheckpointFile.Read(content, model.ParameterCount, trainer.Optimizer, fingerprint));
        return true;
    }

    /// <summary>Writes the state after every so many epochs, and at the end.</summary>
    public void EpochDone(Trainer trainer, Mlp model, EpochResult result)
    {
        if (result.Epoch % interval == 0 || trainer.StopReason != StopReason.None)
        {
            file.Write(CheckpointFile.Write(model, trainer.CaptureState(), fingerprint));
        }
    }
}
