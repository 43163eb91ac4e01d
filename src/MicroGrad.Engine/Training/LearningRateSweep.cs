using MicroGrad.Data;

namespace MicroGrad.Training;

/// <summary>
/// Trains a copy of a model for some steps, each at a higher learning rate, to see at which the loss falls fastest and at
/// which it no longer does (the range test of Smith, 2017). The model stays as it is.
/// </summary>
public sealed class LearningRateSweep
{
    // The share of the past in the running mean.
    private const double Memory = 0.9;

    // The sweep ends where the loss exceeds the lowest by this factor.
    private const double Diverged = 4;

    private readonly Mlp _model;
    private readonly Samples _samples;
    private readonly Loss _loss;
    private readonly TrainingOptions _options;

    /// <param name="model">The model to start from.</param>
    /// <param name="samples">The rows.</param>
    /// <param name="loss">What to make small.</param>
    /// <param name="options">How to train; schedule and epochs have no effect.</param>
    public LearningRateSweep(Mlp model, Samples samples, Loss loss, TrainingOptions options)
    {
        options.Validate();
        (_model, _samples, _loss, _options) = (model, samples, loss, options);
    }

    /// <summary>
    /// The steps, their rates in even ratios from the first to the last, or until the loss diverges; one is suggested.
    /// </summary>
    /// <param name="first">The first rate, above 0.</param>
    /// <param name="last">The last rate, above the first.</param>
    /// <param name="steps">How many steps; at least 10.</param>
    /// <param name="stopping">Ends the work, within a step too.</param>
    /// <exception cref="GradException">The range is empty (ids <c>InvalidLearningRate</c>, <c>InvalidStep</c>).</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public LearningRatePoint[] Run(double first, double last, int steps, CancellationToken stopping)
    {
        GradientStep.CheckLearningRate(first);
        GradientStep.CheckLearningRate(last);
        Options.Require(last > first, "InvalidLearningRate", "last learning rate", last, FormattableString.Invariant($"more than the first, {first}"));
        Options.Require(steps >= 10, "InvalidStep", "number of steps", steps, "at least 10");

        var points = new List<LearningRatePoint>();
        var learner = Learner.Create(_model, _samples, _loss, _options, _options.RowsInBatch(_samples.Count));
        learner.StopBy(stopping);
        double mean = 0, lowest = double.PositiveInfinity;
        foreach (var (index, rows) in Batches(stopping).Take(steps).Index())
        {
            stopping.ThrowIfCancellationRequested();
            var rate = first * Math.Pow(last / first, index / (steps - 1.0));
            var loss = learner.Step(rows, rate).Loss;
            mean = Memory * mean + (1 - Memory) * loss;
            var smoothed = mean / (1 - Math.Pow(Memory, index + 1));
            if (!double.IsFinite(smoothed) || smoothed > Diverged * Math.Max(lowest, 0) && index > 0)
            {
                break;
            }

            lowest = Math.Min(lowest, smoothed);
            points.Add(new LearningRatePoint(index + 1, rate, loss, smoothed));
        }

        if (SteepestOf(points) is { } steepest)
        {
            points[steepest] = points[steepest] with { IsSuggested = true };
        }

        return [.. points];
    }

    /// <summary>
    /// The beginning of the fifth of the steps over which the smoothed loss falls most: higher rates still work, but are no
    /// longer safe. Null where the loss never falls.
    /// </summary>
    private static int? SteepestOf(List<LearningRatePoint> points)
    {
        int? steepest = null;
        double most = 0;
        var reach = Math.Max(1, points.Count / 10);
        for (var i = reach; i < points.Count - reach; i++)
        {
            var fall = points[i - reach].SmoothedLoss - points[i + reach].SmoothedLoss;
            if (fall > most)
            {
                (steepest, most) = (i - reach, fall);
            }
        }

        return steepest;
    }

    /// <summary>Batches without end. Each pass over the rows has its own order, as in a training.</summary>
    private IEnumerable<int[]> Batches(CancellationToken stopping)
    {
        var size = _options.RowsInBatch(_samples.Count);
        for (var epoch = 1; ; epoch++)
        {
            var order = Enumerable.Range(0, _samples.Count).ToArray();
            if (_options.Shuffle)
            {
                new PythonRandom((_options.Seed << 32) + epoch).ShuffleInPlace<int>(order, stopping);
            }

            foreach (var rows in order.Chunk(size))
            {
                yield return rows;
            }
        }
    }
}
