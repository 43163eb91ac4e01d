using System.Text;

namespace MicroGrad.Rendering;

/// <summary>The plane in a character for each decided class, and rows as the marks of their own classes.</summary>
internal static class TextBoundaryPlot
{
    private const string Grounds = " ░▒▓·:";
    private const string Marks = "ox+*#@";

    public static string Write(DecisionField field, IReadOnlyList<PlotRow> rows, TextPlotOptions options)
    {
        var left = new[] { Axis.Text(Round(field.Y.Max)), Axis.Text(Round(field.Y.Min)), field.YName }.Max(text => Math.Min(10, LabelText.Cells(text)));
        var (columns, height) = (options.Width - left - 3, options.Height);
        var leads = field.Leads(columns, height);
        var marks = new int[height, columns];
        var (x, y) = (field.X with { Start = 0, End = columns - 1 }, field.Y with { Start = height - 1, End = 0 });
        foreach (var row in rows)
        {
            if (double.IsFinite(row.X) && double.IsFinite(row.Y))
            {
                marks[(int)Math.Round(y.At(row.Y)), (int)Math.Round(x.At(row.X))] = Math.Max(0, field.ClassOf(row)) + 1;
            }
        }

        var text = new StringBuilder();
        if (!string.IsNullOrEmpty(options.Title))
        {
            text.Append(LabelText.OneLine(options.Title, options.Width)).Append('\n');
        }

        AppendLegend(text, field, options);
        text.Append(' ', left + 1).Append('┌').Append('─', columns).Append("┐\n");
        for (var r = 0; r < height; r++)
        {
            var name = r == 0 ? Axis.Text(Round(field.Y.Max))
                : r == height - 1 ? Axis.Text(Round(field.Y.Min))
                : r == height / 2 ? LabelText.OneLine(field.YName, left)
                : string.Empty;
            text.Append(' ', left - LabelText.Cells(name)).Append(name).Append(" │");
            for (var c = 0; c < columns; c++)
            {
                AppendCell(text, marks[r, c] - 1, Decided(leads, ((height - 1 - r) * columns) + c), options.UseColor);
            }

            text.Append("│\n");
        }

        text.Append(' ', left + 1).Append('└').Append('─', columns).Append("┘\n");
        var (min, max) = (Axis.Text(Round(field.X.Min)), Axis.Text(Round(field.X.Max)));
        var middle = LabelText.OneLine(field.XName, Math.Max(4, columns - min.Length - max.Length - 4));
        var space = columns - min.Length - max.Length - LabelText.Cells(middle);
        text.Append(' ', left + 2).Append(min).Append(' ', Math.Max(1, space / 2)).Append(middle);
        return text.Append(' ', Math.Max(1, space - (space / 2))).Append(max).Append('\n').ToString();
    }

    /// <summary>The ends of the range for reading.</summary>
    private static double Round(double value) => Math.Round(value, 2);

    private static int Decided(double[][] leads, int at)
    {
        var best = 0;
        for (var k = 1; k < leads.Length; k++)
        {
            best = leads[k][at] > leads[best][at] ? k : best;
        }

        return best;
    }

    private static int Series(int place) => place switch { 0 => 1, 1 => 0, _ => place };

    private static void AppendCell(StringBuilder text, int mark, int decided, bool useColor)
    {
        var character = mark >= 0 ? Marks[mark % Marks.Length] : useColor ? ' ' : Grounds[decided % Grounds.Length];
        text.Append(useColor
            ? Ansi.PaintOn(character.ToString(), mark >= 0 ? Series(mark) : null, Series(decided))
            : character.ToString());
    }

    private static void AppendLegend(StringBuilder text, DecisionField field, TextPlotOptions options)
    {
        var cells = 0;
        for (var i = 0; i < field.Classes.Count && i < Marks.Length; i++)
        {
            var name = LabelText.OneLine(field.Classes[i], 16);
            var ground = i < field.DecidedCount && !options.UseColor ? $" [{Grounds[i]}]" : string.Empty;
            var width = (cells > 0 ? 3 : 0) + 2 + LabelText.Cells(name) + ground.Length;
            if (cells + width > options.Width)
            {
                break;
            }

            text.Append(cells > 0 ? "   " : string.Empty)
                .Append(Ansi.Paint(Marks[i].ToString(), Series(i), options.UseColor)).Append(' ').Append(name).Append(ground);
            cells += width;
        }

        text.Append('\n');
    }
}
