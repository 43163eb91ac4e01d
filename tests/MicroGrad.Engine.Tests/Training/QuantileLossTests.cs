using MicroGrad.Data;
using MicroGrad.Inference;
using MicroGrad.Training;

namespace MicroGrad.Engine.Tests;

public sealed class QuantileLossTests
{
    // scikit-learn 1.5, sklearn.metrics.mean_pinball_loss: the examples of its documentation.
    [Theory]
    [InlineData(0.1, new double[] { 0, 2, 3 }, 0.1 / 3)]
    [InlineData(0.1, new double[] { 1, 2, 4 }, 0.3)]
    [InlineData(0.9, new double[] { 0, 2, 3 }, 0.3)]
    [InlineData(0.9, new double[] { 1, 2, 4 }, 0.1 / 3)]
    public void The_loss_of_a_batch_is_the_mean_pinball_loss(double quantile, double[] predicted, double expected) =>
        Assert.Equal(expected, new QuantileLoss([quantile]).Batch(new LossBatch(predicted, [1, 2, 3], [], 1, new double[3])), 1e-15);

    [Fact]
    public void Several_quantiles_are_averaged_and_rows_weighed()
    {
        // By hand: 0.2 × 3 + 0.5 × 1 = 1.1 and 0.8 × 1 + 0.5 × 2 = 1.8; (1.1 + 3 × 1.8) / (2 × 4).
        var loss = new QuantileLoss([0.2, 0.5]).Batch(new LossBatch([2, 4, 6, 7], [5, 5, 5, 5], [1, 3], 2, new double[4]));

        Assert.Equal((1.1 + 3 * 1.8) / 8, loss, 1e-15);
    }

    [Theory]
    [InlineData(5, 3)]
    [InlineData(3, 5)]
    [InlineData(3, 3)]
    [InlineData(1e300, -1e300)]
    public void The_graph_costs_the_same_and_has_the_same_gradient(double output, double target)
    {
        var loss = TrainingRun.LossOf(LossKind.Quantile);
        var gradient = new double[2];
        GradValue[] outputs = [new(output), new(output)];

        var cost = TrainingRun.Cost(LossKind.Quantile, outputs, [target, target]);
        cost.Backward();

        Assert.Equal(cost.Data, ((RowLoss)loss).Row([output, output], [target, target], gradient));
        Assert.Equal(outputs.Select(value => value.Grad), gradient);
    }

    [Fact]
    public void The_gradient_is_that_of_differences()
    {
        var loss = new QuantileLoss([0.3]);
        foreach (var output in new[] { -2.0, 4.5 })
        {
            double[] gradient = [0], unused = [0];
            loss.Row([output], [1], gradient);
            var difference = (loss.Row([output + 1e-6], [1], unused) - loss.Row([output - 1e-6], [1], unused)) / 2e-6;

            Assert.Equal(difference, gradient[0], 1e-9);
        }
    }

    [Fact]
    public void Nothing_is_swallowed()
    {
        double[] gradient = [0];

        Assert.True(double.IsNaN(new QuantileLoss([0.5]).Row([double.NaN], [1], gradient)));
        Assert.True(double.IsNaN(gradient[0]));
    }

    [Theory]
    [InlineData]
    [InlineData(0.0)]
    [InlineData(1.0)]
    [InlineData(double.NaN)]
    [InlineData(0.5, 0.5)]
    public void Quantiles_that_are_none_are_refused(params double[] quantiles) =>
        Assert.Equal("InvalidQuantile", Assert.Throws<GradException>(() => Quantiles.Require(quantiles)).ErrorId);

    [Fact]
    public void Answers_that_cross_are_measured_in_order()
    {
        // In order the first row has 1, 2, 3, the second 2, 4, 6.
        var measured = QuantileFigures.Measure([0.1, 0.5, 0.9], [2, 7], [3, 1, 2, 2, 4, 6], []);

        // By hand; the pinball losses are those of scikit-learn's formula.
        Assert.Equal([0, 0.5, 0.5], measured.ByQuantile.Select(one => one.Coverage));
        Assert.Equal([(0.1 * 1 + 0.1 * 5) / 2, 0.5 * 3 / 2, (0.1 * 1 + 0.9 * 1) / 2], measured.ByQuantile.Select(one => Math.Round(one.PinballLoss, 12)));
        Assert.Equal(0.5, measured.Coverage);
        Assert.Equal(1.5, measured.MAE);
    }
}
