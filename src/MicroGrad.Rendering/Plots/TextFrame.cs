using System.Text;

namespace MicroGrad.Rendering;

/// <summary>A frame of lines around rows of characters, with the ends of both ranges and their names.</summary>
internal sealed class TextFrame
{
    private const int MostNameCells = 10;

    private readonly Axis _x;
    private readonly Axis _y;
    private readonly string _xName;
    private readonly string _yName;
    private readonly int _height;
    private readonly int _left;

    public TextFrame(Axis x, Axis y, string xName, string yName, TextPlotOptions options)
    {
        (_x, _y, _xName, _yName, _height) = (x, y, xName, yName, options.Height);
        _left = new[] { End(y, y.Max), End(y, y.Min), yName }.Max(text => Math.Min(MostNameCells, LabelText.Cells(text)));
        Columns = options.Width - _left - 3;
    }

    /// <summary>The characters in a row.</summary>
    public int Columns { get; }

    /// <summary>Writes the frame and what is in it.</summary>
    /// <param name="text">Where to.</param>
    /// <param name="appendRow">Writes the characters of a row, which is counted from the top.</param>
    public void Append(StringBuilder text, Action<int> appendRow)
    {
        text.Append(' ', _left + 1).Append('┌').Append('─', Columns).Append("┐\n");
        for (var row = 0; row < _height; row++)
        {
            var name = LabelText.OneLine(
                row == 0 ? End(_y, _y.Max) : row == _height - 1 ? End(_y, _y.Min) : row == _height / 2 ? _yName : string.Empty, _left);
            text.Append(' ', _left - LabelText.Cells(name)).Append(name).Append(" │");
            appendRow(row);
            text.Append("│\n");
        }

        text.Append(' ', _left + 1).Append('└').Append('─', Columns).Append("┘\n");
        var (min, max) = (End(_x, _x.Min), End(_x, _x.Max));
        var middle = LabelText.OneLine(_xName, Math.Max(4, Columns - min.Length - max.Length - 2));
        var space = Columns - min.Length - max.Length - LabelText.Cells(middle);
        text.Append(' ', _left + 2).Append(min).Append(' ', Math.Max(1, space / 2)).Append(middle);
        text.Append(' ', Math.Max(1, space - (space / 2))).Append(max).Append('\n');
    }

    /// <summary>The end of a range for reading: to a hundredth of the range.</summary>
    private static string End(Axis axis, double value) =>
        Axis.Text(Math.Round(value, Math.Clamp(2 - (int)Math.Floor(Math.Log10(axis.Max - axis.Min)), 0, 6)));
}
