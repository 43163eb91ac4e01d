using System.Runtime.CompilerServices;

namespace MicroGrad.Data;

/// <summary>
/// Collects a column to predict, row by row. Only the whole column shows whether it holds numbers or classes, so both are
/// kept: the number of each cell, and the spelling of text.
/// </summary>
internal sealed class TargetBuilder(string name, CellFormat format) : ColumnBuilder(name, format)
{
    // With more distinct spellings of numbers than this, they are no classes.
    private const int MaximumNumberSpellings = 1 << 16;

    private readonly CategoryCodes _texts = new();
    private readonly List<CellValue> _meanings = [];
    private List<int>? _codes = [];
    private int _booleans;
    private int _textCells;
    private int _words;
    private int _booleanWords;
    private int _marks;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AddTexts(DelimitedRows rows, int place)
    {
        if (_codes is null && Format.HasPlainNumbers)
        {
            AddNumberTexts(rows, place, mayBeAny: true);
            return;
        }

        for (var row = 0; row < rows.Count; row++)
        {
            if (_codes is not null && place < rows.CellCount(row) && _texts.TryRecent(rows[row, place], out var code))
            {
                AddCoded(code);
            }
            else
            {
                AddText(rows, row, place);
            }
        }
    }

    internal override void AddText(ReadOnlySpan<byte> utf8)
    {
        if (_codes is null && Format.TryNumber(utf8, out var number))
        {
            Values.Add(number);
        }
        else
        {
            base.AddText(utf8);
            if (_codes is [.., >= 0 and var added])
            {
                _texts.Note(utf8, added);
            }
        }
    }

    internal override void AddText(ReadOnlySpan<char> text)
    {
        if (Format.IsMissingCategory(text))
        {
            AddMissing();
            return;
        }

        if (_codes is null)
        {
            AddNumberText(text);
            return;
        }

        var code = _texts.CodeOf(text);
        if (code == _meanings.Count)
        {
            _meanings.Add(Format.Read(text));
        }

        AddCoded(code);
    }

    public override void AddMissing()
    {
        base.AddMissing();
        AddCode(TargetColumn.NoText);
    }

    /// <summary>The column's numbers or classes, once all rows are there.</summary>
    /// <param name="areClasses">Whether it is one of classes; null where the cells decide.</param>
    /// <param name="outputCount">How many outputs the model has; null where that is open.</param>
    public TargetColumn Finish(bool? areClasses, int? outputCount)
    {
        var codes = _codes ?? [.. Enumerable.Repeat(TargetColumn.NoText, Count)];
        var present = Count - MissingCount;
        var kind = _booleans > 0 && _booleans == present ? ClassKind.Boolean : _textCells == 0 ? ClassKind.Number : ClassKind.Text;
        var column = new TargetColumn(Name, Values, codes, _texts.Texts, kind)
        {
            IsBoolean = _booleans + _booleanWords > 0 && _booleans + _booleanWords == present - _marks,
        };
        column.AreClasses = areClasses ?? HoldsClasses(column, present, outputCount);
        if (!column.AreClasses)
        {
            BlameWords(codes);
        }

        return column;
    }

    internal override void Reserve(int count)
    {
        base.Reserve(count);
        if (_codes is not null)
        {
            _codes.Capacity = count;
        }
    }

    internal override void AddTyped(CellValue value, object cell)
    {
        if (value.Kind is not (CellKind.Number or CellKind.Boolean))
        {
            AddText(Cell.Text(cell));
            return;
        }

        AddNumber(value.Number);
        _booleans += value.Kind == CellKind.Boolean ? 1 : 0;
    }

    internal override void AddNumber(double number)
    {
        // Adding 0.0 turns -0 into 0, as both are one class.
        Values.Add(number + 0.0);
        AddCode(TargetColumn.NoText);
    }

    internal override void AddFault(CellFaultKind kind, ReadOnlySpan<char> text)
    {
        base.AddFault(kind, text);
        AddCode(TargetColumn.NoText);
    }

    /// <summary>Takes text where there are too many distinct numbers for classes.</summary>
    private void AddNumberText(ReadOnlySpan<char> text)
    {
        var value = Format.Read(text);
        switch (value.Kind)
        {
            case CellKind.Number:
                Values.Add(value.Number);
                break;
            case CellKind.Missing:
                AddMissing();
                break;
            default:
                AddFault(CellFaultKind.NotANumber, text);
                break;
        }
    }

    /// <summary>Takes text by its code.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddCoded(int code)
    {
        _textCells++;
        var meaning = _meanings[code];
        Values.Add(meaning.Number);
        AddCode(code);
        if (meaning.Kind != CellKind.Number)
        {
            _words++;
            _booleanWords += meaning.Kind == CellKind.BooleanText ? 1 : 0;
            _marks += meaning.Kind == CellKind.Missing ? 1 : 0;
        }
        else if (_words == 0 && code >= MaximumNumberSpellings)
        {
            _codes = null;
        }
    }

    private void AddCode(int code) => _codes?.Add(code);

    /// <summary>A few words among many numbers are mistakes, unless the model has an output for each distinct cell.</summary>
    private bool HoldsClasses(TargetColumn column, int present, int? outputCount)
    {
        var words = _words - _marks;
        return column.ClassKind == ClassKind.Boolean
            || (words > 0 && !AreNumbersInOtherNotations()
                && (10 * words > present || (outputCount > 1 && column.Classes().Count == outputCount)));
    }

    /// <summary>Whether all words are numbers in other notations: mistakes, and no classes.</summary>
    private bool AreNumbersInOtherNotations() => _meanings.Index()
        .Where(meaning => meaning.Item.Kind is CellKind.Text or CellKind.BooleanText)
        .All(meaning => NumberNotation.Of(_texts.Texts[meaning.Index], Format) is { } notation
            && (notation.Kind != NumberNotationKind.Unit || notation.HasSign));

    /// <summary>Where numbers are expected, words are faults, and marks of missing values are missing.</summary>
    private void BlameWords(List<int> codes)
    {
        MissingCount += _marks;
        var areBooleans = _booleanWords == _words - _marks;
        for (var row = 0; row < codes.Count && (_words > _marks || !areBooleans); row++)
        {
            if (codes[row] is >= 0 and var code && _meanings[code].Kind is var kind
                && (kind == CellKind.Text || (kind == CellKind.BooleanText && !areBooleans)))
            {
                Blame(CellFaultKind.NotANumber, _texts.Texts[code], row);
                Values[row] = double.NaN;
            }
        }

        for (var row = 0; row < Count; row++)
        {
            if (double.IsInfinity(Values[row]))
            {
                Blame(CellFaultKind.NotFinite, Cell.Text(Values[row]), row);
            }
        }
    }
}
