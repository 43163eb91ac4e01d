using MicroGrad.Graphs;

namespace MicroGrad.Compilation;

/// <summary>
/// A function traced at one number of inputs: its graph over symbolic leaves, and what is compiled of it on first use.
/// </summary>
internal sealed unsafe class TracedFunction
{
    private readonly GradValue[] _leaves;
    private readonly Dictionary<GradValue, double> _constants;
    private readonly Lazy<CompiledProgram> _value;
    private readonly Lazy<CompiledProgram> _gradient;
    private readonly Lazy<CompiledProgram> _curvature;

    /// <summary>Compiles a graph over leaves for vectors of one width.</summary>
    public TracedFunction(GradValue root, GradValue[] leaves, VectorWidth vector)
    {
        Root = root;
        _leaves = leaves;

        // Constants keep their present numbers, as the user may change the graph.
        _constants = new Dictionary<GradValue, double>(ReferenceEqualityComparer.Instance);
        var inputs = new HashSet<GradValue>(leaves, ReferenceEqualityComparer.Instance);
        foreach (var node in TopologicalOrder.Of(root))
        {
            if (node.IsLeaf && !inputs.Contains(node))
            {
                _constants.Add(node, node.RawData);
            }
        }

        _value = new(() => Compile([root], leaves, vector));
        _gradient = new(() => Compile([root, .. GraphCompiler.Gradients(root, leaves)], leaves, vector));
        _curvature = new(() => CompileCurvature(vector));
    }

    public GradValue Root { get; }

    public int Count => _leaves.Length;

    /// <summary>The values at rows of numbers.</summary>
    public void Values(double[][] rows, Span<double> values)
    {
        var program = _value.Value;
        var room = program.Rent();
        for (var first = 0; first < rows.Length; first += program.Lanes)
        {
            Fill(program, room, rows, first);
            program.Run(room);
            var count = Math.Min(program.Lanes, rows.Length - first);
            new ReadOnlySpan<double>(room.Outputs, count).CopyTo(values[first..]);
        }

        program.Return(room);
    }

    /// <summary>The values at rows of numbers, and the gradients there, each written to an array as long as its row.</summary>
    public void Gradients(double[][] rows, Span<double> values, double[][] gradients)
    {
        var program = _gradient.Value;
        var lanes = program.Lanes;
        var room = program.Rent();
        for (var first = 0; first < rows.Length; first += lanes)
        {
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
        var program = _curvature.Value;
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

    private CompiledProgram Compile(GradValue[] roots, GradValue[] inputs, VectorWidth vector) =>
        new(GraphCompiler.Compile(roots, inputs, _constants), vector, inputs.Length);

    /// <remarks>
    /// The gradient times a fixed direction is a number, and its gradient the Hessian times that direction. Where the
    /// direction has no part in an input, an infinite second derivative there is not taken into account.
    /// </remarks>
    private CompiledProgram CompileCurvature(VectorWidth vector)
    {
        GradValue[] direction = [.. _leaves.Select(_ => new GradValue(0))];
        var slope = GradValue.Sum([.. GraphCompiler.Gradients(Root, _leaves).Zip(
            direction, (gradient, part) => part * GradValue.Choose(part.Abs(), 0, gradient, 0))]);
        return Compile(GraphCompiler.Gradients(slope, _leaves), [.. _leaves, .. direction], vector);
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
