using MicroGrad.Training;

namespace MicroGrad.Engine.Tests;

public sealed class GradientStepTests
{
    [Fact]
    public void A_step_moves_leaves_against_the_gradient_or_along_it()
    {
        var (a, b) = (new GradValue(2) { Grad = 4 }, new GradValue(-1) { Grad = -2 });
        GradientStep.Apply([a, b], 0.25, ascend: false);
        Assert.Equal((1, -0.5), (a.Data, b.Data));

        GradientStep.Apply([a, b], 0.25, ascend: true);
        Assert.Equal((2, -1), (a.Data, b.Data));
        Assert.Equal((4, -2), (a.Grad, b.Grad));
    }

    [Fact]
    public void A_computed_value_is_refused_and_no_leaf_moved()
    {
        var a = new GradValue(2) { Grad = 4 };

        var error = Assert.Throws<GradException>(() => GradientStep.Apply([a, a * 2], 0.25, ascend: false));

        Assert.Equal("NotALeaf", error.ErrorId);
        Assert.Equal(2, a.Data);
    }

    [Fact]
    public void A_gradient_that_was_left_out_of_the_last_clearing_is_refused_and_no_leaf_moved()
    {
        var (a, b) = (new GradValue(2), new GradValue(3));
        (a * b).Backward();
        var second = a * 3;
        second.ZeroGrad();
        second.Backward();

        var error = Assert.Throws<GradException>(() => GradientStep.Apply([a, b], 0.25, ascend: false));

        Assert.Equal("StaleGradient", error.ErrorId);
        Assert.Equal((2, 3), (a.Data, b.Data));

        GradientStep.Apply([b], 0.25, ascend: false);
        Assert.Equal(2.5, b.Data);
    }

    [Fact]
    public void Passes_that_reach_different_leaves_between_two_clearings_add_up()
    {
        var (a, b, c) = (new GradValue(2), new GradValue(3), new GradValue(5));
        for (var round = 0; round < 3; round++)
        {
            Graphs.Backpropagation.Clear([a, b, c]);
            (a * b).Backward();
            (a * c).Backward();
            GradientStep.Apply([a, b, c], 1, ascend: false);
            GradientStep.Apply([a, b, c], 1, ascend: true);
        }

        Assert.Equal((8, 2, 2), (a.Grad, b.Grad, c.Grad));
    }

    [Fact]
    public void A_gradient_that_is_set_by_hand_or_reached_again_is_no_left_over()
    {
        var (a, b) = (new GradValue(2), new GradValue(3));
        (a * b).Backward();
        a.ZeroGrad();
        b.Grad = 1;
        GradientStep.Apply([a, b], 1, ascend: false);
        Assert.Equal(2, b.Data);

        a.ZeroGrad();
        (a * b).Backward();
        GradientStep.Apply([a, b], 1, ascend: false);
        Assert.Equal(3, b.Grad);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_rate_that_is_no_finite_number_above_zero_is_refused(double rate) => Assert.Equal(
        "InvalidLearningRate", Assert.Throws<GradException>(() => GradientStep.CheckLearningRate(rate)).ErrorId);
}
