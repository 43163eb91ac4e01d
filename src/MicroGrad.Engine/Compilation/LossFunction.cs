using MicroGrad.Compilation;

namespace MicroGrad;

/// <summary>
/// The loss of a model over fixed samples as a compiled function of the model's parameters: value and gradient in one
/// pass, several samples at once.
/// </summary>
/// <remarks>
/// The loss of one sample is traced once, as a <see cref="GradFunction"/> is, and has its limits. Sums over samples are
/// taken in a fixed order for a given width of vectors, so that the same machine gives the same bits. An instance serves
/// one thread at a time.
/// </remarks>
public sealed unsafe class LossFunction
{
    private readonly CompiledProgram _program;
    private readonly VectorWidth _vector;
    private readonly CompiledProgram.Workspace _room;
    private readonly double[] _samples;
    private readonly double* _firstSample;
    private readonly double* _parameters;
    private readonly int _sampleStride;
    private readonly int _blockCount;
    private readonly double _l2;

    internal LossFunction(
        IReadOnlyList<GradValue> parameters,
        double[][] inputs,
        double[][] targets,
        Func<GradValue[], GradValue[], GradValue> loss,
        bool average,
        double l2,
        VectorWidth? vector = null)
    {
        Check(inputs, targets);
        _vector = vector ?? VectorWidth.For(inputs.Length);
        _l2 = l2;
        ParameterCount = parameters.Count;
        SampleCount = inputs.Length;

        // The last input is the sample's share in the loss: 0 in lanes beyond the last sample.
        GradValue[] symbols = [.. Enumerable.Range(0, inputs[0].Length + targets[0].Length + 1).Select(_ => new GradValue(0))];
        var cost = loss(symbols[..inputs[0].Length], symbols[inputs[0].Length..^1])
            ?? throw new GradException("NotAGradValue", "The loss gave nothing, where one GradValue is expected.");
        var root = cost * symbols[^1];
        var program = GraphCompiler.Compile([root, .. GraphCompiler.Gradients(root, parameters)], symbols, parameters);
        _program = new CompiledProgram(program, _vector, 0, accumulates: true);
        _room = _program.Rent();

        var lanes = _vector.Lanes;
        _blockCount = (inputs.Length + lanes - 1) / lanes;
        _sampleStride = symbols.Length * lanes;
        _samples = GC.AllocateArray<double>(_blockCount * _sampleStride + ParameterCount + 16, pinned: true);
        _firstSample = Aligned((double*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(_samples, 0));
        _parameters = Aligned(_firstSample + _blockCount * _sampleStride);
        for (var i = 0; i < _blockCount * lanes; i++)
        {
            var sample = Math.Min(i, inputs.Length - 1);
            double[] row = [.. inputs[sample], .. targets[sample], i < inputs.Length ? average ? 1.0 / inputs.Length : 1 : 0];
            for (var k = 0; k < row.Length; k++)
            {
                _firstSample[i / lanes * _sampleStride + k * lanes + i % lanes] = row[k];
            }
        }
    }

    /// <summary>How many parameters the loss is differentiated by.</summary>
    public int ParameterCount { get; }

    /// <summary>How many samples the loss is taken over.</summary>
    public int SampleCount { get; }

    /// <summary>Compiles the loss of a model over samples.</summary>
    /// <param name="model">The model; only its shape counts, not the parameters it has now.</param>
    /// <param name="inputs">The inputs of each sample.</param>
    /// <param name="targets">The targets of each sample, as many rows as there are of inputs.</param>
    /// <param name="loss">The loss of a sample, from the model's outputs and the sample's targets.</param>
    /// <param name="average">Whether losses are averaged over the samples, rather than added up.</param>
    /// <param name="l2">The factor of the sum of all parameters' squares, which is added.</param>
    /// <exception cref="GradException">
    /// There are no samples (id <c>EmptyData</c>), rows differ in length or number (id <c>SizeMismatch</c>), or the loss
    /// gives no value (id <c>NotAGradValue</c>).
    /// </exception>
    public static LossFunction Compile(
        Mlp model,
        double[][] inputs,
        double[][] targets,
        Func<GradValue[], GradValue[], GradValue> loss,
        bool average = true,
        double l2 = 0)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(loss);
        return new LossFunction(model.Parameters, inputs, targets, (x, y) => loss(model.Invoke(x), y), average, l2);
    }

    /// <summary>The loss at given parameters, and its derivatives by them.</summary>
    /// <param name="parameters">As many numbers as there are parameters.</param>
    /// <param name="gradient">Receives the derivatives; as long as the parameters.</param>
    /// <exception cref="GradException">A length is not that of the parameters (id <c>SizeMismatch</c>).</exception>
    public double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        if (parameters.Length != ParameterCount || gradient.Length != ParameterCount)
        {
            throw new GradException(
                "SizeMismatch",
                $"The loss has {ParameterCount} parameters, but {parameters.Length} and room for {gradient.Length} derivatives were given.");
        }

        parameters.CopyTo(new Span<double>(_parameters, ParameterCount));
        new Span<double>(_room.Outputs, _program.OutputCount * _vector.Lanes).Clear();
        for (var block = 0; block < _blockCount; block++)
        {
            _program.Run(_firstSample + block * _sampleStride, _parameters, _room.Outputs, _room.Scratch);
        }

        var value = LaneSums.Sum(_room.Outputs, _vector.Lanes);
        LaneSums.Sums(_room.Outputs + _vector.Lanes, _vector.Lanes, gradient);
        if (_l2 != 0)
        {
            var squares = 0.0;
            for (var i = 0; i < parameters.Length; i++)
            {
                squares += parameters[i] * parameters[i];
                gradient[i] += 2 * _l2 * parameters[i];
            }

            value += _l2 * squares;
        }

        return value;
    }

    private static double* Aligned(double* address) => (double*)(((nuint)address + 63) & ~(nuint)63);

    private static void Check(double[][] inputs, double[][] targets)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        if (inputs.Length == 0)
        {
            throw new GradException("EmptyData", "There is no sample; give at least one.");
        }

        if (inputs.Length != targets.Length
            || inputs.Any(row => row.Length != inputs[0].Length)
            || targets.Any(row => row.Length != targets[0].Length))
        {
            throw new GradException(
                "SizeMismatch",
                $"There are {inputs.Length} rows of inputs and {targets.Length} of targets; they must be as many, and as long as the first of each.");
        }
    }
}
