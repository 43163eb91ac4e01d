using MicroGrad.Training;

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

    /// <summary>The mean cross entropy of one logit for each output, for targets 0 and 1.</summary>
    BinaryCrossEntropy,

    /// <summary>The mean cross entropy of a row's logits, one for each class.</summary>
    CrossEntropy,

    /// <summary>The mean pinball loss of outputs that mean quantiles of one target.</summary>
    Quantile,
}

/// <summary>The loss behind each name.</summary>
internal static class Losses
{
    /// <summary>The loss of a name.</summary>
    /// <param name="kind">The name.</param>
    /// <param name="quantiles">The quantiles of the outputs, for the loss by quantiles.</param>
    public static Loss Create(this LossKind kind, IReadOnlyList<double>? quantiles = null) => kind switch
    {
        LossKind.MeanSquaredError => new ElementwiseLoss<SquaredError>(),
        LossKind.SumSquaredError => new ElementwiseLoss<SquaredError>(isSum: true),
        LossKind.MeanAbsoluteError => new ElementwiseLoss<AbsoluteError>(),
        LossKind.Huber => new ElementwiseLoss<HuberLoss>(),
        LossKind.Hinge => new ElementwiseLoss<HingeLoss>(TargetEncoding.MinusOneOrOne),
        LossKind.BinaryCrossEntropy => new ElementwiseLoss<BinaryCrossEntropy>(TargetEncoding.ZeroOrOne),
        LossKind.CrossEntropy => new CrossEntropy(),
        LossKind.Quantile => new QuantileLoss(quantiles ?? []),
        _ => throw new GradException(
            "UnknownLoss", $"There is no loss '{kind}'; choose one of {string.Join(", ", Enum.GetNames<LossKind>())}."),
    };
}
