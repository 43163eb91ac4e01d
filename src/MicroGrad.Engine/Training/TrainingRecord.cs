namespace MicroGrad;

/// <summary>The settings and results of a model's last training, kept with the model.</summary>
public sealed record TrainingRecord
{
    /// <summary>Epochs done.</summary>
    public required int Epoch { get; init; }

    /// <summary>Rows trained on.</summary>
    public required int Rows { get; init; }

    /// <summary>Other rows that were validated on after each epoch; 0 where there were none.</summary>
    public int ValidationRows { get; init; }

    /// <summary>The loss of the last epoch, before its updates.</summary>
    public required double Loss { get; init; }

    /// <summary>The accuracy of the last epoch, or null.</summary>
    public double? Accuracy { get; init; }

    /// <summary>The validation loss of the last epoch, or null.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>The validation accuracy of the last epoch, or null.</summary>
    public double? ValidationAccuracy { get; init; }

    /// <summary>The optimizer.</summary>
    public required OptimizerKind Optimizer { get; init; }

    /// <summary>The first learning rate.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Rows in a step.</summary>
    public required int BatchSize { get; init; }

    /// <summary>The seed of the rows' order, in digits.</summary>
    public required string Seed { get; init; }

    /// <summary>Other settings that differ from those of a training without options, in words; else empty.</summary>
    public string Settings { get; init; } = string.Empty;

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(TrainingRecord), PrintMembers);
}
