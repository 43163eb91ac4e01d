namespace MicroGrad.Training;

/// <summary>
/// The state of a training at the end of an epoch, besides its rows and options: resuming from it gives the same bits as
/// never having stopped. The order of rows is not in it, since that depends on the seed and the epoch alone.
/// </summary>
internal sealed record TrainerState
{
    /// <summary>Epochs done.</summary>
    public required int Epoch { get; init; }

    public required double[] Parameters { get; init; }

    public required long StepCount { get; init; }

    /// <summary>What the optimizer remembers.</summary>
    public required double[][] OptimizerMemory { get; init; }

    public required PlateauState Plateau { get; init; }

    /// <summary>The best watched loss, or infinity without a patience.</summary>
    public required double BestLoss { get; init; }

    public required double[]? BestParameters { get; init; }

    /// <summary>Epochs since then.</summary>
    public required int Waited { get; init; }

    /// <summary>The result of the last epoch, or null before the first.</summary>
    public required TrainingRecord? Training { get; init; }
}
