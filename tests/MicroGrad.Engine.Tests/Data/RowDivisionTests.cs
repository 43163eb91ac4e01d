using MicroGrad.Data;

namespace MicroGrad.Engine.Tests;

public sealed class RowDivisionTests
{
    [Theory]
    [InlineData(10, new[] { 0.8 }, new[] { 8, 2 })]
    [InlineData(10, new[] { 0.6, 0.3, 0.1 }, new[] { 6, 3, 1 })]
    [InlineData(7, new[] { 0.5, 0.25 }, new[] { 4, 1, 2 })]
    [InlineData(3, new[] { 1.0 / 3, 1.0 / 3, 1.0 / 3 }, new[] { 1, 1, 1 })]
    public void Counts_add_up_to_all_rows(int count, double[] fractions, int[] expected) =>
        Assert.Equal(expected, RowDivision.Counts(count, fractions));

    [Theory]
    [InlineData(10, new[] { 0.0 })]
    [InlineData(10, new[] { 0.7, 0.4 })]
    [InlineData(10, new[] { double.NaN })]
    [InlineData(10, new[] { 1.0 })]
    [InlineData(2, new[] { 0.1 })]
    [InlineData(10, new double[0])]
    public void A_part_without_rows_and_wrong_fractions_are_refused(int count, double[] fractions) =>
        Assert.Equal("InvalidFraction", Assert.Throws<GradException>(() => RowDivision.Counts(count, fractions)).ErrorId);

    [Fact]
    public void Each_row_is_in_one_part_and_each_class_has_its_share()
    {
        string[] classes = [.. Enumerable.Range(0, 100).Select(row => row % 10 < 7 ? "a" : row % 10 < 9 ? "b" : "c")];
        var parts = RowDivision.Drawn([80, 15, 5], classes, 1);

        Assert.Equal(Enumerable.Range(0, 100), parts.SelectMany(part => part).Order());
        Assert.Equal([80, 15, 5], parts.Select(part => part.Length));
        Assert.Equal([56, 16, 8], Count(parts[0], classes));
        Assert.All(parts, part => Assert.Equal(part.Order(), part));
        Assert.NotEqual(parts[0], RowDivision.Drawn([80, 15, 5], classes, 2)[0]);
        Assert.Equal(parts[0], RowDivision.Drawn([80, 15, 5], classes, 1)[0]);
    }

    [Fact]
    public void In_order_the_first_rows_are_the_first_part() =>
        Assert.Equal([[0, 1, 2], [3, 4]], RowDivision.Ordered([3, 2]));

    [Fact]
    public void Groups_stay_whole_and_no_part_is_empty()
    {
        string[] groups = ["big", "big", "big", "big", "big", "x", "y", "big"];
        var parts = RowDivision.Grouped([4, 2, 2], groups, 1);

        Assert.Equal(Enumerable.Range(0, 8), parts.SelectMany(part => part).Order());
        Assert.Equal(3, parts.Select(part => part.Select(row => groups[row]).Distinct().Single()).Distinct().Count());
        Assert.Equal("TooFewGroups", Assert.Throws<GradException>(() => RowDivision.Grouped([4, 2, 1, 1], groups, 1)).ErrorId);
    }

    [Theory]
    [InlineData(10, new[] { 26, 26 }, new[] { 5, 5 })]
    [InlineData(3, new[] { 2, 2, 2, 2 }, new[] { 1, 1, 1, 0 })]
    [InlineData(0, new int[0], new int[0])]
    public void Shares_add_up_to_the_total(int total, int[] sizes, int[] expected) =>
        Assert.Equal(expected, Shares.Allocate(total, sizes));

    private static int[] Count(int[] part, string[] classes) =>
        [.. new[] { "a", "b", "c" }.Select(name => part.Count(row => classes[row] == name))];
}
