using System.Diagnostics;
using MicroGrad.Data;
using MicroGrad.Kernels;
using MicroGrad.Random;

namespace MicroGrad.Training;

/// <summary>
/// The loop: batches forward and backward through the batched network, a step of the optimizer each. It works on a copy
/// of the parameters and hands them to the model when an epoch is done, so that the model always has the weights of a
/// finished epoch, whatever ends the training.
/// </summary>
internal sealed class Trainer
{
    private readonly Mlp _model;
    private readonly ModelSchema? _schema;
    private readonly Samples _samples;
    private readonly Loss _loss;
    private readonly TrainingOptions _options;
    private readonly Optimizer _optimizer;
    private readonly Schedule _schedule;
    private readonly int _batchSize;
    private readonly BatchedNetwork _network;
    private readonly double[] _parameters;
    private readonly double[] _gradients;
    private readonly double[] _outputGradients;
    private readonly Samples _batch;

    /// <summary>Prepares a training; nothing of the model changes before its first epoch is done.</summary>
    /// <param name="model">The model to train.</param>
    /// <param name="schema">What the model's inputs and outputs will mean, or null to leave that open.</param>
    /// <param name="samples">The rows.</param>
    /// <param name="loss">What to make small.</param>
    /// <param name="options">Everything else.</param>
    public Trainer(Mlp model, ModelSchema? schema, Samples samples, Loss loss, TrainingOptions options)
    {
        options.Validate();
        _model = model;
        _schema = schema;
        _samples = samples;
        _loss = loss;
        _options = options;
        _optimizer = options.Optimizer.Create(model.ParameterCount);
        _batchSize = options.BatchSize == 0 ? samples.Count : Math.Min(options.BatchSize, samples.Count);
        _schedule = new Schedule(
            options.Schedule, options.FirstLearningRate, options.Epochs, (samples.Count + _batchSize - 1) / _batchSize);
        _network = new BatchedNetwork(model, _batchSize);
        _parameters = model.CopyParameters();
        _gradients = new double[_parameters.Length];
        _outputGradients = new double[_batchSize * samples.OutputCount];
        _batch = new Samples(_batchSize, samples.InputCount, samples.OutputCount);
    }

    /// <summary>Trains an epoch for each result taken. Results not asked for are not computed.</summary>
    /// <exception cref="TrainingDivergedException">A loss or weight is no longer finite.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the model has the last finished epoch's weights.</exception>
    public IEnumerable<EpochResult> Run(CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var order = new int[_samples.Count];
        for (var epoch = 1; epoch <= _options.Epochs; epoch++)
        {
            var started = clock.Elapsed;
            PutInOrder(order, epoch);
            var result = RunEpoch(epoch, order, cancellationToken);
            _schedule.EpochDone(result.Loss);
            _model.SetParameters(_parameters);
            _model.Schema = _schema ?? _model.Schema;
            var elapsed = clock.Elapsed;
            yield return result with
            {
                Elapsed = elapsed,
                SamplesPerSecond = order.Length / Math.Max((elapsed - started).TotalSeconds, 1e-9),
            };
        }
    }

    /// <summary>
    /// The order of an epoch's rows depends on the seed and the epoch alone: a generator each, seeded by both, so that a
    /// training can go on at any epoch.
    /// </summary>
    private void PutInOrder(int[] order, int epoch)
    {
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        if (_options.Shuffle && _batchSize < order.Length)
        {
            new PythonRandom((_options.Seed << 32) + epoch).ShuffleInPlace<int>(order);
        }
    }

    private EpochResult RunEpoch(int epoch, int[] order, CancellationToken cancellationToken)
    {
        double loss = 0, norm = 0;
        int right = 0, steps = 0;
        var rate = _schedule.RateAt(_optimizer.StepCount);
        for (var start = 0; start < order.Length; start += _batchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rows = order.AsSpan(start, Math.Min(_batchSize, order.Length - start));
            var step = RunStep(rows);
            if (!double.IsFinite(step.Loss))
            {
                throw new TrainingDivergedException(epoch, rate, step.Loss);
            }

            loss += step.Loss * rows.Length;
            right += step.Right;
            norm += step.GradientNorm;
            steps++;
        }

        if (!VectorMath.AllFinite(_parameters))
        {
            throw new TrainingDivergedException(epoch, rate, double.NaN);
        }

        return new EpochResult
        {
            Epoch = epoch,
            Loss = loss / order.Length,
            Accuracy = _loss.Encoding == TargetEncoding.Numbers ? null : (double)right / order.Length,
            LearningRate = rate,
            GradientNorm = norm / steps,
            Elapsed = TimeSpan.Zero,
            SamplesPerSecond = 0,
        };
    }

    private (double Loss, int Right, double GradientNorm) RunStep(ReadOnlySpan<int> rows)
    {
        for (var r = 0; r < rows.Length; r++)
        {
            _samples.InputsAt(rows[r]).CopyTo(_batch.InputsAt(r));
            _samples.TargetsAt(rows[r]).CopyTo(_batch.TargetsAt(r));
        }

        var count = rows.Length * _samples.OutputCount;
        var targets = _batch.Targets.AsSpan(0, count);
        var outputs = _network.Forward(_parameters, _batch.Inputs, rows.Length);
        var right = _loss.Encoding == TargetEncoding.Numbers
            ? 0
            : Decisions.CountRight(_loss.Encoding, outputs, targets, _samples.OutputCount);
        var loss = _loss.Batch(outputs, targets, [], _samples.OutputCount, _outputGradients.AsSpan(0, count));

        Array.Clear(_gradients);
        _network.Backward(_parameters, _batch.Inputs, _outputGradients.AsSpan(0, count), rows.Length, _gradients);
        if (_options.L2 != 0)
        {
            loss += _options.L2 * VectorMath.SumOfSquares(_parameters);
            VectorMath.AddScaled(2 * _options.L2, _parameters, _gradients);
        }

        var norm = Math.Sqrt(VectorMath.SumOfSquares(_gradients));
        _optimizer.Step(_parameters, _gradients, _schedule.RateAt(_optimizer.StepCount));
        return (loss, right, norm);
    }
}
