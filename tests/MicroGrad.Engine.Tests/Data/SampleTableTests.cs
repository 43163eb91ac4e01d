using MicroGrad.Data;

namespace MicroGrad.Engine.Tests;

public sealed class SampleTableTests
{
    public static TheoryData<object?[], string, string> WrongRows => new()
    {
        { ["x", 1, 2, 3], "NotANumber", "'a'" },
        { ["1,5", 1, 2, 3], "DecimalComma", "'a'" },
        { ["1,100", 1, 2, 3], "ThousandsSeparator", "'a'" },
        { [1, double.NegativeInfinity, 2, 3], "NotFinite", "'b'" },
        { [1, 2, double.PositiveInfinity, 3], "NotFinite", "'y'" },
        { [1, 2, 3, "text"], "NotANumber", "'z'" },
    };

    [Fact]
    public void A_row_gives_its_first_cells_to_the_features_and_the_others_to_the_targets()
    {
        var table = Built([1, "2.5", 3, 4], [5, 6, 7, 8]);

        Assert.Equal(2, table.Count);
        Assert.Equal([1, 5], table.Features[0].Values.ToArray());
        Assert.Equal([2.5, 6], table.Features[1].Values.ToArray());
        Assert.Equal([3, 4, 7, 8], table.TargetNumbers([0, 1]));
        Assert.Equal(["y", "z"], table.Layout.Targets);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, " ")]
    [InlineData(2, double.NaN)]
    [InlineData(3, "n/a")]
    public void A_row_with_nothing_in_a_cell_is_counted_and_named_before_anything_is_learnt(int place, object? nothing)
    {
        var rows = Schemas.Table(["a", "b"], ["y", "z"]);
        object?[] cells = [1, 2, 3, 4];
        rows.Add(cells, 1);
        cells[place] = nothing;
        rows.Add(cells, 42);
        var table = rows.Build();

        var error = Assert.Throws<GradException>(table.RequireComplete);

        Assert.Equal("MissingValue", error.ErrorId);
        Assert.Contains($"1 of 2 rows has missing values: row 42 ({"abyz"[place]})", error.Message, StringComparison.Ordinal);
        Assert.Equal((1, 1), (table.Count, table.MissingCount));
    }

    [Fact]
    public void Rows_with_missing_values_are_left_out_where_asked()
    {
        var rows = Schemas.Table(["a"], ["y"]);
        rows.Add([1, 2], 1);
        rows.Add([null, 2], 2);
        var table = rows.Build(new TableRules { MissingValue = MissingValuePolicy.Skip });

        table.RequireComplete();

        Assert.Equal(1, table.Count);
        Assert.Equal([0], table.Places!);
    }

    [Theory]
    [MemberData(nameof(WrongRows))]
    public void A_row_with_a_wrong_cell_is_left_out_whole_naming_row_and_column(object?[] cells, string id, string column)
    {
        var rows = Schemas.Table(["a", "b"], ["y", "z"]);
        rows.Add([1, 2, 3, 4], 1);
        rows.Add(cells, 42);
        rows.Add([5, 6, 7, 8], 43);
        var table = rows.Build();

        var error = Assert.Single(table.Faults).Error;
        Assert.Equal(id, error.ErrorId);
        Assert.Contains("Row 42 ", error.Message, StringComparison.Ordinal);
        Assert.Contains(column, error.Message, StringComparison.Ordinal);
        Assert.Equal((2, 0), (table.Count, table.MissingCount));
        Assert.Equal([1, 5], table.Features[0].Values.ToArray());
        Assert.Equal([3, 4, 7, 8], table.TargetNumbers([0, 1]));
    }

    [Fact]
    public void A_row_that_is_left_out_leaves_no_category_behind()
    {
        var rows = new Schemas.RowTable(["kind", "a"], ["y"], kinds: [ColumnKind.Category, null]);
        rows.Add(["lost", "x", 1], 1);
        rows.Add(["b", 1, 1], 2);
        rows.Add(["a", 2, 1], 3);
        rows.Add(["b", 3, 1], 4);

        var kind = rows.Build().Features[0];

        Assert.Equal(["b", "a"], kind.Categories);
        Assert.Equal([0, 1, 0], kind.Values.ToArray());
    }

    [Fact]
    public void Of_many_wrong_rows_the_first_are_named_and_the_others_counted()
    {
        var rows = Schemas.Table(["a"], ["y"]);
        for (var i = 1; i <= 10_000; i++)
        {
            rows.Add([i % 8 == 0 ? $"no {i}" : i, i], i);
        }

        var faults = rows.Build().Faults;

        Assert.Equal(6, faults.Count);
        Assert.Contains("Row 8 has 'no 8'", faults[0].Error.Message, StringComparison.Ordinal);
        Assert.Contains("Row 40 ", faults[4].Error.Message, StringComparison.Ordinal);
        Assert.Contains("1,245 more", faults[5].Error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TextColumn", "red", "blue", "red")]
    [InlineData("TextDates", "2025-04-01 10:00", "2025-04-02T08:00:05Z", "2025-04-03")]
    [InlineData("TextDates", "20/10/2023", "03/05/2023", "11/03/2023")]
    [InlineData("DecimalComma", "1,5", "-2,25", "3,5e2")]
    [InlineData("DecimalComma", "1,100", "1,10", "12,100")]
    [InlineData("DecimalComma", "0,5", "1,25", "5%")]
    [InlineData("ThousandsSeparator", "1,100", "-2,250,000", "12,000.5")]
    [InlineData("ThousandsSeparator", "1.234,5", "1,5", "12,25")]
    [InlineData("ThousandsSeparator", "1 234", "12'500", "1_000")]
    [InlineData("NumberWithUnit", "12%", "7.5 %", "0%")]
    [InlineData("NumberWithUnit", "$5", "$1,234.50", "\u20AC 3")]
    [InlineData("NumberWithUnit", "5 kg", "7kg", "12.5 kg")]
    [InlineData("TextColumn", "1st", "2nd", "3rd")]
    [InlineData("TextColumn", "12%", "half", "1,5")]
    public void A_column_that_nothing_can_be_learnt_from_is_one_error_with_an_example_and_how_many_rows(string id, params string[] cells)
    {
        var rows = Schemas.Table(["a"], ["y"]);
        for (var i = 0; i < cells.Length; i++)
        {
            rows.Add([cells[i], i], i + 1);
        }

        var error = Assert.Throws<GradException>(() => rows.Build());

        Assert.Equal(id, error.ErrorId);
        Assert.Contains("'a'", error.Message, StringComparison.Ordinal);
        Assert.Contains($"'{cells[0]}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("3 of 3 rows", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, 10, true)]
    [InlineData(40, 21, true)]
    [InlineData(40, 20, false)]
    [InlineData(9, 9, false)]
    public void Categories_that_hardly_repeat_are_remarked_on(int count, int texts, bool isRemarked)
    {
        var rows = new Schemas.RowTable(["a"], ["y"], kinds: [ColumnKind.Category]);
        for (var i = 0; i < count; i++)
        {
            rows.Add([$"k{i % texts}", i], i + 1);
        }

        var remarks = rows.Build().RareTexts;

        Assert.Equal(isRemarked ? 1 : 0, remarks.Count());
    }

    [Theory]
    [InlineData("ThousandsSeparator", "1,100", "2,250", "12,000.5")]
    [InlineData("DecimalComma", "1,5", "2,25", "3")]
    [InlineData("ThousandsSeparator", "1'234", "2'500", "3")]
    [InlineData("NumberWithUnit", "12%", "$25", "3")]
    public void A_target_of_numbers_in_other_notations_is_none_of_classes(string id, params string[] cells)
    {
        Assert.Equal(id, Assert.Throws<GradException>(() => Rows().Build()).ErrorId);
        Assert.True(Rows().Build(new TableRules { TargetsAreClasses = true }).Targets[0].AreClasses);

        Schemas.RowTable Rows()
        {
            var rows = Schemas.Table(["a"], ["y"]);
            for (var i = 0; i < cells.Length; i++)
            {
                rows.Add([i, cells[i]], i + 1);
            }

            return rows;
        }
    }

    [Fact]
    public void Classes_that_hardly_repeat_are_remarked_on()
    {
        var rows = Schemas.Table(["a"], ["y"]);
        for (var i = 0; i < 20; i++)
        {
            rows.Add([i, $"name {i}"], i + 1);
        }

        Assert.Contains("20 different classes in 20 rows", Assert.Single(rows.Build().RareTexts), StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_with_nothing_in_it_is_named() =>
        Assert.Equal("EmptyColumn", Assert.Throws<GradException>(() => Built([1, null, 3, 4], [5, "", 7, 8])).ErrorId);

    [Fact]
    public void A_column_that_comes_later_is_missing_in_the_rows_before()
    {
        var builder = new TableBuilder(CellFormat.Invariant);
        var (a, y) = (builder.AddFeature("a"), builder.AddTarget("y"));
        builder.CellOf(a).Add(1);
        builder.CellOf(y).Add(1);
        builder.EndRows(1);
        var b = builder.AddFeature("b");
        builder.CellOf(b).Add(5);
        builder.CellOf(y).Add(2);
        builder.EndRows(2);

        var table = builder.Build(new TableRules { MissingValue = MissingValuePolicy.Mean });

        Assert.Equal(["a", "b"], table.Layout.Features);
        Assert.Equal([1, double.NaN], table.Features[0].Values.ToArray());
        Assert.Equal([double.NaN, 5], table.Features[1].Values.ToArray());
    }

    [Theory]
    [InlineData(ColumnKind.Number, 1, "2.5", 3L)]
    [InlineData(ColumnKind.Boolean, true, false, true)]
    [InlineData(ColumnKind.Boolean, "True", "FALSE", 1)]
    [InlineData(ColumnKind.Category, DayOfWeek.Friday, DayOfWeek.Monday, "Friday")]
    public void Cells_say_what_kind_their_column_is(ColumnKind kind, params object[] cells)
    {
        var rows = Schemas.Table(["a"], ["y"]);
        for (var i = 0; i < cells.Length; i++)
        {
            rows.Add([cells[i], i], i + 1);
        }

        Assert.Equal(kind, rows.Build().Features[0].Kind);
    }

    private static SampleTable Built(params object?[][] rows)
    {
        var table = Schemas.Table(["a", "b"], ["y", "z"]);
        foreach (var (i, cells) in rows.Index())
        {
            table.Add(cells, i + 1);
        }

        return table.Build();
    }
}
