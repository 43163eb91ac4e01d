using System.Diagnostics;
using MicroGrad.Data;
using MicroGrad.Networks;

namespace MicroGrad.Training;

/// <summary>
/// The training loop: each batch goes forward and backward through the batched network, followed by a step of the
/// optimizer. It works on a copy of the parameters and writes them to the model at the end of an epoch, so that the model
/// always has the weights of a finished epoch.
/// </summary>
public sealed class Trainer
{
    private readonly Mlp _model;
    private readonly ModelSchema? _schema;
    private readonly Samples _samples;
    private readonly Samples? _validation;
    private readonly Loss _loss;
    private readonly TrainingOptions _options;
    private readonly Learner _learner;
    private readonly Schedule _schedule;
    private readonly BestWeights _best;
    private readonly int _batchSize;
    private readonly NetworkRunner _validator;
    private int _epoch;
    private double _watched = double.PositiveInfinity;

    /// <summary>Prepares a training; the model changes only when the first epoch is done.</summary>
    /// <param name="model">The model to train.</param>
    /// <param name="schema">What the model's inputs and outputs will mean, or null to leave that open.</param>
    /// <param name="samples">The rows.</param>
    /// <param name="loss">What to make small.</param>
    /// <param name="options">Everything else.</param>
    /// <param name="validation">Rows to measure on after each epoch, or null.</param>
    public Trainer(
        Mlp model, ModelSchema? schema, Samples samples, Loss loss, TrainingOptions options, Samples? validation = null)
    {
        options.Validate();
        if (samples.Weights.Length > 0 && samples.Weights.All(weight => weight == 0))
        {
            throw new GradException("InvalidWeight", "Every row has the weight 0, so that there is nothing to learn from. Give some rows a positive weight.");
        }

        _model = model;
        _schema = schema;
        _samples = samples;
        _validation = validation;
        _loss = loss;
        _options = options;
        _best = new BestWeights(options.MinimumImprovement);
        _batchSize = options.RowsInBatch(samples.Count);
        _schedule = new Schedule(
            options.Schedule, options.FirstLearningRate, options.Epochs, options.BatchesInEpoch(samples.Count));
        RequireMemory(model, samples.Count, _batchSize, options.Precision);
        if (validation is not null)
        {
            RequireMemory(validation);
        }

        _learner = Learner.Create(model, samples, loss, options, _batchSize);

        // Validation is in doubles, as later measurements are.
        _validator = new NetworkRunner(model);
    }

    /// <summary>The optimizer that moves the parameters.</summary>
    internal Optimizer Optimizer => _learner.Optimizer;

    /// <summary>Why the training ended by itself, once it has.</summary>
    public StopReason StopReason { get; private set; }

    /// <summary>Trains an epoch for each result taken. Results not asked for are not computed.</summary>
    /// <exception cref="TrainingDivergedException">A loss or weight is no longer finite.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the model has the last finished epoch's weights.</exception>
    public IEnumerable<EpochResult> Run(CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var order = new int[_samples.Count];
        _learner.StopBy(cancellationToken);
        _validator.StopBy(cancellationToken);
        StopReason = ReasonToStop(TimeSpan.Zero);
        while (StopReason == StopReason.None)
        {
            var started = clock.Elapsed;
            PutInOrder(order, _epoch + 1, cancellationToken);
            var result = RunEpoch(_epoch + 1, order, cancellationToken);
            var parameters = _learner.CopyParameters();
            if (_validation is not null)
            {
                result = Validate(result, _validation, parameters, cancellationToken);
            }

            _watched = result.ValidationLoss ?? result.Loss;
            _schedule.EpochDone(_watched);
            _epoch++;
            HandOver(parameters);
            _model.Training = Record(result);
            if (_options.Patience is not null)
            {
                _best.Observe(_watched, parameters);
            }

            var elapsed = clock.Elapsed;
            StopReason = ReasonToStop(elapsed);
            if (StopReason != StopReason.None && _best.Parameters is { } best)
            {
                HandOver(best);
            }

            yield return result with
            {
                Elapsed = elapsed,
                SamplesPerSecond = order.Length / Math.Max((elapsed - started).TotalSeconds, 1e-9),
                Parameters = _options.KeepParameters ? Array.AsReadOnly(parameters) : null,
            };
        }
    }

    /// <summary>What <see cref="Restore"/> needs to go on from the last finished epoch.</summary>
    internal TrainerState CaptureState() => new()
    {
        Epoch = _epoch,
        Parameters = _learner.CopyParameters(),
        StepCount = Optimizer.StepCount,
        OptimizerMemory = Optimizer.CopyMemory(),
        Plateau = _schedule.Plateau,
        BestLoss = _best.Loss,
        BestParameters = _best.Parameters,
        Waited = _best.Waited,
        Training = _model.Training,
    };

    /// <summary>
    /// Continues from the end of an epoch of an earlier training with the same rows and options. A training that had ended
    /// by itself does not continue.
    /// </summary>
    internal void Restore(TrainerState state)
    {
        _epoch = state.Epoch;
        _learner.SetParameters(state.Parameters);
        Optimizer.Restore(state.StepCount, state.OptimizerMemory);
        _schedule.Plateau = state.Plateau;
        _best.Restore(state.BestLoss, state.BestParameters, state.Waited);
        _watched = state.Training is { } record ? record.ValidationLoss ?? record.Loss : double.PositiveInfinity;
        HandOver(ReasonToStop(TimeSpan.Zero) != StopReason.None && state.BestParameters is { } best ? best : state.Parameters);
        _model.Training = state.Training;
    }

    /// <summary>Refuses a batch whose numbers do not fit the memory: the sums, outputs and two copies of gradients of each layer.</summary>
    private static void RequireMemory(Mlp model, int rows, int batchSize, Precision precision)
    {
        var numbersInRow = 2.0 * model.InputCount + model.Layers.Sum(layer => (model.Dropout > 0 ? 6.0 : 4.0) * layer.OutputCount + layer.InputCount);
        var size = precision == Precision.Single ? sizeof(float) : sizeof(double);
        MemoryBudget.Require(
            (long)batchSize * Math.Max(model.InputCount, model.Layers.Max(layer => layer.OutputCount)),
            batchSize * (numbersInRow * size + 3.0 * model.OutputCount * sizeof(double)),
            "BatchTooLarge",
            $"A step over {batchSize} of {rows} rows keeps the numbers of all layers ({string.Join("-", model.Sizes)}), which takes");
    }

    /// <summary>Refuses validation rows whose outputs do not fit the memory.</summary>
    private static void RequireMemory(Samples validation) =>
        MemoryBudget.Require(
            (long)validation.Count * validation.OutputCount,
            (double)sizeof(double) * validation.Count * validation.OutputCount,
            "RowsTooLarge",
            $"The outputs of {validation.Count} rows to validate on, {validation.OutputCount} each, need");

    private void HandOver(double[] parameters)
    {
        _model.SetParameters(parameters);
        _model.Schema = _schema ?? _model.Schema;
    }

    private TrainingRecord Record(EpochResult result) => new()
    {
        Epoch = result.Epoch,
        Rows = _samples.Count,
        ValidationRows = _validation?.Count ?? 0,
        Loss = result.Loss,
        Accuracy = result.Accuracy,
        ValidationLoss = result.ValidationLoss,
        ValidationAccuracy = result.ValidationAccuracy,
        Optimizer = _options.Optimizer.Kind,
        LearningRate = _options.FirstLearningRate,
        BatchSize = _batchSize,
        Seed = _options.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Settings = _options.Describe(),
    };

    private StopReason ReasonToStop(TimeSpan elapsed)
    {
        if (_watched <= _options.TargetLoss && double.IsFinite(_watched))
        {
            return StopReason.TargetLoss;
        }

        if (_best.Waited >= _options.Patience)
        {
            return StopReason.Patience;
        }

        return _epoch >= _options.Epochs ? StopReason.Epochs
            : elapsed >= _options.TimeLimit ? StopReason.TimeLimit
            : StopReason.None;
    }

    /// <summary>
    /// The order of an epoch's rows depends on the seed and the epoch alone: each epoch has a generator seeded by both, so that a
    /// training can go on at any epoch.
    /// </summary>
    private void PutInOrder(int[] order, int epoch, CancellationToken stopping)
    {
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        if (_options.Shuffle && _batchSize < order.Length)
        {
            new PythonRandom((_options.Seed << 32) + epoch).ShuffleInPlace<int>(order, stopping);
        }
    }

    private EpochResult RunEpoch(int epoch, int[] order, CancellationToken cancellationToken)
    {
        double loss = 0, norm = 0;
        int right = 0, steps = 0;
        var rate = _schedule.RateAt(Optimizer.StepCount);
        for (var start = 0; start < order.Length; start += _batchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rows = order.AsSpan(start, Math.Min(_batchSize, order.Length - start));
            _samples.Prefetch(order.AsSpan(start + rows.Length, Math.Min(_batchSize, order.Length - start - rows.Length)));
            var step = _learner.Step(rows, _schedule.RateAt(Optimizer.StepCount));
            if (!double.IsFinite(step.Loss))
            {
                throw new TrainingDivergedException(epoch, rate, step.Loss, _options.Precision);
            }

            loss += step.Loss * rows.Length;
            right += step.Right;
            norm += step.GradientNorm;
            steps++;
        }

        if (!_learner.HasFiniteParameters)
        {
            throw new TrainingDivergedException(epoch, rate, double.NaN, _options.Precision);
        }

        return new EpochResult
        {
            Epoch = epoch,
            Loss = loss / order.Length,
            IsTargetScaled = _schema?.IsTargetScaled == true,
            Accuracy = _loss.Encoding == TargetEncoding.Numbers ? null : ClassDecision.ShareRight(_loss.Encoding, right, order.Length, _samples.OutputCount),
            LearningRate = rate,
            GradientNorm = norm / steps,
            Elapsed = TimeSpan.Zero,
            SamplesPerSecond = 0,
        };
    }

    private EpochResult Validate(EpochResult result, Samples validation, double[] parameters, CancellationToken stopping)
    {
        var outputs = _validator.Outputs(parameters, validation.Inputs);
        return result with
        {
            ValidationLoss = _loss.Of(outputs, validation, stopping),
            ValidationAccuracy = _loss.Encoding == TargetEncoding.Numbers
                ? null
                : ClassDecision.ShareRight(_loss.Encoding, LossBatch.Of(validation, outputs, []).CountRight(), validation.Count, validation.OutputCount),
        };
    }
}
