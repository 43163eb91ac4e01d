using System.Text;

namespace MicroGrad.Rendering;

/// <summary>The plane in a character for each decided class, and rows as the marks of their own classes.</summary>
internal static class TextBoundaryPlot
{
    private const string Grounds = " ░▒▓·:-=~,";
    private const string Marks = "ox+*#@%&vs";

    public static string Write(DecisionField field, IReadOnlyList<PlotRow> rows, TextPlotOptions options)
    {
        var frame = new TextFrame(field.X, field.Y, field.XName, field.YName, options);
        var (columns, height) = (frame.Columns, options.Height);
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
        frame.Append(text, row =>
        {
            for (var column = 0; column < columns; column++)
            {
                AppendCell(text, marks[row, column] - 1, Decided(leads, ((height - 1 - row) * columns) + column), options.UseColor);
            }
        });
        return text.ToString();
    }

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
            var ground = i < field.DecidedCount && !options.UseColor ? $" [{Grounds[i]}]" : string.Empty;
            var name = LabelText.OneLine(field.Classes[i], 16);
            var width = 2 + LabelText.Cells(name) + ground.Length;
            if (cells > 0)
            {
                var isFull = cells + 3 + width > options.Width;
                text.Append(isFull ? "\n" : "   ");
                cells = isFull ? 0 : cells + 3;
            }

            text.Append(Ansi.Paint(Marks[i].ToString(), Series(i), options.UseColor)).Append(' ').Append(name).Append(ground);
            cells += width;
        }

        text.Append('\n');
    }
}
