using System.Numerics;
using MicroGrad.Data;
using MicroGrad.Graphs;
using MicroGrad.Kernels;
using MicroGrad.Networks;

namespace MicroGrad;

/// <summary>
/// A multilayer perceptron: layers of neurons, each layer fed by the one before. Its parameters are live values, so that
/// a call records a graph and a backward pass through it fills their gradients.
/// </summary>
public sealed class Mlp
{
    private const int MaximumParameterCount = 100_000_000;

    // A live value, the lists that it stands in, and its number while it is drawn.
    private const int BytesPerParameter = 100;

    /// <summary>The most layers that a network has.</summary>
    internal const int MaximumLayerCount = 1000;

    private readonly Layer[] _layers;
    private readonly GradValue[] _parameters;

    // Held while all parameters are read or set, so that another thread reads those of one moment.
    private readonly Lock _allParameters = new();

    // Kept between predictions. A prediction takes it out while it runs, so that no two threads share it.
    private NetworkRunner? _runner;

    // The training that holds the model; null for none.
    internal TrainingHold? Hold;

    /// <summary>Makes a network with freshly drawn parameters.</summary>
    /// <param name="inputCount">How many inputs it takes; at least 1.</param>
    /// <param name="layerSizes">The neurons of each layer; the last is the output layer. At least one, each at least 1.</param>
    /// <param name="activation">What hidden layers apply.</param>
    /// <param name="outputActivation">What the output layer applies.</param>
    /// <param name="initialization">How the parameters are drawn.</param>
    /// <param name="random">Where the draws come from; null for the kind's own generator with seed 1.</param>
    /// <param name="hasBias">Whether neurons have a bias. The NumPy initialization makes networks without.</param>
    /// <param name="dropout">The share of the hidden layers' outputs that each step of a training drops by chance, from 0 to below 1.</param>
    /// <exception cref="GradException">
    /// A size is below 1 or missing, or all are too large (ids <c>InvalidInputCount</c>, <c>InvalidLayerSize</c>,
    /// <c>ModelTooLarge</c>), or nothing can be dropped at that share (id <c>InvalidDropout</c>).
    /// </exception>
    public Mlp(
        int inputCount,
        int[] layerSizes,
        Activation activation = Activation.Tanh,
        Activation outputActivation = Activation.Identity,
        Initialization initialization = Initialization.Default,
        IRandomSource? random = null,
        bool hasBias = true,
        double dropout = 0)
        : this(inputCount, layerSizes, activation, outputActivation, initialization, random, hasBias, dropout, CancellationToken.None)
    {
    }

    /// <inheritdoc cref="Mlp(int, int[], Activation, Activation, Initialization, IRandomSource, bool, double)"/>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public Mlp(
        int inputCount,
        int[] layerSizes,
        Activation activation,
        Activation outputActivation,
        Initialization initialization,
        IRandomSource? random,
        bool hasBias,
        double dropout,
        CancellationToken stopping)
    {
        CheckSizes(inputCount, layerSizes);
        InputCount = inputCount;
        InputLabels = NumberedInputs(inputCount);
        HasBias = hasBias && initialization != Initialization.NumPy;
        random ??= ParameterDraw.Generator(initialization, BigInteger.One);

        _layers = new Layer[layerSizes.Length];
        for (var l = 0; l < _layers.Length; l++)
        {
            var inputs = l == 0 ? inputCount : layerSizes[l - 1];
            var own = l == _layers.Length - 1 ? outputActivation : activation;
            _ = own.Operation();

            var weights = new double[layerSizes[l]][];
            for (var n = 0; n < weights.Length; n++)
            {
                stopping.ThrowIfCancellationRequested();
                weights[n] = new double[inputs];
            }

            var biases = new double[HasBias ? weights.Length : 0];
            ParameterDraw.Fill(initialization, own, weights, biases, random, stopping);

            var neurons = new Neuron[weights.Length];
            for (var n = 0; n < neurons.Length; n++)
            {
                stopping.ThrowIfCancellationRequested();
                var values = new GradValue[inputs];
                var labels = new ParameterLabels(l + 1, n + 1, values);
                for (var i = 0; i < inputs; i++)
                {
                    values[i] = new GradValue(weights[n][i], labels);
                }

                neurons[n] = new Neuron(values, HasBias ? new GradValue(biases[n], labels) : null, own);
            }

            _layers[l] = new Layer(neurons);
        }

        Layers = Array.AsReadOnly(_layers);
        _parameters = [.. _layers.SelectMany(layer => layer.Neurons).SelectMany(neuron => neuron.Parameters)];
        Parameters = Array.AsReadOnly(_parameters);
        Dropout = dropout;
    }

    /// <summary>How many numbers the network takes.</summary>
    public int InputCount { get; }

    /// <summary>How many numbers the network gives.</summary>
    public int OutputCount => _layers[^1].OutputCount;

    /// <summary>
    /// The layers from the first hidden one to the output. They are raw: the scaling that training learnt
    /// (<see cref="Schema"/>) stands before the first and behind the last.
    /// </summary>
    public IReadOnlyList<Layer> Layers { get; }

    /// <summary>All parameters, layer by layer and neuron by neuron: the weights in order, then the bias; raw, as in <see cref="Layers"/>.</summary>
    public IReadOnlyList<GradValue> Parameters { get; }

    /// <summary>How many parameters there are.</summary>
    public int ParameterCount => _parameters.Length;

    /// <summary>Whether neurons have a bias.</summary>
    public bool HasBias { get; }

    /// <summary>
    /// The share of the hidden layers' outputs that each step of a training drops by chance; 0 for none. Answers drop nothing.
    /// </summary>
    /// <exception cref="GradException">It is not from 0 to below 1, or there is no hidden layer to drop from (id <c>InvalidDropout</c>).</exception>
    public double Dropout
    {
        get;
        internal set
        {
            if (!(value >= 0 && value < 1))
            {
                throw new GradException("InvalidDropout", FormattableString.Invariant($"The dropout is {value}; give the share to drop, from 0 to below 1."));
            }

            field = value == 0 || _layers.Length > 1
                ? value
                : throw new GradException("InvalidDropout", FormattableString.Invariant($"The dropout is {value}, but there is no hidden layer to drop from."));
        }
    }

    /// <summary>What the inputs and outputs mean, learnt in training; null before.</summary>
    public ModelSchema? Schema
    {
        get;
        internal set
        {
            if (value is not null && (value.InputCount != InputCount || value.OutputCount != OutputCount))
            {
                throw new GradException(
                    "SizeMismatch",
                    $"The schema is of {value.InputCount} inputs and {value.OutputCount} outputs, but the model has {InputCount} and {OutputCount}.");
            }

            field = value;
            InputLabels = value?.InputNames ?? NumberedInputs(InputCount);
        }
    }

    /// <summary>What the last training was and how it went; null before.</summary>
    public TrainingRecord? Training { get; internal set; }

    /// <summary>The names of the columns that the model was trained on; empty before training.</summary>
    public IReadOnlyList<string> FeatureNames => Schema?.FeatureNames ?? [];

    /// <summary>The classes that the model tells apart, in the order of its outputs; empty for numeric targets.</summary>
    public IReadOnlyList<string> Classes => Schema?.Classes ?? [];

    /// <summary>The sizes from the inputs to the outputs, such as 2, 16, 16, 1.</summary>
    public IReadOnlyList<int> Sizes => Array.AsReadOnly<int>([InputCount, .. _layers.Select(layer => layer.OutputCount)]);

    /// <summary>What the hidden layers apply; what the output layer applies where there is no other.</summary>
    public Activation HiddenActivation => _layers[0].Activation;

    /// <summary>What the output layer applies.</summary>
    public Activation OutputActivation => _layers[^1].Activation;

    /// <summary>The layers' shapes, for kernels that compute with parameters of their own.</summary>
    internal IReadOnlyList<LayerShape> LayerShapes => Array.ConvertAll(
        _layers, layer => new LayerShape(layer.InputCount, layer.OutputCount, HasBias, layer.Activation.Operation()));

    /// <summary>The names of the inputs: those of the columns that they come from, or x1, x2, … before training.</summary>
    internal IReadOnlyList<string> InputLabels { get; private set; }

    /// <summary>
    /// The outputs over values or plain numbers, with the graph that leads to them. Both are in the user's units: where
    /// training scaled features or targets, the graph has the steps of that, and gradients by the inputs are in these units.
    /// </summary>
    /// <param name="inputs">As many values as <see cref="InputCount"/>: one a column, in order, or one for each category of a column of text.</param>
    /// <returns>One value an output, always as an array.</returns>
    /// <exception cref="GradException">There are fewer or more inputs (id <c>SizeMismatch</c>).</exception>
    public GradValue[] Invoke(params GradValue[] inputs)
    {
        GradException.ThrowIfNull(inputs, "a list of values or numbers");
        Shapes.RequireInputs("model", InputCount, inputs.Length);
        var own = GradValue.Checked(inputs);
        var named = new NamedInputs(own, InputLabels);
        return Schema?.Scaling is { } scaling
            ? scaling.UnscaleOutputs(Call(new ValueList(scaling.ScaleInputs(own)) { Named = named }))
            : Call(new ValueList(own) { Named = named });
    }

    /// <summary>The outputs over plain numbers, with their graph; the input leaves are labelled by <see cref="InputLabels"/>. Units are those of <see cref="Invoke"/>.</summary>
    /// <param name="inputs">As many numbers as <see cref="InputCount"/>.</param>
    /// <exception cref="GradException">There are fewer or more inputs (id <c>SizeMismatch</c>).</exception>
    internal GradValue[] InvokeNumbers(ReadOnlySpan<double> inputs)
    {
        Shapes.RequireInputs("model", InputCount, inputs.Length);
        var values = new GradValue[inputs.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = new GradValue(inputs[i], InputLabels[i]);
        }

        return Schema?.Scaling is { } scaling
            ? scaling.UnscaleOutputs(Call(new ValueList(scaling.ScaleInputs(values)) { IsOwn = true }))
            : Call(new ValueList(values) { IsOwn = true });
    }

    /// <summary>The outputs over plain numbers, without a graph; both in the user's units, as in <see cref="Invoke"/>.</summary>
    /// <param name="inputs">As many numbers as <see cref="InputCount"/>.</param>
    /// <returns>One number for each output. Outputs that mean classes are the scores of the loss; quantiles are in order.</returns>
    /// <exception cref="GradException">There are fewer or more inputs (id <c>SizeMismatch</c>).</exception>
    public double[] Predict(params double[] inputs)
    {
        GradException.ThrowIfNull(inputs, "a list of values or numbers");
        Shapes.RequireInputs("model", InputCount, inputs.Length);
        var runner = Interlocked.Exchange(ref _runner, null);
        if (runner is null)
        {
            runner = new NetworkRunner(this);
        }
        else
        {
            runner.Refresh();
        }

        var outputs = runner.Predict(inputs);
        _runner = runner;
        if (Schema is { Quantiles.Count: > 0 })
        {
            Quantiles.Sort(outputs, outputs.Length);
        }

        return outputs;
    }

    /// <summary>Sets the gradient of every parameter to 0.</summary>
    public void ZeroGrad() => Backpropagation.Clear(_parameters);

    /// <inheritdoc/>
    public override string ToString() =>
        $"Mlp({string.Join("-", Sizes)}, {HiddenActivation}, {ParameterCount} parameters)";

    /// <summary>The data of all parameters at one moment, in the order of <see cref="Parameters"/>.</summary>
    public double[] CopyParameters()
    {
        lock (_allParameters)
        {
            return Array.ConvertAll(_parameters, p => p.Data);
        }
    }

    /// <summary>Sets the data of all parameters, in the order of <see cref="Parameters"/>.</summary>
    internal void SetParameters(ReadOnlySpan<double> data)
    {
        lock (_allParameters)
        {
            for (var i = 0; i < _parameters.Length; i++)
            {
                _parameters[i].Data = data[i];
            }
        }
    }

    private static string[] NumberedInputs(int count) =>
        [.. Enumerable.Range(1, count).Select(i => FormattableString.Invariant($"x{i}"))];

    /// <summary>A copy with the same parameters and another schema.</summary>
    /// <param name="schema">What its inputs and outputs mean; null for an untrained one.</param>
    /// <exception cref="GradException">The schema is of more or fewer inputs or outputs (id <c>SizeMismatch</c>).</exception>
    public Mlp WithSchema(ModelSchema? schema)
    {
        var sizes = _layers.Select(layer => layer.OutputCount).ToArray();
        var copy = new Mlp(InputCount, sizes, HiddenActivation, OutputActivation, Initialization.Zero, hasBias: HasBias, dropout: Dropout) { Schema = schema };
        copy.SetParameters(CopyParameters());
        return copy;
    }

    private GradValue[] Call(ValueList inputs)
    {
        var outputs = _layers[0].Call(inputs);
        foreach (var layer in _layers.AsSpan(1))
        {
            outputs = layer.Call(new ValueList(outputs) { IsOwn = true });
        }

        return outputs;
    }

    private static void CheckSizes(int inputCount, int[] layerSizes)
    {
        GradException.ThrowIfNull(layerSizes, "a list of layer sizes");
        if (inputCount < 1)
        {
            throw new GradException("InvalidInputCount", $"The input count is {inputCount}; a network takes at least 1 input.");
        }

        if (layerSizes.Length == 0)
        {
            throw new GradException("InvalidLayerSize", "There is no layer; give the size of at least the output layer.");
        }

        if (layerSizes.Length > MaximumLayerCount)
        {
            throw new GradException("ModelTooLarge", $"There are {layerSizes.Length} layers; a network has at most {MaximumLayerCount}.");
        }

        foreach (var size in layerSizes)
        {
            if (size < 1)
            {
                throw new GradException("InvalidLayerSize", $"A layer size is {size}; every layer has at least 1 neuron.");
            }
        }

        long parameters = 0;
        var inputs = (long)inputCount;
        foreach (var size in layerSizes)
        {
            parameters += (inputs + 1) * size;
            inputs = size;
        }

        if (parameters > MaximumParameterCount)
        {
            throw new GradException(
                "ModelTooLarge",
                $"The network would have {parameters} parameters, and live values are made for at most {MaximumParameterCount}. Make its layers smaller.");
        }

        MemoryBudget.Require(parameters, (double)parameters * BytesPerParameter, "ModelTooLarge", $"The {parameters} parameters of the network would take");
    }
}
