using System.Text;

namespace MicroGrad.Rendering;

/// <summary>Loss over epochs in braille: training as a line, validation as a dotted one.</summary>
internal static class TextLossPlot
{
    private const double LogarithmicFrom = 50;

    public static string Write(IReadOnlyList<EpochResult> epochs, TextPlotOptions options)
    {
        var validation = epochs.Where(epoch => epoch.ValidationLoss is not null).ToArray();
        var losses = epochs.Select(epoch => epoch.Loss).Concat(validation.Select(epoch => epoch.ValidationLoss!.Value))
            .Where(double.IsFinite).ToArray();
        var isLogarithmic = losses.Length > 0 && losses.Min() > 0 && losses.Max() / losses.Min() >= LogarithmicFrom;
        var dots = (options.Height * 4) - 1;
        var y = isLogarithmic ? Axis.Logarithmic(losses, dots, 0) : Axis.Over(losses, dots, 0);

        var most = TextFrame.MostNumberCharacters(options);
        var marks = y.Marks(Math.Max(3, options.Height / 4)).ToLookup(mark => (int)Math.Round(y.At(mark)) / 4, mark => y.Text(mark, most));
        var room = Math.Max(4, marks.SelectMany(mark => mark).Select(text => text.Length).DefaultIfEmpty(0).Max());
        var columns = options.Width - room - 2;
        var x = Axis.Over(epochs.Select(epoch => (double)epoch.Epoch), 0, (columns * 2) - 1, room: 0);
        var (solid, dotted) = (new BrailleCanvas(columns, options.Height), new BrailleCanvas(columns, options.Height));
        Draw(solid, epochs.Select(epoch => ((double)epoch.Epoch, epoch.Loss)), x, y, 1);
        Draw(dotted, validation.Select(epoch => ((double)epoch.Epoch, epoch.ValidationLoss!.Value)), x, y, 2);

        var text = new StringBuilder();
        AppendHeading(text, epochs, options, isLogarithmic);
        for (var row = 0; row < options.Height; row++)
        {
            text.Append(marks[row].FirstOrDefault(string.Empty).PadLeft(room)).Append(marks[row].Any() ? " ┤" : " │");
            var line = new StringBuilder();
            for (var column = 0; column < columns; column++)
            {
                AppendCell(line, solid, dotted, row, column, options.UseColor);
            }

            text.Append(line.ToString().TrimEnd()).Append('\n');
        }

        text.Append(' ', room + 1).Append('└').Append('─', columns).Append('\n');
        if (epochs.Count > 1)
        {
            TextFrame.AppendEnds(text, room + 2, columns, ($"{epochs[0].Epoch}", $"{epochs[^1].Epoch}"), "epoch");
        }
        else
        {
            text.Append(' ', room + 2).Append(epochs[0].Epoch).Append('\n');
        }

        return text.ToString();
    }

    private static void Draw(BrailleCanvas canvas, IEnumerable<(double X, double Y)> points, Axis x, Axis y, int every)
    {
        (double X, double Y)? before = null;
        foreach (var point in points)
        {
            if (!double.IsFinite(point.Y) || (y.IsLogarithmic && point.Y <= 0))
            {
                before = null;
                continue;
            }

            var place = (x.At(point.X), y.At(point.Y));
            canvas.Line(before ?? place, place, every);
            before = place;
        }
    }

    private static void AppendHeading(
        StringBuilder text, IReadOnlyList<EpochResult> epochs, TextPlotOptions options, bool isLogarithmic)
    {
        if (!string.IsNullOrEmpty(options.Title))
        {
            text.Append(LabelText.OneLine(options.Title, options.Width)).Append('\n');
        }

        var last = epochs[^1];
        var legend = new StringBuilder();
        var loss = LabelText.OneLine(NumberText.Rounded(last.Loss, options.Precision), options.Width - 8);
        legend.Append(Ansi.Paint("⠒⠒ loss ", 0, options.UseColor)).Append(loss);
        var plain = 8 + loss.Length;
        if (last.ValidationLoss is { } validation)
        {
            Add("   " + Ansi.Paint("⠂⠂ validation ", 1, options.UseColor) + NumberText.Rounded(validation, options.Precision), 17 + NumberText.Rounded(validation, options.Precision).Length);
        }

        if (last.Accuracy is { } accuracy)
        {
            var part = $"   accuracy {NumberText.Rounded(100 * accuracy, 1)}%";
            Add(part, part.Length);
        }

        if (last.IsTargetScaled)
        {
            Add("   scaled target", 16);
        }

        if (isLogarithmic)
        {
            Add("   log scale", 12);
        }

        text.Append(legend).Append('\n');

        void Add(string part, int cells)
        {
            if (plain + cells <= options.Width)
            {
                legend.Append(part);
                plain += cells;
            }
        }
    }

    private static void AppendCell(
        StringBuilder text, BrailleCanvas solid, BrailleCanvas dotted, int row, int column, bool useColor)
    {
        if (solid.IsEmpty(row, column) && dotted.IsEmpty(row, column))
        {
            text.Append(' ');
        }
        else
        {
            text.Append(Ansi.Paint(solid.Both(dotted, row, column).ToString(), solid.IsEmpty(row, column) ? 1 : 0, useColor));
        }
    }
}
