using System.Text;

namespace MicroGrad.Rendering;

/// <summary>A frame of lines around rows of characters, with the ends of both ranges and their names.</summary>
internal sealed class TextFrame
{
    private const int MostNameCells = 10;

    private readonly (string Min, string Max) _x;
    private readonly (string Min, string Max) _y;
    private readonly string _xName;
    private readonly string _yName;
    private readonly int _height;
    private readonly int _left;

    public TextFrame(Axis x, Axis y, string xName, string yName, TextPlotOptions options)
    {
        var most = MostNumberCharacters(options);
        (_x, _y) = ((x.Text(x.Min, most), x.Text(x.Max, most)), (y.Text(y.Min, most), y.Text(y.Max, most)));
        (_xName, _yName, _height) = (xName, yName, options.Height);
        _left = Math.Max(Math.Max(_y.Min.Length, _y.Max.Length), Math.Min(MostNameCells, LabelText.Cells(yName)));
        Columns = options.Width - _left - 3;
    }

    /// <summary>The characters in a row.</summary>
    public int Columns { get; }

    /// <summary>The characters that a number may take: two of them, with a space between, find a place in a line.</summary>
    public static int MostNumberCharacters(TextPlotOptions options) => (options.Width - 1) / 2;

    /// <summary>Writes the line below a plot: the ends of the range, and between them its name as far as there is room.</summary>
    /// <param name="text">Where to.</param>
    /// <param name="left">The characters before the columns.</param>
    /// <param name="columns">The columns. Ends that are longer begin further left.</param>
    /// <param name="ends">The ends of the range.</param>
    /// <param name="name">The name.</param>
    public static void AppendEnds(StringBuilder text, int left, int columns, (string Min, string Max) ends, string name)
    {
        var room = columns - ends.Min.Length - ends.Max.Length;
        var middle = room - 2 >= Math.Min(4, LabelText.Cells(name)) ? LabelText.OneLine(name, room - 2) : string.Empty;
        var space = Math.Max(1, room - LabelText.Cells(middle));
        text.Append(' ', left + Math.Min(0, room - 1)).Append(ends.Min).Append(' ', space / 2).Append(middle);
        text.Append(' ', space - (space / 2)).Append(ends.Max).Append('\n');
    }

    /// <summary>Writes the frame and what is in it.</summary>
    /// <param name="text">Where to.</param>
    /// <param name="appendRow">Writes the characters of a row, which is counted from the top.</param>
    public void Append(StringBuilder text, Action<int> appendRow)
    {
        text.Append(' ', _left + 1).Append('┌').Append('─', Columns).Append("┐\n");
        for (var row = 0; row < _height; row++)
        {
            var name = LabelText.OneLine(
                row == 0 ? _y.Max : row == _height - 1 ? _y.Min : row == _height / 2 ? _yName : string.Empty, _left);
            text.Append(' ', _left - LabelText.Cells(name)).Append(name).Append(" │");
            appendRow(row);
            text.Append("│\n");
        }

        text.Append(' ', _left + 1).Append('└').Append('─', Columns).Append("┘\n");
        AppendEnds(text, _left + 2, Columns, _x, _xName);
    }
}
