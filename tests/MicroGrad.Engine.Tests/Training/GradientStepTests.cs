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

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_rate_that_is_no_finite_number_above_zero_is_refused(double rate) => Assert.Equal(
        "InvalidLearningRate", Assert.Throws<GradException>(() => GradientStep.CheckLearningRate(rate)).ErrorId);
}
