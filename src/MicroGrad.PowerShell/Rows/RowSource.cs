using System.Collections;
using System.Data;
using System.Management.Automation;
using MicroGrad.Data;

namespace MicroGrad.PowerShell.Rows;

/// <summary>Splits arguments into rows.</summary>
internal static class RowSource
{
    /// <summary>
    /// The rows in an argument: lists of rows, tables and data readers are split into rows, and a list of numbers is one
    /// row. What can't be a row is returned unchanged, for <see cref="RequireRow"/> to refuse. A data reader returns itself for
    /// each record, and holds the next one after the next step.
    /// </summary>
    public static IEnumerable<object?> RowsOf(object? argument)
    {
        var value = Wrapped.Unwrap(argument);
        switch (value)
        {
            case DataTable table:
                return table.Rows.Cast<DataRow>();
            case IDataReader { IsClosed: false } reader:
                return RecordsOf(reader);
            case DataRowView view:
                return [view.Row];
            case IList list when list is not Array { Rank: > 1 } && !IsNumberList(list):
                return list.Cast<object?>().Select(Element);
            case ICollection collection and not (IList or IDictionary):
                return collection.Cast<object?>().Select(Element);
            default:
                return [argument is PSObject wrapped && value is PSCustomObject ? wrapped : value];
        }
    }

    /// <summary>The row itself, unless it can't be one.</summary>
    /// <exception cref="GradException">It is null, a block of numbers, or a data reader that is closed (id <c>InvalidRow</c>).</exception>
    public static object RequireRow(object? row, long number) => row switch
    {
        null => throw new GradException("InvalidRow", $"Row {number} is $null; leave it out."),
        Array { Rank: > 1 } block => throw new GradException(
            "InvalidRow",
            $"Row {number} is an array of {block.Rank} dimensions. Give an array for each row, such as @((1, 2), (3, 4))."),
        IDataReader { IsClosed: true } => throw new GradException("InvalidRow", $"Row {number} is a data reader that is closed. Give it while it is open."),
        _ => row,
    };

    /// <summary>The error for text as a row, which ends the command: other lines would give the same error.</summary>
    public static GradException TextAsRow(string text) => text.Contains(',', StringComparison.Ordinal) || text.Contains(';', StringComparison.Ordinal)
        ? new GradException("TextAsRow", $"The text '{MessageText.Excerpt(text)}' came in as a row. Make rows of such lines with ConvertFrom-Csv.")
        : new GradException("TextAsRow", $"The text '{MessageText.Excerpt(text)}' came in as a row. If it is the path of a file, read that with Import-Csv, or with -Path where the cmdlet reads files.");

    /// <summary>Whether a row is a list of numbers (or a single number), which has positions instead of names.</summary>
    public static bool IsList(object row) =>
        row is not (PSObject { ImmediateBaseObject: PSCustomObject } or string or IDictionary) && (row is IList || Cell.TryNumber(row, out _));

    private static object? Element(object? element) => element switch
    {
        PSObject { BaseObject: not PSCustomObject } inner => Element(inner.BaseObject),
        DataRowView view => view.Row,
        _ => element,
    };

    private static IEnumerable<object?> RecordsOf(IDataReader reader)
    {
        while (reader.Read())
        {
            yield return reader;
        }

        // A reader that was read to its end still occupies its command, so it is closed, as DataTable.Load does.
        if (!reader.NextResult())
        {
            reader.Close();
        }
    }

    private static bool IsNumberList(IList list) =>
        list.Count > 0 && Wrapped.Unwrap(list[0]) is var first && (first is string || Cell.TryNumber(first, out _));
}
