using MicroGrad.Selection;

namespace MicroGrad.Engine.Tests;

public sealed class SettingSpaceTests
{
    private static readonly SettingSpace Lists = new([new("Size", [4, 16]), new("Rate", [0.1, 0.01, 0.001])]);

    [Fact]
    public void All_combinations_come_once_the_last_setting_varying_fastest()
    {
        var trials = Lists.Combinations();

        Assert.Equal(["4 0.1", "4 0.01", "4 0.001", "16 0.1", "16 0.01", "16 0.001"], trials.Select(Text));
    }

    [Fact]
    public void A_draw_of_lists_gives_no_combination_twice_and_at_most_all()
    {
        var trials = Lists.Draw(100, 1);

        Assert.Equal(6, trials.Count);
        Assert.Equal(Lists.Combinations().Select(Text).Order(), trials.Select(Text).Order());
        Assert.NotEqual(Lists.Combinations().Select(Text), trials.Select(Text));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_longer_draw_begins_with_a_shorter_one(bool hasRange)
    {
        var space = hasRange ? new SettingSpace([new("Size", [4, 16]), new("Rate", [], new SettingRange(0, 1, false, false))]) : Lists;

        Assert.Equal(space.Draw(3, 7).Select(Text), space.Draw(5, 7).Take(3).Select(Text));
        Assert.NotEqual(space.Draw(5, 7).Select(Text), space.Draw(5, 8).Select(Text));
    }

    [Fact]
    public void Whole_numbers_are_drawn_evenly_with_both_ends()
    {
        var drawn = new SettingSpace([new("Size", [], new SettingRange(1, 4, IsWhole: true, IsLogarithmic: false))]).Draw(4000, 1).Select(trial => (int)trial["Size"]!);

        // Four standard deviations around 1000 are 110.
        Assert.Equal([1, 2, 3, 4], drawn.Distinct().Order());
        Assert.All(drawn.CountBy(size => size), count => Assert.InRange(count.Value, 890, 1110));
    }

    [Fact]
    public void A_logarithmic_range_has_as_many_draws_in_each_power_of_ten()
    {
        var drawn = new SettingSpace([new("Rate", [], new SettingRange(1e-4, 1e-1, IsWhole: false, IsLogarithmic: true))]).Draw(3000, 1).Select(trial => (double)trial["Rate"]!);

        Assert.All(drawn, rate => Assert.InRange(rate, 1e-4, 1e-1));
        Assert.All(drawn.CountBy(rate => Math.Floor(Math.Log10(rate))), count => Assert.InRange(count.Value, 890, 1110));
    }

    [Theory]
    [InlineData(2, 1, false)]
    [InlineData(1, 1, false)]
    [InlineData(0, 1, true)]
    [InlineData(double.NaN, 1, false)]
    public void A_range_that_nothing_can_be_drawn_from_is_refused(double from, double to, bool isLogarithmic) =>
        Assert.Equal("InvalidSetting", Assert.Throws<GradException>(() => new SettingSpace([new("Rate", [], new SettingRange(from, to, false, isLogarithmic))])).ErrorId);

    [Fact]
    public void A_range_has_no_combinations() =>
        Assert.Equal(
            "InvalidSetting",
            Assert.Throws<GradException>(() => new SettingSpace([new("Rate", [], new SettingRange(0, 1, false, false))]).Combinations()).ErrorId);

    [Fact]
    public void More_trials_than_anyone_waits_for_are_refused()
    {
        var space = new SettingSpace([.. Enumerable.Range(1, 7).Select(i => new SettingValues($"S{i}", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]))]);

        Assert.Equal("TooManyTrials", Assert.Throws<GradException>(() => space.Combinations()).ErrorId);
        Assert.Equal("TooManyTrials", Assert.Throws<GradException>(() => space.Draw(2_000_000, 1)).ErrorId);
        Assert.Equal(5, space.Draw(5, 1).Count);
    }

    private static string Text(OrderedDictionary<string, object?> trial) => string.Join(' ', trial.Values.Select(value => FormattableString.Invariant($"{value}")));
}
