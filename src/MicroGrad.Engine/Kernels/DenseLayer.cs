using MicroGrad.Operations;

namespace MicroGrad.Kernels;

/// <summary>
/// A layer of neurons over a batch of rows. Parameters lie neuron by neuron, weights first, then the bias; all numbers
/// of a batch lie row by row. Buffers are made once for the largest batch.
/// </summary>
internal sealed class DenseLayer
{
    private readonly UnaryOperation _activation;
    private readonly bool _hasBias;
    private readonly double[] _sums;
    private readonly double[] _outputs;
    private readonly double[] _sumGradients;

    public DenseLayer(int inputCount, int outputCount, bool hasBias, UnaryOperation activation, int maxRows)
    {
        InputCount = inputCount;
        OutputCount = outputCount;
        _hasBias = hasBias;
        _activation = activation;
        _sums = new double[maxRows * outputCount];
        _outputs = new double[maxRows * outputCount];
        _sumGradients = new double[maxRows * outputCount];
    }

    public int InputCount { get; }

    public int OutputCount { get; }

    public int ParameterCount => OutputCount * Stride;

    private int Stride => InputCount + (_hasBias ? 1 : 0);

    /// <summary>The outputs of the last forward pass for that many rows.</summary>
    public ReadOnlySpan<double> Outputs(int rows) => _outputs.AsSpan(0, rows * OutputCount);

    /// <summary>activation(inputs · weights + bias) for each row.</summary>
    public ReadOnlySpan<double> Forward(ReadOnlySpan<double> parameters, ReadOnlySpan<double> inputs, int rows)
    {
        for (var r = 0; r < rows; r++)
        {
            var row = inputs.Slice(r * InputCount, InputCount);
            var sums = _sums.AsSpan(r * OutputCount, OutputCount);
            for (var n = 0; n < sums.Length; n++)
            {
                var neuron = parameters.Slice(n * Stride, Stride);
                sums[n] = VectorMath.Dot(_hasBias ? neuron[InputCount] : 0, row, neuron[..InputCount]);
            }
        }

        var count = rows * OutputCount;
        _activation.Values(_sums.AsSpan(0, count), _outputs.AsSpan(0, count));
        return Outputs(rows);
    }

    /// <summary>
    /// The chain rule through the layer, after <see cref="Forward"/> over the same inputs: adds to the gradients of the
    /// parameters and, unless <paramref name="inputGradients"/> is empty, writes those of the inputs.
    /// </summary>
    public void Backward(
        ReadOnlySpan<double> parameters,
        ReadOnlySpan<double> inputs,
        ReadOnlySpan<double> outputGradients,
        int rows,
        Span<double> parameterGradients,
        Span<double> inputGradients)
    {
        var count = rows * OutputCount;
        var upstream = _sumGradients.AsSpan(0, count);
        outputGradients.CopyTo(upstream);
        _activation.Chain(_sums.AsSpan(0, count), _outputs.AsSpan(0, count), upstream);

        inputGradients.Clear();
        for (var r = 0; r < rows; r++)
        {
            var row = inputs.Slice(r * InputCount, InputCount);
            for (var n = 0; n < OutputCount; n++)
            {
                var gradient = upstream[r * OutputCount + n];
                var own = parameterGradients.Slice(n * Stride, Stride);
                VectorMath.AddScaled(gradient, row, own[..InputCount]);
                if (_hasBias)
                {
                    own[InputCount] += gradient;
                }

                if (!inputGradients.IsEmpty)
                {
                    VectorMath.AddScaled(
                        gradient,
                        parameters.Slice(n * Stride, InputCount),
                        inputGradients.Slice(r * InputCount, InputCount));
                }
            }
        }
    }
}
