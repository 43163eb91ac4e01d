namespace MicroGrad.Data;

/// <summary>Collects a column of features row by row. Its cells decide what kind it is, unless a kind was given.</summary>
/// <param name="name">The column's name.</param>
/// <param name="kind">The kind, where it is known.</param>
/// <param name="format">How text is read.</param>
internal sealed class FeatureBuilder(string name, ColumnKind? kind, CellFormat format) : ColumnBuilder(name, format)
{
    private readonly CategoryCodes _categories = new();
    private ColumnKind? _kind = kind;
    private bool _hasOtherNumbers;
    private bool _hasBooleanText;

    /// <summary>The kind that was given; null where the cells decide.</summary>
    public ColumnKind? GivenKind { get; } = kind;

    /// <summary>The kind of the cells so far; null before a cell shows it.</summary>
    public ColumnKind? Kind => _kind;

    /// <summary>The categories so far, in the order of their codes in <see cref="ColumnBuilder.Values"/>.</summary>
    public IReadOnlyList<string> Categories => _categories.Texts;

    public override void AddTexts(DelimitedRows rows, int place)
    {
        if (_kind is ColumnKind.Category or ColumnKind.Date || !Format.HasPlainNumbers)
        {
            base.AddTexts(rows, place);
        }
        else
        {
            AddNumberTexts(rows, place, mayBeAny: _hasOtherNumbers);
        }
    }

    internal override void AddText(ReadOnlySpan<byte> utf8)
    {
        if (_kind is not (ColumnKind.Category or ColumnKind.Date) && Format.TryNumber(utf8, out var number))
        {
            if (_hasOtherNumbers)
            {
                Values.Add(number);
            }
            else
            {
                AddNumber(number);
            }
        }
        else
        {
            base.AddText(utf8);
        }
    }

    internal override void AddText(ReadOnlySpan<char> text)
    {
        switch (_kind)
        {
            case ColumnKind.Category when Format.IsMissingCategory(text):
                AddMissing();
                break;
            case ColumnKind.Category:
                Values.Add(_categories.CodeOf(text));
                break;
            case ColumnKind.Date:
                AddDateText(text);
                break;
            default:
                AddNumberText(text);
                break;
        }
    }

    internal override void AddTyped(CellValue value, object cell)
    {
        _kind ??= value.Kind switch
        {
            CellKind.Date => ColumnKind.Date,
            CellKind.Name => ColumnKind.Category,
            _ => null,
        };
        switch (value.Kind)
        {
            case var _ when _kind == ColumnKind.Category:
                Values.Add(_categories.CodeOf(Cell.Text(cell)));
                break;
            case CellKind.Date when _kind == ColumnKind.Date:
                Values.Add(value.Number);
                break;
            case CellKind.Number:
                AddNumber(value.Number);
                break;
            case CellKind.Boolean when _kind != ColumnKind.Date:
                AddBoolean(value.Number);
                break;
            default:
                AddFault(_kind == ColumnKind.Date ? CellFaultKind.NotADate : CellFaultKind.NotANumber, Cell.Text(cell));
                break;
        }
    }

    internal override void AddNumber(double number)
    {
        if (_kind == ColumnKind.Category)
        {
            Values.Add(_categories.CodeOf(Cell.Text(number)));
            return;
        }

        if (_kind == ColumnKind.Date)
        {
            AddFault(CellFaultKind.NumberForDate, Cell.Text(number));
            return;
        }

        if (!double.IsFinite(number))
        {
            AddFault(CellFaultKind.NotFinite, Cell.Text(number));
            return;
        }

        if (number is not (0 or 1) && !_hasOtherNumbers)
        {
            if (_hasBooleanText && GivenKind is null)
            {
                // 5 is neither True nor False.
                AddFault(CellFaultKind.NotANumber, Cell.Text(number));
                return;
            }

            _hasOtherNumbers = true;
            _kind = GivenKind ?? ColumnKind.Number;
        }

        _kind ??= ColumnKind.Number;
        Values.Add(number);
    }

    private void AddNumberText(ReadOnlySpan<char> text)
    {
        var value = Format.Read(text);
        switch (value.Kind)
        {
            case CellKind.Number:
                AddNumber(value.Number);
                break;
            case CellKind.Missing:
                AddMissing();
                break;
            case CellKind.BooleanText when GivenKind == ColumnKind.Boolean || (GivenKind is null && !_hasOtherNumbers):
                (_kind, _hasBooleanText) = (ColumnKind.Boolean, true);
                Values.Add(value.Number);
                break;
            default:
                AddFault(CellFaultKind.NotANumber, text);
                break;
        }
    }

    private void AddDateText(ReadOnlySpan<char> text)
    {
        // A given mark, such as 1900-01-01, can look like a date.
        if (Format.IsMark(text))
        {
            AddMissing();
        }
        else if (Format.TryDate(text, out var date))
        {
            Values.Add(date);
        }
        else
        {
            AddFault(Format.TryNumber(text, out _) ? CellFaultKind.NumberForDate : CellFaultKind.NotADate, text);
        }
    }

    private void AddBoolean(double number)
    {
        _kind = GivenKind ?? (_hasOtherNumbers ? ColumnKind.Number : ColumnKind.Boolean);
        Values.Add(number);
    }
}
