using System.Text;

namespace MicroGrad.Rendering;

/// <summary>The plane in a character for each decided class, and rows as the marks of their own classes.</summary>
internal static class TextBoundaryPlot
{
    // A class has the ground and the mark at its place; those for which there is none share the last ones.
    private const string Grounds = " ░▒▓·:-=~,\"'^_;!/\\<>(){}$`.";
    private const string Marks = "ox+*#@%&vsABCDEFGHIJKLMNPQ?";

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
        var character = mark >= 0 ? At(Marks, mark) : HasGround(decided, useColor) ? At(Grounds, decided) : ' ';
        text.Append(useColor
            ? Ansi.PaintOn(character.ToString(), mark >= 0 ? Series(mark) : null, Series(decided))
            : character.ToString());
    }

    private static char At(string characters, int place) => characters[Math.Min(place, characters.Length - 1)];

    /// <summary>Whether colour alone does not tell the class.</summary>
    private static bool HasGround(int place, bool useColor) => !useColor || place >= Ansi.SeriesCount;

    private static void AppendLegend(StringBuilder text, DecisionField field, TextPlotOptions options)
    {
        var cells = 0;
        var named = Math.Min(field.Classes.Count, Marks.Length - 1);
        for (var i = 0; i < named; i++)
        {
            AppendClass(i, LabelText.OneLine(field.Classes[i], 16));
        }

        if (named < field.Classes.Count)
        {
            AppendClass(named, $"and {NumberText.Count(field.Classes.Count - named)} more");
        }

        text.Append('\n');

        void AppendClass(int place, string name)
        {
            var ground = place < field.DecidedCount && HasGround(place, options.UseColor) ? $" [{At(Grounds, place)}]" : string.Empty;
            var width = 2 + LabelText.Cells(name) + ground.Length;
            if (cells > 0)
            {
                var isFull = cells + 3 + width > options.Width;
                text.Append(isFull ? "\n" : "   ");
                cells = isFull ? 0 : cells + 3;
            }

            text.Append(Ansi.Paint(At(Marks, place).ToString(), Series(place), options.UseColor)).Append(' ').Append(name).Append(ground);
            cells += width;
        }
    }
}
