namespace MicroGrad;

/// <summary>One column that a model predicts. A number that training scaled comes back as scale × output + mean.</summary>
/// <param name="Name">The column's name.</param>
public sealed record PredictedColumn(string Name)
{
    /// <summary>What was subtracted from the target's numbers: their mean over the training rows where the model standardizes, else 0.</summary>
    public double Mean { get; init; }

    /// <summary>What the target's numbers were then divided by: their standard deviation over the training rows, else 1.</summary>
    public double Scale { get; init; } = 1;

    /// <inheritdoc/>
    public override string ToString() => RecordText.Of(nameof(PredictedColumn), PrintMembers);

    /// <summary>Whether a label's cells were truth values, as its answers are then.</summary>
    internal bool IsBoolean { get; init; }

    internal bool IsScaled => Mean != 0 || Scale != 1;

    internal double Encode(double number) => (number - Mean) / Scale;
}
