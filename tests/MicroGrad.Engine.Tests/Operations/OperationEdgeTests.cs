using MicroGrad.Inference;
using MicroGrad.Operations;

namespace MicroGrad.Engine.Tests;

public sealed class OperationEdgeTests
{
    private const double Inf = double.PositiveInfinity;
    private const double NaN = double.NaN;
    private const double Huge = 1e300;

    /// <summary>Operation, x, the value there, the derivative there.</summary>
    public static TheoryData<string, double, double, double> Edges => new()
    {
        { "relu", 0, 0, 0 },
        { "relu", -0.0, 0, 0 },
        { "relu", Inf, Inf, 1 },
        { "relu", -Inf, 0, 0 },
        { "relu", Huge, Huge, 1 },
        { "relu", double.Epsilon, double.Epsilon, 1 },
        { "leakyrelu", 0, 0, 0.01 },
        { "leakyrelu", -Huge, -1e298, 0.01 },
        { "leakyrelu", -Inf, -Inf, 0.01 },
        { "leakyrelu", Inf, Inf, 1 },
        { "elu", 0, 0, 1 },
        { "elu", -1e-20, -1e-20, 1 },
        { "elu", -Huge, -1, 0 },
        { "elu", -Inf, -1, 0 },
        { "elu", Inf, Inf, 1 },
        { "abs", 0, 0, 0 },
        { "abs", -0.0, 0, 0 },
        { "abs", -Huge, Huge, -1 },
        { "abs", -Inf, Inf, -1 },
        { "tanh", 800, 1, 0 },
        { "tanh", -800, -1, 0 },
        { "tanh", Inf, 1, 0 },
        { "tanh", -Inf, -1, 0 },
        { "tanh", 1e-300, 1e-300, 1 },
        { "sigmoid", 800, 1, 0 },
        { "sigmoid", -800, 0, 0 },
        { "sigmoid", Inf, 1, 0 },
        { "sigmoid", -Inf, 0, 0 },
        { "sigmoid", 0, 0.5, 0.25 },
        { "softplus", 800, 800, 1 },
        { "softplus", -800, 0, 0 },
        { "softplus", Huge, Huge, 1 },
        { "softplus", Inf, Inf, 1 },
        { "softplus", -Inf, 0, 0 },
        { "silu", 800, 800, 1 },
        { "silu", -800, 0, 0 },
        { "silu", Huge, Huge, 1 },
        { "silu", -Huge, 0, 0 },
        { "silu", 0, 0, 0.5 },
        { "gelu", 800, 800, 1 },
        { "gelu", -800, 0, 0 },
        { "gelu", Huge, Huge, 1 },
        { "gelu", -Huge, 0, 0 },
        { "gelu", 0, 0, 0.5 },
        { "Φ", 0, 0.5, 0.3989422804014327 },
        { "Φ", -Huge, 0, 0 },
        { "Φ", Huge, 1, 0 },
        { "Φ", -Inf, 0, 0 },
        { "Φ", Inf, 1, 0 },
        { "exp", -Inf, 0, 0 },
        { "exp", Inf, Inf, Inf },
        { "exp", 800, Inf, Inf },
        { "exp", -800, 0, 0 },
        { "log", 0, -Inf, Inf },
        { "log", -1, NaN, -1 },
        { "log", Inf, Inf, 0 },
        { "sqrt", 0, 0, Inf },
        { "sqrt", -1, NaN, NaN },
        { "sqrt", Inf, Inf, 0 },
        { "sin", Inf, NaN, NaN },
        { "cos", Inf, NaN, NaN },
        { "identity", -Inf, -Inf, 1 },
        { "neg", Inf, -Inf, -1 },
        { "^2", Huge, Inf, 2e300 },
        { "^2", -Inf, Inf, -Inf },
        { "^0", 0, 1, 0 },
        { "^0", Inf, 1, 0 },
        { "^1", 0, 0, 1 },
        { "^-1", 0, Inf, -Inf },
        { "^-1", Inf, 0, 0 },
        { "^0.5", 0, 0, Inf },
        { "^3", -Huge, -Inf, Inf },
    };

    /// <summary>Operation, a, b, the value, the derivative by a and by b.</summary>
    public static TheoryData<string, double, double, double, double, double> BinaryEdges => new()
    {
        { "max", 2, 2, 2, 1, 0 },
        { "max", -Inf, -Inf, -Inf, 1, 0 },
        { "max", 1, Inf, Inf, 0, 1 },
        { "min", 2, 2, 2, 1, 0 },
        { "min", Inf, Inf, Inf, 1, 0 },
        { "min", 1, -Inf, -Inf, 0, 1 },
        { "^", 0, 0, 1, 0, 0 },
        { "^", 5, 0, 1, 0, 1.6094379124341003 },
        { "^", 0, 2, 0, 0, 0 },
        { "^", 0, 1, 0, 1, 0 },
        { "^", 0, 0.5, 0, Inf, 0 },
        { "^", 0, -1, Inf, -Inf, -Inf },
        { "^", -2, 3, -8, 12, NaN },
        { "^", -2, 0.5, NaN, NaN, NaN },
        { "^", 1, Huge, 1, Huge, 0 },
        { "+", Inf, -Inf, NaN, 1, 1 },
        { "+", Huge, 1, Huge, 1, 1 },
        { "-", Inf, Inf, NaN, 1, -1 },
        { "*", Inf, 0, NaN, 0, Inf },
        { "*", 1e200, 1e200, Inf, 1e200, 1e200 },
        { "/", 1, 0, Inf, Inf, -Inf },
        { "/", -1, 0, -Inf, Inf, Inf },
        { "/", 0, 0, NaN, Inf, NaN },
        { "/", 1, Inf, 0, 0, 0 },
        { "/", Inf, Inf, NaN, 0, NaN },
    };

    [Theory]
    [MemberData(nameof(Edges))]
    public void At_an_edge_value_and_derivative_are_what_the_conventions_say(
        string symbol, double x, double value, double derivative)
    {
        var operation = OperationCases.All.Select(item => item.Operation).OfType<UnaryOperation>().First(o => o.Symbol == symbol);
        var leaf = new GradValue(x);
        var root = GradValue.Apply(operation, leaf);
        root.BackwardGraph();

        Close.Equal(value, root.Data, 1e-15, "value");
        Close.Equal(derivative, leaf.Grad, 1e-15, "derivative");
        Close.Equal(derivative, leaf.GradGraph!.Data, 1e-15, "derivative as a graph");
    }

    [Theory]
    [MemberData(nameof(BinaryEdges))]
    public void At_an_edge_of_two_inputs_value_and_derivatives_are_what_the_conventions_say(
        string symbol, double a, double b, double value, double byA, double byB)
    {
        var operation = OperationCases.All.Select(item => item.Operation).OfType<BinaryOperation>().First(o => o.Symbol == symbol);
        var (left, right) = (new GradValue(a), new GradValue(b));
        var root = new GradValue(operation, left, right);
        root.BackwardGraph();

        Close.Equal(value, root.Data, 1e-15, "value");
        Close.Equal(byA, left.Grad, 1e-15, "by a");
        Close.Equal(byB, right.Grad, 1e-15, "by b");
        Close.Equal(byA, left.GradGraph!.Data, 1e-15, "by a, as a graph");
        Close.Equal(byB, right.GradGraph!.Data, 1e-15, "by b, as a graph");
    }

    /// <summary>a, b, then what is chosen of 10 and 20 by a &gt; b, and the derivative by each of the two.</summary>
    public static TheoryData<double, double, double, double, double> Choices => new()
    {
        { 2, 1, 10, 1, 0 },
        { 1, 2, 20, 0, 1 },
        { 1, 1, 20, 0, 1 },
        { 0.0, -0.0, 20, 0, 1 },
        { Inf, Huge, 10, 1, 0 },
        { -Inf, -Inf, 20, 0, 1 },
        { NaN, 1, NaN, NaN, NaN },
        { 1, NaN, NaN, NaN, NaN },
    };

    [Theory]
    [MemberData(nameof(Choices))]
    public void A_choice_takes_the_first_value_only_where_its_comparison_holds(
        double a, double b, double value, double byLarger, double byOther)
    {
        GradValue[] leaves = [a, b, 10, 20];
        var root = GradValue.Choose(leaves[0], leaves[1], leaves[2], leaves[3]);
        root.BackwardGraph();

        Close.Equal(value, root.Data, 0, "value");
        Close.Equal([0, 0, byLarger, byOther], leaves.Select(leaf => leaf.Grad).ToArray(), 0, "derivatives");
        Close.Equal([0, 0, byLarger, byOther], leaves.Select(leaf => leaf.GradGraph!.Data).ToArray(), 0, "graphs");
    }

    [Fact]
    public void Every_operation_of_one_or_two_inputs_has_edge_tests()
    {
        var tested = Edges.Select(row => row.Data.Item1).Concat(BinaryEdges.Select(row => row.Data.Item1)).ToHashSet();

        Assert.All(
            OperationCases.All.Select(item => item.Operation).Where(o => o is not NaryOperation and not PowerOfConstant),
            operation => Assert.Contains(operation.Symbol, tested));
    }

    [Fact]
    public void The_larger_of_a_value_and_itself_has_the_derivative_of_the_value()
    {
        var x = new GradValue(3);
        x.Max(x).Backward();
        x.Min(x).Backward();

        Assert.Equal(2, x.Grad);
    }

    [Fact]
    public void Square_roots_of_zero_times_zero_make_a_NaN_gradient_rather_than_a_swallowed_infinity()
    {
        var x = new GradValue(0);
        (x.Sqrt() * 0).Backward();

        Assert.True(double.IsNaN(x.Grad));
    }

    [Theory]
    [InlineData(800, -800, 1, 0)]
    [InlineData(-800, 800, 0, 1)]
    [InlineData(800, 800, 0.5, 0.5)]
    [InlineData(-800, -800, 0.5, 0.5)]
    [InlineData(-800, -801, 0.7310585786300049, 0.2689414213699951)]
    [InlineData(0, double.NegativeInfinity, 1, 0)]
    public void Softmax_is_right_far_from_zero(double a, double b, double first, double second)
    {
        var softmax = GradValue.Softmax(a, b);

        Close.Equal(first, softmax[0].Data, Close.Evaluation);
        Close.Equal(second, softmax[1].Data, Close.Evaluation);
    }

    [Fact]
    public void Softmax_has_the_derivative_s_times_delta_minus_s()
    {
        GradValue[] x = [800, 801, -800];
        var softmax = GradValue.Softmax(x);
        softmax[0].Backward();

        var s = softmax.Select(value => value.Data).ToArray();
        double[] expected = [s[0] * (1 - s[0]), -s[0] * s[1], -s[0] * s[2]];
        Close.Equal(expected, x.Select(leaf => leaf.Grad).ToArray(), Close.Evaluation);
    }

    [Theory]
    [InlineData(1e6)]
    [InlineData(-1e9)]
    [InlineData(1e16)]
    public void Softmax_is_right_at_any_size_of_input(double size)
    {
        var softmax = GradValue.Softmax(size, size);

        Close.Equal([0.5, 0.5], softmax.Select(value => value.Data).ToArray(), Close.Evaluation);
    }

    [Theory]
    [InlineData(1e6)]
    [InlineData(-1e9)]
    [InlineData(1e16)]
    public void The_derivatives_of_logsumexp_add_up_to_one_at_any_size_of_input(double size)
    {
        GradValue[] x = [size, size, size];
        GradValue.LogSumExp(x).Backward();

        Assert.All(x, leaf => Close.Equal(1.0 / 3, leaf.Grad, Close.Evaluation));
    }

    [Theory]
    [InlineData(800, 800, 800.6931471805599)]
    [InlineData(-800, -800, -799.3068528194401)]
    [InlineData(800, -800, 800)]
    [InlineData(double.PositiveInfinity, 0, double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity, 0, 0)]
    [InlineData(double.NegativeInfinity, double.NegativeInfinity, double.NegativeInfinity)]
    public void Logsumexp_is_right_far_from_zero(double a, double b, double expected)
    {
        Close.Equal(expected, GradValue.LogSumExp(a, b).Data, 1e-15);
    }

    [Fact]
    public void A_sum_of_nothing_is_zero_and_has_no_inputs()
    {
        var sum = GradValue.Sum();
        sum.Backward();

        Assert.Equal((0, 0, 1), (sum.Data, sum.Inputs.Length, sum.Grad));
        Assert.Equal(0, GradValue.Dot([], []).Data);
    }

    [Fact]
    public void Mean_softmax_and_logsumexp_of_nothing_are_refused()
    {
        Assert.Equal("EmptyInput", Assert.Throws<GradException>(() => GradValue.Mean()).ErrorId);
        Assert.Equal("EmptyInput", Assert.Throws<GradException>(() => GradValue.LogSumExp()).ErrorId);
        Assert.Equal("EmptyInput", Assert.Throws<GradException>(() => GradValue.Softmax()).ErrorId);
    }

    [Fact]
    public void A_dot_product_of_lists_of_two_lengths_is_refused_naming_both()
    {
        var error = Assert.Throws<GradException>(() => GradValue.Dot([1, 2, 3], [1, 2]));

        Assert.Equal("LengthMismatch", error.ErrorId);
        Assert.Contains("3 and 2", error.Message, StringComparison.Ordinal);
    }
}
