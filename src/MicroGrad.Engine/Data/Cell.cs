using System.Collections;
using System.Globalization;
using System.Numerics;

namespace MicroGrad.Data;

/// <summary>The content of a cell.</summary>
internal enum CellKind
{
    Missing,
    Number,
    Boolean,

    /// <summary>A truth value in words.</summary>
    BooleanText,
    Date,

    /// <summary>A member of an enum.</summary>
    Name,
    Text,

    /// <summary>A list, or an object whose text is only its type's name.</summary>
    Object,
}

/// <summary>A cell that was read.</summary>
/// <param name="Kind">Its content.</param>
/// <param name="Number">The number, 1 or 0 for a truth value, or the date as <see cref="ClockTime"/> counts it; else NaN.</param>
internal readonly record struct CellValue(CellKind Kind, double Number = double.NaN)
{
    public static CellValue Missing { get; } = new(CellKind.Missing);
}

/// <summary>Reads single cells, and writes them as text.</summary>
public static class Cell
{
    /// <summary>Whether there is nothing in the cell: null (a database's too), text of white space only, or a NaN.</summary>
    public static bool IsMissing(object? cell) => cell switch
    {
        null or DBNull => true,
        string text => string.IsNullOrWhiteSpace(text),
        double number => double.IsNaN(number),
        float number => float.IsNaN(number),
        _ => false,
    };

    /// <summary>The number in the cell, which may be infinite. Text is read in the invariant culture, without thousands separators.</summary>
    public static bool TryNumber(object? cell, out double number)
    {
        switch (cell)
        {
            case double given:
                number = given;
                return true;
            case float given:
                number = given;
                return true;
            case string text:
                return NumberReader.TryRead(text, out number);
            default:
                var value = Read(cell, CellFormat.Invariant);
                number = value.Number;
                return value.Kind is CellKind.Number or CellKind.Boolean;
        }
    }

    /// <summary>The content of a cell of any type.</summary>
    internal static CellValue Read(object? cell, CellFormat format)
    {
        switch (cell)
        {
            case null or DBNull:
                return CellValue.Missing;
            case string text:
                return format.Read(text);
            case double number:
                return Number(number);
            case bool truth:
                return new CellValue(CellKind.Boolean, truth ? 1 : 0);
            case Enum:
                return new CellValue(CellKind.Name);
            case int or long or float or decimal or short or byte or sbyte or ushort or uint or ulong:
                return Number(((IConvertible)cell).ToDouble(CultureInfo.InvariantCulture));
            case Half number:
                return Number((double)number);
            case BigInteger number:
                return Number((double)number);
            case Int128 number:
                return Number((double)number);
            case UInt128 number:
                return Number((double)number);
            case nint number:
                return Number(number);
            case nuint number:
                return Number(number);
            case TimeSpan time:
                return Number(time.TotalSeconds);
            case TimeOnly time:
                return Number(time.ToTimeSpan().TotalSeconds);
            case GradValue value:
                return Number(value.Data);
            case DateTime date:
                return Date(date);
            case DateTimeOffset date:
                return Date(date.DateTime);
            case DateOnly date:
                return Date(date.ToDateTime(TimeOnly.MinValue));
            default:
                return new CellValue(IsText(cell) ? CellKind.Text : CellKind.Object);
        }
    }

    /// <summary>The cell as text. Numbers have their shortest form that reads back the same, so that 1 of any type has the same text.</summary>
    public static string Text(object cell) => cell switch
    {
        string text => text,
        double number => Text(number),
        bool truth => truth ? "True" : "False",

        // Without the trailing zeros of a decimal.
        decimal number => number.ToString("G29", CultureInfo.InvariantCulture),
        Enum name => name.ToString(),
        DateTime or DateTimeOffset or DateOnly => string.Create(CultureInfo.InvariantCulture, $"{cell:O}"),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => cell.ToString() ?? string.Empty,
    };

    /// <summary>The text of a number, in the shortest form that reads back the same.</summary>
    /// <param name="number">The number.</param>
    public static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static bool IsText(object cell) =>
        cell is not IEnumerable && cell.ToString() is { Length: > 0 } text && text != cell.GetType().ToString();

    private static CellValue Number(double number) => double.IsNaN(number) ? CellValue.Missing : new CellValue(CellKind.Number, number);

    private static CellValue Date(DateTime date) => new(CellKind.Date, ClockTime.Of(date));
}
