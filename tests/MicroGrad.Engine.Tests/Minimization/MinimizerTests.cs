using MicroGrad.Minimization;

namespace MicroGrad.Engine.Tests;

public sealed class MinimizerTests
{
    private static readonly GradFunction Bowl = GradFunction.Compile(
        p => (p[0] - 3).Pow(2) + 10 * (p[1] + 1).Pow(2), "x", "y");

    private static readonly GradFunction Rosenbrock = GradFunction.Compile(
        p => (1 - p[0]).Pow(2) + 100 * (p[1] - p[0] * p[0]).Pow(2), "x", "y");

    [Theory]
    [InlineData(-1.2, 1)]
    [InlineData(5, -7)]
    [InlineData(0, 0)]
    public void Lbfgs_finds_the_valley_of_Rosenbrock_in_a_few_steps(double x, double y)
    {
        var path = Minimizer.Run(Rosenbrock, [x, y]).ToArray();

        Assert.InRange(path.Length, 2, 100);
        Close.Equal([1, 1], path[^1].Point, 1e-7);
        Assert.All(path.Zip(path.Skip(1)), pair => Assert.True(pair.Second.Value <= pair.First.Value));
    }

    [Fact]
    public void Lbfgs_minimizes_a_function_of_many_numbers()
    {
        var function = new GradFunction(
            x => GradValue.Sum([.. x.Skip(1).Select((value, i) => (1 - x[i]).Pow(2) + 100 * (value - x[i] * x[i]).Pow(2))]), ["x"], 0);

        var path = Minimizer.Run(function, [.. Enumerable.Repeat(-0.5, 20)]).ToArray();

        Assert.InRange(path[^1].GradientNorm, 0, 1e-8);
        Close.Equal(0, path[^1].Value, 1e-12);
    }

    [Theory]
    [InlineData(MinimizationMethod.Lbfgs)]
    [InlineData(MinimizationMethod.Adam)]
    [InlineData(MinimizationMethod.GradientDescent)]
    public void A_search_that_is_stopped_at_a_place_looks_at_no_other(MinimizationMethod method)
    {
        using var stopping = new CancellationTokenSource();
        var options = new MinimizationOptions { Method = method, LearningRate = 1e-3, Stopping = stopping.Token };
        var path = Minimizer.Run(Rosenbrock, [-1.2, 1], options).GetEnumerator();
        Assert.True(path.MoveNext());
        Assert.True(path.MoveNext());
        stopping.Cancel();

        Assert.Throws<OperationCanceledException>(() => path.MoveNext());
    }

    [Fact]
    public void Gradient_descent_goes_against_the_gradient()
    {
        var options = new MinimizationOptions { Method = MinimizationMethod.GradientDescent, LearningRate = 0.01, MaximumIteration = 2 };
        var path = Minimizer.Run(Bowl, [0, 0], options).ToArray();

        Assert.Equal([0, 1, 2], path.Select(step => step.Iteration));
        for (var i = 0; i < 2; i++)
        {
            var gradient = Bowl.Gradient(path[i].Point);
            Close.Equal(path[i].Point.Zip(gradient, (x, g) => x - 0.01 * g).ToArray(), path[i + 1].Point, 1e-15);
        }
    }

    [Fact]
    public void Adam_begins_with_steps_as_long_as_its_rate()
    {
        var options = new MinimizationOptions { Method = MinimizationMethod.Adam, LearningRate = 0.25, MaximumIteration = 1 };
        var path = Minimizer.Run(Bowl, [0, 0], options).ToArray();

        Close.Equal([0.25, -0.25], path[1].Point, 1e-8);
    }

    [Theory]
    [InlineData(MinimizationMethod.GradientDescent)]
    [InlineData(MinimizationMethod.Adam)]
    [InlineData(MinimizationMethod.Lbfgs)]
    public void Every_method_finds_the_bottom_of_a_bowl(MinimizationMethod method)
    {
        var last = Minimizer.Run(Bowl, [0, 0], new MinimizationOptions { Method = method, MaximumIteration = 5000 }).Last();

        Close.Equal([3, -1], last.Point, 1e-6);
    }

    [Fact]
    public void Lbfgs_comes_to_rest_at_a_corner()
    {
        var function = GradFunction.Compile(p => (p[0] - 2).Abs() + p[0] * 0.1, "x");

        Close.Equal(2, Minimizer.Run(function, [9.3]).Last().Point[0], 1e-6);
    }

    [Fact]
    public void Lbfgs_turns_back_from_where_the_function_is_not_defined()
    {
        var function = GradFunction.Compile(p => p[0] - p[0].Log(), "x");

        Close.Equal(1, Minimizer.Run(function, [9]).Last().Point[0], 1e-7);
    }

    [Fact]
    public void A_way_that_leads_nowhere_finite_is_an_error_after_its_last_good_place()
    {
        var options = new MinimizationOptions { Method = MinimizationMethod.GradientDescent, LearningRate = 10 };
        var seen = new List<MinimizationStep>();

        var error = Assert.Throws<GradException>(() => seen.AddRange(Minimizer.Run(Bowl, [0, 0], options).Select(step =>
        {
            seen.Add(step);
            return step;
        })));

        Assert.Equal("MinimizationDiverged", error.ErrorId);
        Assert.All(seen, step => Assert.True(double.IsFinite(step.Value)));
        Assert.True(seen.Count > 3);
    }

    [Theory]
    [InlineData(MinimizationMethod.GradientDescent)]
    [InlineData(MinimizationMethod.Adam)]
    [InlineData(MinimizationMethod.Lbfgs)]
    public void The_last_place_alone_tells_how_the_search_ended(MinimizationMethod method)
    {
        var path = Minimizer.Run(Bowl, [0, 0], new MinimizationOptions { Method = method, MaximumIteration = 5000 }).ToArray();
        Assert.Equal(MinimizationOutcome.Converged, path[^1].Outcome);
        Assert.All(path[..^1], step => Assert.Null(step.Outcome));

        var last = Minimizer.Run(Bowl, [0, 0], new MinimizationOptions { Method = method, MaximumIteration = 1 }).Last();
        Assert.Equal((1, MinimizationOutcome.IterationLimit), (last.Iteration, last.Outcome));
    }

    [Fact]
    public void A_search_that_finds_no_minimum_tells_why()
    {
        Assert.Equal(MinimizationOutcome.Unbounded, End(x => 0 - x, 0));
        Assert.Equal(MinimizationOutcome.Unbounded, End(x => x.Pow(3.0), -1));
        Assert.Equal(MinimizationOutcome.Stalled, End(x => (x - 2).Abs() + x * 0.1, 2));
        Assert.Equal(
            MinimizationOutcome.Diverged,
            End(x => x.Pow(2), 1, new MinimizationOptions { Method = MinimizationMethod.GradientDescent, LearningRate = 1.1 }));
    }

    /// <remarks>The value 1e6 has 10 digits behind its point, so that the gradient can't be brought below 1e-8.</remarks>
    [Fact]
    public void A_minimum_as_deep_as_rounding_lets_it_be_seen_counts_as_one() =>
        Assert.Equal(MinimizationOutcome.Converged, End(x => 1e6 + (x - 0.1).Exp() - x, 3));

    private static MinimizationOutcome? End(Func<GradValue, GradValue> function, double start, MinimizationOptions? options = null) =>
        Minimizer.Run(GradFunction.Compile(x => function(x[0]), "x"), [start], options).Last().Outcome;

    [Fact]
    public void The_start_is_not_changed()
    {
        double[] start = [0, 0];
        _ = Minimizer.Run(Bowl, start).Last();

        Assert.Equal([0, 0], start);
    }
}
