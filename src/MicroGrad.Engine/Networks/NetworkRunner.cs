using MicroGrad.Data;
using System.Numerics;
using MicroGrad.Kernels;

namespace MicroGrad.Networks;

/// <summary>
/// Runs a network over rows, without a graph and without learning. Only training has batches of its own. A row's answer has
/// the same bits whichever rows it is answered with.
/// </summary>
/// <param name="model">The model as it is now: later changes don't count until <see cref="Refresh"/>.</param>
public sealed class NetworkRunner(Mlp model)
{
    // Rows that go through the network together: few enough that a layer's numbers stay in the cache.
    private const int MaxRows = 256;

    // So many outputs are worth a look at the memory.
    private const int ManyOutputs = 1 << 20;

    private CancellationToken _stop;
    private double[] _parameters = model.CopyParameters();
    private UnitScaling? _scaling = model.Schema?.Scaling;
    private BatchedNetwork<double>? _network;

    /// <summary>Ends a run over many rows when a token is cancelled.</summary>
    public void StopBy(CancellationToken token) => _stop = token;

    /// <summary>Copies the model's present parameters and scaling.</summary>
    internal void Refresh() => (_parameters, _scaling) = (model.CopyParameters(), model.Schema?.Scaling);

    /// <summary>The answers to rows of numbers, both in the user's units, row by row.</summary>
    public double[] Predict(ReadOnlySpan<double> inputs)
    {
        if (_scaling is null)
        {
            return Outputs(inputs);
        }

        var scaled = inputs.ToArray();
        _scaling.ScaleInputs(scaled);
        var outputs = Outputs(scaled);
        _scaling.UnscaleOutputs(outputs);
        return outputs;
    }

    /// <summary>What the last layer gives for rows of inputs as the first one takes them, row by row.</summary>
    public double[] Outputs(ReadOnlySpan<double> inputs) => Outputs(_parameters, inputs);

    /// <summary>The same with other parameters, in the order of <see cref="Mlp.Parameters"/>.</summary>
    /// <exception cref="GradException">They do not fit the memory (id <c>RowsTooLarge</c>).</exception>
    internal double[] Outputs(double[] parameters, ReadOnlySpan<double> inputs)
    {
        var (width, count) = (model.InputCount, inputs.Length / model.InputCount);
        var network = NetworkFor(Math.Min(count, MaxRows));
        var length = (long)count * model.OutputCount;
        var outputs = length < ManyOutputs
            ? new double[length]
            : MemoryBudget.Allocate(length, "RowsTooLarge", $"The outputs of {count} rows, {model.OutputCount} each, need");
        for (var start = 0; start < count; start += MaxRows)
        {
            _stop.ThrowIfCancellationRequested();
            var rows = Math.Min(MaxRows, count - start);
            network.Forward(parameters, inputs.Slice(start * width, rows * width), rows).CopyTo(outputs.AsSpan(start * model.OutputCount));
        }

        return outputs;
    }

    /// <summary>What each layer gives for rows of inputs as the first one takes them, row by row; read it before the next call.</summary>
    internal IEnumerable<double[]> LayerOutputs(ReadOnlySpan<double> inputs)
    {
        var count = inputs.Length / model.InputCount;
        var network = NetworkFor(count);
        network.Forward(_parameters, inputs, count);
        return Enumerable.Range(0, model.Layers.Count).Select(layer => network.LayerOutputs(layer, count));
    }

    private BatchedNetwork<double> NetworkFor(int rows)
    {
        if (_network is null || _network.MaxRows < rows)
        {
            _network = new BatchedNetwork<double>(model.LayerShapes, (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(rows, 1)));
        }

        return _network;
    }
}
