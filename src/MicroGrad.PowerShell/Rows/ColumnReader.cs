using MicroGrad.Data;

namespace MicroGrad.PowerShell.Rows;

/// <summary>Reads one column of rows as text, whatever their shapes.</summary>
internal sealed class ColumnReader(string column)
{
    private readonly object?[] _cell = new object?[1];
    private RowLayout? _layout;
    private int[] _place = [];

    /// <summary>What each row has in the column.</summary>
    /// <exception cref="GradException">As of <see cref="Read"/>.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public string[] ReadAll(IReadOnlyList<object> rows, CancellationToken stopping)
    {
        var texts = new string[rows.Count];
        for (var i = 0; i < texts.Length; i++)
        {
            stopping.ThrowIfCancellationRequested();
            texts[i] = Read(rows[i], i + 1);
        }

        return texts;
    }

    /// <summary>The row's cell in the column; empty text where there is none.</summary>
    /// <param name="row">The row.</param>
    /// <param name="number">Its number in messages.</param>
    /// <exception cref="GradException">The row has no such column, or does not give its cell (ids <c>MissingFeature</c>, <c>InvalidRow</c>).</exception>
    public string Read(object row, long number)
    {
        if (_layout?.TryRead(row, number, _place, _cell) != true)
        {
            _layout = RowLayout.Of(row);
            _place = [_layout.PlaceOf(column)];
            if (_place[0] < 0)
            {
                throw new GradException(
                    "MissingFeature", $"Row {number} has no column '{column}'; it has {MessageText.Shorten(_layout.Columns)}.{Spelling.DidYouMean(column, _layout.Columns)}");
            }

            _layout.TryRead(row, number, _place, _cell);
        }

        return Cell.IsMissing(_cell[0]) ? string.Empty : Cell.Text(_cell[0]!);
    }
}
