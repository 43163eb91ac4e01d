namespace MicroGrad.Data;

/// <summary>Finds columns that nothing can be learnt from: one error for all of them, instead of one for each row.</summary>
internal static class ColumnFaults
{
    // So many cells in one other format are no typing errors.
    private const int FewestAlike = 3;

    /// <summary>Refuses columns of which most cells can't be read, or which hold nothing.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="isKnown">Whether a model knows the columns, and what to do where they hold nothing.</param>
    /// <exception cref="GradException">There are such columns (ids of <see cref="TableBuilder.Build"/>).</exception>
    public static void Throw(IReadOnlyList<ColumnBuilder> columns, int count, bool isKnown)
    {
        var errors = columns.Select(column => ErrorOf(column, count, isKnown)).OfType<GradException>().ToArray();
        if (errors.Length == 1)
        {
            throw errors[0];
        }

        if (errors.Length > 1)
        {
            var ids = errors.Select(error => error.ErrorId).Distinct().ToArray();
            var text = $"{errors.Length} columns can't be learnt from. {string.Join(" ", errors.Take(5).Select(error => error.Message))}{(errors.Length > 5 ? " …" : "")}";
            throw ids is [var id] ? new GradException(id, text) : new GradException("UnreadableColumn", text);
        }
    }

    private static GradException? ErrorOf(ColumnBuilder column, int count, bool isKnown)
    {
        var present = count - column.MissingCount;
        if (present == 0)
        {
            // A single row does not show what its columns hold.
            return count <= 1 || isKnown ? null : new GradException("EmptyColumn", $"The column '{column.Name}' has no value in any of the {count} rows.");
        }

        var faults = column.FaultRows.Count;
        if (faults == 0 || Describe(column, count) is not { } error)
        {
            return null;
        }

        var isForeign = error.ErrorId is not ("TextColumn" or "TargetMismatch") && faults >= FewestAlike && 10 * faults >= present;
        return 2 * faults > present || isForeign ? error : null;
    }

    /// <summary>What the column holds; null where its cells are wrong one by one.</summary>
    private static GradException? Describe(ColumnBuilder column, int count)
    {
        var examples = column.Examples;
        return examples[0].Kind switch
        {
            _ when examples.All(fault => fault.HasDecimalComma) =>
                new GradException("DecimalComma", Told("numbers with a comma where a point is expected")),
            CellFaultKind.NotADate when examples.All(fault => fault.HasOpenOrder) =>
                new GradException("AmbiguousDate", Told("dates that do not say whether the day or the month comes first,")),
            CellFaultKind.NotADate => new GradException("NotADate", Told("what is no date where dates are expected")),
            CellFaultKind.NumberForDate =>
                new GradException("NumberForDate", Told("numbers where dates are expected, without a word of what they count and from when,")),
            CellFaultKind.NotANumber when column is TargetBuilder =>
                new GradException("TargetMismatch", Told("text where the loss compares numbers") + " Use CrossEntropy for classes."),
            CellFaultKind.NotANumber when examples.All(fault => fault.IsDateText) =>
                new GradException("TextDates", Told("dates as text where numbers are expected")),
            CellFaultKind.NotANumber => new GradException("TextColumn", Told("text where numbers are expected")),
            _ => null,
        };

        string Told(string what)
        {
            // The clearest example: 25/04 shows which number is the day, 03/04 does not.
            var example = examples.FirstOrDefault(fault => DateText.HasDayFirst(fault.Text), examples[0]);
            return $"The column '{column.Name}' holds {what} in {MessageText.Count(column.FaultRows.Count)} of {MessageText.Count(count)} rows (such as '{MessageText.Excerpt(example.Text)}').";
        }
    }
}
