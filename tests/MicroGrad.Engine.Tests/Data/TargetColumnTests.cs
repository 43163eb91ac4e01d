using MicroGrad.Data;

namespace MicroGrad.Engine.Tests;

public sealed class TargetColumnTests
{
    [Fact]
    public void Numbers_and_numeric_text_stay_numbers()
    {
        var column = Column(1.5, "2", 3);

        Assert.False(column.IsText);
        Assert.Equal((3, 2.0), (column.Count, column.NumberAt(1)));
        Assert.Equal("1.5", column.TextAt(0));
    }

    [Fact]
    public void Numeric_classes_come_from_the_smallest_on() =>
        Assert.Equal(["-1", "0.5", "2", "10"], Column(10, 2, -1, 0.5, 2, 10).Classes());

    [Fact]
    public void Text_classes_come_in_the_order_of_first_appearance()
    {
        var column = Column("b", "a", "b", "c");

        Assert.True(column.IsText);
        Assert.Equal(["b", "a", "c"], column.Classes());
        Assert.Equal(["b", "a", "b", "c"], Enumerable.Range(0, 4).Select(column.TextAt));
    }

    [Fact]
    public void One_text_makes_classes_of_all_rows_before_and_after()
    {
        var column = Column(1, 2, "x", 1, 2.5);

        Assert.True(column.IsText);
        Assert.Equal(5, column.Count);
        Assert.Equal(["1", "2", "x", "2.5"], column.Classes());
        Assert.Equal(["1", "2", "x", "1", "2.5"], Enumerable.Range(0, 5).Select(column.TextAt));
    }

    [Fact]
    public void Classes_are_told_apart_by_case() => Assert.Equal(["a", "A"], Column("a", "A").Classes());

    [Fact]
    public void A_number_that_is_not_finite_is_refused()
    {
        var column = Column(1);

        Assert.Equal("NotFinite", Assert.Throws<GradException>(() => column.Add(double.NaN, 9)).ErrorId);
        Assert.Equal(1, column.Count);
    }

    [Fact]
    public void The_same_cell_is_the_same_class_before_and_after_the_first_text()
    {
        var column = Column("01", 2, "x", "01", 2);

        Assert.Equal(["01", "2", "x"], column.Classes());
        Assert.Equal((column.TextAt(0), column.TextAt(1)), (column.TextAt(3), column.TextAt(4)));
    }

    [Fact]
    public void Zero_and_minus_zero_are_one_class()
    {
        var column = Column("-0", 0, 1);

        Assert.Equal(["0", "1"], column.Classes());
        Assert.Equal(["0", "0", "1"], Enumerable.Range(0, 3).Select(column.TextAt));
    }

    private static TargetColumn Column(params object[] cells)
    {
        var column = new TargetColumn("species");
        for (var i = 0; i < cells.Length; i++)
        {
            column.Add(cells[i], i + 1);
        }

        return column;
    }
}
