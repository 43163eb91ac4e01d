using MicroGrad.Graphs;
using MicroGrad.Training;

namespace MicroGrad;

/// <summary>
/// An optimizer over a list of values: it remembers what its rule needs from step to step, moves the values by
/// their gradients, and clears these.
/// </summary>
public sealed class GradOptimizer
{
    private readonly GradValue[] _values;
    private readonly OptimizerOptions _options;
    private readonly Optimizer<double> _rule;
    private readonly double[] _data;
    private readonly double[] _gradients;

    /// <summary>Makes an optimizer, which has made no step yet.</summary>
    /// <param name="values">The values to move: leaves, each of them once.</param>
    /// <param name="options">The rule and its constants.</param>
    /// <param name="stopping">Asked before each value.</param>
    /// <exception cref="GradException">
    /// There is no value (id <c>EmptyInput</c>), a value was computed (id <c>NotALeaf</c>) or stands in the list twice (id
    /// <c>DuplicateValue</c>), or the options do not fit together (ids of <see cref="OptimizerOptions.Validate"/>).
    /// </exception>
    /// <exception cref="OperationCanceledException">The checks of the values were stopped.</exception>
    public GradOptimizer(IReadOnlyList<GradValue> values, OptimizerOptions options, CancellationToken stopping = default)
    {
        options.Validate();
        _values = GradValue.Checked([.. values]);
        if (_values.Length == 0)
        {
            throw new GradException("EmptyInput", "There is no value for the optimizer to move; give at least one.");
        }

        Array.ForEach(_values, GradientStep.RequireLeaf);
        GradientStep.RequireDistinct(_values, stopping);

        _options = options;
        _rule = options.Create<double>(_values.Length);
        (_data, _gradients) = (new double[_values.Length], new double[_values.Length]);
        Values = Array.AsReadOnly(_values);
    }

    /// <summary>The rule.</summary>
    public OptimizerKind Kind => _options.Kind;

    /// <summary>The values that it moves, in order.</summary>
    public IReadOnlyList<GradValue> Values { get; }

    /// <summary>How many values there are.</summary>
    public int Count => _values.Length;

    /// <summary>How many steps were made.</summary>
    public long StepCount => _rule.StepCount;

    /// <summary>Moves all values once by their gradients, then sets the gradients to 0.</summary>
    /// <param name="learningRate">The size of the step, above 0.</param>
    /// <param name="ascend">Whether to move along the gradients, to make the root larger.</param>
    /// <exception cref="GradException">
    /// The rate is no number above 0 (id <c>InvalidLearningRate</c>), or a gradient is left over from an earlier step (id
    /// <c>StaleGradient</c>).
    /// </exception>
    public void Step(double learningRate, bool ascend = false) => Step(learningRate, ascend, CancellationToken.None);

    /// <inheritdoc cref="Step(double, bool)"/>
    /// <exception cref="OperationCanceledException">The checks before the step were stopped; no value has moved.</exception>
    public void Step(double learningRate, bool ascend, CancellationToken stopping)
    {
        GradientStep.CheckLearningRate(learningRate);
        GradientStep.Require(_values, stopping);
        for (var i = 0; i < _values.Length; i++)
        {
            _data[i] = _values[i].RawData;
            _gradients[i] = ascend ? -_values[i].RawGrad : _values[i].RawGrad;
        }

        _rule.Step(_data, _gradients, learningRate);
        for (var i = 0; i < _values.Length; i++)
        {
            _values[i].RawData = _data[i];
        }

        ZeroGrad();
    }

    /// <summary>Sets the gradients of all values to 0.</summary>
    public void ZeroGrad() => Backpropagation.Clear(_values);

    /// <inheritdoc/>
    public override string ToString() => $"GradOptimizer({Kind}, {Count} values, {StepCount} steps)";
}
