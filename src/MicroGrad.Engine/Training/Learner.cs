using System.Numerics;
using System.Runtime.CompilerServices;
using MicroGrad.Data;
using MicroGrad.Generators;
using MicroGrad.Kernels;

namespace MicroGrad.Training;

/// <summary>
/// A training's parameters and its step: a batch forward and backward through the network, then the optimizer. The trainer
/// uses the base class for both precisions.
/// </summary>
internal abstract class Learner
{
    /// <summary>The optimizer that moves the parameters.</summary>
    public abstract Optimizer Optimizer { get; }

    /// <summary>Whether no parameter is infinite or NaN.</summary>
    public abstract bool HasFiniteParameters { get; }

    /// <summary>A learner in the precision that the options ask for.</summary>
    public static Learner Create(Mlp model, Samples samples, Loss loss, TrainingOptions options, int batchSize) =>
        options.Precision == Precision.Single
            ? new Learner<float>(model, samples, loss, options, batchSize)
            : new Learner<double>(model, samples, loss, options, batchSize);

    /// <summary>Ends a running step when a token is cancelled; the parameters are then of no use.</summary>
    public abstract void StopBy(CancellationToken token);

    /// <summary>One step over some of the rows: the loss before it, the rows decided right and the gradient's norm.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public abstract (double Loss, int Right, double GradientNorm) Step(ReadOnlySpan<int> rows, double learningRate);

    /// <summary>The parameters now, in the order of <see cref="Mlp.Parameters"/>.</summary>
    public abstract double[] CopyParameters();

    /// <summary>Sets the parameters.</summary>
    public abstract void SetParameters(ReadOnlySpan<double> parameters);
}

/// <summary>The learner in a precision. Everything is allocated here or at the first step, once for the whole training.</summary>
internal sealed class Learner<T> : Learner
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // The parameters in a block of work: whole vectors, so that the division changes no bit.
    private const int MoveBlock = 16384;

    // The cost of moving a parameter, mostly memory, in operations of a matrix product.
    private const int MoveCost = 32;

    private readonly double _dropout;
    private readonly Samples _samples;
    private readonly Loss _loss;
    private readonly TrainingOptions _options;
    private readonly Optimizer<T> _optimizer;
    private readonly WorkSharer _work;
    private readonly Action<int> _move;
    private readonly BatchedNetwork<T> _network;
    private readonly T[] _parameters;
    private readonly T[] _gradients;

    // The sum of the squared gradients in each block of moved parameters.
    private readonly double[] _squares;
    private readonly double[] _targets;
    private readonly int[] _classes;
    private readonly double[] _weights;
    private readonly double[] _outputGradients;

    public Learner(Mlp model, Samples samples, Loss loss, TrainingOptions options, int batchSize)
    {
        _samples = samples;
        _loss = loss;
        _options = options;
        _dropout = model.Dropout;
        _optimizer = options.Optimizer.Create<T>(model.ParameterCount);
        _work = new WorkSharer(options.Threads);
        _move = MoveParameters;
        _network = new BatchedNetwork<T>(model.LayerShapes, batchSize, _work);
        _parameters = new T[model.ParameterCount];
        _gradients = new T[model.ParameterCount];
        _squares = new double[(model.ParameterCount + MoveBlock - 1) / MoveBlock];
        _targets = new double[samples.Targets.Length == 0 ? 0 : batchSize * samples.OutputCount];
        _classes = new int[samples.Classes.Length == 0 ? 0 : batchSize];
        _weights = new double[samples.Weights.Length == 0 ? 0 : batchSize];
        _outputGradients = new double[batchSize * samples.OutputCount];
        SetParameters(model.CopyParameters());
    }

    public override Optimizer Optimizer => _optimizer;

    public override bool HasFiniteParameters => VectorMath.AllFinite<T>(_parameters);

    public override double[] CopyParameters()
    {
        var copy = new double[_parameters.Length];
        Vectors.Convert<T>(_parameters, copy);
        return copy;
    }

    public override void StopBy(CancellationToken token) => _work.StopBy(token);

    public override void SetParameters(ReadOnlySpan<double> parameters) => Vectors.Convert<T>(parameters, _parameters);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override (double Loss, int Right, double GradientNorm) Step(ReadOnlySpan<int> rows, double learningRate)
    {
        SetTargets(rows);
        if (_dropout > 0)
        {
            // Drawn by the step's number, so that a resumed training has the same draws.
            _network.DropOut(_dropout, SplitMix.At((ulong)(_options.Seed & ulong.MaxValue), (ulong)_optimizer.StepCount));
        }

        var outputs = _network.Forward(_parameters, _samples.Inputs, rows);
        var outputGradients = _outputGradients.AsSpan(0, outputs.Length);
        var batch = new LossBatch(
            outputs,
            _targets.AsSpan(0, Math.Min(outputs.Length, _targets.Length)),
            _weights.AsSpan(0, Math.Min(rows.Length, _weights.Length)),
            _samples.OutputCount,
            outputGradients)
        {
            Classes = _classes.AsSpan(0, Math.Min(rows.Length, _classes.Length)),
        };
        var right = _loss.Encoding == TargetEncoding.Numbers ? 0 : batch.CountRight();
        var loss = _loss.Batch(batch);

        _network.Backward(outputGradients, _gradients);
        if (_options.L2 != 0)
        {
            loss += _options.L2 * VectorMath.SumOfSquares<T>(_parameters);
            VectorMath.AddScaled<T>(2 * _options.L2, _parameters, _gradients);
        }

        double? clipped = (_options.ClipNorm ?? _options.ClipValue) is null
            ? null : GradientClipping.Apply<T>(_gradients, _options.ClipNorm, _options.ClipValue);
        _optimizer.BeginStep(learningRate);
        _work.Run(_squares.Length, _move, (long)MoveCost * _parameters.Length);
        return (loss, right, clipped ?? Math.Sqrt(SumOfBlocks()));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SetTargets(ReadOnlySpan<int> rows)
    {
        for (var r = 0; r < rows.Length && _targets.Length > 0; r++)
        {
            _samples.TargetsAt(rows[r]).CopyTo(_targets.AsSpan(r * _samples.OutputCount));
        }

        Gather(_samples.Classes, rows, _classes);
        Gather(_samples.Weights, rows, _weights);
    }

    private static void Gather<TItem>(TItem[] from, ReadOnlySpan<int> rows, TItem[] to)
    {
        for (var r = 0; r < rows.Length && to.Length > 0; r++)
        {
            to[r] = from[rows[r]];
        }
    }

    /// <summary>The square of the gradient's norm. Blocks are added in order, so that threads make no difference.</summary>
    private double SumOfBlocks()
    {
        var sum = 0.0;
        foreach (var block in _squares)
        {
            sum += block;
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MoveParameters(int block)
    {
        var start = block * MoveBlock;
        var count = Math.Min(MoveBlock, _parameters.Length - start);
        _squares[block] = _optimizer.Move(_parameters.AsSpan(start, count), _gradients.AsSpan(start, count), start);
    }
}
