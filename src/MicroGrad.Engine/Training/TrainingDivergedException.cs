namespace MicroGrad;

/// <summary>Training stopped at a loss or a weight that is not finite. The model has its last finite weights.</summary>
public sealed class TrainingDivergedException : GradException
{
    internal TrainingDivergedException(int epoch, double learningRate, double loss, Precision precision = Precision.Double)
        : base(
            "TrainingDiverged",
            FormattableString.Invariant(
                $"The loss became {loss} in epoch {epoch} at a learning rate of {learningRate}. ")
            + (epoch == 1 ? "The model has the weights it started with. " : $"The model keeps the weights of epoch {epoch - 1}. ")
            + (precision == Precision.Single ? "Numbers in single precision end at 3.4E+38: rows or targets that large need double precision. " : "")
            + FormattableString.Invariant($"Try a smaller learning rate, such as {learningRate / 10:G3}."))
    {
        Epoch = epoch;
        LearningRate = learningRate;
    }

    /// <summary>The epoch that was not finished, from 1.</summary>
    public int Epoch { get; }

    /// <summary>The learning rate at that point.</summary>
    public double LearningRate { get; }
}
