using System.Globalization;
using System.Numerics;
using MicroGrad.Data;
using MicroGrad.PowerShell.Rows;

namespace MicroGrad.PowerShell.Arguments;

/// <summary>
/// Numbers as people type them. For a whole number, PowerShell rounds 2.6 to 3; it reads '16,3' as 163, 60 as 60
/// ticks and null as 0. Here each of these is what people mean, or an error.
/// </summary>
internal static class TypedNumber
{
    /// <summary>The number.</summary>
    /// <exception cref="FormatException">It is no number.</exception>
    public static double Number(object? given) => TryNumber(given, out var number) ? number : throw Refused(given, "a number");

    /// <summary>The whole number.</summary>
    /// <exception cref="FormatException">It is no whole number, or too large.</exception>
    public static int WholeNumber(object? given)
    {
        if (!TryNumber(given, out var number) || number != Math.Floor(number))
        {
            throw Refused(given, "a whole number");
        }

        return Math.Abs(number) <= int.MaxValue ? (int)number : throw Refused(given, $"a whole number up to {int.MaxValue}");
    }

    /// <summary>The time: a number is seconds, text with colons a time as .NET writes it, such as 00:01:30.</summary>
    /// <exception cref="FormatException">It is neither a number nor a time, or too long.</exception>
    public static TimeSpan Duration(object? given)
    {
        switch (Wrapped.Unwrap(given))
        {
            case TimeSpan time:
                return time;
            case string text when text.Contains(':', StringComparison.Ordinal)
                && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time):
                return time;
        }

        return TryNumber(given, out var seconds) && Math.Abs(seconds) < TimeSpan.MaxValue.TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : throw Refused(given, "a number of seconds, or a time such as 00:01:30,");
    }

    private static bool TryNumber(object? given, out double number)
    {
        number = double.NaN;
        return Wrapped.Unwrap(given) is byte or sbyte or short or ushort or int or uint or long or ulong or BigInteger or float or double or decimal or string
            && Cell.TryNumber(Wrapped.Unwrap(given), out number);
    }

    private static FormatException Refused(object? given, string expected) => new(VisibleText.Message(
        $"{Describe(Wrapped.Unwrap(given))} was given where {expected} is expected."));

    private static string Describe(object? given) => given switch
    {
        null => "Nothing ($null)",
        string text => $"'{MessageText.Excerpt(text)}'",
        Array { Length: > 1 } list => $"A list of {list.Length}",
        _ => MessageText.Excerpt(Cell.Text(given)),
    };
}
