using System.Globalization;
using System.Management.Automation;
using System.Text;
using MicroGrad.Data;
using MicroGrad.Inference;
using MicroGrad.PowerShell.Rows;

namespace MicroGrad.PowerShell.Formatting;

/// <summary>An explained answer as a table: the columns of the row by what they contribute, the largest first.</summary>
internal static class ExplanationTable
{
    private const int MostColumns = 20;
    private const int MostNameCharacters = 24;
    private const int MostValueCharacters = 16;
    private const int BarLength = 20;

    /// <summary>The table of a row; empty where the row has lost its explanation.</summary>
    public static string Of(PSObject row)
    {
        PSPropertyInfo[] all = [.. row.Properties];
        var at = Array.FindLastIndex(all, property => property.Name.EndsWith(AnswerNames.BaselineName, StringComparison.Ordinal));
        if (at < 0)
        {
            return string.Empty;
        }

        var prefix = all[at].Name[..^AnswerNames.BaselineName.Length];
        var start = $"{prefix}{AnswerNames.ContributionName}_";
        (string Name, string Value, double Contribution)[] columns = [.. all.Skip(at + 1).Where(property => property.Name.StartsWith(start, StringComparison.Ordinal))
            .Select(property => (Name: property.Name[start.Length..], Contribution: Number(property.Value)))
            .Select(column => (column.Name, ValueOf(row, column.Name), column.Contribution))
            .OrderByDescending(column => Math.Abs(column.Contribution))];
        var largest = columns.Select(column => Math.Abs(column.Contribution)).DefaultIfEmpty(0).Max();
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Prediction : {ValueOf(row, prefix + AnswerNames.ValueName)}").AppendLine();
        Line(AnswerNames.ProbabilityName);
        Line(AnswerNames.SpreadName);
        Line(AnswerNames.BaselineName);
        text.AppendLine().Append(Display.Fit("column", MostNameCharacters)).Append(' ').Append(Display.Fit("value", MostValueCharacters)).AppendLine("  contribution");
        foreach (var (name, value, contribution) in columns.Take(MostColumns))
        {
            var bar = new string(contribution < 0 ? '-' : '+', largest > 0 ? (int)Math.Round(BarLength * Math.Abs(contribution) / largest) : 0);
            var number = contribution.ToString("G5", CultureInfo.InvariantCulture);
            text.AppendLine($"{Display.Fit(Display.Text(name), MostNameCharacters)} {Display.Fit(value, MostValueCharacters)} {number,13} {bar}".TrimEnd());
        }

        if (columns.Length > MostColumns)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"(the first {MostColumns} of {columns.Length} columns)");
        }

        return text.ToString();

        void Line(string name)
        {
            if (row.Properties[prefix + name] is { } property)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"{name,-11}: {Display.Number(Number(property.Value))}");
            }
        }
    }

    private static double Number(object? value) => Wrapped.Unwrap(value) is double number ? number : double.NaN;

    private static string ValueOf(PSObject row, string name) => Wrapped.Unwrap(row.Properties[name]?.Value) switch
    {
        null => string.Empty,
        double number => Display.Number(number),
        var value => Display.Text(Cell.Text(value)),
    };
}
