using System.Globalization;
using MicroGrad.Rendering.Text;
using MicroGrad.Rendering.Writers;

namespace MicroGrad.Rendering.Plots;

/// <summary>A confusion matrix: a cell with a count for each pair of classes, in a stronger colour for a larger share of the actual class.</summary>
/// <param name="matrix">The counts.</param>
internal sealed class CellsMark(ConfusionMatrix matrix) : Mark
{
    // Text on the strongest colour has a contrast of at least 4.5, in light and in dark.
    private const double Strongest = 0.5;
    private const double CharacterRoom = 4;
    private const double LineHeight = 15;

    private readonly int _count = matrix.Classes.Count;

    public override void DrawBehind(Chart chart)
    {
        foreach (var (actual, predicted, count, share) in Cells())
        {
            var (left, top) = (chart.X.At(predicted - 0.5), chart.Y.At(actual - 0.5));
            var (right, bottom) = (chart.X.At(predicted + 0.5), chart.Y.At(actual + 0.5));
            chart.Rectangle(
                $"cell f{(actual == predicted ? 0 : 1)}",
                left,
                top,
                right,
                bottom,
                $"{matrix.Classes[actual]} taken for {matrix.Classes[predicted]}: {NumberText.Count(count)} ({Percent(share)} of {matrix.Classes[actual]})",
                Strongest * share);
        }
    }

    public override void Draw(Chart chart)
    {
        var (width, height) = ((chart.Right - chart.Left) / _count, (chart.Bottom - chart.Top) / _count);
        foreach (var (actual, predicted, count, share) in Cells())
        {
            var text = NumberText.Count(count);
            if (count == 0 || (text.Length * SvgText.CharacterWidth) + CharacterRoom > width || LineHeight > height)
            {
                continue;
            }

            // The share is below the count, where there is room for both.
            var hasShare = height > 3 * LineHeight && width > 7 * SvgText.CharacterWidth;
            var (x, y) = (chart.X.At(predicted), chart.Y.At(actual) + 4 - (hasShare ? LineHeight / 2 : 0));
            Append(chart, x, y, text);
            if (hasShare)
            {
                Append(chart, x, y + LineHeight, Percent(share));
            }
        }
    }

    public override void Draw(TextChart chart)
    {
        foreach (var (actual, predicted, count, share) in Cells())
        {
            var (from, to) = ((int)(chart.X.At(predicted - 0.5) / 2), (int)(chart.X.At(predicted + 0.5) / 2));
            var (top, bottom) = ((int)(chart.Y.At(actual - 0.5) / 4), (int)(chart.Y.At(actual + 0.5) / 4));
            var text = count == 0 ? TextChart.GuideDot.ToString() : count.ToString(CultureInfo.InvariantCulture);
            chart.Put(from + Math.Max(0, (to - from - text.Length) / 2), (top + bottom - 1) / 2, text, to - from);
            for (var row = top; row < bottom && count > 0; row++)
            {
                for (var column = from; column < to; column++)
                {
                    chart.Ground(column, row, actual == predicted ? 0 : 1);
                }
            }
        }
    }

    private static void Append(Chart chart, double x, double y, string text) => chart.Text.Append(
        CultureInfo.InvariantCulture,
        $"<text class=\"mid\" x=\"{NumberText.Place(x)}\" y=\"{NumberText.Place(y)}\">{text}</text>\n");

    private static string Percent(double share) => $"{NumberText.Rounded(100 * share, 0)}%";

    private IEnumerable<(int Actual, int Predicted, int Count, double Share)> Cells()
    {
        for (var actual = 0; actual < _count; actual++)
        {
            var total = Enumerable.Range(0, _count).Sum(predicted => matrix.CountAt(actual, predicted));
            for (var predicted = 0; predicted < _count; predicted++)
            {
                var count = matrix.CountAt(actual, predicted);
                yield return (actual, predicted, count, total == 0 ? 0 : (double)count / total);
            }
        }
    }
}
