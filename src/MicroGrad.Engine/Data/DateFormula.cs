using MicroGrad.Formulas;

namespace MicroGrad.Data;

/// <summary>
/// The inputs of a date, as arithmetic over the microseconds that <see cref="ClockTime"/> counts. Training computes with it,
/// and files of other languages are written from it.
/// </summary>
internal static class DateFormula
{
    private const double DaysIn2000 = 366;
    private const double DaysIn400Years = 146_097;
    private const double DaysIn100Years = 36_524;
    private const double DaysIn4Years = 1461;
    private const double DaysInYear = 365;

    /// <summary>The inputs of a date: the trend in days, other parts as sine and cosine.</summary>
    /// <param name="time">The date.</param>
    /// <param name="origin">The date from which the trend counts.</param>
    /// <param name="parts">What the model reads.</param>
    /// <param name="inputs">As many as the parts become.</param>
    public static void Write<TReal>(TReal time, double origin, IReadOnlyList<DatePart> parts, Span<TReal> inputs)
        where TReal : IReal<TReal>
    {
        var at = 0;
        for (var p = 0; p < parts.Count; p++)
        {
            if (parts[p] == DatePart.Trend)
            {
                inputs[at++] = Quotient(-origin + time, ClockTime.Day);
            }
            else
            {
                var angle = 2 * Math.PI * Phase(parts[p], time);
                inputs[at++] = angle.Sin();
                inputs[at++] = angle.Cos();
            }
        }
    }

    /// <summary>The phase of a part in its period, from 0 to 1; for the trend, the date itself.</summary>
    public static TReal Phase<TReal>(DatePart part, TReal time)
        where TReal : IReal<TReal>
    {
        var day = Rounding.Floor(Quotient(time, ClockTime.Day));
        return part switch
        {
            DatePart.Hour => Quotient(time - ClockTime.Day * day, ClockTime.Day),
            DatePart.Weekday => Quotient(Remainder(day, 7), 7),
            DatePart.DayOfYear => PhaseOfYear(day),
            _ => time,
        };
    }

    /// <param name="day">The days since the beginning of 2000.</param>
    private static TReal PhaseOfYear<TReal>(TReal day)
        where TReal : IReal<TReal>
    {
        // Counted from the beginning of 2001, a leap day is the last day of four years. It is missing at the end of 100 years, but not
        // at that of 400.
        var rest = Remainder(-DaysIn2000 + day, DaysIn400Years);
        var century = Rounding.Floor(Quotient(rest, DaysIn100Years)).AtMost(3);
        rest -= DaysIn100Years * century;
        var cycle = Rounding.Floor(Quotient(rest, DaysIn4Years));
        rest -= DaysIn4Years * cycle;
        var year = Rounding.Floor(Quotient(rest, DaysInYear)).AtMost(3);
        rest -= DaysInYear * year;
        var (common, leap) = (Quotient(rest, DaysInYear), Quotient(rest, DaysInYear + 1));
        return year.IfAbove(2.5, cycle.IfAbove(23.5, century.IfAbove(2.5, leap, common), leap), common);
    }

    private static TReal Remainder<TReal>(TReal x, double divisor)
        where TReal : IReal<TReal> => x - divisor * Rounding.Floor(Quotient(x, divisor));

    private static TReal Quotient<TReal>(TReal x, double divisor)
        where TReal : IReal<TReal> => x / x.Number(divisor);
}
