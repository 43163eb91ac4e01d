using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MicroGrad.Kernels;

/// <summary>
/// A network's arithmetic over batches of rows, by layers instead of nodes: the fast twin of calling an <see cref="Mlp"/>
/// and running backward. It has the network's shape and none of its state; parameters come as one flat list in the order
/// of <see cref="Mlp.Parameters"/>. It computes in the precision of its type; rows come and go as doubles.
/// </summary>
internal sealed class BatchedNetwork<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly DenseLayer<T>[] _layers;
    private readonly PanelMatrix<T> _inputRows;
    private readonly PanelMatrix<T> _inputs;
    private readonly double[] _outputs;

    /// <param name="model">Gives the shape.</param>
    /// <param name="maxRows">The largest batch; all buffers are made for it here, or at the first backward pass.</param>
    /// <param name="crew">Who does the work; null for the calling thread alone.</param>
    public BatchedNetwork(Mlp model, int maxRows, Crew? crew = null)
    {
        MaxRows = maxRows;
        crew ??= new Crew(1);
        _layers = [.. model.Layers.Select(layer => new DenseLayer<T>(
            layer.InputCount, layer.OutputCount, model.HasBias, layer.Activation.Operation(), maxRows, crew))];
        _inputRows = new PanelMatrix<T>(maxRows, model.InputCount);
        _inputs = new PanelMatrix<T>(model.InputCount, maxRows);
        _outputs = new double[maxRows * model.OutputCount];
    }

    /// <summary>The largest batch that the buffers hold.</summary>
    public int MaxRows { get; }

    /// <summary>The outputs for a batch, row by row; valid until the next call.</summary>
    public ReadOnlySpan<double> Forward(T[] parameters, ReadOnlySpan<double> inputs, int rows)
    {
        var width = _layers[0].InputCount;
        for (var row = 0; row < rows; row++)
        {
            SetInputs(row, inputs.Slice(row * width, width));
        }

        return Forward(parameters, rows);
    }

    /// <summary>Sets a row of the next batch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SetInputs(int row, ReadOnlySpan<double> inputs)
    {
        for (int panel = 0, at = 0; at < inputs.Length; panel++)
        {
            var lanes = _inputRows.Lanes(panel, row, 1);
            for (var vector = 0; vector < lanes.Length && at < inputs.Length; vector++, at += Vector512<T>.Count)
            {
                lanes[vector] = Lanes.Narrow<T>(inputs, at);
            }
        }
    }

    /// <summary>The outputs for the rows that were set, row by row; valid until the next call.</summary>
    public ReadOnlySpan<double> Forward(T[] parameters, int rows)
    {
        for (var panel = 0; panel < PanelMatrix<T>.PanelsFor(rows); panel++)
        {
            _inputRows.TransposeTo(_inputs, panel, _layers[0].InputCount);
        }

        var (values, start) = (_inputs, 0);
        foreach (var layer in _layers)
        {
            layer.Forward(parameters, start, values, rows);
            values = layer.Outputs;
            start += layer.ParameterCount;
        }

        var outputs = _outputs.AsSpan(0, rows * _layers[^1].OutputCount);
        CopyRows(values, _layers[^1].OutputCount, outputs);
        return outputs;
    }

    /// <summary>What a layer gave in the last forward pass over that many rows, row by row.</summary>
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SetRows(ReadOnlySpan<double> rows, DenseLayer<T> layer)
    {
        var width = PanelMatrix<T>.PanelWidth;
        for (var unit = 0; unit < layer.OutputCount; unit++)
        {
            for (int at = unit, panel = 0; at < rows.Length; panel++)
            {
                var values = layer.Gradients.Rows(panel, unit, 1);
                for (var lane = 0; lane < width && at < rows.Length; lane++, at += layer.OutputCount)
                {
                    values[lane] = T.CreateTruncating(rows[at]);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyRows(PanelMatrix<T> values, int units, Span<double> rows)
    {
        var width = PanelMatrix<T>.PanelWidth;
        for (var unit = 0; unit < units; unit++)
        {
            for (int at = unit, panel = 0; at < rows.Length; panel++)
            {
                foreach (var value in values.Rows(panel, unit, 1))
                {
                    if (at >= rows.Length)
                    {
                        break;
                    }

                    rows[at] = double.CreateTruncating(value);
                    at += units;
                }
            }
        }
    }
}
