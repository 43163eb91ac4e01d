namespace MicroGrad.Inference;

/// <summary>
/// Rows with the score of one class against the rest, in falling order of scores, and the figures that depend on that
/// order. Equal scores are one threshold. Conventions are scikit-learn's.
/// </summary>
public sealed class ScoredRows
{
    // For each threshold, from the highest: the weight of the positive and of the negative rows that score at least as much.
    private readonly List<double> _truePositives = [];
    private readonly List<double> _falsePositives = [];

    // Used again for the next rows: of thousands of classes, each has its own order of all rows.
    private double[] _keys = [];
    private int[] _order = [];

    /// <summary>No rows.</summary>
    internal ScoredRows()
    {
    }

    /// <summary>Takes rows in place of those before.</summary>
    /// <param name="scores">The score of the class for each row: a probability, or any number that grows with it.</param>
    /// <param name="isPositive">Which rows are of the class.</param>
    /// <param name="weights">The weight of each row; empty where all weigh 1.</param>
    internal void Take(ReadOnlySpan<double> scores, ReadOnlySpan<bool> isPositive, ReadOnlySpan<double> weights)
    {
        if (_keys.Length != scores.Length)
        {
            (_keys, _order) = (new double[scores.Length], new int[scores.Length]);
        }

        scores.CopyTo(_keys);
        for (var row = 0; row < _order.Length; row++)
        {
            _order[row] = row;
        }

        Array.Sort(_keys, _order);
        _truePositives.Clear();
        _falsePositives.Clear();
        double positive = 0, negative = 0;
        for (var i = _keys.Length - 1; i >= 0; i--)
        {
            var row = _order[i];
            var weight = weights.IsEmpty ? 1 : weights[row];
            positive += isPositive[row] ? weight : 0;
            negative += isPositive[row] ? 0 : weight;
            if (i == 0 || _keys[i - 1] != _keys[i])
            {
                _truePositives.Add(positive);
                _falsePositives.Add(negative);
            }
        }
    }

    private double Positive => _truePositives.Count == 0 ? 0 : _truePositives[^1];

    private double Negative => _falsePositives.Count == 0 ? 0 : _falsePositives[^1];

    /// <summary>
    /// The area under the ROC curve: the chance that a row of the class scores above one that is not, ties counting half. Null
    /// where all rows are of the class, or none is.
    /// </summary>
    public double? Auc()
    {
        if (Positive == 0 || Negative == 0)
        {
            return null;
        }

        double area = 0, x = 0, y = 0;
        for (var i = 0; i < _truePositives.Count; i++)
        {
            area += (_falsePositives[i] - x) * (_truePositives[i] + y) / 2;
            (x, y) = (_falsePositives[i], _truePositives[i]);
        }

        return area / (Positive * Negative);
    }

    /// <summary>The mean of the precision at each threshold, weighted by the growth of the recall. Null where no row is of the class.</summary>
    public double? AveragePrecision()
    {
        if (Positive == 0)
        {
            return null;
        }

        double sum = 0, before = 0;
        for (var i = 0; i < _truePositives.Count; i++)
        {
            sum += (_truePositives[i] - before) * PrecisionAt(i);
            before = _truePositives[i];
        }

        return sum / Positive;
    }

    /// <summary>
    /// The points of the ROC curve from (0, 0), where no row is taken, to (1, 1), one a threshold. A rate without a row is NaN.
    /// </summary>
    public RocPoint[] Roc()
    {
        var points = new RocPoint[_truePositives.Count + 1];
        points[0] = new RocPoint(0 / Negative, 0 / Positive);
        for (var i = 0; i < _truePositives.Count; i++)
        {
            points[i + 1] = new RocPoint(_falsePositives[i] / Negative, _truePositives[i] / Positive);
        }

        return points;
    }

    /// <summary>
    /// The points of the precision-recall curve by rising threshold, ending at recall 0 and precision 1, where no row is taken.
    /// Empty where no row is of the class.
    /// </summary>
    public PrecisionRecallPoint[] PrecisionRecall()
    {
        if (Positive == 0)
        {
            return [];
        }

        var points = new PrecisionRecallPoint[_truePositives.Count + 1];
        for (var i = 0; i < _truePositives.Count; i++)
        {
            points[_truePositives.Count - 1 - i] = new PrecisionRecallPoint(PrecisionAt(i), _truePositives[i] / Positive);
        }

        points[^1] = new PrecisionRecallPoint(1, 0);
        return points;
    }

    private double PrecisionAt(int index)
    {
        var taken = _truePositives[index] + _falsePositives[index];
        return taken == 0 ? 0 : _truePositives[index] / taken;
    }
}
