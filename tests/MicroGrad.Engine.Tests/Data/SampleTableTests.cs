using MicroGrad.Data;

namespace MicroGrad.Engine.Tests;

public sealed class SampleTableTests
{
    public static TheoryData<object?[], string, string> WrongRows => new()
    {
        { ["x", 1, 2, 3], "NotANumber", "'a'" },
        { [1, double.NaN, 2, 3], "NotFinite", "'b'" },
        { [1, 2, double.PositiveInfinity, 3], "NotFinite", "'y'" },
        { [1, 2, 3, "text"], "NotANumber", "'z'" },
    };

    [Fact]
    public void A_row_gives_its_first_cells_to_the_features_and_the_others_to_the_targets()
    {
        var table = Schemas.Table(["a", "b"], ["y", "z"]);
        table.Add([1, "2.5", 3, 4], 1);
        table.Add([5, 6, 7, 8], 2);

        Assert.Equal(2, table.Count);
        Assert.Equal([1, 2.5], table.FeaturesAt(0).ToArray());
        Assert.Equal([5, 6], table.FeaturesAt(1).ToArray());
        Assert.Equal((3.0, 7.0), (table.Targets[0].NumberAt(0), table.Targets[0].NumberAt(1)));
        Assert.Equal((4.0, 8.0), (table.Targets[1].NumberAt(0), table.Targets[1].NumberAt(1)));
        Assert.Equal(["y", "z"], table.Targets.Select(target => target.Name));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_row_with_nothing_in_a_cell_is_counted_and_named_before_anything_is_learnt(int place)
    {
        var table = Schemas.Table(["a", "b"], ["y", "z"]);
        object?[] cells = [1, 2, 3, 4];
        table.Add(cells, 1);
        cells[place] = place % 2 == 0 ? null : " ";
        table.Add(cells, 42);

        var error = Assert.Throws<GradException>(table.RequireComplete);

        Assert.Equal("MissingValue", error.ErrorId);
        Assert.Contains($"1 of 2 rows have missing values: row 42 ({"abyz"[place]})", error.Message, StringComparison.Ordinal);
        Assert.Equal((1, 1), (table.Count, table.MissingCount));
    }

    [Fact]
    public void Rows_with_missing_values_are_left_out_where_asked()
    {
        var table = new SampleTable(new TableLayout { Features = ["a"], Targets = ["y"], MissingValue = MissingValuePolicy.Skip });
        table.Add([1, 2], 1);
        table.Add([null, 2], 2);

        table.RequireComplete();

        Assert.Equal(1, table.Count);
    }

    [Theory]
    [MemberData(nameof(WrongRows))]
    public void A_row_with_a_wrong_cell_is_refused_whole_naming_row_and_column(object?[] cells, string id, string column)
    {
        var table = Schemas.Table(["a", "b"], ["y", "z"]);
        table.Add([1, 2, 3, 4], 1);

        var error = Assert.Throws<GradException>(() => table.Add(cells, 42));

        Assert.Equal(id, error.ErrorId);
        Assert.Contains("Row 42 ", error.Message, StringComparison.Ordinal);
        Assert.Contains(column, error.Message, StringComparison.Ordinal);
        Assert.Equal(1, table.Count);
        Assert.All(table.Targets, target => Assert.Equal(1, target.Count));

        table.Add([5, 6, 7, 8], 43);
        Assert.Equal([5, 6], table.FeaturesAt(1).ToArray());
        Assert.Equal(7, table.Targets[0].NumberAt(1));
    }

    [Fact]
    public void A_single_target_may_be_text()
    {
        var table = Schemas.Table(["a"], ["y"]);
        table.Add([1, "red"], 1);

        Assert.True(table.Targets[0].IsText);
    }
}
