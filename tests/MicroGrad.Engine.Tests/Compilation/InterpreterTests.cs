using MicroGrad.Compilation;

namespace MicroGrad.Engine.Tests;

/// <summary>A program run as a loop gives the bits of the same program compiled.</summary>
[Trait("Category", "Kernels")]
public sealed class InterpreterTests
{
    private static readonly double[] Points =
        [0, -0.0, 1, -1, 0.3, -2.7, 1e-300, 1e-310, 800, -800, 1e300, -1e300, double.PositiveInfinity, double.NegativeInfinity, double.NaN];

    public static TheoryData<string> Names => [.. OperationCases.All.Select(item => item.Kind).Distinct()];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_operation_and_its_gradient_have_the_bits_of_compiled_code(string name)
    {
        foreach (var item in OperationCases.All.Where(item => item.Kind == name))
        {
            var (root, leaves) = item.Node(item.Inputs);
            var program = GraphCompiler.Compile([root, .. GraphCompiler.Gradients(root, leaves)], leaves);
            double[][] rows =
            [
                item.Inputs,
                .. Points.SelectMany(point => Enumerable.Range(0, leaves.Length).Select(i => With(item.Inputs, i, point))),
            ];

            var compiled = Run(new CompiledProgram(program, VectorWidth.Widest, leaves.Length, int.MaxValue), rows);
            Assert.Equal(compiled, Run(new CompiledProgram(program, VectorWidth.Widest, leaves.Length, 0), rows));
        }
    }

    [Fact]
    public void A_function_too_long_to_be_compiled_agrees_with_its_graph()
    {
        var random = new System.Random(3);
        GradValue[][] weights = [.. Enumerable.Range(0, 60).Select(_ => Draw(50))];
        var function = new GradFunction(
            x => GradValue.Sum(
                [.. GradValue.Linear(GradValue.Relu(GradValue.Linear(x, weights)), [[.. x, .. x[..10]]]), .. x.Select(v => v.Tanh())]),
            ["x"],
            0);
        var rows = Enumerable.Range(0, 7).Select(_ => Array.ConvertAll(Draw(50), value => value.Data)).ToArray();
        var (values, gradients) = function.EvaluateMany(rows);

        for (var r = 0; r < rows.Length; r++)
        {
            var x = Array.ConvertAll(rows[r], v => new GradValue(v));
            var root = GradValue.Sum(
                [.. GradValue.Linear(GradValue.Relu(GradValue.Linear(x, weights)), [[.. x, .. x[..10]]]), .. x.Select(v => v.Tanh())]);
            root.Backward();
            Close.Equal(root.Data, values[r], 1e-12);
            Close.Equal(Array.ConvertAll(x, v => v.Grad), gradients[r], 1e-12);
        }

        GradValue[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => new GradValue(2 * random.NextDouble() - 1))];
    }

    private static double[] With(double[] inputs, int place, double x)
    {
        var changed = (double[])inputs.Clone();
        changed[place] = x;
        return changed;
    }

    private static double[] Run(CompiledProgram program, double[][] rows)
    {
        var room = program.Rent();
        var results = new List<double>();
        foreach (var row in rows)
        {
            for (var lane = 0; lane < program.Lanes; lane++)
            {
                program.SetLane(room, lane, row);
            }

            program.Run(room);
            var outputs = new double[program.OutputCount];
            program.ReadLane(room, program.Lanes - 1, outputs);
            results.AddRange(outputs);
        }

        return [.. results];
    }
}
