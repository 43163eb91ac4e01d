using MicroGrad.Data;
using MicroGrad.Formulas;

namespace MicroGrad.Engine.Tests.Data;

/// <summary>The calendar of the formula is that of <see cref="DateTime"/>, over all of its days.</summary>
public sealed class DateFormulaTests
{
    [Fact]
    public void Weekday_and_day_of_the_year_are_those_of_the_calendar()
    {
        for (var date = DateTime.MinValue; date < new DateTime(9999, 12, 31); date = date.AddDays(1))
        {
            var days = DateTime.IsLeapYear(date.Year) ? 366 : 365;
            Assert.Equal((date.DayOfYear - 1) / (double)days, Phase(DatePart.DayOfYear, date));

            // The first day of 2000 was a Saturday.
            Assert.Equal((((int)date.DayOfWeek + 1) % 7) / 7.0, Phase(DatePart.Weekday, date));
            Assert.Equal(0, Phase(DatePart.Hour, date));
        }
    }

    [Fact]
    public void A_day_ends_with_its_last_microsecond()
    {
        for (var date = new DateTime(1716, 1, 1); date < new DateTime(2284, 1, 1); date = date.AddDays(1))
        {
            var last = date.AddTicks(-10);
            var days = DateTime.IsLeapYear(last.Year) ? 366 : 365;
            Assert.Equal((last.DayOfYear - 1) / (double)days, Phase(DatePart.DayOfYear, last));
            Assert.Equal((ClockTime.Day - 1) / ClockTime.Day, Phase(DatePart.Hour, last));
        }
    }

    [Fact]
    public void Text_and_value_of_a_date_are_one_number()
    {
        var date = new DateTime(1969, 12, 31, 23, 59, 59).AddTicks(9_999_999);
        Assert.True(DateText.TryRead("1969-12-31T23:59:59.9999999", out var number));
        Assert.Equal(number, ClockTime.Of(date));
        Assert.Equal(-946_684_800_000_001, number);
    }

    [Fact]
    public void A_given_mark_that_looks_like_a_date_is_a_missing_one()
    {
        var column = new FeatureBuilder("When", ColumnKind.Date, new CellFormat(missingMarks: ["1900-01-01"]));
        column.Add("1900-01-01");
        column.Add("1900-01-02");
        Assert.Equal(1, column.MissingCount);
        Assert.True(double.IsNaN(column.Values[0]));
        Assert.Empty(column.Examples);
    }

    private static double Phase(DatePart part, DateTime date) => DateFormula.Phase(part, new ScalarReal(ClockTime.Of(date))).Number;
}
