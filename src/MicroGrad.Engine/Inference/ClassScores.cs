using MicroGrad.Data;

namespace MicroGrad.Inference;

/// <summary>
/// The score of each class, or of each label, for each row: its probability, where the loss makes outputs probabilities, else the
/// output itself.
/// </summary>
public sealed class ClassScores
{
    private readonly Func<int, int, double> _scoreAt;
    private readonly Func<int, int, bool> _isOf;
    private readonly double[] _weights;

    // Of one class at a time: those of all classes would take as much memory as the outputs.
    private readonly double[] _scores;
    private readonly bool[] _isOfClass;
    private readonly ScoredRows _rows = new();

    private ClassScores(
        int rows, double[] weights, IReadOnlyList<int> shown, bool areProbabilities, Func<int, int, double> scoreAt, Func<int, int, bool> isOf)
    {
        (_weights, Shown, AreProbabilities, _scoreAt, _isOf) = (weights, shown, areProbabilities, scoreAt, isOf);
        (_scores, _isOfClass) = (new double[rows], new bool[rows]);
    }

    /// <summary>The scores of classes.</summary>
    /// <param name="schema">The schema of the model; its target is one of classes.</param>
    /// <param name="outputs">The model's outputs, row by row. Where each class has one, they become probabilities in their place.</param>
    /// <param name="actual">The place of each row's class.</param>
    /// <param name="weights">The weight of each row; empty where all weigh 1.</param>
    /// <param name="stopping">Asked before each row.</param>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static ClassScores OfClasses(ModelSchema schema, double[] outputs, int[] actual, double[] weights, CancellationToken stopping)
    {
        var width = outputs.Length / actual.Length;
        var areProbabilities = OutputProbability.IsGivenBy(schema.Loss);
        for (var row = 0; areProbabilities && width > 1 && row < actual.Length; row++)
        {
            stopping.ThrowIfCancellationRequested();
            OutputProbability.Normalize(outputs.AsSpan(row * width, width));
        }

        return new ClassScores(
            actual.Length,
            weights,
            schema.Classes.Count == 2 ? [1] : [.. Enumerable.Range(0, schema.Classes.Count)],
            areProbabilities,
            width > 1 ? (row, index) => outputs[row * width + index] : (row, index) => Of(schema, outputs.AsSpan(row, 1))[index],
            (row, index) => actual[row] == index);
    }

    /// <summary>The scores of labels: their probabilities.</summary>
    /// <param name="samples">The rows, whose targets are labels.</param>
    /// <param name="outputs">The model's outputs, row by row.</param>
    public static ClassScores OfLabels(Samples samples, double[] outputs) => new(
        samples.Count,
        samples.Weights,
        [.. Enumerable.Range(0, samples.OutputCount)],
        areProbabilities: true,
        (row, label) => OutputProbability.OfLabel(outputs[row * samples.OutputCount + label]),
        (row, label) => samples.TargetsAt(row)[label] > 0);

    /// <summary>The places that are enough: of two classes only the second, as the first is the rest.</summary>
    public IReadOnlyList<int> Shown { get; }

    /// <summary>Whether scores are probabilities.</summary>
    public bool AreProbabilities { get; }

    /// <summary>The score of each class or label in a row of outputs.</summary>
    internal static double[] Of(ModelSchema schema, ReadOnlySpan<double> row) =>
        schema.Encoding == TargetEncoding.Labels ? Array.ConvertAll(row.ToArray(), OutputProbability.OfLabel)
        : OutputProbability.OfClasses(schema.Loss, row) ?? (row.Length > 1 ? row.ToArray() : [-row[0], row[0]]);

    /// <summary>The rows by their scores of one class, against the rest; valid until the next call.</summary>
    public ScoredRows Rows(int index)
    {
        _rows.Take(Take(index), _isOfClass, _weights);
        return _rows;
    }

    /// <summary>The Brier score of one class against the rest; null where scores are no probabilities.</summary>
    public double? Brier(int index) =>
        AreProbabilities ? ProbabilityFigures.Brier(Take(index), _isOfClass, _weights) : null;

    /// <summary>The logarithmic loss over all classes; null where scores are no probabilities.</summary>
    /// <param name="actual">The place of each row's class.</param>
    internal double? LogLoss(int[] actual) => AreProbabilities
        ? ProbabilityFigures.LogLoss([.. actual.Select((place, row) => _scoreAt(row, place))], _weights)
        : null;

    /// <summary>The logarithmic loss of one label, whose scores are probabilities.</summary>
    internal double LogLossOf(int index) =>
        ProbabilityFigures.LogLoss([.. Take(index).Zip(_isOfClass, (p, isOf) => isOf ? p : 1 - p)], _weights);

    /// <summary>Mean probability against actual share for one class; empty where scores are no probabilities.</summary>
    public CalibrationBin[] Calibration(int index) =>
        AreProbabilities ? CalibrationBin.Of(Take(index), _isOfClass, _weights) : [];

    /// <summary>The scores of a class for all rows; beside them, which rows are of it.</summary>
    private double[] Take(int index)
    {
        for (var row = 0; row < _scores.Length; row++)
        {
            (_scores[row], _isOfClass[row]) = (_scoreAt(row, index), _isOf(row, index));
        }

        return _scores;
    }
}
