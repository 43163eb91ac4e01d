using System.Globalization;
using MicroGrad.Data;
using MicroGrad.Inference;

namespace MicroGrad.Training;

/// <summary>
/// Watches a training and says in words what a teacher would: each remark once, with what to try. It changes nothing.
/// </summary>
internal sealed class TrainingDiagnostics(Mlp model, Samples samples, TrainingOptions options)
{
    // A unit counts as dead or saturated by how it answers this many rows at the most.
    private const int ProbedRows = 1000;
    private const int EpochsBeforeJudging = 10;

    // One bad epoch is a spike, which training gets over; this many in a row are not.
    private const int HighEpochs = 3;

    private readonly HashSet<string> _said = [];
    private double _firstLoss = double.NaN;
    private double _firstNorm = double.NaN;
    private double _bestLoss = double.PositiveInfinity;
    private int _epochs;
    private int _highEpochs;

    /// <summary>What the rows alone tell.</summary>
    public static IEnumerable<string> BeforeTraining(ModelSchema schema, Samples samples)
    {
        if (samples.Count < 2)
        {
            yield break;
        }

        double smallest = double.PositiveInfinity, largest = 0;
        string smallName = "", largeName = "";
        var at = 0;
        foreach (var feature in schema.Features)
        {
            if (feature.Categories is null)
            {
                var size = RootMeanSquare(samples, at);
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

        if (largest > 100 * smallest)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"The features are of very different sizes: '{largeName}' is about {largest:G3}, '{smallName}' about {smallest:G3}. The larger drowns the smaller; try -Standardize.");
        }
    }

    /// <summary>What an epoch tells.</summary>
    public IEnumerable<string> AfterEpoch(EpochResult result)
    {
        if (_epochs++ == 0)
        {
            (_firstLoss, _firstNorm) = (result.Loss, result.GradientNorm);
        }

        _bestLoss = Math.Min(_bestLoss, result.Loss);
        _highEpochs = result.Loss > 10 * Math.Max(Math.Abs(_firstLoss), 1e-3) ? _highEpochs + 1 : 0;
        if (_highEpochs == HighEpochs && _said.Add("rate"))
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"In epoch {result.Epoch} the loss is {result.Loss:G3}, far above the {_firstLoss:G3} of the first: the learning rate {result.LearningRate:G3} is too high. Try {result.LearningRate / 10:G3}.");
        }

        if (result.GradientNorm > 1000 && result.GradientNorm > 100 * _firstNorm && _said.Add("gradient"))
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"In epoch {result.Epoch} the gradient's norm is {result.GradientNorm:G3}, from {_firstNorm:G3} in the first: it explodes. Try -ClipNorm 1, or a smaller learning rate.");
        }
    }

    /// <summary>What the whole training tells.</summary>
    public IEnumerable<string> AfterTraining()
    {
        if (_epochs >= EpochsBeforeJudging && _bestLoss > _firstLoss - 0.001 * Math.Abs(_firstLoss))
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"In {_epochs} epochs the loss never fell below its start, {_firstLoss:G3}. Try another learning rate (it was {options.FirstLearningRate:G3}), -Standardize, or a larger network; and see whether the features tell anything of the target.");
        }

        foreach (var remark in ProbeUnits())
        {
            yield return remark;
        }
    }

    private static double RootMeanSquare(Samples samples, int input)
    {
        var sum = 0.0;
        for (var i = input; i < samples.Inputs.Length; i += samples.InputCount)
        {
            sum += samples.Inputs[i] * samples.Inputs[i];
        }

        return Math.Sqrt(sum / samples.Count);
    }

    private IEnumerable<string> ProbeUnits()
    {
        var rows = Math.Min(samples.Count, ProbedRows);
        var hidden = new NetworkRunner(model).LayerOutputs(samples.Inputs.AsSpan(0, rows * samples.InputCount)).Take(model.Layers.Count - 1);
        foreach (var (l, outputs) in hidden.Index())
        {
            var layer = model.Layers[l];
            switch (layer.Activation)
            {
                case Activation.Relu when CountUnits(outputs, layer.OutputCount, rows, y => y == 0, 1) is var dead && 2 * dead >= layer.OutputCount:
                    yield return $"{dead} of {layer.OutputCount} relu units in layer {l + 1} are dead: they answer 0 to every row and can't learn any more. Try a smaller learning rate, or -Activation LeakyRelu.";
                    break;
                case Activation.Tanh when CountUnits(outputs, layer.OutputCount, rows, y => Math.Abs(y) > 0.99, 0.9) is var full && 2 * full >= layer.OutputCount:
                    yield return $"{full} of {layer.OutputCount} tanh units in layer {l + 1} are saturated: nearly all their answers are close to -1 or 1, where the gradient is close to 0. Try -Standardize, or a smaller learning rate.";
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>Units of which at least a share of the answers is of a kind.</summary>
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
