namespace MicroGrad;

/// <summary>What training makes small.</summary>
public enum LossKind
{
    /// <summary>The mean of (output - target)^2 over all outputs of all rows.</summary>
    MeanSquaredError,

    /// <summary>The sum of (output - target)^2 over all outputs of all rows.</summary>
    SumSquaredError,

    /// <summary>The mean of |output - target| over all outputs of all rows.</summary>
    MeanAbsoluteError,

    /// <summary>The mean of Huber's loss: half the square of a difference up to 1, linear beyond.</summary>
    Huber,

    /// <summary>The mean of max(0, 1 - target * output), for targets -1 and 1.</summary>
    Hinge,

    /// <summary>The mean cross entropy of one logit an output, for targets 0 and 1.</summary>
    BinaryCrossEntropy,

    /// <summary>The mean cross entropy of a row's logits, one for each class.</summary>
    CrossEntropy,
}
