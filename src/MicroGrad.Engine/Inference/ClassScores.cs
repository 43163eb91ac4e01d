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

    /// <param name="schema">The schema of the model; its target is one of classes.</param>
    /// <param name="outputs">The model's outputs, row by row. Where each class has one, they become probabilities in their place.</param>
    /// <param name="actual">The place of each row's class.</param>
    /// <param name="weights">The weight of each row; empty where all weigh 1.</param>
    /// <param name="stopping">Asked before each row.</param>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public ClassScores(ModelSchema schema, double[] outputs, int[] actual, double[] weights, CancellationToken stopping)
        : this(actual.Length, weights)
    {
        AreProbabilities = OutputProbability.IsGivenBy(schema.Loss);
        Shown = schema.Classes.Count == 2 ? [1] : [.. Enumerable.Range(0, schema.Classes.Count)];
        var width = outputs.Length / actual.Length;
        _isOf = (row, index) => actual[row] == index;
        if (width == 1)
        {
            _scoreAt = (row, index) => Of(schema, outputs.AsSpan(row, 1))[index];
            return;
        }

        _scoreAt = (row, index) => outputs[row * width + index];
        for (var row = 0; AreProbabilities && row < actual.Length; row++)
        {
            stopping.ThrowIfCancellationRequested();
            OutputProbability.Normalize(outputs.AsSpan(row * width, width));
        }
    }

    private ClassScores(Samples samples, double[] outputs)
        : this(samples.Count, samples.Weights)
    {
        AreProbabilities = true;
        Shown = [.. Enumerable.Range(0, samples.OutputCount)];
        _scoreAt = (row, label) => OutputProbability.OfLabel(outputs[row * samples.OutputCount + label]);
        _isOf = (row, label) => samples.TargetsAt(row)[label] > 0;
    }

    private ClassScores(int rows, double[] weights)
    {
        (_weights, _scores, _isOfClass) = (weights, new double[rows], new bool[rows]);
        (_scoreAt, _isOf, Shown) = ((_, _) => 0, (_, _) => false, []);
    }

    /// <summary>The scores of labels: their probabilities.</summary>
    /// <param name="samples">The rows, whose targets are labels.</param>
    /// <param name="outputs">The model's outputs, row by row.</param>
    public static ClassScores OfLabels(Samples samples, double[] outputs) => new(samples, outputs);

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
