using MicroGrad.Data;

namespace MicroGrad.Engine.Tests;

public sealed class ColumnStatisticsTests
{
    [Fact]
    public void The_deviation_is_that_of_the_whole_population()
    {
        Assert.Equal((5, 2), ColumnStatistics.MeanAndScale("x", [2, 4, 4, 4, 5, 5, 7, 9]));
        Assert.Equal((5, 2), ColumnStatistics.MeanAndScale("x", [2, 4, double.NaN, 4, 4, 5, 5, 7, 9]));
    }

    [Theory]
    [InlineData(0.1, 0.1)]
    [InlineData(0.3, 0.1 + 0.2)]
    [InlineData(-1e200, -1e200)]
    [InlineData(0, 0)]
    [InlineData(1e15, 1e15 + 0.5)]
    public void A_column_that_is_constant_but_for_rounding_has_scale_1(double one, double other)
    {
        foreach (var count in new[] { 1, 10, 999 })
        {
            var (mean, scale) = ColumnStatistics.MeanAndScale("x", [.. Enumerable.Range(0, count).Select(i => i % 2 == 0 ? one : other)]);

            Assert.Equal(1, scale);
            Close.Equal(one, mean, 1e-15);
        }

        Assert.Equal((0.1, 1), ColumnStatistics.MeanAndScale("x", Enumerable.Repeat(0.1, 10)));
        Assert.Equal((0, 1), ColumnStatistics.MeanAndScale("x", [double.NaN]));
    }

    [Theory]
    [InlineData(1e9, 1e-3)]
    [InlineData(6.3e17, 1e6)]
    [InlineData(0, 1e-140)]
    [InlineData(0, 1e140)]
    public void A_column_that_varies_is_scaled_however_small_that_is_beside_its_size(double mean, double distance)
    {
        var (actual, scale) = ColumnStatistics.MeanAndScale("x", [mean - distance, mean + distance]);

        Close.Equal(1, actual == 0 ? 1 : actual / mean, 1e-15);
        Close.Equal(1, scale / distance, 1e-3);
    }

    [Theory]
    [InlineData(1e200)]
    [InlineData(1.7e308)]
    [InlineData(1e-200)]
    [InlineData(double.Epsilon)]
    public void A_spread_that_no_scale_fits_is_refused_by_the_columns_name(double size)
    {
        var error = Assert.Throws<GradException>(() => ColumnStatistics.MeanAndScale("Wide", [-size, size]));

        Assert.Equal("SpreadOutOfRange", error.ErrorId);
        Assert.Contains("'Wide'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_overflow_in_the_distance_between_two_numbers_is_refused_too() =>
        Assert.Equal("SpreadOutOfRange", Assert.Throws<GradException>(
            () => ColumnStatistics.MeanAndScale("x", [-1.7e308, 1.7e308, 1.7e308])).ErrorId);
}
