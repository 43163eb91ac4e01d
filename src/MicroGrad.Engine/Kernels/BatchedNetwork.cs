namespace MicroGrad.Kernels;

/// <summary>
/// A network's arithmetic over batches of rows, by layers instead of nodes: the fast twin of calling an <see cref="Mlp"/>
/// and running backward. It has the network's shape and none of its state; parameters come as one flat list in the order
/// of <see cref="Mlp.Parameters"/>.
/// </summary>
internal sealed class BatchedNetwork
{
    private readonly DenseLayer[] _layers;
    private readonly double[][] _inputGradients;

    public BatchedNetwork(Mlp model, int maxRows)
    {
        MaxRows = maxRows;
        _layers = new DenseLayer[model.Layers.Count];
        _inputGradients = new double[_layers.Length][];
        for (var l = 0; l < _layers.Length; l++)
        {
            var layer = model.Layers[l];
            _layers[l] = new DenseLayer(
                layer.InputCount, layer.OutputCount, model.HasBias, layer.Activation.Operation(), maxRows);
            _inputGradients[l] = l == 0 ? [] : new double[maxRows * layer.InputCount];
        }
    }

    /// <summary>The largest batch that the buffers hold.</summary>
    public int MaxRows { get; }

    /// <summary>The outputs for a batch, row by row; valid until the next call.</summary>
    public ReadOnlySpan<double> Forward(ReadOnlySpan<double> parameters, ReadOnlySpan<double> inputs, int rows)
    {
        var values = inputs[..(rows * _layers[0].InputCount)];
        foreach (var layer in _layers)
        {
            values = layer.Forward(parameters[..layer.ParameterCount], values, rows);
            parameters = parameters[layer.ParameterCount..];
        }

        return values;
    }

    /// <summary>What a layer gave in the last forward pass over that many rows.</summary>
    public ReadOnlySpan<double> LayerOutputs(int layer, int rows) => _layers[layer].Outputs(rows);

    /// <summary>
    /// After <see cref="Forward"/> over the same batch: adds the derivatives of the loss by the parameters to
    /// <paramref name="parameterGradients"/>, given its derivatives by the outputs.
    /// </summary>
    public void Backward(
        ReadOnlySpan<double> parameters,
        ReadOnlySpan<double> inputs,
        ReadOnlySpan<double> outputGradients,
        int rows,
        Span<double> parameterGradients)
    {
        var end = parameters.Length;
        for (var l = _layers.Length - 1; l >= 0; l--)
        {
            var layer = _layers[l];
            var start = end - layer.ParameterCount;
            var layerInputs = l == 0 ? inputs[..(rows * layer.InputCount)] : _layers[l - 1].Outputs(rows);
            var inputGradients = l == 0 ? [] : _inputGradients[l].AsSpan(0, rows * layer.InputCount);
            layer.Backward(
                parameters[start..end], layerInputs, outputGradients, rows, parameterGradients[start..end], inputGradients);
            outputGradients = inputGradients;
            end = start;
        }
    }
}
