using System.Globalization;
using System.Text.RegularExpressions;

namespace MicroGrad.Data;

/// <summary>
/// Reads dates from text as <see cref="ClockTime"/> counts them. The time is that of the local clock: an offset behind it is read and
/// ignored. Without a culture, only dates without doubt about day and month are read.
/// </summary>
internal static partial class DateText
{
    /// <summary>Formats of dates without doubt about day and month, besides ISO dates.</summary>
    public static readonly IReadOnlyList<string> PlainDates = ["yyyy/M/d", "yyyy.M.d", "d MMM yyyy", "d MMMM yyyy", "MMM d yyyy", "MMM d, yyyy", "MMMM d, yyyy", "ddd, d MMM yyyy"];

    /// <summary>Formats of a time of day behind them.</summary>
    public static readonly IReadOnlyList<string> Times =
        ["", " H:mm", " H:mm:ss", " H:mm:ss.FFFFFFF", " h:mm tt", " h:mm:ss tt", "'T'H:mm", "'T'H:mm:ss", "'T'H:mm:ss.FFFFFFF"];

    private static readonly string[] PlainFormats = WithTimes(PlainDates);

    /// <summary>Formats of dates, each without and with any time of day.</summary>
    public static string[] WithTimes(IEnumerable<string> dates) => [.. dates.SelectMany(date => Times.Select(time => date + time))];

    /// <summary>Whether the text is a date without doubt about day and month, and which.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out double number)
    {
        text = text.Trim();
        if (TryReadIso(text, out number))
        {
            return true;
        }

        var end = text.EndsWith(" GMT", StringComparison.Ordinal) ? text[..^4] : text;
        var isRead = DateTime.TryParseExact(end, PlainFormats, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out var date);
        number = isRead ? ClockTime.Of(date) : double.NaN;
        return isRead;
    }

    /// <summary>Whether the text is a date in which the order of day and month depends on the culture.</summary>
    public static bool HasOpenOrder(ReadOnlySpan<char> text) => OpenOrder().IsMatch(text);

    /// <summary>Whether the first of two numbers, in text with an open order, can only be the day.</summary>
    public static bool HasDayFirst(ReadOnlySpan<char> text) => HasOpenOrder(text) && DayFirst().IsMatch(text);

    /// <summary>Reads 2025-04-30, with a time of day (17:05, 17:05:59, 17:05:59.25) behind T or a blank, and an offset (Z, +02:00).</summary>
    private static bool TryReadIso(ReadOnlySpan<char> text, out double number)
    {
        number = double.NaN;
        if (text.Length < 10 || text[4] != '-' || text[7] != '-'
            || !Digits(text, 0, 4, out var year) || !Digits(text, 5, 2, out var month) || !Digits(text, 8, 2, out var day)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        var time = new DateTime(year, month, day);
        if (text.Length == 10)
        {
            number = ClockTime.Of(time);
            return true;
        }

        var at = 11;
        if (text[10] is not ('T' or 't' or ' ') || !Digits(text, at, 2, out var hour) || !Digits(text, at + 3, 2, out var minute)
            || text[at + 2] != ':' || hour > 23 || minute > 59)
        {
            return false;
        }

        at += 5;
        var (second, microseconds) = (0, 0.0);
        if (at < text.Length && text[at] == ':')
        {
            if (!Digits(text, at + 1, 2, out second) || second > 59)
            {
                return false;
            }

            at += 3;
            if (at < text.Length && text[at] is '.' or ',')
            {
                var unit = 1e5;
                for (at++; at < text.Length && char.IsAsciiDigit(text[at]); at++, unit /= 10)
                {
                    microseconds += unit >= 1 ? (text[at] - '0') * unit : 0;
                }
            }
        }

        if (!IsOffset(text[at..]))
        {
            return false;
        }

        number = ClockTime.Of(time) + ((hour * 60 + minute) * 60 + second) * 1e6 + microseconds;
        return true;
    }

    private static bool IsOffset(ReadOnlySpan<char> text)
    {
        text = text.TrimStart();
        return text.IsEmpty || text is "Z" or "z"
            || (text[0] is '+' or '-' && Digits(text, 1, 2, out _)
                && (text.Length == 3 || (text.Length == 5 && Digits(text, 3, 2, out _)) || (text.Length == 6 && text[3] == ':' && Digits(text, 4, 2, out _))));
    }

    private static bool Digits(ReadOnlySpan<char> text, int at, int count, out int number)
    {
        number = 0;
        if (at + count > text.Length)
        {
            return false;
        }

        foreach (var digit in text.Slice(at, count))
        {
            if (!char.IsAsciiDigit(digit))
            {
                return false;
            }

            number = 10 * number + digit - '0';
        }

        return true;
    }

    [GeneratedRegex(@"^\s*[0-9]{1,2}[/.\- ][0-9]{1,2}[/.\- ]([0-9]{4}|[0-9]{2})($|[\sT,])", RegexOptions.CultureInvariant)]
    private static partial Regex OpenOrder();

    [GeneratedRegex(@"^\s*(1[3-9]|[23][0-9])[/.\- ]", RegexOptions.CultureInvariant)]
    private static partial Regex DayFirst();
}
