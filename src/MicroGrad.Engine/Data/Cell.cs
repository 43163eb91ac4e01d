using System.Globalization;

namespace MicroGrad.Data;

/// <summary>Reads what stands in one cell of a row: a number, numeric text in the invariant culture, or nothing.</summary>
internal static class Cell
{
    /// <summary>Whether there is nothing in the cell: null (a database's too), or text of white space only.</summary>
    public static bool IsMissing(object? cell) =>
        cell is null or DBNull || (cell is string text && string.IsNullOrWhiteSpace(text));

    /// <summary>The number in the cell. Text is read in the invariant culture, without thousands separators.</summary>
    public static bool TryNumber(object? cell, out double number)
    {
        switch (cell)
        {
            case double d:
                number = d;
                return true;
            case string text:
                return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
            case bool b:
                number = b ? 1 : 0;
                return true;
            case int or long or float or decimal or short or byte or sbyte or ushort or uint or ulong:
                number = ((IConvertible)cell).ToDouble(CultureInfo.InvariantCulture);
                return true;
            case System.Numerics.BigInteger big:
                number = (double)big;
                return true;
            case GradValue value:
                number = value.Data;
                return true;
            default:
                number = double.NaN;
                return false;
        }
    }

    /// <summary>The cell as text, numbers in their shortest form that reads back the same.</summary>
    public static string Text(object cell) => cell switch
    {
        string text => text,
        double number => Text(number),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => cell.ToString() ?? string.Empty,
    };

    public static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Whether a text is what <see cref="Text(double)"/> gives for a number.</summary>
    public static bool IsText(string text, double number)
    {
        Span<char> usual = stackalloc char[32];
        return number.TryFormat(usual, out var length, "R", CultureInfo.InvariantCulture) && text.AsSpan().SequenceEqual(usual[..length]);
    }

    /// <summary>The number in a cell that must have one.</summary>
    /// <exception cref="GradException">
    /// There is none, no finite one or nothing (ids <c>NotANumber</c>, <c>NotFinite</c>, <c>MissingValue</c>).
    /// </exception>
    public static double RequireNumber(object? cell, long row, string column)
    {
        if (IsMissing(cell))
        {
            throw new GradException(
                "MissingValue", $"Row {row} has no value in column '{column}'. Fill it in or leave the row out.");
        }

        if (!TryNumber(cell, out var number))
        {
            throw new GradException(
                "NotANumber",
                $"Row {row} has '{Text(cell!)}' in column '{column}', where a number is expected (with a point, such as 1.5).");
        }

        return double.IsFinite(number)
            ? number
            : throw new GradException(
                "NotFinite",
                $"Row {row} has {Text(number)} in column '{column}'. Only finite numbers can be learnt from; leave the row out.");
    }
}
