namespace MicroGrad.Inference;

/// <summary>
/// How well predicted classes agree with the actual ones, from the weight of the rows of each actual class (first index)
/// that were predicted as each class (second index). Conventions are scikit-learn's.
/// </summary>
internal sealed class DecisionFigures
{
    private readonly double[] _actual;
    private readonly double[] _decided;
    private readonly double[] _right;
    private readonly double _total;

    // Sums are scaled by a power of two, which is exact, as products of those of tiny weights would be 0.
    private readonly int _exponent;

    /// <param name="count">The number of classes.</param>
    /// <param name="weights">The weight of the rows of a class that were predicted as a class, by the places of the two; 0 where it is not told.</param>
    public DecisionFigures(int count, IReadOnlyDictionary<(int Actual, int Decided), double> weights)
    {
        (_actual, _decided, _right) = (new double[count], new double[count], new double[count]);

        _exponent = weights.Values.DefaultIfEmpty().Max() is > 0 and var largest ? Math.ILogB(largest) : 0;

        // Class by class, so that sums have the same bits whatever the order of the rows.
        foreach (var ((actual, decided), given) in weights.OrderBy(cell => cell.Key))
        {
            var weight = Math.ScaleB(given, -_exponent);
            _actual[actual] += weight;
            _decided[decided] += weight;
            _right[actual] += actual == decided ? weight : 0;
            _total += weight;
        }
    }

    /// <summary>Whether any row is predicted to be of a class, so that its precision is defined.</summary>
    public bool HasPrecision(int place) => _decided[place] > 0;

    /// <summary>Whether any row is of a class, so that its recall is defined.</summary>
    public bool HasRecall(int place) => _actual[place] > 0;

    /// <summary>The fraction of the weight that is decided right.</summary>
    public double Accuracy => _right.Sum() / _total;

    /// <summary>The mean recall of the classes that occur.</summary>
    public double BalancedAccuracy => Classes.Where(i => _actual[i] > 0).Average(Recall);

    /// <summary>
    /// Cohen's kappa: how far the accuracy is above that of chance, 1 at best (Cohen, 1960). NaN where chance alone is
    /// right everywhere.
    /// </summary>
    public double Kappa
    {
        get
        {
            var chance = Classes.Sum(i => _actual[i] * _decided[i]) / (_total * _total);
            return chance == 1 ? double.NaN : (Accuracy - chance) / (1 - chance);
        }
    }

    /// <summary>
    /// Matthews' correlation of actual and decided classes, from -1 to 1; for several classes Gorodkin's form (2004). 0
    /// where all rows are, or are decided to be, of one class.
    /// </summary>
    public double Matthews
    {
        get
        {
            var covariance = _right.Sum() * _total - Classes.Sum(i => _actual[i] * _decided[i]);
            var actual = _total * _total - _actual.Sum(weight => weight * weight);
            var decided = _total * _total - _decided.Sum(weight => weight * weight);
            return actual * decided == 0 ? 0 : covariance / Math.Sqrt(actual * decided);
        }
    }

    /// <summary>The mean over classes, all of one weight.</summary>
    public ClassAverage Macro => new(Classes.Average(Precision), Classes.Average(Recall), Classes.Average(F1));

    /// <summary>The mean over classes, each by the weight of its rows.</summary>
    public ClassAverage Weighted => new(Mean(Precision), Mean(Recall), Mean(F1));

    private IEnumerable<int> Classes => Enumerable.Range(0, _actual.Length);

    /// <summary>The weight of the rows of a class.</summary>
    public double WeightOf(int index) => Math.ScaleB(_actual[index], _exponent);

    /// <summary>Of the rows predicted as the class, the fraction that are of it; 0 where there are none.</summary>
    public double Precision(int index) => _decided[index] == 0 ? 0 : _right[index] / _decided[index];

    /// <summary>Of the rows of the class, the fraction that are predicted as it; 0 where there are none.</summary>
    public double Recall(int index) => _actual[index] == 0 ? 0 : _right[index] / _actual[index];

    /// <summary>The harmonic mean of precision and recall; 0 where both are.</summary>
    public double F1(int index)
    {
        var (precision, recall) = (Precision(index), Recall(index));
        return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }

    private double Mean(Func<int, double> figure) => Classes.Sum(i => _actual[i] * figure(i)) / _total;
}
