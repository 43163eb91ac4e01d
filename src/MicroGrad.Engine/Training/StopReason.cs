namespace MicroGrad.Training;

/// <summary>Why a training ended by itself.</summary>
public enum StopReason
{
    /// <summary>It has not ended.</summary>
    None,

    /// <summary>All epochs are done.</summary>
    Epochs,

    /// <summary>The watched loss reached its target.</summary>
    TargetLoss,

    /// <summary>The time was over.</summary>
    TimeLimit,

    /// <summary>The watched loss had not improved for long enough.</summary>
    Patience,
}
