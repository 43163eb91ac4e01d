using System.Collections;

namespace MicroGrad.Data;

/// <summary>Finds columns that nothing can be learnt from: one error for all of them, instead of one for each row.</summary>
internal static class ColumnFaults
{
    // As many cells in one other format as this are no typing errors.
    private const int FewestAlike = 3;

    // The most columns whose faults are described; others are only named.
    private const int ExplainedColumns = 3;

    /// <summary>Refuses columns of which most cells can't be read, or which hold nothing.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="isKnown">Whether a model knows the columns, and what to do where they hold nothing.</param>
    /// <param name="areGapsErrors">Whether missing values in the other columns are errors too, which are told beside these.</param>
    /// <exception cref="GradException">There are such columns (ids of <see cref="TableBuilder.Build"/>).</exception>
    public static void Throw(IReadOnlyList<ColumnBuilder> columns, int count, bool isKnown, bool areGapsErrors = false)
    {
        GradException?[] told = [.. columns.Select(column => ErrorOf(column, count, isKnown))];
        GradException[] errors = [.. told.OfType<GradException>()];
        if (errors.Length == 0)
        {
            return;
        }

        // What would be the next error is told beside these.
        var gaps = areGapsErrors ? columns.Where((column, i) => column.MissingCount > 0 && told[i]?.ErrorId != "EmptyColumn").Select(column => column.Name).ToArray() : [];
        var missing = gaps.Length > 0 ? $" Values are missing in {MessageText.Shorten(gaps)}." : string.Empty;
        if (errors is [var only])
        {
            throw Extend(only, missing);
        }

        var wrong = columns.Where((_, i) => told[i] is not null);
        var others = columns.Where((column, i) => told[i] is null && column is FeatureBuilder).Select(column => column.Name).ToArray();
        var ids = errors.Select(error => error.ErrorId).Distinct().ToArray();
        var text = $"{errors.Length} columns can't be learnt from. {string.Join(" ", errors.Take(ExplainedColumns).Select(error => error.Message))}";
        if (errors.Length > ExplainedColumns)
        {
            text += $" Nor can {MessageText.Shorten([.. wrong.Skip(ExplainedColumns).Select(column => column.Name)])}.";
        }

        if (others.Length > 0)
        {
            text += $" The other features can: {MessageText.Shorten(others)}.";
        }

        text += missing;
        throw ids is [var id] ? new GradException(id, text) : new GradException("UnreadableColumn", text);
    }

    /// <summary>An error with more text, and the same data, which advice reads.</summary>
    private static GradException Extend(GradException error, string text)
    {
        var extended = new GradException(error.ErrorId, error.Message + text);
        foreach (DictionaryEntry entry in error.Data)
        {
            extended.Data[entry.Key] = entry.Value;
        }

        return extended;
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

        var isForeign = error.ErrorId is not ("TextColumn" or "TargetMismatch" or "ObjectColumn" or "FailingColumn" or "InvalidWeight") && faults >= FewestAlike && 10 * faults >= present;
        return 2 * faults > present || isForeign ? error : null;
    }

    /// <summary>The content of the column; null where single cells are wrong.</summary>
    private static GradException? Describe(ColumnBuilder column, int count)
    {
        var kind = column.Examples.CountBy(fault => fault.Kind).MaxBy(pair => pair.Value).Key;
        CellFault[] examples = [.. column.Examples.Where(fault => fault.Kind == kind)];
        return kind switch
        {
            CellFaultKind.NotANumber when NumberNotation.OfAll(examples.Select(fault => fault.Text), column.Format) is { } notation =>
                notation.ToError(ToldBy(examples.First(fault => notation.Shows(NumberNotation.Of(fault.Text, column.Format))), notation.Held(column.Format)), column.Name, column.Format),
            CellFaultKind.NotANumber when column is WeightBuilder =>
                new GradException("InvalidWeight", Told("text where weights are expected")),
            CellFaultKind.WeightOutOfRange or CellFaultKind.NotFinite when column is WeightBuilder && column.FaultRows.Count == count - column.MissingCount =>
                new GradException("InvalidWeight", Told($"no weights, which are {WeightBuilder.Range},")),
            CellFaultKind.AnObject =>
                new GradException("ObjectColumn", Told("objects where numbers, dates or text are expected")),
            CellFaultKind.NotGiven =>
                new GradException("FailingColumn", $"The column '{column.Name}' fails in {Share()} rows: {MessageText.Excerpt(examples[0].Text)}"),
            CellFaultKind.NotADate when column.Format.Culture is null && examples.All(fault => fault.HasOpenOrder) =>
                new GradException("AmbiguousDate", Told("dates that do not say whether the day or the month comes first,")),
            CellFaultKind.NotADate =>
                new GradException("NotADate", Told("what is no date where dates are expected" + (column.Format.Culture is null ? string.Empty : $", such as {column.Format.WriteDate(new DateTime(2025, 4, 30))},"))),
            CellFaultKind.NumberForDate =>
                new GradException("NumberForDate", Told("numbers where dates are expected, without a word of what they count and from when,")),
            CellFaultKind.NotANumber when column is TargetBuilder =>
                new GradException("TargetMismatch", Told("text where the loss compares numbers") + " Classes are one column, for CrossEntropy; of several labels each is 0 or 1, or False or True."),
            CellFaultKind.NotANumber when examples.All(fault => fault.IsDateText) =>
                new GradException("TextDates", Told("dates as text where numbers are expected")),
            CellFaultKind.NotANumber => new GradException("TextColumn", Told("text where numbers are expected")),
            _ => null,
        };

        string Share() => $"{MessageText.Count(column.FaultRows.Count)} of {MessageText.Count(count)}";

        // The clearest example: 25/04 shows which number is the day, 03/04 does not.
        string Told(string what) => ToldBy(examples.FirstOrDefault(fault => DateText.HasDayFirst(fault.Text), examples[0]), what);

        string ToldBy(CellFault example, string what) =>
            $"The column '{column.Name}' holds {what} in {Share()} rows (such as '{MessageText.Excerpt(example.Text)}').";
    }
}
