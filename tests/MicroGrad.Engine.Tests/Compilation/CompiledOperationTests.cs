using MicroGrad.Compilation;
using MicroGrad.Operations;

namespace MicroGrad.Engine.Tests;

[Trait("Category", "Kernels")]
public sealed class CompiledOperationTests
{
    private static readonly double[] Edges =
        [0, -0.0, 1, -1, 1e-300, -1e-20, 1e-310, 800, -800, -740, 1e300, -1e300, double.PositiveInfinity, double.NegativeInfinity, double.NaN];

    public static TheoryData<string, int> NamesAndWidths
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var name in OperationCases.All.Select(item => item.Kind).Distinct())
            {
                foreach (var width in VectorWidths.Lanes)
                {
                    data.Add(name, width);
                }
            }

            return data;
        }
    }

    /// <summary>A function, the scalar one that it must agree with, and the range it is compared over.</summary>
    public static TheoryData<string, double, double> Ranges => new()
    {
        { "Exp", -745, 709.7 },
        { "Exp", -1, 1 },
        { "Log", 1e-308, 1e308 },
        { "Log", 0.5, 2 },
        { "Tanh", -25, 25 },
        { "Tanh", -1e-3, 1e-3 },
        { "Sigmoid", -700, 40 },
        { "Sigmoid", -2, 2 },
        { "Softplus", -700, 100 },
        { "Softplus", -2, 2 },
        { "Elu", -40, 5 },
        { "Elu", -1e-6, 1e-6 },
        { "Silu", -700, 40 },
        { "Sin", -10, 10 },
        { "Sin", -1e6, 1e6 },
        { "Sin", -1e15, 1e15 },
        { "Cos", -10, 10 },
        { "Cos", -1e6, 1e6 },
        { "Cos", -1e15, 1e15 },
        { "NormalDistribution", -5, 9 },
        { "Gelu", -5, 9 },
        { "Sqrt", 0, 1e10 },
    };

    [Theory]
    [MemberData(nameof(NamesAndWidths))]
    public void A_compiled_operation_agrees_with_the_scalar_one_also_at_the_edges(string name, int lanes)
    {
        foreach (var item in OperationCases.All.Where(item => item.Kind == name))
        {
            double[][] rows = [item.Inputs, .. EdgeRows(item)];
            var function = FunctionOf(item, VectorWidths.Of(lanes));
            var (values, gradients) = function.EvaluateMany(rows);
            Assert.Equal(values, function.InvokeMany(rows));
            for (var r = 0; r < rows.Length; r++)
            {
                var what = $"{name} at ({string.Join(", ", rows[r])})";
                Close.Equal(item.Value(rows[r]), values[r], 1e-12, what);

                // Where numbers overflow on the way, a gradient is what the graph of it says.
                var (root, leaves) = item.Node(rows[r]);
                root.BackwardGraph();
                Close.Equal(Array.ConvertAll(leaves, leaf => leaf.GradGraph!.Data), gradients[r], 1e-12, what);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Ranges))]
    public void Compiled_functions_keep_their_digits(string name, double from, double to)
    {
        var operation = (UnaryOperation)OperationCases.All.First(item => item.Kind == name).Operation;
        var function = GradFunction.Compile(x => GradValue.Apply(operation, x[0]), "x");
        var random = new System.Random(5);
        var points = Enumerable.Range(0, 20_000)
            .Select(_ => from > 0 && to / from > 1e6
                ? Math.Exp(Math.Log(from) + random.NextDouble() * (Math.Log(to) - Math.Log(from)))
                : from + random.NextDouble() * (to - from))
            .ToArray();

        var values = function.InvokeMany(Array.ConvertAll(points, x => new[] { x }));

        for (var i = 0; i < points.Length; i++)
        {
            var expected = operation.Value(points[i]);
            Assert.True(
                Math.Abs(values[i] - expected) <= 1e-13 * Math.Abs(expected) + double.Epsilon,
                $"{name}({points[i]:R}) is {expected:R}, not {values[i]:R}");
        }
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(-3)]
    [InlineData(2.5)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(-1)]
    [InlineData(0.5)]
    public void Compiled_powers_keep_their_digits(double exponent)
    {
        var function = GradFunction.Compile(x => x[0].Pow(exponent), "x");
        for (var x = 0.001; x < 1000; x *= 1.37)
        {
            var expected = Math.Pow(x, exponent);
            Assert.InRange(function.Invoke(x), expected * (1 - 1e-14), expected * (1 + 1e-14));
        }
    }

    private static GradFunction FunctionOf(OperationCase item, VectorWidth vector)
    {
        var names = item.Inputs.Select((_, i) => $"x{i}").ToArray();
        return new GradFunction(
            leaves => item.Operation switch
            {
                UnaryOperation unary => new GradValue(unary, leaves[0]),
                BinaryOperation binary => new GradValue(binary, leaves[0], leaves[1]),
                _ => new GradValue((NaryOperation)item.Operation, leaves[..item.Left.Length], leaves[item.Left.Length..]),
            },
            names,
            vector: vector);
    }

    private static IEnumerable<double[]> EdgeRows(OperationCase item)
    {
        for (var i = 0; i < item.Inputs.Length; i++)
        {
            foreach (var edge in Edges)
            {
                var row = (double[])item.Inputs.Clone();
                row[i] = edge;
                yield return row;
            }
        }
    }
}
