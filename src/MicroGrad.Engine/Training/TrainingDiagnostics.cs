using MicroGrad.Data;
using MicroGrad.Networks;

namespace MicroGrad.Training;

/// <summary>Finds what a teacher would remark on in a training, each finding once. It changes nothing.</summary>
public sealed class TrainingDiagnostics(Mlp model, Samples samples, TrainingOptions options)
{
    // The most rows whose outputs decide whether a unit is dead or saturated.
    private const int ProbedRows = 1000;
    private const int EpochsBeforeJudging = 10;

    // Training recovers from a spike of one epoch, but not from this many in a row.
    private const int HighEpochs = 3;

    // Outputs begin near 1, and steps move them by about the learning rate.
    private const double LargestTarget = 100;
    private const double SmallestTarget = 0.01;

    private readonly HashSet<TrainingFindingKind> _found = [];
    private double _firstLoss = double.NaN;
    private double _firstNorm = double.NaN;
    private double _bestLoss = double.PositiveInfinity;
    private int _epochs;
    private int _highEpochs;

    /// <summary>Findings from the rows alone.</summary>
    public static IEnumerable<TrainingFinding> BeforeTraining(ModelSchema schema, Samples samples)
    {
        if (samples.Count < 2)
        {
            yield break;
        }

        if (FindFeatureSizes(schema, samples) is { } sizes)
        {
            yield return sizes;
        }

        // The right size of targets is unknown for a loss of the user's own.
        for (var t = 0; t < schema.Targets.Count && schema is { Encoding: TargetEncoding.Numbers, Loss: not null }; t++)
        {
            var size = RootMeanSquare(samples.Targets, t, samples.OutputCount);
            if (size is > LargestTarget or (> 0 and < SmallestTarget))
            {
                yield return new(TrainingFindingKind.TargetSize) { Column = schema.Targets[t].Name, Value = size };
            }
        }
    }

    /// <summary>Findings from an epoch.</summary>
    public IEnumerable<TrainingFinding> AfterEpoch(EpochResult result)
    {
        if (_epochs++ == 0)
        {
            (_firstLoss, _firstNorm) = (result.Loss, result.GradientNorm);
        }

        _bestLoss = Math.Min(_bestLoss, result.Loss);
        _highEpochs = result.Loss > 10 * Math.Max(Math.Abs(_firstLoss), 1e-3) ? _highEpochs + 1 : 0;
        if (_highEpochs == HighEpochs && _found.Add(TrainingFindingKind.HighLoss))
        {
            yield return Of(TrainingFindingKind.HighLoss, result.Loss, _firstLoss);
        }

        if (result.GradientNorm > 1000 && result.GradientNorm > 100 * _firstNorm && _found.Add(TrainingFindingKind.ExplodingGradient))
        {
            yield return Of(TrainingFindingKind.ExplodingGradient, result.GradientNorm, _firstNorm);
        }

        if (result.ValidationLoss is { } validation && !double.IsFinite(validation) && _found.Add(TrainingFindingKind.ValidationNotFinite))
        {
            yield return Of(TrainingFindingKind.ValidationNotFinite, validation, 0);
        }

        TrainingFinding Of(TrainingFindingKind kind, double value, double reference) =>
            new(kind) { Value = value, Reference = reference, Epoch = result.Epoch, LearningRate = result.LearningRate };
    }

    /// <summary>Findings from the whole training.</summary>
    public IEnumerable<TrainingFinding> AfterTraining()
    {
        if (_epochs >= EpochsBeforeJudging && _bestLoss > _firstLoss - 0.001 * Math.Abs(_firstLoss))
        {
            yield return new(TrainingFindingKind.NoProgress) { Value = _firstLoss, Epoch = _epochs, LearningRate = options.FirstLearningRate };
        }

        foreach (var finding in ProbeUnits())
        {
            yield return finding;
        }
    }

    private static TrainingFinding? FindFeatureSizes(ModelSchema schema, Samples samples)
    {
        double smallest = double.PositiveInfinity, largest = 0;
        string smallName = "", largeName = "";
        var at = 0;
        foreach (var feature in schema.Features)
        {
            if (feature.Categories is null)
            {
                var size = RootMeanSquare(samples.Inputs, at, samples.InputCount);
                if (size > largest)
                {
                    (largest, largeName) = (size, feature.Name);
                }

                if (size > 0 && size < smallest)
                {
                    (smallest, smallName) = (size, feature.Name);
                }
            }

            at += feature.Width;
        }

        return largest > 100 * smallest
            ? new(TrainingFindingKind.FeatureSizes) { Column = largeName, Value = largest, OtherColumn = smallName, Reference = smallest }
            : null;
    }

    private static double RootMeanSquare(double[] numbers, int column, int width)
    {
        var sum = 0.0;
        for (var i = column; i < numbers.Length; i += width)
        {
            sum += numbers[i] * numbers[i];
        }

        return double.IsFinite(sum * width)
            ? Math.Sqrt(sum * width / numbers.Length)
            : Averages.RootMeanSquare([.. Enumerable.Range(0, numbers.Length / width).Select(row => numbers[(row * width) + column])]);
    }

    private IEnumerable<TrainingFinding> ProbeUnits()
    {
        var rows = Math.Min(samples.Count, ProbedRows);
        var hidden = new NetworkRunner(model).LayerOutputs(samples.Inputs.AsSpan(0, rows * samples.InputCount)).Take(model.Layers.Count - 1);
        foreach (var (l, outputs) in hidden.Index())
        {
            var layer = model.Layers[l];
            var (kind, count) = layer.Activation switch
            {
                Activation.Relu => (TrainingFindingKind.DeadUnits, CountUnits(outputs, layer.OutputCount, rows, y => y == 0, 1)),
                Activation.Tanh => (TrainingFindingKind.SaturatedUnits, CountUnits(outputs, layer.OutputCount, rows, y => Math.Abs(y) > 0.99, 0.9)),
                _ => (default, 0),
            };
            if (count > 0 && 2 * count >= layer.OutputCount)
            {
                yield return new(kind) { Layer = l + 1, Count = count, Total = layer.OutputCount };
            }
        }
    }

    /// <summary>The number of units with at least a share of outputs that fulfil a condition.</summary>
    private static int CountUnits(double[] outputs, int units, int rows, Predicate<double> isOfKind, double share)
    {
        var count = 0;
        for (var unit = 0; unit < units; unit++)
        {
            var hits = 0;
            for (var i = unit; i < rows * units; i += units)
            {
                hits += isOfKind(outputs[i]) ? 1 : 0;
            }

            count += hits >= share * rows ? 1 : 0;
        }

        return count;
    }
}
