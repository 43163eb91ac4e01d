namespace MicroGrad.Inference;

/// <summary>Answers rows of cells, many at once.</summary>
public interface IPredictor
{
    /// <summary>Takes a row, to be answered together with others. A row that is wrong is not taken.</summary>
    /// <exception cref="GradException">A cell is wrong (ids of <see cref="Data.RowEncoder.Encode"/>).</exception>
    void Add(ReadOnlySpan<object?> cells, long row);

    /// <summary>The answers to the rows taken since the last answers, in order.</summary>
    Prediction[] Predict();

    /// <summary>Explains each answer from now on.</summary>
    /// <param name="baseline">The cells of the row that answers are compared with; empty for the means of the training rows.</param>
    /// <exception cref="GradException">A cell is wrong, or answers can't be explained (ids of <see cref="Data.RowEncoder.Encode"/> and <see cref="Explainer"/>).</exception>
    void Explain(ReadOnlySpan<object?> baseline);
}
