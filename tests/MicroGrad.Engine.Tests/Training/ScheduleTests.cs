using MicroGrad.Training;

namespace MicroGrad.Engine.Tests;

public sealed class ScheduleTests
{
    [Fact]
    public void A_constant_rate_stays() =>
        Assert.All(Rates(new(), 0.3, 10, 2), rate => Assert.Equal(0.3, rate));

    [Fact]
    public void A_linear_rate_at_step_k_of_n_is_first_plus_the_way_to_the_final_times_k_over_n()
    {
        var rates = Rates(new() { Kind = ScheduleKind.Linear, FinalLearningRate = 0.1 }, 1, 50, 2);

        Close.Equal(Enumerable.Range(0, 100).Select(k => 1 - 0.9 * k / 100).ToArray(), rates, 1e-15);
    }

    [Fact]
    public void A_linear_rate_ends_at_zero_where_no_other_end_is_given() =>
        Close.Equal([1, 0.75, 0.5, 0.25], Rates(new() { Kind = ScheduleKind.Linear }, 1, 4, 1), 1e-15);

    [Fact]
    public void A_stepped_rate_drops_after_every_interval_of_epochs() => Close.Equal(
        [8, 8, 8, 8, 2, 2, 2, 2, 0.5, 0.5, 0.5, 0.5],
        Rates(new() { Kind = ScheduleKind.Step, Factor = 0.25, Interval = 2 }, 8, 6, 2),
        1e-15);

    [Fact]
    public void An_exponential_rate_falls_by_the_same_factor_at_each_step() => Close.Equal(
        [16, 8, 4, 2], Rates(new() { Kind = ScheduleKind.Exponential, FinalLearningRate = 1 }, 16, 2, 2), 1e-14);

    [Fact]
    public void A_cosine_rate_is_half_way_down_in_the_middle()
    {
        var rates = Rates(new() { Kind = ScheduleKind.Cosine, FinalLearningRate = 0.2 }, 1, 100, 1);

        Close.Equal(Enumerable.Range(0, 100).Select(k => 0.2 + 0.8 * (1 + Math.Cos(Math.PI * k / 100)) / 2).ToArray(), rates, 1e-15);
        Close.Equal(0.6, rates[50], 1e-15);
    }

    [Fact]
    public void A_plateau_lowers_the_rate_after_so_many_epochs_without_improvement()
    {
        var schedule = new Schedule(
            new() { Kind = ScheduleKind.ReduceOnPlateau, Factor = 0.5, Interval = 2, FinalLearningRate = 0.3 }, 1, 100, 1);
        double[] losses = [5, 4, 4, 4.5, 3, 3, 2.9999, 3, 2.999, 2, 2, 2, 2, 2];
        double[] expected = [1, 1, 1, 0.5, 0.5, 0.5, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3];

        var rates = losses.Select((loss, epoch) =>
        {
            schedule.EpochDone(loss);
            return schedule.RateAt(epoch + 1);
        });

        Close.Equal(expected, rates.ToArray(), 1e-15);
    }

    [Fact]
    public void A_warm_up_grows_to_the_scheduled_rate_over_its_epochs() => Close.Equal(
        [0.25, 0.5, 0.75, 1, 1, 1], Rates(new() { WarmupEpochs = 2 }, 1, 3, 2), 1e-15);

    private static double[] Rates(ScheduleOptions options, double first, int epochs, int stepsPerEpoch)
    {
        var schedule = new Schedule(options, first, epochs, stepsPerEpoch);
        return [.. Enumerable.Range(0, epochs * stepsPerEpoch).Select(step => schedule.RateAt(step))];
    }
}
