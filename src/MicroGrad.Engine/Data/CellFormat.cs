using System.Globalization;

namespace MicroGrad.Data;

/// <summary>How text in cells is read: its culture, and the marks of missing values.</summary>
public sealed class CellFormat
{
    private static readonly string[] UsualMarks = ["NA", "N/A", "NaN", "null", "?", "-", "#N/A"];

    private readonly string[]? _marks;
    private readonly CultureDates? _dates;

    /// <summary>Numbers with a point, ISO dates, and the usual marks.</summary>
    public static CellFormat Invariant { get; } = new();

    /// <param name="culture">The culture of numbers and dates; null for the invariant one.</param>
    /// <param name="missingMarks">The marks of missing values besides an empty cell; null for the usual marks, in columns of numbers and dates.</param>
    public CellFormat(CultureInfo? culture = null, IEnumerable<string>? missingMarks = null)
    {
        Culture = culture is null || culture.Equals(CultureInfo.InvariantCulture) ? null : culture;
        _dates = Culture is null ? null : new CultureDates(Culture);
        _marks = missingMarks?.Select(mark => mark.Trim()).ToArray();
    }

    /// <summary>The culture of numbers and dates; null for the invariant one.</summary>
    internal CultureInfo? Culture { get; }

    /// <summary>Whether all text that the invariant culture reads as a finite number is one.</summary>
    internal bool HasPlainNumbers => Culture is null && _marks is null;

    /// <summary>The decimal sign of numbers.</summary>
    internal string DecimalSign => Culture?.NumberFormat.NumberDecimalSeparator ?? ".";

    /// <summary>How a number with decimals looks, in words.</summary>
    internal string NumberExample => DecimalSign switch
    {
        "." => "with a point (such as 1.5)",
        "," => "with a decimal comma (such as 1,5)",
        _ => $"such as {Write(1.5)}",
    };

    /// <summary>The marks of missing values; null for the usual marks.</summary>
    internal IReadOnlyList<string>? MissingMarks => _marks;

    /// <summary>The marks of missing numbers and dates besides an empty cell.</summary>
    internal IReadOnlyList<string> NumberMarks => _marks ?? UsualMarks;

    /// <summary>The marks of missing categories besides an empty cell.</summary>
    internal IReadOnlyList<string> CategoryMarks => _marks ?? [];

    /// <summary>The content of a cell of text, where numbers are expected. Infinity is a number too.</summary>
    internal CellValue Read(ReadOnlySpan<char> text)
    {
        if (TryNumber(text, out var number) && !double.IsNaN(number))
        {
            // A given mark, such as -999, can look like a number.
            return _marks is not null && IsMark(text) ? CellValue.Missing : new CellValue(CellKind.Number, number);
        }

        var trimmed = text.Trim();
        return IsMark(trimmed) ? CellValue.Missing
            : trimmed.Equals("True", StringComparison.OrdinalIgnoreCase) ? new CellValue(CellKind.BooleanText, 1)
            : trimmed.Equals("False", StringComparison.OrdinalIgnoreCase) ? new CellValue(CellKind.BooleanText, 0)
            : new CellValue(CellKind.Text);
    }

    /// <summary>Whether UTF-8 text is a finite number that is no mark of a missing value.</summary>
    internal bool TryNumber(ReadOnlySpan<byte> utf8, out double number)
    {
        if (HasPlainNumbers)
        {
            return double.TryParse(utf8, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
        }

        number = double.NaN;
        return false;
    }

    /// <summary>Whether text is a number, and which.</summary>
    internal bool TryNumber(ReadOnlySpan<char> text, out double number) =>
        Culture is null ? NumberReader.TryRead(text, out number) : double.TryParse(text, NumberStyles.Float, Culture, out number);

    /// <summary>Whether text is a date, and which, as <see cref="ClockTime"/> counts it.</summary>
    internal bool TryDate(ReadOnlySpan<char> text, out double number) =>
        _dates is null ? DateText.TryRead(text, out number) : _dates.TryRead(text, out number);

    /// <summary>Whether text stands for a missing number or date.</summary>
    internal bool IsMark(ReadOnlySpan<char> text) => IsMark(text, NumberMarks);

    /// <summary>Whether text stands for a missing category. Only given marks count, as NA may be Namibia.</summary>
    internal bool IsMissingCategory(ReadOnlySpan<char> text) => IsMark(text, CategoryMarks);

    /// <summary>A number as it is read.</summary>
    internal string Write(double number) => number.ToString(Culture ?? CultureInfo.InvariantCulture);

    /// <summary>A date as it is read.</summary>
    internal string WriteDate(DateTime date) => Culture is null ? Cell.Text(date) : date.ToString("d", Culture);

    private static bool IsMark(ReadOnlySpan<char> text, IReadOnlyList<string> marks)
    {
        var trimmed = text.Trim();
        if (trimmed.IsEmpty)
        {
            return true;
        }

        foreach (var mark in marks)
        {
            if (trimmed.Equals(mark, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
