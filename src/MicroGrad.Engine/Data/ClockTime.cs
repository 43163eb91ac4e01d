using System.Runtime.InteropServices;
using MicroGrad.Formulas;

namespace MicroGrad.Data;

/// <summary>
/// Dates as numbers: the microseconds since the beginning of 2000 by the local clock. Time zones are ignored, so that the
/// same rows give the same numbers on every machine. Whole numbers are exact for 285 years on either side.
/// </summary>
public static class ClockTime
{
    /// <summary>A day, in microseconds.</summary>
    public const double Day = 24 * 3600 * 1e6;

    private static readonly DateTime Start = new(2000, 1, 1);

    /// <summary>The number of a date and time, without its kind and fractions of a microsecond.</summary>
    internal static double Of(DateTime time) => time.Ticks / TimeSpan.TicksPerMicrosecond - Start.Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>The date and time of a number.</summary>
    public static DateTime ToDateTime(double number) => Start.AddTicks((long)number * TimeSpan.TicksPerMicrosecond);

    /// <summary>How many inputs a part becomes.</summary>
    internal static int Width(DatePart part) => InputNames(part).Count;

    /// <summary>The names of these inputs.</summary>
    internal static IReadOnlyList<string> InputNames(DatePart part) => part switch
    {
        DatePart.Trend => ["(days)"],
        DatePart.Hour => ["(hour, sine)", "(hour, cosine)"],
        DatePart.Weekday => ["(weekday, sine)", "(weekday, cosine)"],
        _ => ["(day of the year, sine)", "(day of the year, cosine)"],
    };

    /// <summary>The parts in which some dates differ; the trend where they are equal.</summary>
    /// <param name="numbers">Dates; NaN where one is missing.</param>
    internal static DatePart[] VaryingParts(ReadOnlySpan<double> numbers)
    {
        var parts = new List<DatePart>();
        foreach (var part in Enum.GetValues<DatePart>())
        {
            if (Varies(part, numbers))
            {
                parts.Add(part);
            }
        }

        return parts.Count == 0 ? [DatePart.Trend] : [.. parts];
    }

    /// <summary>The earliest of some dates, without its time of day.</summary>
    /// <param name="numbers">Dates; NaN where one is missing.</param>
    internal static DateTime FirstDay(ReadOnlySpan<double> numbers)
    {
        var first = double.PositiveInfinity;
        foreach (var number in numbers)
        {
            first = number < first ? number : first;
        }

        return double.IsFinite(first) ? ToDateTime(first).Date : Start;
    }

    /// <summary>Writes the inputs of a date: the trend in days, other parts as sine and cosine.</summary>
    internal static void Write(double number, double origin, IReadOnlyList<DatePart> parts, Span<double> inputs) =>
        DateFormula.Write(new ScalarReal(number), origin, parts, MemoryMarshal.Cast<double, ScalarReal>(inputs));

    private static bool Varies(DatePart part, ReadOnlySpan<double> numbers)
    {
        var first = double.NaN;
        foreach (var number in numbers)
        {
            if (double.IsNaN(number))
            {
                continue;
            }

            var phase = DateFormula.Phase(part, new ScalarReal(number)).Number;
            first = double.IsNaN(first) ? phase : first;
            if (phase != first)
            {
                return true;
            }
        }

        return false;
    }
}
