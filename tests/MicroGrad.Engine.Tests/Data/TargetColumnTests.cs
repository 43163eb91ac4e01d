using System.Globalization;
using MicroGrad.Data;

namespace MicroGrad.Engine.Tests;

public sealed class TargetColumnTests
{
    [Fact]
    public void Numbers_and_numeric_text_stay_numbers()
    {
        var column = Column(1.5, "2", 3);

        Assert.False(column.AreClasses);
        Assert.Equal((3, 2.0), (column.Count, column.NumberAt(1)));
        Assert.Equal("1.5", column.ClassAt(0));
    }

    [Fact]
    public void Numeric_classes_come_from_the_smallest_on() =>
        Assert.Equal(["-1", "0.5", "2", "10"], Column(10, 2, -1, 0.5, 2, 10).Classes());

    [Fact]
    public void Text_classes_come_in_the_order_of_first_appearance()
    {
        var column = Column("b", "a", "b", "c");

        Assert.True(column.AreClasses);
        Assert.Equal(["b", "a", "c"], column.Classes());
        Assert.Equal(["b", "a", "b", "c"], Enumerable.Range(0, 4).Select(column.ClassAt));
    }

    [Fact]
    public void One_text_of_a_few_cells_makes_classes_of_all_rows_before_and_after()
    {
        var column = Column(1, 2, "x", 1, 2.5);

        Assert.True(column.AreClasses);
        Assert.Equal(5, column.Count);
        Assert.Equal(["1", "2", "x", "2.5"], column.Classes());
        Assert.Equal(["1", "2", "x", "1", "2.5"], Enumerable.Range(0, 5).Select(column.ClassAt));
    }

    [Fact]
    public void A_word_among_many_numbers_is_a_mistake_of_its_row_unless_the_model_has_an_output_for_each_class()
    {
        object[] cells = [.. Enumerable.Range(0, 30).Select(i => (object)(i % 3)), "x"];

        var builder = Builder(cells);
        Assert.False(builder.Finish(null, outputCount: 1).AreClasses);
        Assert.Equal([30], builder.FaultRows);
        Assert.True(Builder(cells).Finish(null, outputCount: 4).AreClasses);
        Assert.True(Builder(cells).Finish(areClasses: true, outputCount: 1).AreClasses);
    }

    [Fact]
    public void A_mark_of_a_missing_value_is_missing_among_numbers_and_a_word_among_words()
    {
        Assert.True(Column([.. Enumerable.Range(0, 20).Select(i => (object)i), "NA"]).IsMissing(20));

        var words = Column("Bob", "Nan", "Bob", "Nan");
        Assert.Equal(["Bob", "Nan"], words.Classes());
        Assert.False(words.IsMissing(1));
    }

    [Fact]
    public void Truth_values_are_two_classes_false_first()
    {
        var column = Column(true, false, true);

        Assert.True(column.AreClasses);
        Assert.Equal((ClassKind.Boolean, 1.0), (column.ClassKind, column.NumberAt(0)));
        Assert.Equal(["False", "True"], column.Classes());
    }

    [Fact]
    public void Classes_are_told_apart_by_case() => Assert.Equal(["a", "A"], Column("a", "A").Classes());

    [Theory]
    [InlineData("007", "7")]
    [InlineData("0.0", "0")]
    [InlineData("1e1", "10")]
    public void Text_keeps_its_spelling_so_that_two_spellings_of_a_number_are_two_classes(string one, string other)
    {
        var column = Column(one, other, one);

        Assert.Equal(ClassKind.Text, column.ClassKind);
        Assert.Equal([one, other, one], Enumerable.Range(0, 3).Select(column.ClassAt));
        Assert.Equal(2, column.Classes().Count);
    }

    [Fact]
    public void The_same_cell_is_the_same_class_before_and_after_the_first_text()
    {
        var column = Column("01", 2, "x", "01", 2);

        Assert.Equal(["01", "2", "x"], column.Classes());
        Assert.Equal((column.ClassAt(0), column.ClassAt(1)), (column.ClassAt(3), column.ClassAt(4)));
    }

    [Fact]
    public void Zero_and_minus_zero_are_one_class()
    {
        var column = Column(-0.0, 0, 1);

        Assert.Equal(["0", "1"], column.Classes());
        Assert.Equal(["0", "0", "1"], Enumerable.Range(0, 3).Select(column.ClassAt));
    }

    [Fact]
    public void More_spellings_of_numbers_than_classes_can_be_are_numbers_and_a_word_behind_them_is_a_mistake()
    {
        var builder = new TargetBuilder("y", CellFormat.Invariant);
        for (var i = 0; i < 70_000; i++)
        {
            builder.Add(i.ToString(CultureInfo.InvariantCulture));
        }

        builder.Add("x");
        var column = builder.Finish(null, null);

        Assert.Equal([70_000], builder.FaultRows);
        Assert.Equal((69_999.0, "69999"), (column.NumberAt(69_999), column.ClassAt(69_999)));
    }

    private static TargetBuilder Builder(params object[] cells)
    {
        var builder = new TargetBuilder("species", CellFormat.Invariant);
        foreach (var cell in cells)
        {
            builder.Add(cell);
        }

        return builder;
    }

    private static TargetColumn Column(params object[] cells) => Builder(cells).Finish(null, null);
}
