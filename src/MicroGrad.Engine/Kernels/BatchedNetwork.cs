using System.Numerics;
using System.Runtime.CompilerServices;
using MicroGrad.Generators;

namespace MicroGrad.Kernels;

/// <summary>
/// A network's arithmetic over batches of rows, by layers instead of nodes: a fast equivalent of a graph and its backward
/// pass. It has the network's shape and none of its state; parameters come as one flat list, layer by layer and neuron by
/// neuron, the weights in order and then the bias. It computes in the precision of its type; rows come and go as doubles.
/// </summary>
internal sealed class BatchedNetwork<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // What setting an input takes, mostly memory, in operations of a matrix product.
    private const int SetCost = 32;

    private readonly DenseLayer<T>[] _layers;
    private readonly WorkSharer _work;
    private readonly Action<int> _setPanel;
    private readonly PanelMatrix<T> _inputRows;
    private readonly PanelMatrix<T> _inputs;
    private readonly double[] _outputs;
    private readonly T[] _rowValues;

    // The batch: the places of its rows among those of a list.
    private readonly int[] _places;
    private double[] _list = [];
    private int _rows;

    /// <param name="layers">The layers' shapes, from the first hidden one to the output.</param>
    /// <param name="maxRows">The largest batch; all buffers are made for it here, or at the first backward pass.</param>
    /// <param name="work">What shares the work among threads; null for the calling thread alone.</param>
    public BatchedNetwork(IReadOnlyList<LayerShape> layers, int maxRows, WorkSharer? work = null)
    {
        MaxRows = maxRows;
        _work = work ?? new WorkSharer(1);
        _setPanel = SetPanel;
        _layers = [.. layers.Select(shape => new DenseLayer<T>(shape, maxRows, _work))];
        _places = new int[maxRows];
        _inputRows = new PanelMatrix<T>(maxRows, layers[0].InputCount);
        _inputs = new PanelMatrix<T>(layers[0].InputCount, maxRows);
        _outputs = new double[maxRows * layers[^1].OutputCount];
        _rowValues = new T[maxRows * _layers.Max(layer => layer.OutputCount)];
    }

    /// <summary>The largest batch that the buffers hold.</summary>
    public int MaxRows { get; }

    /// <summary>Has the next passes drop outputs of hidden layers by chance, the same in the forward and the backward pass.</summary>
    /// <param name="rate">The share to drop, above 0 and below 1.</param>
    /// <param name="seed">Decides which, whatever the number of threads.</param>
    public void DropOut(double rate, ulong seed)
    {
        for (var l = 0; l < _layers.Length - 1; l++)
        {
            _layers[l].DropOut(rate, SplitMix.At(seed, (ulong)l));
        }
    }

    /// <summary>The outputs for a batch, row by row; valid until the next call.</summary>
    public ReadOnlySpan<double> Forward(T[] parameters, ReadOnlySpan<double> inputs, int rows)
    {
        var width = _layers[0].InputCount;
        for (var row = 0; row < rows; row++)
        {
            SetInputs(row, inputs.Slice(row * width, width));
        }

        for (var panel = 0; panel < PanelMatrix<T>.PanelsFor(rows); panel++)
        {
            _inputRows.TransposeTo(_inputs, panel, width);
        }

        return ForwardInputs(parameters, rows);
    }

    /// <summary>The outputs for some rows of a list, row by row; valid until the next call.</summary>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="list">Rows of inputs.</param>
    /// <param name="places">Which of them are the batch.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ReadOnlySpan<double> Forward(T[] parameters, double[] list, ReadOnlySpan<int> places)
    {
        places.CopyTo(_places);
        (_list, _rows) = (list, places.Length);
        _work.Run(PanelMatrix<T>.PanelsFor(_rows), _setPanel, (long)SetCost * _rows * _layers[0].InputCount);
        return ForwardInputs(parameters, _rows);
    }

    /// <summary>A layer's outputs in the last forward pass over that many rows, row by row.</summary>
    public double[] LayerOutputs(int layer, int rows)
    {
        var outputs = new double[rows * _layers[layer].OutputCount];
        CopyRows(_layers[layer].Outputs, _layers[layer].OutputCount, outputs);
        return outputs;
    }

    /// <summary>
    /// After a forward pass with the same parameters: writes the derivatives of the loss by them, given its derivatives
    /// by the outputs, row by row.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Backward(ReadOnlySpan<double> outputGradients, T[] parameterGradients)
    {
        var last = _layers[^1];
        var rows = outputGradients.Length / last.OutputCount;
        SetRows(outputGradients, last);
        last.ChainActivation(rows);
        for (var l = _layers.Length - 1; l >= 0; l--)
        {
            var below = l == 0 ? null : _layers[l - 1];
            _layers[l].WriteParameterGradients(parameterGradients, l == 0 ? _inputRows : null, below);
            if (below is not null)
            {
                _layers[l].PropagateTo(below);
            }
        }
    }

    /// <summary>Sets a panel's rows of the batch, both ways round.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SetPanel(int panel)
    {
        var width = _layers[0].InputCount;
        var first = panel * PanelMatrix<T>.PanelWidth;
        for (var row = first; row < Math.Min(first + PanelMatrix<T>.PanelWidth, _rows); row++)
        {
            SetInputs(row, _list.AsSpan(_places[row] * width, width));
        }

        _inputRows.TransposeTo(_inputs, panel, width);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void SetInputs(int row, ReadOnlySpan<double> inputs)
    {
        var width = PanelMatrix<T>.PanelWidth;
        for (var panel = 0; panel * width < inputs.Length; panel++)
        {
            var count = Math.Min(width, inputs.Length - panel * width);
            Vectors.Convert(inputs.Slice(panel * width, count), _inputRows.Rows(panel, row, 1));
        }
    }

    /// <summary>The outputs for the inputs that were set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ReadOnlySpan<double> ForwardInputs(T[] parameters, int rows)
    {
        var (values, start) = (_inputs, 0);
        foreach (var layer in _layers)
        {
            layer.Forward(parameters, start, values, rows);
            values = layer.Passed;
            start += layer.ParameterCount;
        }

        var outputs = _outputs.AsSpan(0, rows * _layers[^1].OutputCount);
        CopyRows(values, _layers[^1].OutputCount, outputs);
        return outputs;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SetRows(ReadOnlySpan<double> rows, DenseLayer<T> layer)
    {
        var units = layer.OutputCount;
        var values = _rowValues.AsSpan(0, rows.Length);
        Vectors.Convert(rows, values);
        for (int panel = 0, at = 0; at < rows.Length; panel++, at += PanelMatrix<T>.PanelWidth * units)
        {
            var count = Math.Min(PanelMatrix<T>.PanelWidth, (rows.Length - at) / units);
            Transposition.Write(values[at..], units, count, units, layer.Gradients.Rows(panel, 0, units), PanelMatrix<T>.PanelWidth);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CopyRows(PanelMatrix<T> values, int units, Span<double> rows)
    {
        for (int panel = 0, at = 0; at < rows.Length; panel++, at += PanelMatrix<T>.PanelWidth * units)
        {
            var count = Math.Min(PanelMatrix<T>.PanelWidth, (rows.Length - at) / units);
            Transposition.Write(values.Rows(panel, 0, units), PanelMatrix<T>.PanelWidth, units, count, _rowValues.AsSpan(at), units);
        }

        Vectors.Convert<T>(_rowValues.AsSpan(0, rows.Length), rows);
    }
}
