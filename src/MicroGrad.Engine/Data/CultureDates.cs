using System.Globalization;
using System.Text.RegularExpressions;

namespace MicroGrad.Data;

/// <summary>Reads dates as a culture writes them: day, month and year in its order, with any time of day; ISO dates too.</summary>
internal sealed class CultureDates
{
    private static readonly char[] Marks = ['/', '.', '-'];

    private readonly CultureInfo _culture;
    private readonly string[] _formats;

    // The place of the format that read the last date, which is tried first for the next.
    private int _usual;

    public CultureDates(CultureInfo culture)
    {
        _culture = culture;

        // One letter stands for numbers of one or two digits.
        var shortest = Regex.Replace(Regex.Replace(culture.DateTimeFormat.ShortDatePattern, "d+", "d"), "M+", "M");
        string[] shorts = [Regex.Replace(shortest, "y+", "yyyy"), Regex.Replace(shortest, "y+", "yy")];
        var separated = Marks.SelectMany(mark => shorts.Select(format => Regex.Replace(format, @"[/.\-]", $"'{mark}'")));
        string[] dates = [.. shorts, .. separated, culture.DateTimeFormat.LongDatePattern];
        _formats = DateText.WithTimes(dates);
    }

    /// <summary>Whether the text is a date, and which, as <see cref="ClockTime"/> counts it.</summary>
    public bool TryRead(ReadOnlySpan<char> text, out double number)
    {
        var trimmed = text.Trim();
        if (TryFormat(_formats[_usual], trimmed, out number))
        {
            return true;
        }

        for (var i = 0; i < _formats.Length; i++)
        {
            if (TryFormat(_formats[i], trimmed, out number))
            {
                _usual = i;
                return true;
            }
        }

        return DateText.TryRead(text, out number);
    }

    private bool TryFormat(string format, ReadOnlySpan<char> text, out double number)
    {
        var isRead = DateTime.TryParseExact(text, format, _culture, DateTimeStyles.AllowWhiteSpaces, out var date);
        number = isRead ? ClockTime.Of(date) : double.NaN;
        return isRead;
    }
}
