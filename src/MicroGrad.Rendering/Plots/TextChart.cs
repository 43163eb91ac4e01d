using System.Text;
using MicroGrad.Rendering.Text;

namespace MicroGrad.Rendering.Plots;

/// <summary>
/// Draws a figure as text: a frame of lines around cells, which hold braille dots, or letters on the background of a class. What
/// is in front is drawn first, and the rest takes the free cells.
/// </summary>
internal sealed class TextChart
{
    public const char GuideDot = '·';
    public const int GuideSeries = 9;

    private const int MostNameCells = 16;
    private const int LeastPanelHeight = 8;

    private readonly TextPlotOptions _options;
    private readonly List<(int Series, BrailleCanvas Canvas)> _layers = [];
    private readonly (char Character, int? Ink)?[,] _characters;
    private readonly int?[,] _grounds;
    private readonly Figure _figure;
    private readonly string[] _labels;
    private readonly bool[] _hasMark;
    private readonly int _left;

    private TextChart(Figure figure, TextPlotOptions options)
    {
        // Each name has a line of its own.
        (_figure, _options, Rows) = (figure, options, Math.Max(options.Height, figure.Y.Names?.Count ?? 0));
        Y = figure.Y.Names is null
            ? figure.Y with { Start = (Rows * 4) - 1, End = 0 }
            : figure.Y with { Start = 0, End = Rows * 4 };
        (_labels, _hasMark) = (new string[Rows], new bool[Rows]);
        LabelRows(MostNumberCharacters(options));
        _left = Math.Max(_labels.Max(label => LabelText.Cells(label ?? string.Empty)), Math.Min(MostNameCells, LabelText.Cells(figure.YName)));
        if (Array.TrueForAll(_labels, label => label != figure.YName)
            && Enumerable.Range(0, Rows).Where(row => _labels[row] is null).OrderBy(row => Math.Abs(row - (Rows / 2))).Take(1).ToArray() is [var free])
        {
            _labels[free] = LabelText.OneLine(figure.YName, _left);
        }

        Columns = options.Width - _left - 3;
        X = figure.X with { Start = 0, End = (Columns * 2) - (figure.X.Names is null ? 1 : 0) };
        _characters = new (char, int?)?[Rows, Columns];
        _grounds = new int?[Rows, Columns];
    }

    public int Columns { get; }

    public int Rows { get; }

    /// <summary>The range across, in dots: two to a column.</summary>
    public Axis X { get; }

    /// <summary>The range up, in dots: four to a row. Names are listed from the top down.</summary>
    public Axis Y { get; }

    public bool UseColor => _options.UseColor;

    /// <summary>Draws a figure.</summary>
    /// <returns>Lines that end in a line feed, none longer than the width.</returns>
    public static string Write(Figure figure, TextPlotOptions options)
    {
        var text = new StringBuilder();
        if (!string.IsNullOrEmpty(options.Title))
        {
            text.Append(LabelText.OneLine(options.Title, options.Width)).Append('\n');
        }

        TextLegend.Append(text, [.. figure.Legend], options);
        var panels = figure.Panels.Count == 0 ? [figure] : figure.Panels;
        var height = panels.Count == 1 ? options.Height : Math.Max(LeastPanelHeight, options.Height / panels.Count);
        foreach (var panel in panels)
        {
            new TextChart(panel, options with { Height = height }).Append(text);
        }

        return text.ToString();
    }

    private void Append(StringBuilder text)
    {
        foreach (var mark in _figure.Marks.Reverse())
        {
            mark.Draw(this);
        }

        AppendFrame(text);
    }

    /// <summary>A layer of dots in the colour of a series.</summary>
    public BrailleCanvas Layer(int series)
    {
        var canvas = new BrailleCanvas(Columns, Rows);
        _layers.Add((series, canvas));
        return canvas;
    }

    /// <summary>Puts a character into a cell, unless there is one.</summary>
    public void Put(int column, int row, char character, int? series)
    {
        if (column >= 0 && column < Columns && row >= 0 && row < Rows)
        {
            _characters[row, column] ??= (character, series);
        }
    }

    /// <summary>Puts a text into a row, cut to the cells that it may take.</summary>
    public void Put(int column, int row, string text, int cells)
    {
        foreach (var (i, character) in LabelText.OneLine(text, cells).Index())
        {
            Put(column + i, row, character, null);
        }
    }

    /// <summary>Gives a cell the background of a series; there is none without colour.</summary>
    public void Ground(int column, int row, int series) => _grounds[row, column] ??= series;

    /// <summary>The most characters of a number: two numbers with a space between them fit into a line.</summary>
    private static int MostNumberCharacters(TextPlotOptions options) => (options.Width - 1) / 2;

    /// <summary>Marks of the vertical axis: names, round numbers of losses and logarithmic axes, else the ends of the range.</summary>
    private void LabelRows(int most)
    {
        if (Y.Names is not null)
        {
            for (var i = 0; i < Y.Names.Count; i++)
            {
                _labels[Math.Min(Rows - 1, (int)(Y.At(i) / 4))] = LabelText.OneLine(Y.Names[i], _options.Width / 3);
            }
        }
        else if (_figure.HasGrid && !_figure.IsSquare)
        {
            foreach (var mark in Y.Marks(Math.Max(3, Rows / 4)))
            {
                var row = (int)Math.Round(Y.At(mark)) / 4;
                (_labels[row], _hasMark[row]) = (Y.Text(mark, most), true);
            }
        }
        else
        {
            (_labels[0], _labels[Rows - 1]) = (Y.Text(Y.Max, most), Y.Text(Y.Min, most));
        }
    }

    private void AppendFrame(StringBuilder text)
    {
        text.Append(' ', _left + 1).Append('┌').Append('─', Columns).Append("┐\n");
        for (var row = 0; row < Rows; row++)
        {
            var label = _labels[row] ?? string.Empty;
            text.Append(' ', _left - LabelText.Cells(label)).Append(label).Append(_hasMark[row] ? " ┤" : " │");
            for (var column = 0; column < Columns; column++)
            {
                AppendCell(text, row, column);
            }

            text.Append("│\n");
        }

        text.Append(' ', _left + 1).Append('└').Append('─', Columns).Append("┘\n");
        if (X.Names is null)
        {
            AppendEnds(text);
        }
        else
        {
            AppendNames(text, X.Names);
        }
    }

    /// <summary>The dots of all layers in one cell, in the colour of the first layer that has some; else its character and background.</summary>
    private void AppendCell(StringBuilder text, int row, int column)
    {
        var shown = _layers.Where(layer => !layer.Canvas.IsEmpty(row, column)).ToArray();
        var (character, ink) = shown.Length > 0
            ? (BrailleCanvas.Join(shown.Select(layer => layer.Canvas), row, column), shown[0].Series)
            : _characters[row, column] ?? (' ', null);
        if (UseColor && _grounds[row, column] is { } ground)
        {
            text.Append(Ansi.PaintOn(character.ToString(), ink, ground));
        }
        else
        {
            text.Append(ink is { } series && character != ' ' ? Ansi.Paint(character.ToString(), series, UseColor) : character.ToString());
        }
    }

    /// <summary>The line below the frame: the ends of the range, and between them its name where there is room.</summary>
    private void AppendEnds(StringBuilder text)
    {
        var (left, most) = (_left + 2, MostNumberCharacters(_options));
        var (min, max) = (X.Text(X.Min, most), X.Text(X.Max, most));
        if (X.IsWhole && X.Max - X.Min <= 1 && X.Min != Math.Floor(X.Min))
        {
            // A single epoch is in the middle of its range.
            text.Append(' ', left).Append(X.Text(Math.Ceiling(X.Min), most)).Append('\n');
            return;
        }

        var room = Columns - min.Length - max.Length;
        var middle = room - 2 >= Math.Min(4, LabelText.Cells(_figure.XName)) ? LabelText.OneLine(_figure.XName, room - 2) : string.Empty;
        var space = Math.Max(1, room - LabelText.Cells(middle));

        // Numbers that are too long for the columns begin further left.
        text.Append(' ', left + Math.Min(0, room - 1)).Append(min).Append(' ', space / 2).Append(middle);
        text.Append(' ', space - (space / 2)).Append(max).Append('\n');
    }

    /// <summary>Names below their columns where there is room, and the name of the axis.</summary>
    private void AppendNames(StringBuilder text, IReadOnlyList<string> names)
    {
        var line = new StringBuilder().Append(' ', _left + 2);
        for (var i = 0; i < names.Count; i++)
        {
            var (from, to) = (Columns * i / names.Count, Columns * (i + 1) / names.Count);
            var name = LabelText.OneLine(names[i], Math.Max(1, to - from - 1));
            var space = Math.Max(0, to - from - LabelText.Cells(name));
            line.Append(' ', space / 2).Append(name).Append(' ', space - (space / 2));
        }

        text.Append(line.ToString().TrimEnd()).Append('\n');
        text.Append(' ', _left + 2 + Math.Max(0, (Columns - LabelText.Cells(_figure.XName)) / 2));
        text.Append(LabelText.OneLine(_figure.XName, Columns)).Append('\n');
    }
}
