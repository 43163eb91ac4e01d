namespace MicroGrad.Engine.Tests;

public sealed class GradientCheckTests
{
    [Fact]
    public void Right_graphs_pass_at_every_leaf()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var (root, _) = RandomGraph.Draw(seed).Build();
            var checks = GradientCheck.Run(root, stopping: TestContext.Current.CancellationToken).ToArray();

            Assert.Equal(GradNode.List(root).Count(node => node.Value.IsLeaf), checks.Length);
            Assert.All(checks, check => Assert.True(check.Passed, $"seed {seed}: {check}"));
        }
    }

    [Fact]
    public void A_check_tells_both_derivatives_and_their_distance()
    {
        var x = new GradValue(3, "x");

        var check = Assert.Single(GradientCheck.Run(x * x, stopping: TestContext.Current.CancellationToken));

        Assert.Same(x, check.Leaf);
        Assert.Equal(("x", 6), (check.Label, check.Analytic));
        Close.Equal(6, check.Numeric, 1e-9);
        Close.Equal(Math.Abs(check.Analytic - check.Numeric) / Math.Max(6, check.Numeric), check.Error, 1e-15);
    }

    [Fact]
    public void The_kink_of_relu_fails_the_check()
    {
        var check = Assert.Single(GradientCheck.Run(new GradValue(0).Relu(), stopping: TestContext.Current.CancellationToken));

        Assert.False(check.Passed);
        Assert.Equal(0, check.Analytic);
        Close.Equal(0.5, check.Numeric, 1e-9);
        Close.Equal(0.5, check.Error, 1e-9);
    }

    [Fact]
    public void A_tie_of_max_fails_the_check()
    {
        var checks = GradientCheck.Run(new GradValue(2).Max(new GradValue(2)), stopping: TestContext.Current.CancellationToken).ToArray();

        Assert.Equal(2, checks.Length);
        Assert.All(checks, check => Assert.False(check.Passed));
    }

    [Fact]
    public void NaN_fails_the_check() =>
        Assert.False(Assert.Single(GradientCheck.Run(new GradValue(-1).Log(), stopping: TestContext.Current.CancellationToken)).Passed);

    [Fact]
    public void A_tolerance_of_nothing_fails_what_rounds()
    {
        var root = new GradValue(0.3).Exp();

        Assert.False(Assert.Single(GradientCheck.Run(root, tolerance: 0, stopping: TestContext.Current.CancellationToken)).Passed);
        Assert.True(Assert.Single(GradientCheck.Run(root, tolerance: 1, stopping: TestContext.Current.CancellationToken)).Passed);
    }

    [Fact]
    public void A_coarser_step_is_less_exact()
    {
        var root = new GradValue(0.3).Exp();

        var coarse = Assert.Single(GradientCheck.Run(root, step: 0.1, stopping: TestContext.Current.CancellationToken));

        Assert.InRange(coarse.Error, 1e-3, 1e-2);
        Assert.False(coarse.Passed);
    }

    [Fact]
    public void Data_and_gradients_are_afterwards_what_they_were()
    {
        var (root, leaves) = RandomGraph.Draw(3).Build();
        root.Backward();
        root.Backward(0.5);

        // By hand, so that not even a forward pass would bring it back.
        root.Data = 123;
        leaves[0].Grad = -7;
        var before = State();

        foreach (var check in GradientCheck.Run(root, stopping: TestContext.Current.CancellationToken))
        {
            Assert.Equal(before, State());
        }

        Assert.Equal(before, State());

        (double, double)[] State() => [.. GradNode.List(root).Select(node => (node.Data, node.Grad))];
    }

    [Fact]
    public void Gradients_left_by_earlier_passes_do_not_disturb_the_check()
    {
        var x = new GradValue(3);
        var root = x * x;
        root.Backward();
        root.Backward();

        Assert.True(Assert.Single(GradientCheck.Run(root, stopping: TestContext.Current.CancellationToken)).Passed);
    }

    [Fact]
    public void A_check_that_is_stopped_at_a_leaf_ends_before_the_next_and_leaves_the_graph_as_it_was()
    {
        using var stopping = new CancellationTokenSource();
        var (x, y) = (new GradValue(3), new GradValue(4));
        var root = x * y;
        root.Backward();
        var checks = GradientCheck.Run(root, stopping: stopping.Token).GetEnumerator();
        Assert.True(checks.MoveNext());
        stopping.Cancel();

        Assert.Throws<OperationCanceledException>(() => checks.MoveNext());

        Assert.Equal((3, 4, 12, 4, 3, 1), (x.Data, y.Data, root.Data, x.Grad, y.Grad, root.Grad));
    }

    [Fact]
    public void A_leaf_checks_itself()
    {
        var check = Assert.Single(GradientCheck.Run(new GradValue(5), stopping: TestContext.Current.CancellationToken));

        Assert.True(check.Passed);
        Assert.Equal(1, check.Analytic);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1e-5)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_step_that_is_no_distance_is_refused(double step) =>
        Assert.Equal("InvalidStep", Assert.Throws<GradException>(() => GradientCheck.Run(new GradValue(1), step, stopping: TestContext.Current.CancellationToken)).ErrorId);

    [Theory]
    [InlineData(-1e-9)]
    [InlineData(double.NaN)]
    public void A_tolerance_below_nothing_is_refused(double tolerance) => Assert.Equal(
        "InvalidTolerance",
        Assert.Throws<GradException>(() => GradientCheck.Run(new GradValue(1), tolerance: tolerance, stopping: TestContext.Current.CancellationToken)).ErrorId);
}
