using System.Text.RegularExpressions;

namespace MicroGrad.Data;

/// <summary>A cell that can't be read as its column needs it.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Text">The cell's text.</param>
/// <param name="Index">The place of the row in its table, from 0.</param>
internal readonly partial record struct CellFault(CellFaultKind Kind, string Text, int Index = 0)
{
    /// <summary>Whether the text is a number with a comma for its point; 1,100 may be one.</summary>
    public bool HasDecimalComma => Kind == CellFaultKind.NotANumber && DecimalComma().IsMatch(Text);

    /// <summary>Whether the text is a number with commas between thousands; 1,100 may be one, 0,123 is none.</summary>
    public bool HasThousands => Kind == CellFaultKind.NotANumber && Thousands().IsMatch(Text);

    /// <summary>Whether the text is a date.</summary>
    public bool IsDateText => Kind == CellFaultKind.NotANumber && (DateText.TryRead(Text, out _) || HasOpenOrder);

    /// <summary>Whether the text is a date in which the order of day and month depends on the culture.</summary>
    public bool HasOpenOrder => DateText.HasOpenOrder(Text);

    /// <summary>The error of this cell alone.</summary>
    /// <param name="row">The number of the row, from 1.</param>
    /// <param name="column">The name of the column.</param>
    public GradException ToError(long row, string column) => Kind switch
    {
        CellFaultKind.Missing => new GradException("MissingValue", $"Row {row} has no value in column '{column}'."),
        CellFaultKind.NotFinite => new GradException(
            "NotFinite", $"Row {row} has {Text} in column '{column}'. Only finite numbers can be learnt from; leave the row out."),
        CellFaultKind.WeightOutOfRange => new GradException(
            "InvalidWeight", $"Row {row} has the weight {Text} in column '{column}'; weights are 0 or positive numbers up to 1E+50."),
        CellFaultKind.NotGiven => new GradException("InvalidRow", $"Row {row} does not give its '{column}': {Text}"),
        CellFaultKind.AnObject => new GradException(
            "NotANumber", $"Row {row} has an object ({Text}) in column '{column}', where a number, a date or text is expected."),
        CellFaultKind.NumberForDate => new GradException(
            "NumberForDate", $"Row {row} has the number {Text} in column '{column}', where a date is expected; it does not say what it counts, and from when."),
        CellFaultKind.NotADate when HasOpenOrder => new GradException(
            "AmbiguousDate", $"Row {row} has '{Text}' in column '{column}', which does not say whether the day or the month comes first."),
        CellFaultKind.NotADate => new GradException(
            "NotADate", $"Row {row} has '{Text}' in column '{column}', where a date is expected (such as 2025-04-30 or 2025-04-30 17:05)."),
        _ when HasThousands => new GradException(
            "ThousandsSeparator", $"Row {row} has '{Text}' in column '{column}', where a number is expected, without separators of thousands (such as 1100.5)."),
        _ when HasDecimalComma => new GradException(
            "DecimalComma", $"Row {row} has '{Text}' in column '{column}', where a number is expected, with a point (such as 1.5)."),
        _ => new GradException(
            "NotANumber", $"Row {row} has '{Text}' in column '{column}', where a number is expected (with a point, such as 1.5)."),
    };

    [GeneratedRegex(@"^\s*[-+]?[0-9.]*,[0-9]+([eE][-+]?[0-9]+)?\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex DecimalComma();

    [GeneratedRegex(@"^\s*[-+]?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]*)?\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Thousands();
}
