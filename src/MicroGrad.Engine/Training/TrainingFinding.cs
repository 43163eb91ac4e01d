namespace MicroGrad.Training;

/// <summary>What a teacher would remark on in a training.</summary>
public enum TrainingFindingKind
{
    /// <summary>The features differ much in size: <c>Column</c> is about <c>Value</c>, <c>OtherColumn</c> about <c>Reference</c>.</summary>
    FeatureSizes,

    /// <summary>The size of the target <c>Column</c>, about <c>Value</c>, is one that first steps do not reach or overshoot.</summary>
    TargetSize,

    /// <summary>The loss <c>Value</c> of an epoch is far above that of the first, <c>Reference</c>.</summary>
    HighLoss,

    /// <summary>The norm <c>Value</c> of an epoch's gradient is far above that of the first, <c>Reference</c>.</summary>
    ExplodingGradient,

    /// <summary>In all epochs the loss never fell below its start, <c>Value</c>.</summary>
    NoProgress,

    /// <summary>The validation loss is <c>Value</c>, which is no finite number.</summary>
    ValidationNotFinite,

    /// <summary><c>Count</c> of <c>Total</c> relu units of a layer give 0 for every row.</summary>
    DeadUnits,

    /// <summary><c>Count</c> of <c>Total</c> tanh units of a layer give nearly -1 or 1 for nearly every row.</summary>
    SaturatedUnits,
}

/// <summary>A finding, and the numbers that its kind names; the others are 0.</summary>
/// <param name="Kind">What was found.</param>
public sealed record TrainingFinding(TrainingFindingKind Kind)
{
    /// <summary>A column; empty where the kind names none.</summary>
    public string Column { get; init; } = string.Empty;

    /// <summary>The column that it is compared with; empty where the kind names none.</summary>
    public string OtherColumn { get; init; } = string.Empty;

    /// <summary>The figure that was found.</summary>
    public double Value { get; init; }

    /// <summary>The figure that it is compared with.</summary>
    public double Reference { get; init; }

    /// <summary>The epoch, from 1; for <see cref="TrainingFindingKind.NoProgress"/>, the last one.</summary>
    public int Epoch { get; init; }

    /// <summary>The learning rate of that epoch; for <see cref="TrainingFindingKind.NoProgress"/>, the first rate.</summary>
    public double LearningRate { get; init; }

    /// <summary>The layer, from 1.</summary>
    public int Layer { get; init; }

    /// <summary>How many units.</summary>
    public int Count { get; init; }

    /// <summary>Of how many units.</summary>
    public int Total { get; init; }
}
