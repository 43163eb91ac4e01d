using FsCheck.Xunit;
using MicroGrad.Generators;
using MicroGrad.Operations;

namespace MicroGrad.Engine.Tests;

[Trait("Category", "Kernels")]
public sealed class GradFunctionTests
{
    private static readonly GradFunction Rosenbrock = GradFunction.Compile(
        p => (1 - p[0]).Pow(2) + 100 * (p[1] - p[0] * p[0]).Pow(2), "x", "y");

    public static TheoryData<int, int> RowsAndWidths
    {
        get
        {
            var data = new TheoryData<int, int>();
            foreach (var rows in new[] { 1, 7, 8, 9, 31 })
            {
                foreach (var width in VectorWidths.Lanes)
                {
                    data.Add(rows, width);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(RowsAndWidths))]
    public void Values_and_gradients_of_random_expressions_are_those_of_the_scalar_graph(int rows, int lanes)
    {
        for (var seed = 0; seed < 25; seed++)
        {
            var graph = RandomGraph.Draw(seed);
            var function = new GradFunction(graph.Over, ["a", "b", "c", "d"], vector: VectorWidths.Of(lanes));
            CompareWithGraph(function, graph, DrawRows(seed, rows, 4));
        }
    }

    [Property(MaxTest = 100)]
    public void Any_expression_agrees_with_its_scalar_graph(int seed)
    {
        var graph = RandomGraph.Draw(seed, leaves: 3, instructions: 25);
        CompareWithGraph(new GradFunction(graph.Over, ["a", "b", "c"]), graph, DrawRows(seed, 9, 3));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_row_has_the_same_bits_alone_among_others_and_at_every_width(int seed)
    {
        var graph = RandomGraph.Draw(seed, instructions: 30);
        var rows = DrawRows(seed, 31, 4);
        var (values, gradients) = new GradFunction(graph.Over, ["a", "b", "c", "d"]).EvaluateMany(rows);

        foreach (var lanes in VectorWidths.Lanes)
        {
            var function = new GradFunction(graph.Over, ["a", "b", "c", "d"], vector: VectorWidths.Of(lanes));
            Assert.Equal(values, rows.Select(row => function.Invoke(row)));
            Assert.Equal(gradients, rows.Select(row => function.Gradient(row)));
        }
    }

    [Fact]
    public void A_program_too_long_for_one_method_agrees_with_its_graph()
    {
        var model = new Mlp(5, [23, 17, 3], Activation.Gelu, random: new PythonRandom(3));
        var function = GradFunction.Compile(
            x => GradValue.Sum(model.Invoke(x)).Sin() * GradValue.LogSumExp(model.Invoke(x)), "a", "b", "c", "d", "e");
        var row = DrawRows(4, 1, 5)[0];

        var leaves = Array.ConvertAll(row, x => new GradValue(x));
        var root = GradValue.Sum(model.Invoke(leaves)).Sin() * GradValue.LogSumExp(model.Invoke(leaves));
        root.Backward();

        Close.Equal(root.Data, function.Invoke(row), 1e-12);
        Close.Equal(leaves.Select(leaf => leaf.Grad).ToArray(), function.Gradient(row), 1e-12);
    }

    [Fact]
    public void The_function_is_called_once_and_with_names()
    {
        var calls = 0;
        var function = GradFunction.Compile(
            p =>
            {
                calls++;
                Assert.Equal(["x", "y"], p.Select(value => value.Label));
                return p[0] * p[1];
            },
            "x",
            "y");
        _ = (function.Invoke(2, 3), function.Gradient(2, 3), function.Hessian(2, 3), function.InvokeMany([[1, 2], [3, 4]]));

        Assert.Equal(1, calls);
        Assert.Equal(["x", "y"], function.ParameterNames);
        Assert.Equal("*", function.Graph!.Op);
        Assert.Equal("GradFunction(x, y)", function.ToString());
    }

    [Fact]
    public void The_graph_holds_the_values_at_zero()
    {
        var function = GradFunction.Compile(p => p[0].Cos() + p[1], "x", "y");

        Assert.Equal(1, function.Graph!.Data);
    }

    [Fact]
    public void Constants_count_with_the_data_they_had_when_the_function_was_made()
    {
        var factor = new GradValue(3);
        var function = GradFunction.Compile(p => p[0] * p[0] * factor, "x");
        factor.Data = 5;

        Assert.Equal(12, function.Invoke(2));
        Assert.Equal([12], function.Gradient(2));
        Assert.Equal([[6.0]], function.Hessian(2));
    }

    [Fact]
    public void A_parameter_that_is_not_used_has_the_derivative_zero()
    {
        var function = GradFunction.Compile(p => p[0].Exp(), "x", "unused");

        Assert.Equal([1, 0], function.Gradient(0, 7));
    }

    [Fact]
    public void A_constant_and_a_parameter_itself_are_functions()
    {
        Assert.Equal(4, GradFunction.Compile(_ => 4, "x").Invoke(1));
        Assert.Equal([0], GradFunction.Compile(_ => 4, "x").Gradient(1));
        Assert.Equal(9, GradFunction.Compile(p => p[0], "x").Invoke(9));
        Assert.Equal([1], GradFunction.Compile(p => p[0], "x").Gradient(9));
    }

    [Fact]
    public void A_choice_is_made_for_each_row()
    {
        var function = GradFunction.Compile(p => GradValue.Choose(p[0], 0, p[0] * p[0], -p[0]), "x");

        Assert.Equal([4, 3, 0], function.InvokeMany([[2], [-3], [0]]));
        Assert.Equal([[4.0], [-1.0], [-1.0]], function.GradientMany([[2], [-3], [0]]));
    }

    [Fact]
    public void No_rows_give_no_values()
    {
        Assert.Empty(Rosenbrock.InvokeMany([]));
        Assert.Empty(Rosenbrock.GradientMany([]));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(-1.2, 1)]
    [InlineData(0.3, -2)]
    public void The_Hessian_of_Rosenbrock_is_that_of_the_closed_form(double x, double y)
    {
        var hessian = Rosenbrock.Hessian(x, y);

        Close.Equal([2 - 400 * (y - 3 * x * x), -400 * x], hessian[0], 1e-14);
        Close.Equal([-400 * x, 200], hessian[1], 1e-14);
    }

    [Fact]
    public void A_Hessian_times_a_direction_is_the_gradient_of_the_slope_by_differences()
    {
        var graph = RandomGraph.Draw(11, leaves: 5, instructions: 12);
        var function = new GradFunction(graph.Over, ["a", "b", "c", "d", "e"]);
        double[] direction = [0.3, -1, 0.5, 2, -0.7];

        var product = function.HessianVectorProduct(graph.Leaves, direction);

        for (var i = 0; i < product.Length; i++)
        {
            var place = i;
            var numeric = Difference.At(
                t => function.Gradient([.. graph.Leaves.Select((x, k) => x + t * direction[k])])[place], 0, 1e-4);
            Close.Equal(numeric, product[i], 1e-7, $"component {i}");
        }
    }

    [Fact]
    public void A_Hessian_has_the_products_with_unit_directions_as_its_rows_and_is_symmetric()
    {
        var graph = RandomGraph.Draw(12, leaves: 9, instructions: 20);
        var function = new GradFunction(graph.Over, [.. Enumerable.Range(1, 9).Select(i => $"x{i}")]);

        var hessian = function.Hessian(graph.Leaves);

        for (var i = 0; i < 9; i++)
        {
            var unit = new double[9];
            unit[i] = 1;
            Assert.Equal(function.HessianVectorProduct(graph.Leaves, unit), hessian[i]);
            Close.Equal(hessian.Select(row => row[i]).ToArray(), hessian[i], 1e-10);
        }
    }

    [Fact]
    public void A_list_of_any_length_is_traced_once_for_each_length()
    {
        var lengths = new List<int>();
        var function = new GradFunction(
            x =>
            {
                lengths.Add(x.Length);
                Assert.Equal(["scale", .. Enumerable.Range(1, x.Length - 1).Select(i => $"x{i}")], x.Select(value => value.Label));
                return x[0] * GradValue.Sum([.. x[1..].Select(value => value * value)]);
            },
            ["scale", "x"],
            listPlace: 1);

        Assert.Null(function.Graph);
        Assert.Equal(10, function.Invoke(2, 1, 2));
        Assert.Equal([14, 4, 8, 12], function.Gradient(2, 1, 2, 3));
        Assert.Equal(10, function.Invoke(2, 1, 2));
        Assert.Equal(0, function.Invoke(2));
        Assert.Equal([3, 4, 1], lengths);
        Assert.Equal("SizeMismatch", Assert.Throws<GradException>(() => function.Invoke()).ErrorId);
    }

    [Fact]
    public void Threads_can_share_a_function()
    {
        var function = GradFunction.Compile(p => (p[0] * p[1]).Sin() + p[1].Tanh(), "x", "y");
        var rows = DrawRows(3, 2000, 2);
        var expected = rows.Select(row => function.Gradient(row)).ToArray();
        var actual = new double[rows.Length][];

        Parallel.For(0, rows.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i => actual[i] = function.Gradient(rows[i]));

        Assert.Equal(expected, actual);
    }

    [Fact]
    public void A_number_worked_out_from_the_data_of_a_symbol_is_refused()
    {
        var error = Assert.Throws<GradException>(() => GradFunction.Compile(p => p[0] * Math.Sin(p[0].Data), "x"));

        Assert.Equal("SymbolicData", error.ErrorId);
    }

    [Fact]
    public void A_branch_on_the_data_of_a_symbol_is_refused()
    {
        var error = Assert.Throws<GradException>(() => GradFunction.Compile(p => p[0].Exp().Data > 1 ? p[0] : -p[0], "x"));

        Assert.Equal("SymbolicData", error.ErrorId);
    }

    [Fact]
    public void A_function_that_fails_after_a_branch_on_data_is_refused_for_the_branch()
    {
        var error = Assert.Throws<GradException>(() => GradFunction.Compile(
            p => p[0].Data > 0 ? p[0] : throw new GradException("Negative", "It is not above 0."), "x"));

        Assert.Equal("SymbolicData", error.ErrorId);
    }

    [Fact]
    public void Data_is_seen_by_the_innermost_function_and_not_after_it()
    {
        GradFunction.Compile(
            p =>
            {
                Assert.Throws<GradException>(() => GradFunction.Compile(q => q[0].Data > 0 ? q[0] : -q[0], "y"));
                return p[0];
            },
            "x");

        Assert.Equal(double.NaN, new GradValue(double.NaN).Data);
    }

    [Fact]
    public void Wrong_sizes_are_refused()
    {
        Assert.Equal("NoParameter", Assert.Throws<GradException>(() => GradFunction.Compile(_ => 1)).ErrorId);
        Assert.Equal("NotAGradValue", Assert.Throws<GradException>(() => GradFunction.Compile(_ => null!, "x")).ErrorId);
        foreach (var call in new Action[]
        {
            () => Rosenbrock.Invoke(1),
            () => Rosenbrock.Gradient(1, 2, 3),
            () => Rosenbrock.InvokeMany([[1, 2], [1]]),
            () => Rosenbrock.HessianVectorProduct([1, 2], [1]),
            () => Rosenbrock.Evaluate([1, 2], new double[1]),
        })
        {
            Assert.Equal("SizeMismatch", Assert.Throws<GradException>(call).ErrorId);
        }
    }

    private static void CompareWithGraph(GradFunction function, RandomGraph graph, double[][] rows)
    {
        var (values, gradients) = function.EvaluateMany(rows);
        for (var r = 0; r < rows.Length; r++)
        {
            var (root, leaves) = (graph with { Leaves = rows[r] }).Build();
            root.Backward();
            Close.Equal(root.Data, values[r], 1e-12, $"value of row {r}");
            Close.Equal(leaves.Select(leaf => leaf.Grad).ToArray(), gradients[r], 1e-12, $"gradient of row {r}");
        }

        Assert.Equal(values, function.InvokeMany(rows));
    }

    private static double[][] DrawRows(int seed, int rows, int count)
    {
        var random = new System.Random(seed);
        return [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, count).Select(_ => 4 * random.NextDouble() - 2).ToArray())];
    }
}
