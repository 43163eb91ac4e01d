using System.Text;

namespace MicroGrad.Rendering;

/// <summary>Predictions over targets in braille, and behind them the diagonal on which both are equal.</summary>
internal static class TextScatterPlot
{
    // Another kind of dot than braille has, so that the line is not taken for points.
    private const char Diagonal = '·';

    /// <summary>Up to so many points are drawn as squares of four dots; more of them as dots.</summary>
    private const int MostSquares = 300;

    public static string Write(IReadOnlyList<double> targets, IReadOnlyList<double> predictions, TextPlotOptions options)
    {
        // One range for both, so that the diagonal goes from corner to corner.
        var range = Axis.Over(targets.Concat(predictions), 0, 1);
        var frame = new TextFrame(range, range, "target", "prediction", options);
        var points = new BrailleCanvas(frame.Columns, options.Height);
        var (x, y) = (range with { End = points.DotsAcross - 1 }, range with { Start = points.DotsDown - 1, End = 0 });
        var size = targets.Count > MostSquares ? 1 : 2;
        for (var i = 0; i < targets.Count; i++)
        {
            if (double.IsFinite(targets[i]) && double.IsFinite(predictions[i]))
            {
                var (column, row) = ((int)Math.Round(x.At(targets[i])), (int)Math.Round(y.At(predictions[i])));
                for (var dot = 0; dot < size * size; dot++)
                {
                    points.Set(column + (dot % size), row - (dot / size));
                }
            }
        }

        var text = new StringBuilder();
        if (!string.IsNullOrEmpty(options.Title))
        {
            text.Append(LabelText.OneLine(options.Title, options.Width)).Append('\n');
        }

        AppendLegend(text, ScatterChart.Points(targets, predictions), options);
        frame.Append(text, row =>
        {
            for (var column = 0; column < frame.Columns; column++)
            {
                text.Append(
                    !points.IsEmpty(row, column) ? Ansi.Paint(points.At(row, column).ToString(), 0, options.UseColor)
                    : row == DiagonalRow(column, frame.Columns, options.Height) ? Ansi.Paint($"{Diagonal}", 1, options.UseColor)
                    : " ");
            }
        });
        return text.ToString();
    }

    /// <summary>The row in which the diagonal crosses the middle of a column.</summary>
    private static int DiagonalRow(int column, int columns, int height) =>
        height - 1 - (int)((column + 0.5) / columns * height);

    private static void AppendLegend(StringBuilder text, string points, TextPlotOptions options)
    {
        var line = $"   {Diagonal}{Diagonal} prediction = target";
        text.Append(Ansi.Paint("⠶", 0, options.UseColor)).Append(' ').Append(points);
        if (2 + points.Length + line.Length <= options.Width)
        {
            text.Append(Ansi.Paint(line, 1, options.UseColor));
        }

        text.Append('\n');
    }
}
