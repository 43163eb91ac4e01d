using System.Globalization;
using MicroGrad.Rendering.Text;
using MicroGrad.Rendering.Writers;

namespace MicroGrad.Rendering.Plots;

/// <summary>A count in a cell of two axes of names.</summary>
/// <param name="Column">Its place across.</param>
/// <param name="Row">Its place down.</param>
/// <param name="Count">How many rows, or their weight.</param>
/// <param name="Share">Its share of the row, from 0 to 1.</param>
/// <param name="IsRight">Whether it counts what was decided right.</param>
/// <param name="Tooltip">Its tooltip.</param>
internal sealed record Cell(int Column, int Row, double Count, double Share, bool IsRight, string Tooltip);

/// <summary>Cells with counts, in a stronger colour for a larger share.</summary>
/// <param name="columns">How many names stand across.</param>
/// <param name="rows">How many stand down.</param>
/// <param name="cells">The cells.</param>
internal sealed class CellsMark(int columns, int rows, IReadOnlyList<Cell> cells) : Mark
{
    // Text on the strongest colour has a contrast of at least 4.5, in light and in dark.
    private const double Strongest = 0.5;
    private const double CharacterRoom = 4;
    private const double LineHeight = 15;

    public static string Percent(double share) => $"{NumberText.Rounded(100 * share, 0)}%";

    /// <summary>A number of rows, or their weight.</summary>
    public static string TextOf(double count) => count == (int)count ? NumberText.Count((int)count) : NumberText.Rounded(count, 2);

    public override void DrawBehind(Chart chart)
    {
        foreach (var cell in cells)
        {
            var (left, top) = (chart.X.At(cell.Column - 0.5), chart.Y.At(cell.Row - 0.5));
            var (right, bottom) = (chart.X.At(cell.Column + 0.5), chart.Y.At(cell.Row + 0.5));
            chart.Rectangle($"cell f{(cell.IsRight ? 0 : 1)}", left, top, right, bottom, cell.Tooltip, Strongest * cell.Share);
        }
    }

    public override void Draw(Chart chart)
    {
        var (width, height) = ((chart.Right - chart.Left) / columns, (chart.Bottom - chart.Top) / rows);
        foreach (var cell in cells)
        {
            var text = TextOf(cell.Count);
            if (cell.Count == 0 || (text.Length * SvgText.CharacterWidth) + CharacterRoom > width || LineHeight > height)
            {
                continue;
            }

            // The share is below the count, where there is room for both.
            var hasShare = height > 3 * LineHeight && width > 7 * SvgText.CharacterWidth;
            var (x, y) = (chart.X.At(cell.Column), chart.Y.At(cell.Row) + 4 - (hasShare ? LineHeight / 2 : 0));
            Append(chart, x, y, text);
            if (hasShare)
            {
                Append(chart, x, y + LineHeight, Percent(cell.Share));
            }
        }
    }

    public override void Draw(TextChart chart)
    {
        foreach (var cell in cells)
        {
            var (from, to) = ((int)(chart.X.At(cell.Column - 0.5) / 2), (int)(chart.X.At(cell.Column + 0.5) / 2));
            var (top, bottom) = ((int)(chart.Y.At(cell.Row - 0.5) / 4), (int)(chart.Y.At(cell.Row + 0.5) / 4));
            var text = cell.Count == 0 ? TextChart.GuideDot.ToString() : TextOf(cell.Count);
            chart.Put(from + Math.Max(0, (to - from - text.Length) / 2), (top + bottom - 1) / 2, text, to - from);
            for (var row = top; row < bottom && cell.Count > 0; row++)
            {
                for (var column = from; column < to; column++)
                {
                    chart.Ground(column, row, cell.IsRight ? 0 : 1);
                }
            }
        }
    }

    private static void Append(Chart chart, double x, double y, string text) => chart.Text.Append(
        CultureInfo.InvariantCulture,
        $"<text class=\"mid\" x=\"{NumberText.Place(x)}\" y=\"{NumberText.Place(y)}\">{text}</text>\n");
}
