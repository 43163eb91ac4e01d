using System.Numerics;
using System.Runtime.Intrinsics;
using MicroGrad.Operations;

namespace MicroGrad.Kernels;

/// <summary>
/// A layer of neurons over a batch: matrix products, each in blocks that a crew shares out. Parameters lie neuron by
/// neuron, weights first, then the bias; the numbers of a batch lie unit by unit, its rows side by side.
/// </summary>
internal sealed class DenseLayer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // A block of units: few enough that there is something to share, and enough to read a panel often.
    private const int BlockUnits = 64;

    private readonly UnaryOperation _activation;
    private readonly bool _hasBias;
    private readonly int _maxRows;
    private readonly Crew _crew;
    private readonly Action<int> _forward;
    private readonly Action<int> _weightGradients;
    private readonly Action<int> _inputGradients;
    private readonly PanelMatrix<T> _sums;
    private readonly T[] _zero = new T[1];

    // The parameters of the last neurons, where they fill no whole tile, step by step with zeros for those missing.
    private readonly T[] _lastWeights;

    // Made for the first backward pass: prediction has no use for them.
    private PanelMatrix<T>? _gradients;
    private PanelMatrix<T>? _inputRows;
    private T[] _turnedWeights = [];

    // What the blocks of the running pass work on.
    private T[] _parameters = [];
    private T[] _parameterGradients = [];
    private int _start;
    private int _rows;
    private PanelMatrix<T> _inputs = null!;
    private DenseLayer<T>? _below;

    public DenseLayer(
        int inputCount, int outputCount, bool hasBias, UnaryOperation activation, int maxRows, Crew crew)
    {
        InputCount = inputCount;
        OutputCount = outputCount;
        _hasBias = hasBias;
        _activation = activation;
        _maxRows = maxRows;
        _crew = crew;
        (_forward, _weightGradients, _inputGradients) = (ForwardBlock, WeightGradientBlock, InputGradientBlock);
        _sums = new PanelMatrix<T>(outputCount, maxRows);
        Outputs = activation is Identity ? _sums : new PanelMatrix<T>(outputCount, maxRows);
        _lastWeights = new T[outputCount % ProductKernel.TileRows == 0 ? 0 : Stride * ProductKernel.TileRows];
    }

    public int InputCount { get; }

    public int OutputCount { get; }

    public int ParameterCount => OutputCount * Stride;

    /// <summary>The outputs of the last forward pass.</summary>
    public PanelMatrix<T> Outputs { get; }

    /// <summary>The derivatives of the loss by the outputs, to be written before a backward pass.</summary>
    public PanelMatrix<T> Gradients => _gradients ??= new PanelMatrix<T>(OutputCount, _maxRows);

    private int Stride => InputCount + (_hasBias ? 1 : 0);

    private int BlockCount => (OutputCount + BlockUnits - 1) / BlockUnits;

    /// <summary>activation(weights · inputs + bias).</summary>
    public void Forward(T[] parameters, int start, PanelMatrix<T> inputs, int rows)
    {
        (_parameters, _start, _inputs, _rows) = (parameters, start, inputs, rows);
        PackLastWeights();
        _crew.Run(PanelMatrix<T>.PanelsFor(rows) * BlockCount, _forward, Operations(rows));
    }

    /// <summary>From derivatives by the outputs to those by the sums.</summary>
    public void ChainActivation(int rows)
    {
        for (var panel = 0; panel < PanelMatrix<T>.PanelsFor(rows); panel++)
        {
            Chain(panel, 0, _sums.PaddedRows);
        }
    }

    /// <summary>Writes the gradients of the parameters, after <see cref="Forward"/>; the derivatives by the sums are known.</summary>
    /// <param name="gradients">Receives them, from the layer's place on.</param>
    /// <param name="inputRows">The batch row by row, or null where <paramref name="below"/> made it.</param>
    /// <param name="below">The layer whose outputs are this one's inputs, if there is one.</param>
    public void WriteParameterGradients(T[] gradients, PanelMatrix<T>? inputRows, DenseLayer<T>? below)
    {
        (_parameterGradients, _below) = (gradients, below);
        _inputRows = inputRows ?? _inputRows ?? new PanelMatrix<T>(_maxRows, InputCount);
        _crew.Run(PanelMatrix<T>.PanelsFor(InputCount), _weightGradients, Operations(_rows));
        if (_hasBias)
        {
            WriteBiasGradients();
        }
    }

    /// <summary>Hands the derivatives by the sums on to those of the layer below.</summary>
    public void PropagateTo(DenseLayer<T> below)
    {
        _below = below;
        if (_turnedWeights.Length == 0)
        {
            _turnedWeights = new T[below._sums.PaddedRows * OutputCount];
            _ = below.Gradients;
        }

        _crew.Run(below.BlockCount, _inputGradients, Operations(_rows));
    }

    private static int SizeOfBlock(int first, int all) => Math.Min(BlockUnits, all - first);

    private long Operations(int rows) => 2L * InputCount * OutputCount * rows;

    private void PackLastWeights()
    {
        var whole = OutputCount - OutputCount % ProductKernel.TileRows;
        for (var unit = whole; unit < OutputCount; unit++)
        {
            var weights = _parameters.AsSpan(_start + unit * Stride, Stride);
            for (var i = 0; i < weights.Length; i++)
            {
                _lastWeights[i * ProductKernel.TileRows + unit - whole] = weights[i];
            }
        }
    }

    private void ForwardBlock(int block)
    {
        var (panel, first) = (block / BlockCount, block % BlockCount * BlockUnits);
        var (tile, width) = (ProductKernel.TileRows, PanelMatrix<T>.PanelWidth);
        var count = SizeOfBlock(first, _sums.PaddedRows);
        var sums = _sums.Rows(panel, first, count);
        for (var step = 0; step < InputCount; step += ProductKernel.CachedSteps)
        {
            var steps = Math.Min(ProductKernel.CachedSteps, InputCount - step);
            var right = _inputs.Lanes(panel, step, steps);
            for (var unit = 0; unit < count; unit += tile)
            {
                var isWhole = first + unit + tile <= OutputCount;
                var own = isWhole ? _parameters.AsSpan(_start + (first + unit) * Stride) : _lastWeights;
                var left = isWhole
                    ? new LeftRows<T>(own[step..], Stride, 1, steps)
                    : new LeftRows<T>(own[(step * tile)..], 1, tile, steps);
                var numbers = sums[(unit * width)..];
                var target = step > 0 ? new TileTarget<T>(numbers, width)
                    : !_hasBias ? new TileTarget<T>(numbers, width, _zero, 0)
                    : isWhole ? new TileTarget<T>(numbers, width, own[InputCount..], Stride)
                    : new TileTarget<T>(numbers, width, own[(InputCount * tile)..], 1);
                ProductKernel.Multiply(in left, right, in target);
            }
        }

        _activation.Values<T>(_sums.Lanes(panel, first, count), Outputs.Lanes(panel, first, count));
    }

    private void Chain(int panel, int first, int count) => _activation.Chain<T>(
        _sums.Lanes(panel, first, count), Outputs.Lanes(panel, first, count), Gradients.Lanes(panel, first, count));

    /// <summary>A panel of inputs: the derivatives by the weights over them, of all neurons.</summary>
    private void WeightGradientBlock(int panel)
    {
        var inputRows = _inputRows!;
        _below?.Outputs.TransposeTo(inputRows, panel, _rows);

        var width = PanelMatrix<T>.PanelWidth;
        var (wholePanels, rest) = Math.DivRem(_rows, width);
        var firstInput = panel * width;
        var inputs = Math.Min(width, InputCount - firstInput);
        var right = inputRows.Lanes(panel, 0, _rows);
        Span<Vector512<T>> tile = stackalloc Vector512<T>[PanelMatrix<T>.PanelVectors * ProductKernel.TileRows];
        for (var unit = 0; unit < OutputCount; unit += ProductKernel.TileRows)
        {
            // A tile that sticks out goes by way of a whole one.
            var isWhole = inputs == width && unit + ProductKernel.TileRows <= OutputCount;
            var own = _parameterGradients.AsSpan(_start + unit * Stride + firstInput);
            var numbers = isWhole ? own : Lanes.Numbers(tile);
            var stride = isWhole ? Stride : width;
            if (wholePanels > 0)
            {
                var whole = new LeftRows<T>(
                    Gradients.RowsFrom(0, unit), width, 1, width, wholePanels, Gradients.PaddedRows * width);
                var target = new TileTarget<T>(numbers, stride, _zero, 0);
                ProductKernel.Multiply(in whole, right, in target);
            }

            if (rest > 0)
            {
                var last = new LeftRows<T>(Gradients.RowsFrom(wholePanels, unit), width, 1, rest);
                var target = wholePanels > 0
                    ? new TileTarget<T>(numbers, stride) : new TileTarget<T>(numbers, stride, _zero, 0);
                ProductKernel.Multiply(in last, right[(PanelMatrix<T>.PanelVectors * wholePanels * width)..], in target);
            }

            for (var i = 0; !isWhole && i < Math.Min(ProductKernel.TileRows, OutputCount - unit); i++)
            {
                numbers.Slice(i * width, inputs).CopyTo(own[(i * Stride)..]);
            }
        }
    }

    /// <summary>The derivative by a bias is the sum over the batch.</summary>
    private void WriteBiasGradients()
    {
        var width = PanelMatrix<T>.PanelWidth;
        for (var panel = 0; panel * width < _rows; panel++)
        {
            var rows = Math.Min(width, _rows - panel * width);
            var numbers = Gradients.Rows(panel, 0, OutputCount);
            var lanes = Gradients.Lanes(panel, 0, OutputCount);
            for (var unit = 0; unit < OutputCount; unit++)
            {
                var sum = rows == width
                    ? Vector512.Sum(lanes[2 * unit] + lanes[2 * unit + 1])
                    : Sum(numbers.Slice(unit * width, rows));
                ref var gradient = ref _parameterGradients[_start + unit * Stride + InputCount];
                gradient = panel == 0 ? sum : gradient + sum;
            }
        }
    }

    private static T Sum(ReadOnlySpan<T> numbers)
    {
        var sum = T.Zero;
        foreach (var number in numbers)
        {
            sum += number;
        }

        return sum;
    }

    /// <summary>A block of the units below: their derivatives, over all rows.</summary>
    private void InputGradientBlock(int block)
    {
        var below = _below!;
        var (tile, width) = (ProductKernel.TileRows, PanelMatrix<T>.PanelWidth);
        var first = block * BlockUnits;
        var count = SizeOfBlock(first, below._sums.PaddedRows);
        TurnWeights(first, count);
        for (var panel = 0; panel < PanelMatrix<T>.PanelsFor(_rows); panel++)
        {
            var gradients = below.Gradients.Rows(panel, first, count);
            for (var step = 0; step < OutputCount; step += ProductKernel.CachedSteps)
            {
                var steps = Math.Min(ProductKernel.CachedSteps, OutputCount - step);
                var right = Gradients.Lanes(panel, step, steps);
                for (var unit = 0; unit < count; unit += tile)
                {
                    var own = _turnedWeights.AsSpan((first + unit) * OutputCount + step * tile);
                    var left = new LeftRows<T>(own, 1, tile, steps);
                    var numbers = gradients[(unit * width)..];
                    var target = step > 0
                        ? new TileTarget<T>(numbers, width) : new TileTarget<T>(numbers, width, _zero, 0);
                    ProductKernel.Multiply(in left, right, in target);
                }
            }

            below.Chain(panel, first, count);
        }
    }

    /// <summary>Copies the weights over some inputs, tile by tile: for each neuron those over the inputs of the tile.</summary>
    private void TurnWeights(int first, int count)
    {
        for (var unit = first; unit < first + count && unit < InputCount; unit += ProductKernel.TileRows)
        {
            var target = _turnedWeights.AsSpan(unit * OutputCount, ProductKernel.TileRows * OutputCount);
            if (unit + ProductKernel.TileRows <= InputCount)
            {
                for (var neuron = 0; neuron < OutputCount; neuron++)
                {
                    CopyEight(_parameters.AsSpan(_start + neuron * Stride + unit), target[(neuron * ProductKernel.TileRows)..]);
                }
            }
            else
            {
                for (var neuron = 0; neuron < OutputCount; neuron++)
                {
                    _parameters.AsSpan(_start + neuron * Stride + unit, InputCount - unit)
                        .CopyTo(target[(neuron * ProductKernel.TileRows)..]);
                }
            }
        }
    }

    /// <summary>A copy of fixed size is a move of one register; of any size, a call.</summary>
    private static void CopyEight(ReadOnlySpan<T> from, Span<T> to)
    {
        if (typeof(T) == typeof(double))
        {
            Vector512.Create(from).CopyTo(to);
        }
        else
        {
            Vector256.Create(from).CopyTo(to);
        }
    }
}
