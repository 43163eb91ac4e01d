using MicroGrad.Data;

namespace MicroGrad.Engine.Tests;

public sealed class TableBuilderTests
{
    private const int RowCount = 70_000;

    [Theory]
    [InlineData(RowCount)]
    [InlineData(RowCount - 1)]
    [InlineData(66_000)]
    [InlineData(100)]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(1e6)]
    [InlineData(1e12)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Rows_are_the_same_whatever_number_of_them_was_estimated(double estimate)
    {
        var table = new TableBuilder(CellFormat.Invariant) { Estimate = () => estimate };
        var (feature, target) = (table.AddFeature("X"), table.AddTarget("Y"));
        for (var row = 0; row < RowCount; row++)
        {
            feature.Add(row + 0.5);
            target.AddText(row % 2 == 0 ? "even"u8 : "odd"u8);
            table.EndRows(row + 1);
        }

        var built = table.Build(new TableRules());
        Assert.Equal(RowCount, built.Count);
        Assert.Equal(Enumerable.Range(0, RowCount).Select(row => row + 0.5), built.Features[0].Values.ToArray());
        Assert.Equal("even", built.Targets[0].ClassAt(RowCount - 2));
        Assert.Equal("odd", built.Targets[0].ClassAt(RowCount - 1));
        Assert.Equal(RowCount, table.NumberOf(RowCount - 1));
    }

    [Fact]
    public void An_estimate_is_asked_only_where_lists_have_to_grow()
    {
        var asked = 0;
        var table = new TableBuilder(CellFormat.Invariant) { Estimate = () => ++asked };
        for (var row = 1; row < 1 << 12; row++)
        {
            table.EndRows(row);
        }

        Assert.Equal(0, asked);
        table.EndRows(1 << 12);
        Assert.Equal(1, asked);
    }
}
