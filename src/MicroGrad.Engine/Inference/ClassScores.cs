using MicroGrad.Data;
using MicroGrad.Operations;

namespace MicroGrad.Inference;

/// <summary>
/// The score of each class, or of each label, for each row: its probability, where the loss makes outputs probabilities, else the
/// output itself.
/// </summary>
internal sealed class ClassScores
{
    private readonly double[][] _scores;
    private readonly bool[][] _isOf;
    private readonly double[] _weights;

    /// <param name="schema">The schema of the model; its target is one of classes.</param>
    /// <param name="outputs">The model's outputs, row by row.</param>
    /// <param name="actual">The place of each row's class.</param>
    /// <param name="weights">The weight of each row; empty where all weigh 1.</param>
    /// <param name="stopping">Asked before each row.</param>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public ClassScores(ModelSchema schema, double[] outputs, int[] actual, double[] weights, CancellationToken stopping)
    {
        _weights = weights;
        AreProbabilities = OutputProbability.IsGivenBy(schema.Loss);
        var count = schema.Classes.Count;
        _scores = [.. Enumerable.Range(0, count).Select(_ => new double[actual.Length])];
        _isOf = [.. Enumerable.Range(0, count).Select(i => Array.ConvertAll(actual, place => place == i))];
        Shown = count == 2 ? [1] : [.. Enumerable.Range(0, count)];
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

    private ClassScores(double[][] scores, bool[][] isOf, double[] weights)
    {
        (_scores, _isOf, _weights, AreProbabilities) = (scores, isOf, weights, true);
        Shown = [.. Enumerable.Range(0, scores.Length)];
    }

    /// <summary>The scores of labels: their probabilities.</summary>
    /// <param name="samples">The rows, whose targets are labels.</param>
    /// <param name="outputs">The model's outputs, row by row.</param>
    public static ClassScores OfLabels(Samples samples, double[] outputs)
    {
        var (count, rows) = (samples.OutputCount, Enumerable.Range(0, samples.Count).ToArray());
        return new ClassScores(
            [.. Enumerable.Range(0, count).Select(l => Array.ConvertAll(rows, r => Sigmoid.Of(outputs[r * count + l])))],
            [.. Enumerable.Range(0, count).Select(l => Array.ConvertAll(rows, r => samples.TargetsAt(r)[l] > 0))],
            samples.Weights);
    }

    /// <summary>The places that are enough: of two classes only the second, as the first is the rest.</summary>
    public IReadOnlyList<int> Shown { get; }

    /// <summary>Whether scores are probabilities.</summary>
    public bool AreProbabilities { get; }

    /// <summary>The score of one class in a row of outputs.</summary>
    public static double Score(ModelSchema schema, ReadOnlySpan<double> row, int index) =>
        OutputProbability.OfClass(schema.Loss, row, index) ?? (row.Length > 1 ? row[index] : index == 1 ? row[0] : -row[0]);

    /// <summary>The rows by their scores of one class, against the rest.</summary>
    public ScoredRows Rows(int index) => new(_scores[index], _isOf[index], _weights);

    /// <summary>The Brier score of one class against the rest; null where scores are no probabilities.</summary>
    public double? Brier(int index) =>
        AreProbabilities ? ProbabilityFigures.Brier(_scores[index], _isOf[index], _weights) : null;

    /// <summary>The logarithmic loss over all classes; null where scores are no probabilities.</summary>
    /// <param name="actual">The place of each row's class.</param>
    public double? LogLoss(int[] actual) => AreProbabilities
        ? ProbabilityFigures.LogLoss([.. actual.Select((place, row) => _scores[place][row])], _weights)
        : null;

    /// <summary>The logarithmic loss of one label, whose scores are probabilities.</summary>
    public double LogLossOf(int index) =>
        ProbabilityFigures.LogLoss([.. _scores[index].Zip(_isOf[index], (p, isOf) => isOf ? p : 1 - p)], _weights);

    /// <summary>Mean probability against actual share for one class; empty where scores are no probabilities.</summary>
    public CalibrationBin[] Calibration(int index) =>
        AreProbabilities ? CalibrationBin.Of(_scores[index], _isOf[index]) : [];
}
