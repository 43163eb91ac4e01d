using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MicroGrad.Generators;
using MicroGrad.Operations;

namespace MicroGrad.Kernels;

/// <summary>
/// A layer of neurons over a batch: matrix products, each in blocks that threads share. Parameters lie neuron by
/// neuron, weights first, then the bias; the numbers of a batch lie unit by unit, its rows side by side.
/// </summary>
internal sealed class DenseLayer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // The units or inputs of a block: few enough that threads can share the blocks and that the left side of one fits the
    // second cache, many enough to reuse a panel of the right side.
    private const int BlockUnits = 64;

    private readonly ActivationValues _values;
    private readonly ActivationChain _chain;
    private readonly LayerShape _shape;
    private readonly int _maxRows;
    private readonly WorkSharer _work;
    private readonly Action<int> _forward;
    private readonly Action<int> _weightGradients;
    private readonly Action<int> _inputGradients;
    private readonly PanelMatrix<T> _sums;

    // Whether the sums are the outputs.
    private readonly bool _isLinear;
    private readonly T[] _zero = new T[1];

    // The parameters of the last neurons where these do not fill a tile, padded with zeros.
    private readonly T[] _lastWeights;

    // Allocated at the first backward pass, as prediction does not use them.
    private PanelMatrix<T>? _gradients;
    private PanelMatrix<T>? _inputRows;
    private Vector512<T>[] _gradientsByUnit = [];
    private T[] _turnedWeights = [];

    // For dropout: the factors of the outputs, and the products. Null without dropout.
    private PanelMatrix<T>? _mask;
    private PanelMatrix<T>? _dropped;
    private double _dropout;
    private ulong _dropoutSeed;

    // What the blocks of the running pass work on.
    private T[] _parameters = [];
    private T[] _parameterGradients = [];
    private int _start;
    private int _rows;
    private PanelMatrix<T> _inputs = null!;
    private DenseLayer<T>? _below;

    public DenseLayer(LayerShape shape, int maxRows, WorkSharer work)
    {
        _shape = shape;
        (_values, _chain) = (shape.Activation.Values, shape.Activation.Chain);
        _maxRows = maxRows;
        _work = work;
        (_forward, _weightGradients, _inputGradients) = (ForwardBlock, WeightGradientBlock, InputGradientBlock);
        _sums = new PanelMatrix<T>(OutputCount, maxRows);
        _isLinear = shape.Activation == Identity.Instance;
        Outputs = _isLinear ? _sums : new PanelMatrix<T>(OutputCount, maxRows);
        _lastWeights = new T[OutputCount % ProductKernel.TileRows == 0 ? 0 : Stride * ProductKernel.TileRows];
    }

    // The activation's vector forms, looked up once, as each call of a generic virtual method costs a lookup.
    private delegate void ActivationValues(ReadOnlySpan<Vector512<T>> x, Span<Vector512<T>> y);

    private delegate void ActivationChain(ReadOnlySpan<Vector512<T>> x, ReadOnlySpan<Vector512<T>> y, Span<Vector512<T>> upstream);

    public int InputCount => _shape.InputCount;

    public int OutputCount => _shape.OutputCount;

    public int ParameterCount => OutputCount * Stride;

    /// <summary>The outputs of the last forward pass.</summary>
    public PanelMatrix<T> Outputs { get; }

    /// <summary>The outputs as the next layer takes them: those of the last forward pass, without what dropout took.</summary>
    public PanelMatrix<T> Passed => _dropped ?? Outputs;

    /// <summary>The derivatives of the loss by the outputs, to be written before a backward pass.</summary>
    public PanelMatrix<T> Gradients
    {
        get
        {
            if (_gradients is null)
            {
                _gradients = new PanelMatrix<T>(OutputCount, _maxRows);
                _gradientsByUnit = new Vector512<T>[_gradients.PaddedRows * VectorsOfBatch];
            }

            return _gradients;
        }
    }

    private int Stride => InputCount + (_shape.HasBias ? 1 : 0);

    private int VectorsOfBatch => PanelMatrix<T>.PanelsFor(_maxRows) * PanelMatrix<T>.PanelVectors;

    private int BlockCount => (OutputCount + BlockUnits - 1) / BlockUnits;

    /// <summary>activation(weights · inputs + bias).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward(T[] parameters, int start, PanelMatrix<T> inputs, int rows)
    {
        (_parameters, _start, _inputs, _rows) = (parameters, start, inputs, rows);
        PackLastWeights();
        _work.Run(PanelMatrix<T>.PanelsFor(rows) * BlockCount, _forward, Operations(rows));
    }

    /// <summary>Has the next passes drop outputs by chance, and scale up the others so that their expectation stays (Srivastava et al., 2014).</summary>
    /// <param name="rate">The share to drop, above 0 and below 1.</param>
    /// <param name="seed">Decides which: the output of a unit for a row is drawn by their places alone.</param>
    public void DropOut(double rate, ulong seed)
    {
        (_dropout, _dropoutSeed) = (rate, seed);
        _mask ??= new PanelMatrix<T>(OutputCount, _maxRows);
        _dropped ??= new PanelMatrix<T>(OutputCount, _maxRows);
    }

    /// <summary>Turns derivatives by the outputs into derivatives by the sums.</summary>
    public void ChainActivation(int rows)
    {
        _rows = rows;
        Chain(0, _sums.PaddedRows);
    }

    /// <summary>Writes the gradients of the parameters, after <see cref="Forward"/>; the derivatives by the sums are known.</summary>
    /// <param name="gradients">Receives them, from the layer's place on.</param>
    /// <param name="inputRows">The batch row by row, or null where <paramref name="below"/> made it.</param>
    /// <param name="below">The layer whose outputs are this one's inputs, if there is one.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void WriteParameterGradients(T[] gradients, PanelMatrix<T>? inputRows, DenseLayer<T>? below)
    {
        (_parameterGradients, _below) = (gradients, below);
        _inputRows = inputRows ?? _inputRows ?? new PanelMatrix<T>(_maxRows, InputCount);
        _work.Run((InputCount + BlockUnits - 1) / BlockUnits, _weightGradients, Operations(_rows));
        if (_shape.HasBias)
        {
            WriteBiasGradients();
        }
    }

    /// <summary>Computes the derivatives by the outputs of the layer below from those by the sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void PropagateTo(DenseLayer<T> below)
    {
        _below = below;
        if (_turnedWeights.Length == 0)
        {
            _turnedWeights = new T[below._sums.PaddedRows * OutputCount];
            _ = below.Gradients;
        }

        _work.Run(below.BlockCount, _inputGradients, Operations(_rows));
    }

    private static int SizeOfBlock(int first, int all) => Math.Min(BlockUnits, all - first);

    private long Operations(int rows) => 2L * InputCount * OutputCount * rows;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PackLastWeights()
    {
        var whole = OutputCount / ProductKernel.TileRows * ProductKernel.TileRows;
        if (whole < OutputCount)
        {
            _parameters.AsSpan(_start + whole * Stride, (OutputCount - whole) * Stride).CopyTo(_lastWeights);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ForwardBlock(int block)
    {
        // The panels of a block of units one after the other, so that its weights stay in the cache.
        var panels = PanelMatrix<T>.PanelsFor(_rows);
        var (first, panel) = (block / panels * BlockUnits, block % panels);
        var units = SizeOfBlock(first, OutputCount);
        var whole = units / ProductKernel.TileRows * ProductKernel.TileRows;
        if (whole > 0)
        {
            AddUp(panel, first, whole, _parameters.AsSpan(_start + first * Stride));
        }

        if (whole < units)
        {
            AddUp(panel, first + whole, ProductKernel.TileRows, _lastWeights);
        }

        var count = SizeOfBlock(first, _sums.PaddedRows);
        if (!_isLinear)
        {
            _values(_sums.Lanes(panel, first, count), Outputs.Lanes(panel, first, count));
        }

        if (_mask is not null)
        {
            Drop(panel, first, units);
        }
    }

    /// <summary>Draws which outputs of some units are dropped over a panel of the batch, and passes on the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Drop(int panel, int first, int units)
    {
        var width = PanelMatrix<T>.PanelWidth;
        var kept = T.CreateTruncating(1 / (1 - _dropout));
        var outputs = Outputs.Rows(panel, first, units);
        var mask = _mask!.Rows(panel, first, units);
        var dropped = _dropped!.Rows(panel, first, units);
        for (var unit = 0; unit < units; unit++)
        {
            var draw = (ulong)(first + unit) * (ulong)_maxRows + (ulong)(panel * width);
            for (var i = unit * width; i < (unit + 1) * width; i++, draw++)
            {
                mask[i] = SplitMix.UniformAt(_dropoutSeed, draw) < _dropout ? T.Zero : kept;
                dropped[i] = outputs[i] * mask[i];
            }
        }
    }

    /// <summary>The sums of whole tiles of units over a panel of the batch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddUp(int panel, int first, int count, Span<T> weights)
    {
        var width = PanelMatrix<T>.PanelWidth;
        var sums = _sums.Rows(panel, first, count);
        for (var step = 0; step < InputCount; step += ProductKernel.CachedSteps)
        {
            var steps = Math.Min(ProductKernel.CachedSteps, InputCount - step);
            var left = new LeftRows<T>(weights[step..], count, Stride, steps);
            var target = step > 0 ? new ProductTarget<T>(sums, count, width)
                : _shape.HasBias ? new ProductTarget<T>(sums, count, width, weights[InputCount..], Stride)
                : new ProductTarget<T>(sums, count, width, _zero, 0);
            ProductKernel.Multiply(in left, _inputs.Lanes(panel, step, steps), in target);
        }
    }

    /// <summary>
    /// Uses the chain rule on the gradients of some units, and copies them as the left side of a product reads them: for
    /// each unit the whole batch.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Chain(int first, int count)
    {
        var vectors = PanelMatrix<T>.PanelVectors;
        var (panels, stride) = (PanelMatrix<T>.PanelsFor(_rows), VectorsOfBatch);
        for (var panel = 0; panel < panels; panel++)
        {
            var gradients = Gradients.Lanes(panel, first, count);
            if (_mask is not null)
            {
                Multiply(gradients, _mask.Lanes(panel, first, count));
            }

            if (!_isLinear)
            {
                _chain(_sums.Lanes(panel, first, count), Outputs.Lanes(panel, first, count), gradients);
            }

            var copies = _gradientsByUnit.AsSpan(first * stride + panel * vectors);
            for (var vector = 0; vector < vectors; vector++)
            {
                for (int from = vector, to = vector; from < gradients.Length; from += vectors, to += stride)
                {
                    copies[to] = gradients[from];
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Multiply(Span<Vector512<T>> gradients, ReadOnlySpan<Vector512<T>> factors)
    {
        for (var i = 0; i < gradients.Length; i++)
        {
            gradients[i] *= factors[i];
        }
    }

    /// <summary>A block of inputs: the derivatives by the weights over them, of all neurons.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WeightGradientBlock(int block)
    {
        var inputRows = _inputRows!;
        var width = PanelMatrix<T>.PanelWidth;
        var firstPanel = block * (BlockUnits / width);
        var endPanel = Math.Min(firstPanel + BlockUnits / width, inputRows.PanelCount);
        for (var panel = firstPanel; panel < endPanel && _below is not null; panel++)
        {
            _below.Passed.TransposeTo(inputRows, panel, _rows);
        }

        Span<Vector512<T>> buffer = stackalloc Vector512<T>[BlockUnits * PanelMatrix<T>.PanelVectors];
        for (var unit = 0; unit < OutputCount && !_work.IsStopping; unit += BlockUnits)
        {
            var count = SizeOfBlock(unit, OutputCount);
            var whole = count / ProductKernel.TileRows * ProductKernel.TileRows;
            for (var panel = firstPanel; panel < endPanel; panel++)
            {
                // Partial tiles, below or on the right, are copied through a buffer.
                var inputs = Math.Min(width, InputCount - panel * width);
                var inPlace = inputs == width ? whole : 0;
                var own = _parameterGradients.AsSpan(_start + unit * Stride + panel * width);
                if (inPlace > 0)
                {
                    WeightGradients(panel, unit, inPlace, own, Stride);
                }

                if (inPlace < count)
                {
                    var numbers = Vectors.Numbers(buffer);
                    WeightGradients(panel, unit + inPlace, ProductKernel.RoundToTile(count - inPlace), numbers, width);
                    for (var i = inPlace; i < count; i++)
                    {
                        numbers.Slice((i - inPlace) * width, inputs).CopyTo(own[(i * Stride)..]);
                    }
                }
            }
        }
    }

    /// <summary>The derivatives by the weights of whole tiles of units over a panel of inputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WeightGradients(int panel, int unit, int count, Span<T> target, int stride)
    {
        var gradients = Vectors.Numbers(_gradientsByUnit.AsSpan(unit * VectorsOfBatch));
        for (var step = 0; step < _rows; step += ProductKernel.CachedSteps)
        {
            var steps = Math.Min(ProductKernel.CachedSteps, _rows - step);
            var left = new LeftRows<T>(gradients[step..], count, VectorsOfBatch * Vector512<T>.Count, steps);
            var sums = step > 0
                ? new ProductTarget<T>(target, count, stride) : new ProductTarget<T>(target, count, stride, _zero, 0);
            ProductKernel.Multiply(in left, _inputRows!.Lanes(panel, step, steps), in sums);
        }
    }

    /// <summary>The derivative by a bias is the sum over the batch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteBiasGradients()
    {
        var (whole, rest) = Math.DivRem(_rows, Vector512<T>.Count);
        var isInBatch = Vector512.LessThan(Vector512<T>.Indices, Vector512.Create(T.CreateTruncating(rest)));
        for (var unit = 0; unit < OutputCount; unit++)
        {
            var gradients = _gradientsByUnit.AsSpan(unit * VectorsOfBatch, VectorsOfBatch);
            var sum = rest > 0 ? Vector512.ConditionalSelect(isInBatch, gradients[whole], Vector512<T>.Zero) : Vector512<T>.Zero;
            foreach (var part in gradients[..whole])
            {
                sum += part;
            }

            _parameterGradients[_start + unit * Stride + InputCount] = Vector512.Sum(sum);
        }
    }

    /// <summary>A block of the units below: their derivatives, over all rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void InputGradientBlock(int block)
    {
        var below = _below!;
        var width = PanelMatrix<T>.PanelWidth;
        var first = block * BlockUnits;
        var count = SizeOfBlock(first, below._sums.PaddedRows);
        var weights = _turnedWeights.AsSpan(first * OutputCount);
        Transposition.Write<T>(
            _parameters.AsSpan(_start + first), Stride, OutputCount, SizeOfBlock(first, InputCount), weights, OutputCount);
        for (var panel = 0; panel < PanelMatrix<T>.PanelsFor(_rows) && !_work.IsStopping; panel++)
        {
            var gradients = below.Gradients.Rows(panel, first, count);
            for (var step = 0; step < OutputCount; step += ProductKernel.CachedSteps)
            {
                var steps = Math.Min(ProductKernel.CachedSteps, OutputCount - step);
                var left = new LeftRows<T>(weights[step..], count, OutputCount, steps);
                var target = step > 0
                    ? new ProductTarget<T>(gradients, count, width) : new ProductTarget<T>(gradients, count, width, _zero, 0);
                ProductKernel.Multiply(in left, Gradients.Lanes(panel, step, steps), in target);
            }
        }

        below.Chain(first, count);
    }
}
