using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text;
using MicroGrad.Data;

namespace MicroGrad.PowerShell.Formatting;

/// <summary>Numbers and tables for the format file: rounded, in the invariant culture.</summary>
public static class Display
{
    private const int Width = 80;

    /// <summary>A number to seven digits; empty for null.</summary>
    /// <param name="value">The number.</param>
    public static string Number(double? value) => value?.ToString("G7", CultureInfo.InvariantCulture) ?? string.Empty;

    /// <summary>A number to as many digits, seven at most, as fit a column: PowerShell would cut its sign or first digits off.</summary>
    /// <param name="value">The number; empty text for null.</param>
    /// <param name="width">The characters of the column, 8 or more.</param>
    public static string Number(double? value, int width)
    {
        var text = Number(value);
        for (var digits = 6; text.Length > width && digits > 0; digits--)
        {
            text = value!.Value.ToString($"G{digits}", CultureInfo.InvariantCulture);
        }

        return text;
    }

    /// <summary>A number to its last digit.</summary>
    /// <param name="value">The number.</param>
    public static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A number to three digits; empty for null.</summary>
    /// <param name="value">The number.</param>
    public static string Short(double? value) => value?.ToString("G3", CultureInfo.InvariantCulture) ?? string.Empty;

    /// <summary>An error in scientific notation.</summary>
    /// <param name="value">The error.</param>
    public static string Error(double value) => value.ToString("0.0e+00", CultureInfo.InvariantCulture);

    /// <summary>A fraction as a percentage; empty for null.</summary>
    /// <param name="value">The fraction, from 0 to 1.</param>
    public static string Percent(double? value) =>
        value is { } fraction ? (100 * fraction).ToString("0.0", CultureInfo.InvariantCulture) + "%" : string.Empty;

    /// <summary>Text from data, with control characters visible; empty for null.</summary>
    /// <param name="text">The text.</param>
    public static string Text(string? text) => VisibleText.Of(text ?? string.Empty);

    /// <summary>Names from data with commas, the first ten of many.</summary>
    /// <param name="names">The names; null for none.</param>
    public static string List(IReadOnlyCollection<string>? names)
    {
        const int Most = 10;
        return names is null
            ? string.Empty
            : Text(string.Join(", ", names.Take(Most))) + (names.Count > Most ? $", \u2026 ({names.Count})" : string.Empty);
    }

    /// <summary>The data of values, side by side, the first six of them.</summary>
    /// <param name="values">The values.</param>
    public static string Numbers(IReadOnlyList<GradValue> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var shown = values.Take(6).Select(value => value.Data.ToString("G4", CultureInfo.InvariantCulture));
        return string.Join(" ", shown) + (values.Count > 6 ? $" … ({values.Count})" : string.Empty);
    }

    /// <summary>Numbers side by side, as many of them as fit a width.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <param name="width">The width, in characters.</param>
    public static string Row(double[] numbers, int width)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        var all = string.Join(' ', numbers.Select(number => number.ToString("G5", CultureInfo.InvariantCulture)));
        if (all.Length <= width)
        {
            return all;
        }

        var count = $" \u2026 ({numbers.Length})";
        return all[..Math.Max(0, all.LastIndexOf(' ', width - count.Length))] + count;
    }

    /// <summary>Names of nodes side by side, as many of them as fit 18 characters; the first is cut where it alone does not.</summary>
    /// <param name="names">The names.</param>
    public static string Names(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var all = Text(string.Join(' ', names));
        if (all.Length <= 18)
        {
            return all;
        }

        var count = $" … ({names.Count})";
        var room = 18 - count.Length;
        var end = all.LastIndexOf(' ', room);
        return all[..(end > 0 ? end : room)] + count;
    }

    /// <summary>The settings of a trial side by side, as many of them as fit 30 characters.</summary>
    /// <param name="trial">The trial.</param>
    public static string Settings(MlpTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        const int Width = 30;
        string[] settings = [.. trial.Setting.Select(setting => Text($"{setting.Key}={Setting(setting.Value)}"))];
        var all = string.Join(' ', settings);
        if (all.Length <= Width)
        {
            return all;
        }

        var count = $" … ({settings.Length})";
        var end = all.LastIndexOf(' ', Width - count.Length);
        return all[..(end > 0 ? end : Width - count.Length)] + count;
    }

    /// <summary>A node in a word: its label, or its operation, or its number.</summary>
    /// <param name="value">The node.</param>
    public static string Name(GradValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Label is { } label ? Text(label) : value.IsLeaf ? Number(value.Data) : value.Op;
    }

    /// <summary>A measurement as a short report.</summary>
    /// <param name="measurement">The measurement.</param>
    public static string Measurement(MlpMeasurement measurement)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        if (measurement.Fold is not null)
        {
            return FoldTable.RowOf(measurement);
        }

        var text = new StringBuilder();
        Line("Count", measurement.Count.ToString(CultureInfo.InvariantCulture));
        Line("Skipped", measurement.Skipped is > 0 and var skipped ? skipped.ToString(CultureInfo.InvariantCulture) : string.Empty);
        Line("Filled", measurement.Filled > 0 ? measurement.Filled.ToString(CultureInfo.InvariantCulture) : string.Empty);
        Line("Loss", Number(measurement.Loss));
        Line("Accuracy", Percent(measurement.Accuracy));
        Line("Exact", Percent(measurement.ExactMatch));
        Line("AUC", Number(measurement.AUC));
        Line("MAE", Number(measurement.MAE));
        Line("RMSE", Number(measurement.RMSE));
        Line("R2", Number(measurement.R2));
        Line("Pinball", Number(measurement.PinballLoss));
        Line("Coverage", Percent(measurement.Coverage));
        if (measurement.ConfusionMatrix is { } confusion)
        {
            text.AppendLine().Append(Confusion(confusion)).AppendLine();
        }

        if (measurement.ByLabel.Count > 0)
        {
            text.AppendLine().Append(Labels(measurement.ByLabel)).AppendLine();
        }

        return text.ToString();

        void Line(string name, string value)
        {
            if (value.Length > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"{name,-8} : {value}").AppendLine();
            }
        }
    }

    /// <summary>A row of <c>Invoke-Mlp -Explain</c>: the answer, and its columns by what they contribute.</summary>
    /// <param name="row">The row.</param>
    public static string Explanation(PSObject row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return ExplanationTable.Of(row);
    }

    /// <summary>A matrix of values as a table under its name and size: as many rows and columns as fit.</summary>
    /// <param name="matrix">The matrix.</param>
    public static string Matrix(GradMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        const int Cell = 11;
        var (rows, columns) = (Math.Min(20, matrix.RowCount), Math.Min(Width / Cell, matrix.ColumnCount));
        var text = new StringBuilder(Text(matrix.Label));
        text.Append(matrix.Label is null ? string.Empty : ": ").Append(CultureInfo.InvariantCulture, $"{matrix.RowCount} x {matrix.ColumnCount}").AppendLine();
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                text.Append(matrix[row, column].Data.ToString("G4", CultureInfo.InvariantCulture).PadLeft(Cell));
            }

            text.AppendLine();
        }

        return rows == matrix.RowCount && columns == matrix.ColumnCount
            ? text.ToString()
            : text.AppendLine(CultureInfo.InvariantCulture, $"(the first {rows} rows and {columns} columns)").ToString();
    }

    /// <summary>A confusion matrix as a table: true classes down, predicted classes across, as many as fit the line.</summary>
    /// <param name="confusion">The matrix.</param>
    public static string Confusion(ConfusionMatrix confusion)
    {
        ArgumentNullException.ThrowIfNull(confusion);
        var classes = confusion.Classes.Select(Text).ToArray();
        var head = Math.Min(20, Math.Max("actual".Length, classes.Max(name => name.Length)));
        var cell = Math.Min(12, Math.Max(5, classes.Max(name => name.Length)));
        var shown = Math.Min(classes.Length, (Width - head - 2) / (cell + 1));

        var text = new StringBuilder();
        text.Append(Fit("actual", head)).Append(" | predicted");
        for (var row = -1; row < classes.Length; row++)
        {
            text.AppendLine().Append(Fit(row < 0 ? string.Empty : classes[row], head)).Append(" |");
            for (var column = 0; column < shown; column++)
            {
                var content = row < 0
                    ? Fit(classes[column], cell).TrimEnd()
                    : confusion.CountAt(row, column).ToString(CultureInfo.InvariantCulture);
                text.Append(' ').Append(content.PadLeft(cell));
            }
        }

        if (shown < classes.Length)
        {
            text.AppendLine().Append(CultureInfo.InvariantCulture, $"(the first {shown} of {classes.Length} predicted classes)");
        }

        return text.ToString();
    }

    /// <summary>The figures of labels as a table, of the first twenty.</summary>
    private static string Labels(IReadOnlyList<LabelMeasurement> labels)
    {
        const int Most = 20;
        const int Head = 24;
        var text = new StringBuilder(Fit("label", Head)).Append(" | accuracy          AUC");
        foreach (var label in labels.Take(Most))
        {
            text.AppendLine().Append(Fit(Text(label.Label), Head)).Append(CultureInfo.InvariantCulture, $" | {Percent(label.Accuracy),8} {Number(label.AUC),12}");
        }

        if (labels.Count > Most)
        {
            text.AppendLine().Append(CultureInfo.InvariantCulture, $"(the first {Most} of {labels.Count} labels)");
        }

        return text.ToString();
    }

    private static string Setting(object? value) => value switch
    {
        double number => number.ToString("G4", CultureInfo.InvariantCulture),
        IList list => string.Join(',', list.Cast<object?>().Select(Setting)),
        null => "$null",
        _ => Cell.Text(value),
    };

    /// <summary>The text in a column of a width, cut where it is longer.</summary>
    internal static string Fit(string text, int width) =>
        text.Length <= width ? text.PadRight(width) : string.Concat(text.AsSpan(0, width - 1), "…");
}
