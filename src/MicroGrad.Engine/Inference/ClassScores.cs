namespace MicroGrad.Inference;

/// <summary>
/// The score of each class for each row: its probability, where the loss makes outputs probabilities, else the output
/// itself.
/// </summary>
internal sealed class ClassScores
{
    private readonly double[][] _scores;
    private readonly int[] _actual;
    private readonly double[] _weights;

    /// <param name="schema">The schema of the model; its target is one of classes.</param>
    /// <param name="outputs">The model's outputs, row by row.</param>
    /// <param name="actual">The place of each row's class.</param>
    /// <param name="weights">The weight of each row; empty where all weigh 1.</param>
    /// <param name="stopping">Asked before each row.</param>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public ClassScores(ModelSchema schema, double[] outputs, int[] actual, double[] weights, CancellationToken stopping)
    {
        (_actual, _weights) = (actual, weights);
        AreProbabilities = OutputProbability.IsGivenBy(schema.Loss);
        var count = schema.Classes.Count;
        _scores = [.. Enumerable.Range(0, count).Select(_ => new double[actual.Length])];
        var width = outputs.Length / actual.Length;
        for (var r = 0; r < actual.Length; r++)
        {
            stopping.ThrowIfCancellationRequested();
            var row = outputs.AsSpan(r * width, width);
            var probabilities = OutputProbability.OfClasses(schema, row);
            for (var i = 0; i < count; i++)
            {
                _scores[i][r] = probabilities?[i] ?? Score(schema, row, i);
            }
        }
    }

    /// <summary>Whether scores are probabilities.</summary>
    public bool AreProbabilities { get; }

    /// <summary>The score of one class in a row of outputs.</summary>
    public static double Score(ModelSchema schema, ReadOnlySpan<double> row, int index) =>
        OutputProbability.OfClass(schema.Loss, row, index) ?? (row.Length > 1 ? row[index] : index == 1 ? row[0] : -row[0]);

    /// <summary>The rows by their scores of one class, against the rest.</summary>
    public ScoredRows Rows(int index) => new(_scores[index], AreOf(index), _weights);

    /// <summary>The Brier score of one class against the rest; null where scores are no probabilities.</summary>
    public double? Brier(int index) =>
        AreProbabilities ? ProbabilityFigures.Brier(_scores[index], AreOf(index), _weights) : null;

    /// <summary>The logarithmic loss over all classes; null where scores are no probabilities.</summary>
    public double? LogLoss() => AreProbabilities
        ? ProbabilityFigures.LogLoss([.. _actual.Select((place, row) => _scores[place][row])], _weights)
        : null;

    /// <summary>Mean probability against actual share for one class; empty where scores are no probabilities.</summary>
    public CalibrationBin[] Calibration(int index) =>
        AreProbabilities ? CalibrationBin.Of(_scores[index], AreOf(index)) : [];

    private bool[] AreOf(int index) => Array.ConvertAll(_actual, place => place == index);
}
