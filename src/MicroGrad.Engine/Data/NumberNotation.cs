using System.Text.RegularExpressions;

namespace MicroGrad.Data;

/// <summary>How a number is written that a format does not read: with separators, another decimal sign, or a unit.</summary>
/// <param name="Kind">What keeps it from being read.</param>
/// <param name="Separator">The sign between thousands; empty where there is none.</param>
/// <param name="Decimal">The decimal sign; empty where there is none.</param>
/// <param name="Unit">The unit, such as % or kg; empty where there is none.</param>
internal readonly partial record struct NumberNotation(NumberNotationKind Kind, string Separator, string Decimal, string Unit)
{
    /// <summary>Whether the separator may be a decimal sign, as in 1,234.</summary>
    public bool IsOpen { get; private init; }

    /// <summary>Whether the unit is a sign, such as % or $. Letters behind a number may be part of a name, such as 4th.</summary>
    public bool HasSign => Unit.Length > 0 && !char.IsLetter(Unit[0]);

    /// <summary>The notation of a text that the format does not read as a number; null where it is none.</summary>
    public static NumberNotation? Of(string text, CellFormat format)
    {
        text = text.Trim();
        if (format.TryNumber(text, out _))
        {
            return null;
        }

        if (Signed().Match(text) is { Success: true } signed)
        {
            var number = signed.Groups["number"].Value;
            var unit = signed.Groups["unit"].Value;
            return format.TryNumber(number, out _) ? new NumberNotation(NumberNotationKind.Unit, string.Empty, string.Empty, unit)
                : OfDigits(number, format) is { } inner ? inner with { Kind = NumberNotationKind.Unit, Unit = unit }
                : null;
        }

        return OfDigits(text, format);
    }

    /// <summary>The notation of a column, of which these are the cells that can't be read; null where one of them is no number.</summary>
    public static NumberNotation? OfAll(IEnumerable<string> texts, CellFormat format)
    {
        var all = new List<NumberNotation>();
        foreach (var text in texts)
        {
            if (Of(text, format) is not { } notation)
            {
                return null;
            }

            all.Add(notation);
        }

        // 1,100 beside 1,10 has a decimal comma.
        var decimals = all.Where(notation => notation.Kind == NumberNotationKind.Decimal).Select(notation => notation.Decimal).ToArray();
        if (decimals.Length > 0 && all.All(notation => notation.Kind == NumberNotationKind.Decimal || (notation.IsOpen && decimals.Contains(notation.Separator))))
        {
            return all.Find(notation => notation.Kind == NumberNotationKind.Decimal);
        }

        var units = all.Where(notation => notation.Kind == NumberNotationKind.Unit).ToArray();

        // Several words behind numbers are no unit.
        if (units.Length > 0 && !units.All(notation => notation.HasSign) && units.DistinctBy(notation => notation.Unit).Count() > 1)
        {
            return null;
        }

        // A few units among numbers in another notation are single cells that are wrong.
        if (units.Length > 0 && 2 * units.Length >= all.Count)
        {
            // 0.5% shows the decimal sign, 5% does not.
            return units.FirstOrDefault(notation => notation.Decimal.Length > 0, units[0]);
        }

        // The clearest: 1,234.5 shows which sign is which, 1,234 does not.
        return all.Where(notation => notation.Kind != NumberNotationKind.Unit)
            .OrderBy(notation => notation.Kind == NumberNotationKind.Thousands ? 0 : 1)
            .ThenBy(notation => notation.IsOpen)
            .Select(notation => (NumberNotation?)notation)
            .FirstOrDefault();
    }

    /// <summary>Whether a cell in the other notation is an example of this one: the same kind, or 1,234 beside decimal commas.</summary>
    public bool Shows(NumberNotation? other) => other is { } cell && (cell.Kind == Kind || (cell.IsOpen && Kind == NumberNotationKind.Decimal && cell.Separator == Decimal));

    /// <summary>An error about a cell or a column in this notation, which tells what stands in the way.</summary>
    /// <param name="text">The message.</param>
    /// <param name="column">The name of the column.</param>
    /// <param name="format">The format that does not read it.</param>
    public GradException ToError(string text, string column, CellFormat format)
    {
        var error = Kind switch
        {
            NumberNotationKind.Thousands => new GradException("ThousandsSeparator", text),
            NumberNotationKind.Unit => new GradException("NumberWithUnit", text),
            _ when Decimal == "," => new GradException("DecimalComma", text),
            _ => new GradException("DecimalPoint", text),
        };

        error.Data["Column"] = column;
        error.Data["Marks"] = new[] { Unit, Separator }.Where(mark => mark.Length > 0).ToArray();
        if (IsOpen)
        {
            error.Data["OtherCulture"] = CultureOf(Separator);
        }
        else if (Decimal.Length > 0 && Decimal != format.DecimalSign)
        {
            error.Data["Culture"] = CultureOf(Decimal);
        }

        return error;
    }

    /// <summary>What is expected instead, in words.</summary>
    public string Expected(CellFormat format) => Kind switch
    {
        NumberNotationKind.Thousands => $"a number is expected, without separators of thousands (such as {format.Write(1100.5)})",
        NumberNotationKind.Unit => $"a number alone is expected, without '{Unit}' (such as {format.Write(1.5)})",
        _ => $"a number is expected, {format.NumberExample}",
    };

    /// <summary>What a column in this notation holds, in words.</summary>
    public string Held(CellFormat format) => Kind switch
    {
        NumberNotationKind.Thousands => "numbers with separators of thousands",
        NumberNotationKind.Unit => $"numbers with a unit ('{Unit}')",
        _ => $"numbers with a {NameOf(Decimal)} where a {NameOf(format.DecimalSign)} is expected",
    };

    private static string NameOf(string sign) => sign switch { "," => "comma", "." => "point", _ => $"'{sign}'" };

    // Known cultures whose numbers have the sign; their dates begin with the day.
    private static string CultureOf(string sign) => sign == "," ? "de-DE" : "en-GB";

    private static NumberNotation? OfDigits(string text, CellFormat format)
    {
        if (Thousands().Match(text) is { Success: true } thousands)
        {
            var (separator, sign) = (thousands.Groups["separator"].Value, thousands.Groups["decimal"].Value);
            return new NumberNotation(NumberNotationKind.Thousands, separator, sign, string.Empty)
            {
                IsOpen = separator is "," or "." && sign.Length == 0 && thousands.Groups["more"].Length == 0,
            };
        }

        return Decimals().Match(text) is { Success: true } decimals && decimals.Groups["decimal"].Value is var found && found != format.DecimalSign
            ? new NumberNotation(NumberNotationKind.Decimal, string.Empty, found, string.Empty)
            : null;
    }

    [GeneratedRegex(@"^[-+]?[1-9][0-9]{0,2}(?<separator>[,.'’_\s])[0-9]{3}(?<more>(\k<separator>[0-9]{3})*)((?!\k<separator>)(?<decimal>[.,])[0-9]*)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Thousands();

    [GeneratedRegex(@"^[-+]?[0-9]*(?<decimal>[.,])[0-9]+([eE][-+]?[0-9]+)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Decimals();

    [GeneratedRegex(@"^((?<number>[-+]?[0-9][0-9.,'’_\s]*?)\s?(?<unit>[%‰\p{Sc}]|°\p{L}?|[\p{L}µ]{1,3}[²³]?)|(?<unit>\p{Sc})\s?(?<number>[-+]?[0-9][0-9.,'’_\s]*))$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Signed();
}
