namespace MicroGrad.Training;

/// <summary>The loss behind each name.</summary>
internal static class Losses
{
    public static Loss Create(this LossKind kind) => kind switch
    {
        LossKind.MeanSquaredError => new SquaredError(isSum: false),
        LossKind.SumSquaredError => new SquaredError(isSum: true),
        LossKind.MeanAbsoluteError => new AbsoluteError(),
        LossKind.Huber => new HuberLoss(),
        LossKind.Hinge => new HingeLoss(),
        LossKind.BinaryCrossEntropy => new BinaryCrossEntropy(),
        LossKind.CrossEntropy => new CrossEntropy(),
        _ => throw new GradException(
            "UnknownLoss", $"There is no loss '{kind}'; choose one of {string.Join(", ", Enum.GetNames<LossKind>())}."),
    };
}
