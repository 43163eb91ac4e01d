using MicroGrad.Graphs;

namespace MicroGrad.Compilation;

/// <summary>
/// A function traced at one number of inputs: its graph over symbolic leaves, and what is compiled of it on first use.
/// </summary>
internal sealed unsafe class TracedFunction
{
    private readonly GradValue[] _leaves;
    private readonly Dictionary<GradValue, double> _constants;
    private readonly VectorWidth _vector;
    private readonly Lock _compiling = new();

    // Compiled on first use. After a stopped compilation, the next use compiles again.
    private volatile CompiledProgram? _value;
    private volatile CompiledProgram? _gradient;
    private volatile CompiledProgram? _curvature;

    /// <param name="root">The root of the graph.</param>
    /// <param name="leaves">The leaves that stand for the inputs, in order.</param>
    /// <param name="vector">The vectors to compute with.</param>
    /// <param name="stopping">Asked before each node.</param>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public TracedFunction(GradValue root, GradValue[] leaves, VectorWidth vector, CancellationToken stopping = default)
    {
        (Root, _leaves, _vector) = (root, leaves, vector);

        // Constants keep their present numbers, as the user may change the graph.
        _constants = new Dictionary<GradValue, double>(ReferenceEqualityComparer.Instance);
        var inputs = new HashSet<GradValue>(leaves, ReferenceEqualityComparer.Instance);
        foreach (var node in TopologicalOrder.Of(root, stopping))
        {
            stopping.ThrowIfCancellationRequested();
            if (node.IsLeaf && !inputs.Contains(node))
            {
                _constants.Add(node, node.RawData);
            }
        }
    }

    public GradValue Root { get; }

    public int Count => _leaves.Length;

    /// <summary>The values at rows of numbers.</summary>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public void Values(double[][] rows, Span<double> values, CancellationToken stopping = default)
    {
        var program = ValueProgram(stopping);
        var room = program.Rent();
        for (var first = 0; first < rows.Length; first += program.Lanes)
        {
            stopping.ThrowIfCancellationRequested();
            Fill(program, room, rows, first);
            program.Run(room);
            var count = Math.Min(program.Lanes, rows.Length - first);
            new ReadOnlySpan<double>(room.Outputs, count).CopyTo(values[first..]);
        }

        program.Return(room);
    }

    /// <summary>The values at rows of numbers, and the gradients there, each written to an array as long as its row.</summary>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public void Gradients(double[][] rows, Span<double> values, double[][] gradients, CancellationToken stopping = default)
    {
        var program = GradientProgram(stopping);
        var lanes = program.Lanes;
        var room = program.Rent();
        for (var first = 0; first < rows.Length; first += lanes)
        {
            stopping.ThrowIfCancellationRequested();
            Fill(program, room, rows, first);
            program.Run(room);
            for (var lane = 0; lane < Math.Min(lanes, rows.Length - first); lane++)
            {
                values[first + lane] = room.Outputs[lane];
                program.ReadLane(room, lane, gradients[first + lane], firstOutput: 1);
            }
        }

        program.Return(room);
    }

    /// <summary>The Hessian at a point times each of several directions.</summary>
    public double[][] Curvatures(double[] point, double[][] directions)
    {
        var program = CurvatureProgram();
        var lanes = program.Lanes;
        var room = program.Rent();
        var products = Array.ConvertAll(directions, _ => new double[Count]);
        double[][] points = [.. Enumerable.Repeat(point, directions.Length)];
        for (var first = 0; first < directions.Length; first += lanes)
        {
            Fill(program, room, points, first);
            Fill(program, room, directions, first, Count);
            program.Run(room);
            for (var lane = 0; lane < Math.Min(lanes, directions.Length - first); lane++)
            {
                program.ReadLane(room, lane, products[first + lane]);
            }
        }

        program.Return(room);
        return products;
    }

    private CompiledProgram ValueProgram(CancellationToken stopping)
    {
        if (_value is { } known)
        {
            return known;
        }

        lock (_compiling)
        {
            return _value ??= Compile([Root], _leaves, stopping);
        }
    }

    private CompiledProgram GradientProgram(CancellationToken stopping)
    {
        if (_gradient is { } known)
        {
            return known;
        }

        lock (_compiling)
        {
            return _gradient ??= Compile([Root, .. GraphCompiler.Gradients(Root, _leaves, stopping)], _leaves, stopping);
        }
    }

    private CompiledProgram CurvatureProgram()
    {
        lock (_compiling)
        {
            return _curvature ??= CompileCurvature();
        }
    }

    private CompiledProgram Compile(GradValue[] roots, GradValue[] inputs, CancellationToken stopping = default) =>
        new(GraphCompiler.Compile(roots, inputs, _constants, stopping), _vector, inputs.Length, stopping: stopping);

    /// <remarks>
    /// The gradient times a fixed direction is a number, and its gradient the Hessian times that direction. Where the
    /// direction has no part in an input, an infinite second derivative there is not taken into account.
    /// </remarks>
    private CompiledProgram CompileCurvature()
    {
        GradValue[] direction = [.. _leaves.Select(_ => new GradValue(0))];
        var slope = GradValue.Sum([.. GraphCompiler.Gradients(Root, _leaves).Zip(
            direction, (gradient, part) => part * GradValue.Choose(part.Abs(), 0, gradient, 0))]);
        return Compile(GraphCompiler.Gradients(slope, _leaves), [.. _leaves, .. direction]);
    }

    /// <summary>Writes rows to lanes, one a lane. Lanes beyond the last row repeat it.</summary>
    private static void Fill(CompiledProgram program, CompiledProgram.Workspace room, double[][] rows, int first, int firstInput = 0)
    {
        for (var lane = 0; lane < program.Lanes; lane++)
        {
            program.SetLane(room, lane, rows[Math.Min(first + lane, rows.Length - 1)], firstInput);
        }
    }
}
