using MicroGrad.Persistence;
using MicroGrad.PowerShell.Files;
using MicroGrad.Training;

namespace MicroGrad.PowerShell.Training;

/// <summary>Writes a training's checkpoints to one file, and takes up from it.</summary>
internal sealed class Checkpointing(string path, int interval, string fingerprint)
{
    /// <summary>Takes up from the file, where there is one.</summary>
    /// <returns>Whether there was.</returns>
    public bool Resume(Trainer trainer, Mlp model)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        trainer.Restore(CheckpointFile.Read(InputFile.ReadBytes(path), model.ParameterCount, trainer.Optimizer, fingerprint));
        return true;
    }

    /// <summary>Writes the state after every so many epochs, and at the end.</summary>
    public void EpochDone(Trainer trainer, Mlp model, EpochResult result)
    {
        if (result.Epoch % interval == 0 || trainer.StopReason != StopReason.None)
        {
            OutputFile.WriteWhole(path, CheckpointFile.Write(model, trainer.CaptureState(), fingerprint));
        }
    }
}
