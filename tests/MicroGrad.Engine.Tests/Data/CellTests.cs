using System.Globalization;
using System.Numerics;
using MicroGrad.Data;

namespace MicroGrad.Engine.Tests;

public sealed class CellTests
{
    public static TheoryData<object, double> Numbers => new()
    {
        { 1.5, 1.5 },
        { 2, 2 },
        { 3L, 3 },
        { 0.5f, 0.5 },
        { 2.25m, 2.25 },
        { (short)-4, -4 },
        { (ushort)4, 4 },
        { (byte)5, 5 },
        { (sbyte)-5, -5 },
        { 6u, 6 },
        { 7ul, 7 },
        { (Half)0.25f, 0.25 },
        { TimeSpan.FromMinutes(2), 120 },
        { true, 1 },
        { false, 0 },
        { new BigInteger(12), 12 },
        { (Int128)13, 13 },
        { (UInt128)14, 14 },
        { (nint)15, 15 },
        { (nuint)16, 16 },
        { new TimeOnly(1, 0, 30), 3630 },
        { new GradValue(2.5), 2.5 },
        { "1.5", 1.5 },
        { " -2e3 ", -2000 },
        { ".5", 0.5 },
        { "+3", 3 },
    };

    public static TheoryData<object> NoNumbers =>
        ["a", "1,00.5", "0x10", "1.5 metres", "true", new DateTime(2024, 1, 1), 'x', new object()];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Numbers_and_numeric_text_are_read(object cell, double expected)
    {
        Assert.True(Cell.TryNumber(cell, out var number));
        Assert.Equal(expected, number);
    }

    [Theory]
    [MemberData(nameof(NoNumbers))]
    public void Anything_else_is_refused_naming_row_column_and_text(object cell)
    {
        Assert.False(Cell.TryNumber(cell, out _));

        var error = new CellFault(CellFaultKind.NotANumber, Cell.Text(cell)).ToError(17, "width", CellFormat.Invariant);

        Assert.Equal("NotANumber", error.ErrorId);
        Assert.Contains($"Row 17 has '{Cell.Text(cell)}' in column 'width'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  \t")]
    [InlineData(double.NaN)]
    [InlineData(float.NaN)]
    public void An_empty_cell_is_missing_naming_row_and_column(object? cell)
    {
        Assert.True(Cell.IsMissing(cell));

        var error = new CellFault(CellFaultKind.Missing, string.Empty).ToError(17, "width", CellFormat.Invariant);

        Assert.Equal("MissingValue", error.ErrorId);
        Assert.Contains("Row 17 has no value in column 'width'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData("-Infinity", "-Infinity")]
    [InlineData("1e999", "Infinity")]
    public void A_number_that_is_not_finite_is_refused_naming_row_column_and_number(object cell, string text)
    {
        Assert.True(Cell.TryNumber(cell, out var number));

        var error = new CellFault(CellFaultKind.NotFinite, Cell.Text(number)).ToError(17, "width", CellFormat.Invariant);

        Assert.Equal("NotFinite", error.ErrorId);
        Assert.Contains($"Row 17 has {text} in column 'width'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Zero_and_text_are_not_missing()
    {
        Assert.False(Cell.IsMissing(0));
        Assert.False(Cell.IsMissing("x"));
    }

    [Theory]
    [InlineData(null, "1,5", "DecimalComma", "with a point (such as 1.5)")]
    [InlineData(null, "1,000.5", "ThousandsSeparator", "1100.5")]
    [InlineData(null, "1.234,5", "ThousandsSeparator", "1100.5")]
    [InlineData(null, "1'234", "ThousandsSeparator", "1100.5")]
    [InlineData(null, "1 234 567,5", "ThousandsSeparator", "1100.5")]
    [InlineData(null, "1\u202F234", "ThousandsSeparator", "1100.5")]
    [InlineData(null, "12%", "NumberWithUnit", "without '%' (such as 1.5)")]
    [InlineData(null, "$1,234.50", "NumberWithUnit", "without '$'")]
    [InlineData(null, "1.5 m", "NumberWithUnit", "'1.5 m' in column 'x'")]
    [InlineData(null, "5 kg", "NumberWithUnit", "without 'kg'")]
    [InlineData(null, "-5 \u20AC", "NumberWithUnit", "without '\u20AC'")]
    [InlineData(null, "1,2,3", "NotANumber", "with a point (such as 1.5)")]
    [InlineData(null, "1.2.3", "NotANumber", "with a point (such as 1.5)")]
    [InlineData(null, "size 5", "NotANumber", "with a point (such as 1.5)")]
    [InlineData("de-DE", "12.5", "DecimalPoint", "with a decimal comma (such as 1,5)")]
    [InlineData("de-DE", "1.234", "ThousandsSeparator", "(such as 1100,5)")]
    [InlineData("de-DE", "1.234,5", "ThousandsSeparator", "(such as 1100,5)")]
    [InlineData("de-DE", "12,5%", "NumberWithUnit", "without '%' (such as 1,5)")]
    [InlineData("de-DE", "abc", "NotANumber", "with a decimal comma (such as 1,5)")]
    [InlineData("en-US", "1,5", "DecimalComma", "with a point (such as 1.5)")]
    public void Other_notations_of_numbers_are_told_apart_from_other_text_and_the_format_is_shown(string? culture, string text, string id, string expected)
    {
        var format = new CellFormat(culture is null ? null : CultureInfo.GetCultureInfo(culture));

        var error = new CellFault(CellFaultKind.NotANumber, text).ToError(1, "x", format);

        Assert.Equal(id, error.ErrorId);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "1.234,5", "de-DE", null)]
    [InlineData(null, "1,234.5", null, null)]
    [InlineData(null, "1,234", null, "de-DE")]
    [InlineData(null, "1,234,567", null, null)]
    [InlineData("de-DE", "1.234", null, "en-GB")]
    [InlineData("de-DE", "1.234,5", null, null)]
    [InlineData("de-DE", "1,234.5", "en-GB", null)]
    [InlineData("de-DE", "12.5", "en-GB", null)]
    public void An_error_of_a_number_knows_which_culture_reads_it(string? culture, string text, string? reader, string? other)
    {
        var format = new CellFormat(culture is null ? null : CultureInfo.GetCultureInfo(culture));

        var error = new CellFault(CellFaultKind.NotANumber, text).ToError(1, "x", format);

        Assert.Equal(reader, error.Data["Culture"]);
        Assert.Equal(other, error.Data["OtherCulture"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1L)]
    [InlineData(1.0)]
    [InlineData(1f)]
    [InlineData((byte)1)]
    public void One_of_any_type_is_one_text(object cell) => Assert.Equal("1", Cell.Text(cell));

    [Fact]
    public void A_decimal_is_written_without_zeros_behind_its_digits()
    {
        Assert.Equal(("1", "1.5", "-0.25"), (Cell.Text(1.00m), Cell.Text(1.50m), Cell.Text(-0.2500m)));
        Assert.Equal("9007199254740993", Cell.Text((object)9007199254740993L));
    }

    [Fact]
    public void The_culture_changes_neither_reading_nor_writing()
    {
        var before = Thread.CurrentThread.CurrentCulture;
        try
        {
            Thread.CurrentThread.CurrentCulture = new CultureInfo("de-DE");
            Assert.True(Cell.TryNumber("1.5", out var number));
            Assert.Equal(1.5, number);
            Assert.False(Cell.TryNumber("1,5", out _));
            Assert.Equal("0.1", Cell.Text(0.1));
            Assert.Equal("2.5", Cell.Text(2.5m));
            Assert.Equal("a", Cell.Text((object)"a"));
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = before;
        }
    }
}
