using MicroGrad.Training;

namespace MicroGrad.Engine.Tests;

/// <summary>
/// A branch that is not taken passes nothing on, also where its derivative is infinite or NaN: worked out, written as a
/// graph and compiled. Derivatives are the closed forms of the branch that is taken.
/// </summary>
public sealed class BranchTests
{
    private const double Inf = double.PositiveInfinity;
    private const double NaN = double.NaN;

    /// <summary>A function of x and y, a point, and the derivatives there.</summary>
    public static TheoryData<string, double, double, double, double> Cases => new()
    {
        // The side not taken is not defined here, or is infinite.
        { "x > 0 ? sqrt x : x", -4, 0, 1, 0 },
        { "x > 0 ? sqrt x : x", 4, 0, 0.25, 0 },
        { "log x > 0 ? x : 2 x", 0, 0, 2, 0 },
        { "max(sqrt x, y)", 0, 1, 0, 1 },
        { "max(y, sqrt x)", 0, 1, 0, 1 },
        { "min(sqrt x, y)", 0, -1, 0, 1 },
        { "min(y, log x)", 1, -3, 0, 1 },
        { "relu(log x) + y", 0, 0, 0, 1 },
        { "relu(y - sqrt x)", 0, -1, 0, 0 },

        // Nothing comes from above to what is not taken, be it infinite.
        { "log max(x, y)", 0, -1, Inf, 0 },
        { "log relu x", -1, 0, 0, 0 },
        { "log (x > y ? x : y)", 0, -1, Inf, 0 },
        { "sqrt (x^y)", 0, 2, NaN, 0 },
        { "sqrt (x^y)", 0, 0, 0, 0 },

        // Branches in branches, and a value in a branch and outside.
        { "x > 0 ? (y > 0 ? sqrt x : log y) : y", -1, -1, 0, 1 },
        { "x > 0 ? (y > 0 ? sqrt x : log y) : y", 4, -1, 0, -1 },
        { "(x > 0 ? s : y) + 0 s, s = sqrt x", -1, 2, NaN, 1 },
        { "(x > 0 ? s : y) + s, s = x^2", -1, 2, -2, 1 },
        { "x > 0 ? y s : s, s = 1 / x", -2, 3, -0.25, 0 },

        // No branch: 0 times infinity is no number, as in PyTorch.
        { "sqrt(x)^2", 0, 0, NaN, 0 },
        { "y sqrt x", 0, 0, NaN, 0 },
        { "sqrt(x^2) + y", 0, 0, NaN, 1 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_not_taken_has_no_part_in_the_gradient(string function, double x, double y, double byX, double byY)
    {
        var (a, b) = (new GradValue(x), new GradValue(y));
        var root = Function(function)(a, b);
        root.Backward();
        Assert.Equal([byX, byY], [a.Grad, b.Grad]);

        root.BackwardGraph();
        Assert.Equal([byX, byY], [a.GradGraph!.Data, b.GradGraph!.Data]);

        Assert.Equal([byX, byY], Compiled(function).Gradient(x, y));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_trace_shows_what_is_passed_on(string function, double x, double y, double byX, double byY)
    {
        var (a, b) = (new GradValue(x), new GradValue(y));
        var steps = Graphs.Backpropagation.Trace(Function(function)(a, b), 1, names: null, CancellationToken.None);

        Assert.Equal([byX, byY], [a.Grad, b.Grad]);
        Assert.All(steps, step => Assert.True(step.Contribution == 0 || step.Contribution.Equals(step.Upstream * step.LocalDerivative)));
    }

    /// <summary>A function of x and y, a point, and the second derivatives there: xx, xy and yy.</summary>
    public static TheoryData<string, double, double, double, double, double> SecondDerivatives => new()
    {
        { "x^y", 0, 2, 2, 0, 0 },
        { "x^y", 2, 3, 12, 4 + 12 * Math.Log(2), 8 * Math.Log(2) * Math.Log(2) },
        { "x^2 + sqrt y", 3, 0, 2, 0, double.NegativeInfinity },
        { "x > 0 ? sqrt x : x", -4, 0, 0, 0, 0 },
        { "max(sqrt x, y)", 0, 1, 0, 0, 0 },
        { "x > 0 ? y s : s, s = 1 / x", -2, 3, -0.25, 0, 0 },
        { "|x| y", -2, 3, 0, -1, 0 },
    };

    [Theory]
    [MemberData(nameof(SecondDerivatives))]
    public void What_is_not_taken_has_no_part_in_second_derivatives(
        string function, double x, double y, double xx, double xy, double yy)
    {
        double[][] expected = [[xx, xy], [xy, yy]];
        var hessian = Compiled(function).Hessian(x, y);
        for (var i = 0; i < 2; i++)
        {
            Close.Equal(expected[i], hessian[i], 1e-14, $"compiled row {i}");
        }

        GradValue[] leaves = [new(x), new(y)];
        Function(function)(leaves[0], leaves[1]).BackwardGraph();
        var firsts = Array.ConvertAll(leaves, leaf => leaf.GradGraph!);
        for (var i = 0; i < 2; i++)
        {
            Array.ForEach(leaves, leaf => leaf.Grad = 0);
            firsts[i].Backward();
            Close.Equal(expected[i], Array.ConvertAll(leaves, leaf => leaf.Grad), 1e-14, $"worked out row {i}");
        }
    }

    [Fact]
    public void An_idle_input_beside_an_infinite_second_derivative_has_zeros()
    {
        var function = GradFunction.Compile(v => v[0] * v[0] + v[1].Sqrt() + 0 * v[2], "x", "y", "z");

        Assert.Equal([[2, 0, 0], [0, double.NegativeInfinity, 0], [0, 0, 0]], function.Hessian(3, 0, 1));
        Assert.Equal([2, 0, 0], function.HessianVectorProduct([3, 0, 1], [1, 0, 5]));
    }

    [Fact]
    public void A_network_of_relus_keeps_an_infinity_out_of_neurons_that_are_off()
    {
        var weights = new[] { new GradValue(1, "w1"), new GradValue(-1, "w2") };
        var x = new GradValue(0);
        var root = (weights[0] * (1 + x.Sqrt())).Relu() + (weights[1] * (1 + x.Log())).Max(0);
        root.Backward();

        // w2 (1 + log 0) is infinite and taken; were it not, as with w2 = 1, it has no part.
        Assert.Equal(double.NegativeInfinity, weights[1].Grad);
        weights[1].Data = 1;
        root.Forward();
        root.ZeroGrad();
        root.Backward();
        Assert.Equal((1, 0, Inf), (weights[0].Grad, weights[1].Grad, x.Grad));
    }

    [Fact]
    public void Each_pass_looks_anew_for_infinities_in_a_neuron_that_passes_nothing_on()
    {
        var model = new Mlp(1, [1]);
        var x = new GradValue(1);
        var root = 0 * model.Invoke(x)[0];
        root.Backward();
        Assert.Equal(0, x.Grad);

        model.Parameters[0].Data = Inf;
        root.Backward();
        Assert.Equal(double.NaN, x.Grad);
    }

    [Fact]
    public void A_loss_with_a_branch_has_the_gradient_of_the_branch_taken()
    {
        var loss = new CompiledLoss(
            (outputs, targets) =>
            {
                var d = outputs[0] - targets[0];
                return GradValue.Choose(d, 0, (d + 1).Log(), (d - 1).Pow(2.0) - 1) + 0 * GradValue.Choose(d, 0, d.Sqrt(), d);
            },
            1,
            TargetEncoding.Numbers);
        var gradient = new double[1];
        foreach (var d in new[] { -3, -1, -0.5, 0, 0.25, 2 })
        {
            var value = loss.Row([d + 1], [1], gradient);

            Close.Equal(d > 0 ? Math.Log(d + 1) : (d - 1) * (d - 1) - 1, value, 1e-14);
            Close.Equal(d > 0 ? 1 / (d + 1) : 2 * (d - 1), gradient[0], 1e-14);
        }
    }

    private static GradFunction Compiled(string function) => GradFunction.Compile(v => Function(function)(v[0], v[1]), "x", "y");

    private static Func<GradValue, GradValue, GradValue> Function(string text) => text switch
    {
        "x > 0 ? sqrt x : x" => (x, y) => GradValue.Choose(x, 0, x.Sqrt(), x) + 0 * y,
        "log x > 0 ? x : 2 x" => (x, y) => GradValue.Choose(x.Log(), 0, x, 2 * x) + 0 * y,
        "max(sqrt x, y)" => (x, y) => x.Sqrt().Max(y),
        "max(y, sqrt x)" => (x, y) => y.Max(x.Sqrt()),
        "min(sqrt x, y)" => (x, y) => x.Sqrt().Min(y),
        "min(y, log x)" => (x, y) => y.Min(x.Log()),
        "relu(log x) + y" => (x, y) => x.Log().Relu() + y,
        "relu(y - sqrt x)" => (x, y) => (y - x.Sqrt()).Relu(),
        "log max(x, y)" => (x, y) => x.Max(y).Log(),
        "log relu x" => (x, y) => x.Relu().Log() + y * 0,
        "log (x > y ? x : y)" => (x, y) => GradValue.Choose(x, y, x, y).Log(),
        "x^y" => (x, y) => x.Pow(y),
        "sqrt (x^y)" => (x, y) => x.Pow(y).Sqrt(),
        "x > 0 ? (y > 0 ? sqrt x : log y) : y" => (x, y) =>
            GradValue.Choose(x, 0, GradValue.Choose(y, 0, x.Sqrt(), y.Log()), y),
        "(x > 0 ? s : y) + 0 s, s = sqrt x" => (x, y) => Using(x.Sqrt(), s => GradValue.Choose(x, 0, s, y) + 0 * s),
        "(x > 0 ? s : y) + s, s = x^2" => (x, y) => Using(x.Pow(2.0), s => GradValue.Choose(x, 0, s, y) + s),
        "x > 0 ? y s : s, s = 1 / x" => (x, y) => Using(1 / x, s => GradValue.Choose(x, 0, y * s, s)),
        "sqrt(x)^2" => (x, y) => x.Sqrt().Pow(2.0) + 0 * y,
        "y sqrt x" => (x, y) => y * x.Sqrt(),
        "sqrt(x^2) + y" => (x, y) => x.Pow(2.0).Sqrt() + y,
        "x^2 + sqrt y" => (x, y) => x * x + y.Sqrt(),
        "|x| y" => (x, y) => x.Abs() * y,
        _ => throw new ArgumentException(text),
    };

    private static GradValue Using(GradValue shared, Func<GradValue, GradValue> function) => function(shared);
}
