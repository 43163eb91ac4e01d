using System.Numerics;
using MicroGrad.Data;
using MicroGrad.Networks;
using MicroGrad.Training;

namespace MicroGrad.Inference;

/// <summary>
/// Measures what each column is worth to a model by shuffling it among the rows. All inputs of a column, such as those of
/// its categories, move together. Every draw has its own generator, so that results do not depend on the order of
/// threads.
/// </summary>
public sealed class PermutationImportance
{
    /// <summary>How many draws are taken where nothing else is asked for.</summary>
    public const int UsualRepeats = 10;

    private readonly Mlp _model;
    private readonly ModelSchema _schema;
    private readonly Samples _samples;
    private readonly Loss _loss;
    private readonly (double Loss, double Score) _base;
    private readonly CancellationToken _stopping;

    /// <param name="model">The model.</param>
    /// <param name="schema">What its inputs and outputs mean.</param>
    /// <param name="samples">The rows; at least one.</param>
    /// <param name="stopping">Ends the work, within a draw too.</param>
    /// <exception cref="GradException">The rows do not fit the memory several times (id <c>RowsTooLarge</c>).</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public PermutationImportance(Mlp model, ModelSchema schema, Samples samples, CancellationToken stopping)
    {
        (_model, _schema, _samples, _stopping) = (model, schema, samples, stopping);
        samples.RequireWeight();
        var threads = Environment.ProcessorCount;
        MemoryBudget.Require(
            (long)samples.Count * Math.Max(samples.InputCount, samples.OutputCount),
            (double)sizeof(double) * threads * samples.Count * (samples.InputCount + samples.OutputCount),
            "RowsTooLarge",
            $"Shuffled copies of {samples.Count} rows of {samples.InputCount} inputs with {samples.OutputCount} answers each, one for each of {threads} processors, take");
        _loss = Loss.OfMeasure(schema);
        _base = Measure(samples);
    }

    /// <summary>The importance of each column, in the order of the schema.</summary>
    /// <param name="repeats">How many draws to take the mean of; at least 1.</param>
    /// <param name="seed">Decides the draws.</param>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public IEnumerable<FeatureImportance> Measure(int repeats, BigInteger seed)
    {
        for (var feature = 0; feature < _schema.Features.Count; feature++)
        {
            var rises = new double[repeats];
            var drops = new double[repeats];
            var first = (long)feature * repeats;
            Parallel.For(0, repeats, new ParallelOptions { CancellationToken = _stopping }, repeat =>
            {
                var rows = Enumerable.Range(0, _samples.Count).ToArray();
                new PythonRandom((seed << 32) + first + repeat).ShuffleInPlace<int>(rows, _stopping);
                (rises[repeat], drops[repeat]) = Effect(feature, rows);
            });
            yield return Summarize(feature, rises, drops);
        }
    }

    /// <summary>By how much the loss rises and the score drops where each row gets another row's cell.</summary>
    /// <param name="feature">The place of the column.</param>
    /// <param name="rows">For each row, the row whose cell it gets.</param>
    internal (double LossRise, double ScoreDrop) Effect(int feature, ReadOnlySpan<int> rows)
    {
        var first = _schema.Features.Take(feature).Sum(column => column.Width);
        var width = _schema.Features[feature].Width;
        var shuffled = _samples.WithOwnInputs();
        for (var row = 0; row < rows.Length; row++)
        {
            _samples.InputsAt(rows[row]).Slice(first, width).CopyTo(shuffled.InputsAt(row)[first..]);
        }

        var (loss, score) = Measure(shuffled);
        return (loss - _base.Loss, _base.Score - score);
    }

    /// <summary>The mean of the draws and their deviation.</summary>
    internal FeatureImportance Summarize(int feature, double[] rises, double[] drops) =>
        new(_schema.FeatureNames[feature], rises.Average(), Deviation(rises))
        {
            ScoreDrop = drops.Average(),
            ScoreDropDeviation = Deviation(drops),
        };

    private (double Loss, double Score) Measure(Samples samples)
    {
        var runner = new NetworkRunner(_model);
        runner.StopBy(_stopping);
        var outputs = runner.Outputs(samples.Inputs);
        var loss = _loss.Of(outputs, samples, _stopping);
        var score = _schema.Encoding == TargetEncoding.Numbers
            ? NumberFigures.Of(samples.Targets, outputs, samples.OutputCount, samples.Weights).Average(figures => figures.R2)
            : samples.Weights.Length > 0 ? ShareRight(samples, outputs)
            : ClassDecision.ShareRight(_schema.Encoding, LossBatch.Of(samples, outputs, []).CountRight(), samples.Count, samples.OutputCount);
        return (loss, score);
    }

    /// <summary>The share of decisions that are right, each row by its weight.</summary>
    private double ShareRight(Samples samples, double[] outputs)
    {
        var width = samples.OutputCount;
        var right = 0.0;
        for (var row = 0; row < samples.Count; row++)
        {
            var given = outputs.AsSpan(row * width, width);
            var share = _schema.HasClasses
                ? ClassDecision.ClassOf(_schema.Encoding, given) == samples.ClassAt(row) ? 1 : 0
                : (double)ClassDecision.CountRight(given, samples.TargetsAt(row)) / width;
            right += samples.Weights[row] * share;
        }

        return right / samples.Weights.Sum();
    }

    private static double Deviation(double[] numbers)
    {
        var mean = numbers.Average();
        return Math.Sqrt(numbers.Average(number => (number - mean) * (number - mean)));
    }
}
