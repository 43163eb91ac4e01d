using System.Collections.Concurrent;
using MicroGrad.Compilation;
using MicroGrad.Graphs;

namespace MicroGrad;

/// <summary>
/// A function of numbers, compiled from the graph that one call of it records. Value, gradient and second derivatives are
/// the processor's own vector instructions, one row of numbers a lane.
/// </summary>
/// <remarks>
/// <para>
/// The function is called once for each number of inputs, with symbolic values; what it does to them is what is compiled. A
/// function that reads the <see cref="GradValue.Data"/> of a symbolic value is refused: an if statement, a loop or a plain
/// number that depends on it is no part of the graph, and would be the same for all rows. For a branch by value, use
/// <see cref="GradValue.Max"/>, <see cref="GradValue.Min"/>, <see cref="GradValue.Relu()"/>, <see cref="GradValue.Abs"/> or
/// <see cref="GradValue.Choose"/>. Other values and models that the function uses are constants, with the data that they
/// have at that moment.
/// </para>
/// <para>A function can be evaluated from several threads at once.</para>
/// </remarks>
public sealed class GradFunction
{
    // Rows whose points and gradients are in memory at one time, where they have parameters in common.
    private const int RowsAtOnce = 64;

    private readonly Func<GradValue[], GradValue?> _function;
    private readonly FunctionParameter[] _parameters;
    private readonly string[] _parameterNames;
    private readonly VectorWidth _vector;
    private readonly bool _takesIntegers;

    // How many numbers the parameters of a given length take together.
    private readonly int _fixedCount;

    // The key is the count of numbers and the integers among them.
    private readonly ConcurrentDictionary<(int Count, string Integers), TracedFunction> _traces = new();

    /// <param name="function">The function, over all inputs in a row.</param>
    /// <param name="parameterNames">The names of its parameters.</param>
    /// <param name="listPlace">The place of the one parameter that is a list of values of any length; -1 for none.</param>
    /// <param name="vector">The vectors to compute with.</param>
    internal GradFunction(
        Func<GradValue[], GradValue?> function, string[] parameterNames, int listPlace = -1, VectorWidth? vector = null)
        : this(
            function,
            [.. parameterNames.Select((name, i) => i == listPlace ? new FunctionParameter(name, null, IsList: true) : new(name))],
            vector,
            CancellationToken.None)
    {
    }

    /// <summary>Compiles a function.</summary>
    /// <param name="function">The function, over the values of all parameters in a row.</param>
    /// <param name="parameters">Its parameters; at most one has any length.</param>
    /// <param name="stopping">Ends the work.</param>
    /// <exception cref="GradException">What the function does is no graph (ids of <see cref="TracedFunction"/>).</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public GradFunction(Func<GradValue[], GradValue?> function, FunctionParameter[] parameters, CancellationToken stopping = default)
        : this(function, parameters, null, stopping)
    {
    }

    /// <param name="function">The function, over the values of all parameters in a row.</param>
    /// <param name="parameters">Its parameters; at most one has any length.</param>
    /// <param name="vector">The vectors to compute with; null for the widest.</param>
    /// <param name="stopping">Ends the work.</param>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    internal GradFunction(
        Func<GradValue[], GradValue?> function, FunctionParameter[] parameters, VectorWidth? vector, CancellationToken stopping)
    {
        (_function, _parameters) = (function, parameters);
        _vector = vector ?? VectorWidth.Widest;
        _parameterNames = Array.ConvertAll(parameters, parameter => parameter.Name);
        ParameterNames = Array.AsReadOnly(_parameterNames);
        _takesIntegers = Array.Exists(parameters, parameter => parameter.IsInteger);
        _fixedCount = parameters.Sum(parameter => parameter.Count ?? 0);
        TakesList = Array.Exists(parameters, parameter => parameter.Count is null);
        if (!TakesList && !_takesIntegers)
        {
            Graph = TraceOf(new double[_fixedCount], stopping).Root;
        }
    }

    /// <summary>The names of the parameters, in order.</summary>
    public IReadOnlyList<string> ParameterNames { get; }

    /// <summary>How many parameters there are; a list of values is one.</summary>
    public int ParameterCount => _parameterNames.Length;

    /// <summary>Whether one parameter is a list of values of any length.</summary>
    public bool TakesList { get; }

    /// <summary>
    /// The root of the graph last traced, over leaves that have the names of the parameters and the data 0; null for a
    /// function of a list of any length, or of integers, before its first use.
    /// </summary>
    public GradValue? Graph { get; private set; }

    /// <summary>Traces and compiles a function of numbers.</summary>
    /// <param name="function">The function: called once, with a symbolic value for each name.</param>
    /// <param name="parameterNames">The names of its parameters; at least one.</param>
    /// <exception cref="GradException">
    /// There is no parameter (id <c>NoParameter</c>), the function gives no value (id <c>NotAGradValue</c>), or it reads the
    /// data of a symbolic value (id <c>SymbolicData</c>).
    /// </exception>
    public static GradFunction Compile(Func<GradValue[], GradValue> function, params string[] parameterNames)
    {
        GradException.ThrowIfNull(function, "a function of values");
        GradException.ThrowIfNull(parameterNames, "a list of names");
        return parameterNames.Length > 0
            ? new GradFunction(function, (string[])parameterNames.Clone())
            : throw new GradException("NoParameter", "The function has no parameter; give at least one to differentiate by.");
    }

    /// <summary>The value at a point.</summary>
    /// <param name="point">A number for each parameter, in order; those of a list in its place.</param>
    /// <exception cref="GradException">There are fewer or more numbers (id <c>SizeMismatch</c>).</exception>
    public double Invoke(params double[] point) => Invoke(point, CancellationToken.None);

    /// <summary>The derivatives by all inputs at a point.</summary>
    /// <param name="point">A number for each parameter, in order.</param>
    /// <exception cref="GradException">There are fewer or more numbers (id <c>SizeMismatch</c>).</exception>
    public double[] Gradient(params double[] point)
    {
        GradException.ThrowIfNull(point, "a list of numbers");
        var gradient = new double[point.Length];
        Evaluate(point, gradient);
        return gradient;
    }

    /// <summary>The value at a point, and the derivatives by all inputs.</summary>
    /// <param name="point">A number for each parameter, in order.</param>
    /// <param name="gradient">Receives the derivatives; as long as the point.</param>
    /// <exception cref="GradException">There are fewer or more numbers (id <c>SizeMismatch</c>).</exception>
    public double Evaluate(double[] point, double[] gradient) => Evaluate(point, gradient, CancellationToken.None);

    /// <inheritdoc cref="Invoke(double[])"/>
    /// <exception cref="OperationCanceledException">The recording or the compilation was stopped.</exception>
    public double Invoke(double[] point, CancellationToken stopping)
    {
        GradException.ThrowIfNull(point, "a list of numbers");
        double value = 0;
        TraceOf(point, stopping).Values([point], new Span<double>(ref value), stopping);
        return value;
    }

    /// <inheritdoc cref="Evaluate(double[], double[])"/>
    /// <exception cref="OperationCanceledException">The recording or the compilation was stopped.</exception>
    public double Evaluate(double[] point, double[] gradient, CancellationToken stopping)
    {
        GradException.ThrowIfNull(point, "a list of numbers");
        GradException.ThrowIfNull(gradient, "a list of numbers");
        if (gradient.Length != point.Length)
        {
            throw new GradException(
                "SizeMismatch", $"The gradient has room for {gradient.Length} numbers, but the point has {point.Length}.");
        }

        double value = 0;
        TraceOf(point, stopping).Gradients([point], new Span<double>(ref value), [gradient], stopping);
        return value;
    }

    /// <summary>
    /// The value at the data of values, whose gradients grow by the derivatives: what <see cref="GradValue.Backward"/> does,
    /// without a graph.
    /// </summary>
    /// <param name="point">A value for each parameter, in order; those of a list in its place.</param>
    /// <exception cref="GradException">There are fewer or more values (id <c>SizeMismatch</c>).</exception>
    public double Backward(params GradValue[] point)
    {
        GradException.ThrowIfNull(point, "a list of values or numbers");
        var data = Array.ConvertAll(point, DataOf);
        var gradient = new double[data.Length];
        var result = Evaluate(data, gradient);
        Backpropagation.Add(point, gradient);
        return result;
    }

    /// <summary>
    /// The values at rows that share their first parameters, such as the samples of a batch, several at once. The gradients of
    /// the shared ones grow by the derivatives of the sum of all values.
    /// </summary>
    /// <param name="shared">A value for each number that the rows share: the first of each point.</param>
    /// <param name="rows">The numbers behind them, row by row, all of one length.</param>
    /// <exception cref="GradException">Together they are fewer or more than the function takes (id <c>SizeMismatch</c>).</exception>
    public double[] BackwardMany(GradValue[] shared, double[][] rows)
    {
        GradException.ThrowIfNull(shared, "a list of values or numbers");
        var data = Array.ConvertAll(shared, DataOf);
        var values = new double[Checked(rows).Length];
        var gradient = new double[shared.Length];
        for (var first = 0; first < rows.Length; first += RowsAtOnce)
        {
            double[][] points = [.. rows.Skip(first).Take(RowsAtOnce).Select(row => (double[])[.. data, .. row])];
            var (some, gradients) = EvaluateMany(points);
            some.CopyTo(values, first);
            foreach (var one in gradients)
            {
                for (var i = 0; i < gradient.Length; i++)
                {
                    gradient[i] += one[i];
                }
            }
        }

        Backpropagation.Add(shared, gradient);
        return values;
    }

    /// <summary>The values at many points, several at once.</summary>
    /// <param name="rows">The points, all of one length.</param>
    /// <exception cref="GradException">A row has fewer or more numbers (id <c>SizeMismatch</c>).</exception>
    public double[] InvokeMany(double[][] rows)
    {
        var values = new double[Checked(rows).Length];
        foreach (var (first, group) in GroupsOf(rows))
        {
            TraceOf(group[0]).Values(group, values.AsSpan(first));
        }

        return values;
    }

    /// <summary>The gradients at many points, several at once.</summary>
    /// <param name="rows">The points, all of one length.</param>
    /// <exception cref="GradException">A row has fewer or more numbers (id <c>SizeMismatch</c>).</exception>
    public double[][] GradientMany(double[][] rows) => EvaluateMany(rows).Gradients;

    /// <summary>The Hessian at a point: the second derivatives, a row for each input.</summary>
    /// <param name="point">A number for each parameter, in order.</param>
    /// <exception cref="GradException">There are fewer or more numbers (id <c>SizeMismatch</c>).</exception>
    public double[][] Hessian(params double[] point)
    {
        GradException.ThrowIfNull(point, "a list of numbers");
        var directions = new double[point.Length][];
        for (var i = 0; i < directions.Length; i++)
        {
            directions[i] = new double[point.Length];
            directions[i][i] = 1;
        }

        return TraceOf(point).Curvatures(point, directions);
    }

    /// <summary>The Hessian at a point times a direction, without the Hessian itself.</summary>
    /// <param name="point">A number for each parameter, in order.</param>
    /// <param name="direction">As many numbers.</param>
    /// <exception cref="GradException">There are fewer or more numbers (id <c>SizeMismatch</c>).</exception>
    public double[] HessianVectorProduct(double[] point, double[] direction)
    {
        GradException.ThrowIfNull(point, "a list of numbers");
        GradException.ThrowIfNull(direction, "a list of numbers");
        return point.Length == direction.Length
            ? TraceOf(point).Curvatures(point, [direction])[0]
            : throw new GradException(
                "SizeMismatch", $"The point has {point.Length} numbers, but the direction {direction.Length}.");
    }

    /// <inheritdoc/>
    public override string ToString() => VisibleText.Of($"GradFunction({string.Join(", ", _parameterNames)})");

    internal (double[] Values, double[][] Gradients) EvaluateMany(double[][] rows, CancellationToken stopping = default)
    {
        var values = new double[Checked(rows).Length];
        var gradients = Array.ConvertAll(rows, row => new double[row.Length]);
        foreach (var (first, group) in GroupsOf(rows))
        {
            TraceOf(group[0], stopping).Gradients(group, values.AsSpan(first), gradients[first..(first + group.Length)], stopping);
        }

        return (values, gradients);
    }

    private static double DataOf(GradValue value)
    {
        GradException.ThrowIfNull(value, "a value or a number");
        return value.RawData;
    }

    private static double[][] Checked(double[][] rows)
    {
        GradException.ThrowIfNull(rows, "a list of points");
        foreach (var row in rows)
        {
            GradException.ThrowIfNull(row, "a list of numbers");
            if (row.Length != rows[0].Length)
            {
                throw new GradException(
                    "SizeMismatch", $"The first row has {rows[0].Length} numbers, but another has {row.Length}.");
            }
        }

        return rows;
    }

    /// <summary>Rows that share a trace: all of them, or each alone where they hold integers.</summary>
    private IEnumerable<(int First, double[][] Rows)> GroupsOf(double[][] rows) =>
        rows.Length > 0 && !_takesIntegers ? [(0, rows)] : rows.Select((row, i) => (i, new[] { row }));

    private TracedFunction TraceOf(double[] point, CancellationToken stopping = default)
    {
        var count = point.Length;
        if (TakesList ? count < _fixedCount : count != _fixedCount)
        {
            throw new GradException(
                "SizeMismatch",
                $"The function takes {(TakesList ? $"{_fixedCount} or more" : _fixedCount)} numbers ({MessageText.Shorten(_parameterNames)}), but {count} were given.");
        }

        var key = (count, _takesIntegers ? Integers(point, InputsOf(count)) : string.Empty);
        return _traces.TryGetValue(key, out var trace) ? trace : AddTrace(key, point, stopping);
    }

    private TracedFunction AddTrace((int Count, string Integers) key, double[] point, CancellationToken stopping)
    {
        var trace = _traces.GetOrAdd(key, _ => Trace(point, stopping));
        Graph = trace.Root;
        return trace;
    }

    private TracedFunction Trace(double[] point, CancellationToken stopping)
    {
        var inputs = InputsOf(point.Length);
        GradValue[] leaves = [.. inputs.Select(
            (input, i) => input.IsInteger ? new GradValue(point[i], input.Name) : SymbolicTrace.Symbol(input.Name))];
        var order = SymbolicTrace.Record(leaves, () => _function((GradValue[])leaves.Clone()), stopping);
        foreach (var leaf in leaves.Where(leaf => double.IsNaN(leaf.RawData)))
        {
            leaf.Data = 0;
        }

        ForwardPass.Run(order, stopping);
        return new TracedFunction(order[^1], leaves, _vector, stopping);
    }

    /// <summary>The inputs that a row of so many numbers stands for, in order.</summary>
    private (string Name, bool IsInteger)[] InputsOf(int count) =>
    [
        .. _parameters.SelectMany(parameter => Enumerable.Range(1, parameter.Count ?? count - _fixedCount).Select(
            i => (parameter.IsList ? $"{parameter.Name}{i}" : parameter.Name, parameter.IsInteger))),
    ];

    private static string Integers(double[] point, (string Name, bool IsInteger)[] inputs)
    {
        var integers = new List<int>();
        for (var i = 0; i < point.Length; i++)
        {
            if (!inputs[i].IsInteger)
            {
                continue;
            }

            integers.Add(point[i] == Math.Truncate(point[i]) && Math.Abs(point[i]) <= int.MaxValue
                ? (int)point[i]
                : throw new GradException(
                    "NotAnInteger",
                    FormattableString.Invariant($"{inputs[i].Name} is {point[i]}, where a whole number is expected: the function reads it while it is recorded.")));
        }

        return string.Join(',', integers);
    }
}
