namespace MicroGrad.Data;

/// <summary>A cell that can't be read as its column needs it.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Text">The cell's text.</param>
/// <param name="Index">The place of the row in its table, from 0.</param>
internal readonly record struct CellFault(CellFaultKind Kind, string Text, int Index = 0)
{
    /// <summary>Whether the text is a date.</summary>
    public bool IsDateText => Kind == CellFaultKind.NotANumber && (DateText.TryRead(Text, out _) || HasOpenOrder);

    /// <summary>Whether the text is a date in which the order of day and month depends on the culture.</summary>
    public bool HasOpenOrder => DateText.HasOpenOrder(Text);

    /// <summary>The error of this cell alone.</summary>
    /// <param name="row">The number of the row, from 1.</param>
    /// <param name="column">The name of the column.</param>
    /// <param name="format">The format that does not read it.</param>
    public GradException ToError(long row, string column, CellFormat format) => Kind switch
    {
        CellFaultKind.Missing => new GradException("MissingValue", $"Row {row} has no value in column '{column}'."),
        CellFaultKind.NotFinite => new GradException(
            "NotFinite", $"Row {row} has {Text} in column '{column}'. Only finite numbers can be learnt from; leave the row out."),
        CellFaultKind.WeightOutOfRange => new GradException(
            "InvalidWeight", $"Row {row} has the weight {Text} in column '{column}'; weights are {WeightBuilder.Range}."),
        CellFaultKind.NotGiven => new GradException("InvalidRow", $"Row {row} does not give its '{column}': {Text}"),
        CellFaultKind.AnObject => new GradException(
            "NotANumber", $"Row {row} has an object ({Text}) in column '{column}', where a number, a date or text is expected."),
        CellFaultKind.NumberForDate => new GradException(
            "NumberForDate", $"Row {row} has the number {Text} in column '{column}', where a date is expected; it does not say what it counts, and from when."),
        CellFaultKind.NotADate when HasOpenOrder && format.Culture is null => new GradException(
            "AmbiguousDate", $"Row {row} has '{Text}' in column '{column}', which does not say whether the day or the month comes first."),
        CellFaultKind.NotADate => new GradException(
            "NotADate", $"Row {row} has '{Text}' in column '{column}', where a date is expected (such as {format.WriteDate(new DateTime(2025, 4, 30))} or 2025-04-30 17:05)."),
        _ when NumberNotation.Of(Text, format) is { } notation =>
            notation.ToError($"Row {row} has '{Text}' in column '{column}', where {notation.Expected(format)}.", column, format),
        _ => new GradException("NotANumber", $"Row {row} has '{Text}' in column '{column}', where a number is expected, {format.NumberExample}."),
    };
}
