using MicroGrad.Data;
using MicroGrad.Training;

namespace MicroGrad.Engine.Tests;

public sealed class LearningRateSweepTests
{
    [Fact]
    public void Rates_rise_in_even_ratios_and_the_model_stays()
    {
        var model = new Mlp(2, [8, 1]);
        var before = model.CopyParameters();
        var points = Sweep(model).Run(1e-4, 1, 41, CancellationToken.None);

        Assert.Equal(before, model.CopyParameters());
        Assert.Null(model.Schema);
        Close.Equal(1e-4, points[0].LearningRate, 1e-15);
        Assert.All(points.Skip(1).Zip(points), pair => Close.Equal(Math.Pow(1e4, 1 / 40.0), pair.First.LearningRate / pair.Second.LearningRate, 1e-12));
    }

    [Fact]
    public void The_suggested_rate_learns_better_than_those_far_below_and_far_above()
    {
        var points = Sweep(new Mlp(2, [8, 1])).Run(1e-5, 100, 100, CancellationToken.None);
        var suggested = Assert.Single(points, point => point.IsSuggested).LearningRate;

        var loss = LossAfter(suggested);
        Assert.True(loss < LossAfter(suggested / 100), $"{suggested}");
        Assert.True(loss < LossAfter(suggested * 1000), $"{suggested}");
    }

    [Fact]
    public void A_loss_that_runs_away_ends_the_sweep()
    {
        var points = Sweep(new Mlp(2, [8, 1]), OptimizerKind.Sgd).Run(1e-3, 1e6, 200, CancellationToken.None);
        Assert.InRange(points.Length, 10, 199);
        Assert.All(points, point => Assert.True(double.IsFinite(point.SmoothedLoss)));
    }

    [Theory]
    [InlineData(0, 1, 100, "InvalidLearningRate")]
    [InlineData(1, 1, 100, "InvalidLearningRate")]
    [InlineData(1, double.NaN, 100, "InvalidLearningRate")]
    [InlineData(1e-3, 1, 9, "InvalidStep")]
    public void A_range_that_is_none_is_refused(double first, double last, int steps, string id) =>
        Assert.Equal(
            id, Assert.Throws<GradException>(() => Sweep(new Mlp(2, [1])).Run(first, last, steps, CancellationToken.None)).ErrorId);

    private static LearningRateSweep Sweep(Mlp model, OptimizerKind kind = OptimizerKind.Adam) =>
        new(model, Line(), LossKind.MeanSquaredError.Create(), Options(kind, null));

    private static double LossAfter(double rate)
    {
        try
        {
            return new Trainer(new Mlp(2, [8, 1]), null, Line(), LossKind.MeanSquaredError.Create(), Options(OptimizerKind.Adam, rate) with { Epochs = 20 })
                .Run(CancellationToken.None).Last().Loss;
        }
        catch (TrainingDivergedException)
        {
            return double.PositiveInfinity;
        }
    }

    private static TrainingOptions Options(OptimizerKind kind, double? rate) =>
        new() { BatchSize = 10, LearningRate = rate, Optimizer = new OptimizerOptions { Kind = kind } };

    private static Samples Line()
    {
        var samples = new Samples(100, 2, 1);
        for (var row = 0; row < samples.Count; row++)
        {
            var (x, y) = (row % 10 / 5.0 - 1, row / 50.0 - 1);
            samples.Inputs[2 * row] = x;
            samples.Inputs[2 * row + 1] = y;
            samples.Targets[row] = x * y + x;
        }

        return samples;
    }
}
