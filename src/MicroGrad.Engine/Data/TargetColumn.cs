namespace MicroGrad.Data;

/// <summary>
/// A target as it comes in, row by row: numbers as long as every cell reads as one, text for all rows from the first
/// cell that does not.
/// </summary>
internal sealed class TargetColumn(string name)
{
    private readonly List<double> _numbers = [];
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];
    private List<int>? _rowCodes;

    public string Name { get; } = name;

    /// <summary>Whether a cell so far was no number.</summary>
    public bool IsText => _rowCodes is not null;

    public int Count => _rowCodes?.Count ?? _numbers.Count;

    /// <summary>Takes the next row's cell.</summary>
    /// <exception cref="GradException">There is nothing in it, or an infinity or NaN (ids <c>MissingValue</c>, <c>NotFinite</c>).</exception>
    public void Add(object? cell, long row)
    {
        if (!IsText && Cell.TryNumber(cell, out _))
        {
            _numbers.Add(Cell.RequireNumber(cell, row, Name));
            return;
        }

        if (Cell.IsMissing(cell))
        {
            _ = Cell.RequireNumber(cell, row, Name);
        }

        if (_rowCodes is null)
        {
            _rowCodes = [.. _numbers.Select(number => Code(Cell.Text(number)))];
        }

        _rowCodes.Add(Code(Cell.Text(cell!)));
    }

    public double NumberAt(int row) => _numbers[row];

    /// <summary>The row's class in words; numbers in their shortest form.</summary>
    public string TextAt(int row) => _rowCodes is null ? Cell.Text(_numbers[row]) : _texts[_rowCodes[row]];

    /// <summary>The distinct values as classes: text in order of first appearance, numbers from the smallest on.</summary>
    public IReadOnlyList<string> Classes() =>
        IsText ? _texts : [.. _numbers.Distinct().Order().Select(Cell.Text)];

    private int Code(string text)
    {
        if (!_codes.TryGetValue(text, out var code))
        {
            code = _texts.Count;
            _codes.Add(text, code);
            _texts.Add(text);
        }

        return code;
    }
}
