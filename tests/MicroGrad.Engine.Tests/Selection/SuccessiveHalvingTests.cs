using MicroGrad.Selection;

namespace MicroGrad.Engine.Tests;

public sealed class SuccessiveHalvingTests
{
    // The rounds are those of Li et al., Hyperband (2018), for a factor of 3.
    [Theory]
    [InlineData(27, 27, "27x1 9x3 3x9 1x27")]
    [InlineData(9, 27, "9x3 3x9 1x27")]
    [InlineData(10, 100, "10x4 4x12 2x34 1x100")]
    [InlineData(1, 50, "1x50")]
    [InlineData(100, 1, "100x1")]
    [InlineData(100, 9, "100x1 34x3 12x9")]
    public void Of_each_round_a_third_goes_on_to_three_times_the_epochs(int trials, int epochs, string expected) =>
        Assert.Equal(expected, string.Join(' ', SuccessiveHalving.Plan(trials, epochs).Select(round => $"{round.Count}x{round.Epochs}")));

    [Fact]
    public void Trials_rank_by_score_then_loss_then_number_and_those_without_a_score_last()
    {
        MlpTrial[] trials = [Trial(1, null, null), Trial(2, 0.5, 1), Trial(3, 0.9, 2), Trial(4, 0.9, 1), Trial(5, 0.5, 1)];

        Assert.Equal([4, 3, 2, 5, 1], SuccessiveHalving.Ranked(trials).Select(trial => trial.Trial));
    }

    [Fact]
    public void A_trials_figures_are_mean_and_deviation_of_its_folds()
    {
        var trial = Trial(1, null, null).Measured([1, 2, 6], [0.5, 1, null]);

        // NumPy: np.mean([1, 2, 6]), np.std([1, 2, 6]).
        Assert.Equal(3, trial.Score);
        Assert.Equal(2.160246899469287, trial.Deviation!.Value, 1e-15);
        Assert.Null(trial.MeanLoss);
    }

    [Fact]
    public void A_fold_that_is_no_number_leaves_no_score() =>
        Assert.Null(Trial(1, null, null).Measured([1, double.NaN], [1, 1]).Score);

    private static MlpTrial Trial(int number, double? score, double? loss) => new(number) { Setting = [], Epoch = 1, Score = score, MeanLoss = loss };
}
