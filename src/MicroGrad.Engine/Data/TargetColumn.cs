namespace MicroGrad.Data;

/// <summary>
/// A target as it comes in, row by row: numbers as long as every cell reads as one, text for all rows from the first
/// cell that does not.
/// </summary>
internal sealed class TargetColumn(string name)
{
    private readonly List<double> _numbers = [];
    private readonly List<string?> _spellings = [];
    private readonly CategoryCodes _texts = new();
    private List<int>? _rowCodes;

    public string Name { get; } = name;

    /// <summary>Whether a cell so far was no number.</summary>
    public bool IsText => _rowCodes is not null;

    /// <summary>Takes the next row's cell, which is not missing.</summary>
    /// <exception cref="GradException">It is an infinity or NaN (id <c>NotFinite</c>).</exception>
    public void Add(object? cell, long row)
    {
        if (!IsText && Cell.TryNumber(cell, out _))
        {
            // + 0.0 makes 0 of -0: they are one number and have to be one class.
            var number = Cell.RequireNumber(cell, row, Name) + 0.0;
            _numbers.Add(number);

            // A number's own spelling matters only if the column turns out to be text. Where it is the usual one it is not
            // kept: strings that live on cost the garbage collector about as much as reading the rows.
            _spellings.Add(cell is string text && !Cell.IsText(text, number) ? text : null);
            return;
        }

        _rowCodes ??= [.. Enumerable.Range(0, _numbers.Count).Select(i => _texts.CodeOf(SpellingAt(i)))];
        _rowCodes.Add(_texts.CodeOf(Cell.Text(cell!)));
    }

    /// <summary>Rows taken.</summary>
    public int Count => _rowCodes?.Count ?? _numbers.Count;

    public double NumberAt(int row) => _numbers[row];

    /// <summary>The row's class in words; numbers in their shortest form.</summary>
    public string TextAt(int row) => _rowCodes is null ? Cell.Text(_numbers[row]) : _texts.Texts[_rowCodes[row]];

    /// <summary>The row's class as its cell wrote it, for classes that are text: 01 and 1 are two of them.</summary>
    public string SpellingAt(int row) => _rowCodes is null ? _spellings[row] ?? Cell.Text(_numbers[row]) : TextAt(row);

    /// <summary>The distinct values as classes: text in order of first appearance, numbers from the smallest on.</summary>
    public IReadOnlyList<string> Classes() =>
        IsText ? _texts.Texts : [.. _numbers.Distinct().Order().Select(Cell.Text)];
}
