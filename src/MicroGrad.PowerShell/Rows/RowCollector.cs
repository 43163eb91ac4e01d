using System.Data;
using MicroGrad.Data;
using MicroGrad.PowerShell.Errors;
using MicroGrad.PowerShell.Host;
using MicroGrad.Training;

namespace MicroGrad.PowerShell.Rows;

/// <summary>
/// Takes rows from the pipeline, from arguments or from a file into a table. A row that can't be read is reported with its
/// number and left out; an error of all rows ends the command.
/// </summary>
internal sealed class RowCollector
{
    private const int MaximumFaultyRows = 20;

    // Rows of a file that are read together, then taken column by column: cells of one kind are read faster in a row.
    private const int RowsTogether = 64;

    private readonly CancellableCommand _cmdlet;
    private readonly ColumnSelection _selection;
    private readonly TableBuilder _table;
    private readonly Dictionary<string, ColumnBuilder> _columns = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Opening> _openings = [];

    // The first rows with a wrong cell, which errors have as targets.
    private readonly Dictionary<int, object> _faultyRows = [];

    // One delegate for all rows.
    private readonly Action _addRow;
    private object? _row;
    private long _rowNumber;
    private bool _hasRows;

    /// <param name="cmdlet">The cmdlet that takes the rows.</param>
    /// <param name="selection">Which columns are read.</param>
    /// <param name="format">How text is read.</param>
    public RowCollector(CancellableCommand cmdlet, ColumnSelection selection, CellFormat format)
    {
        (_cmdlet, _selection, _table) = (cmdlet, selection, new TableBuilder(format));
        _addRow = AddRow;
    }

    /// <summary>Whether the rows themselves are kept.</summary>
    public bool KeepsRows { get; init; }

    /// <summary>The rows themselves, as objects, in the order in which the table took them.</summary>
    public List<object> KeptRows { get; } = [];

    /// <summary>Takes an argument: a row, or a list of rows.</summary>
    public void Add(object? argument)
    {
        if (argument is null)
        {
            _rowNumber++;
            return;
        }

        foreach (var row in RowSource.RowsOf(argument))
        {
            if (row is string text)
            {
                _cmdlet.Throw(RowSource.TextAsRow(text), text);
            }

            _rowNumber++;
            (_row, _hasRows) = (row, true);
            _cmdlet.OrReport(_addRow, row);
        }
    }

    /// <summary>Takes all rows of a file of delimited text.</summary>
    public void AddFile(string path, char delimiter)
    {
        using var file = new DelimitedFile(path, delimiter, _cmdlet.StopToken);
        AddRows(file);
    }

    /// <summary>The table of all rows that can be used. Rows that can't are reported.</summary>
    /// <exception cref="GradException">
    /// No row came, columns that are named are in no row, or nothing can be learnt from one (ids <c>EmptyData</c>,
    /// <c>FeatureNotFound</c>, <c>TargetNotFound</c>, <c>WrongDelimiter</c>, and those of <see cref="TableBuilder.Build"/>).
    /// </exception>
    public SampleTable Build(TableRules rules)
    {
        if (!_hasRows || _openings.Count == 0)
        {
            throw new GradException("EmptyData", !_hasRows ? "No rows came in; give at least one." : "There is no usable row; give at least one.");
        }

        if (_openings.TrueForAll(opening => opening.Layout is not ListLayout))
        {
            string[] columns = [.. _openings.SelectMany(opening => opening.Names).Distinct(StringComparer.OrdinalIgnoreCase)];
            RequireFound(columns);
        }

        if (!_table.HasTarget)
        {
            throw SchemaLearner.TargetMissing();
        }

        var table = Stoppable.Run(() => _table.Build(rules), _cmdlet.StopToken);
        if (table.ManyMissing is { } warning)
        {
            _cmdlet.WriteWarning(warning);
        }

        foreach (var rare in _selection.Known is null ? table.RareTexts : [])
        {
            _cmdlet.WriteWarning(rare);
        }

        foreach (var fault in table.Faults)
        {
            _cmdlet.Report(fault.Error, fault.Index < 0 ? null : _faultyRows.GetValueOrDefault(fault.Index, _table.NumberOf(fault.Index)));
        }

        return table;
    }

    private void RequireFound(string[] columns) =>
        _selection.RequireFound(columns, _table.FeatureNames);

    private void AddRow()
    {
        _cmdlet.StopToken.ThrowIfCancellationRequested();
        var row = RowSource.RequireRow(_row, _rowNumber);
        var opening = OpeningOf(row);
        var isFaulty = false;
        for (var i = 0; i < opening.Columns.Length; i++)
        {
            var column = _table.CellOf(opening.Columns[i]);
            opening.Layout!.Give(row, opening.Places[i], column);
            isFaulty |= column.IsFaulty;
        }

        if (isFaulty && _faultyRows.Count < MaximumFaultyRows)
        {
            _faultyRows.Add(_table.Count, row);
        }

        _table.EndRows(_rowNumber);
        if (KeepsRows)
        {
            KeptRows.Add(row is IDataRecord record ? RecordLayout.ToObject(record) : row);
        }
    }

    private void AddRows(DelimitedFile file)
    {
        var opening = Open(null, file.Columns);
        RequireFound(file.Columns);
        _table.Estimate = () => _table.Count / file.ShareRead;
        while (file.Read(RowsTogether))
        {
            _hasRows = true;
            AddRowsRead(file, opening);
        }
    }

    /// <summary>Takes the rows of a file that were read together.</summary>
    private void AddRowsRead(DelimitedFile file, Opening opening)
    {
        var rows = file.Rows;
        var first = _rowNumber + 1;
        _rowNumber += rows.Count;
        var numbers = rows.MostCells > file.Columns.Length ? RemoveLonger(file, first) : null;
        for (var i = 0; i < opening.Columns.Length; i++)
        {
            _table.CellOf(opening.Columns[i]).AddTexts(rows, opening.Places[i]);
        }

        if (numbers is null)
        {
            _table.EndRows(first, rows.Count);
        }
        else
        {
            numbers.ForEach(number => _table.EndRows(number));
        }

        for (var row = 0; row < rows.Count && KeepsRows; row++)
        {
            KeptRows.Add(file.ToObject(row));
        }
    }

    /// <summary>Reports rows that have more cells than there are columns, and takes them away.</summary>
    /// <param name="file">The file, whose next rows were read.</param>
    /// <param name="number">The number of the first of them.</param>
    /// <returns>The numbers of the others.</returns>
    private List<long> RemoveLonger(DelimitedFile file, long number)
    {
        var rows = file.Rows;
        var numbers = new List<long>(rows.Count);
        while (numbers.Count < rows.Count)
        {
            var row = numbers.Count;
            if (file.FaultOf(row, number) is { } fault)
            {
                _cmdlet.Report(fault, number);
                rows.Remove(row);
            }
            else
            {
                numbers.Add(number);
            }

            number++;
        }

        return numbers;
    }

    /// <summary>The shape that a row fits.</summary>
    private Opening OpeningOf(object row)
    {
        // The last shape in the list is that of the previous row, and is tried first.
        for (var i = _openings.Count - 1; i >= 0; i--)
        {
            var opening = _openings[i];
            if (opening.Layout?.Fits(row) == true)
            {
                if (i < _openings.Count - 1)
                {
                    (_openings[i], _openings[^1]) = (_openings[^1], opening);
                }

                return opening;
            }
        }

        if (RowSource.IsList(row) && _openings.Find(opening => opening.Layout is ListLayout) is { } list)
        {
            throw new GradException(
                "RaggedRow",
                $"Row {_rowNumber} has {ListLayout.LengthOf(row)} numbers, but {list.Names.Length} are expected. Give every row the same length.");
        }

        var layout = RowLayout.Of(row);
        var first = _cmdlet.OrThrow(() => Open(layout, layout.Learnable));
        layout.Fits(row);
        return first;
    }

    private Opening Open(RowLayout? layout, string[] names)
    {
        var selected = layout is ListLayout ? _selection.InList(names) : _selection.In(names);
        var opening = new Opening(layout, names, [.. selected.Select(column => Array.IndexOf(layout?.Columns ?? names, names[column.Place]))], [.. selected.Select(ColumnOf)]);
        _openings.Add(opening);
        return opening;
    }

    private ColumnBuilder ColumnOf(SelectedColumn selected)
    {
        if (!_columns.TryGetValue(selected.Name, out var column))
        {
            column = selected.Role switch
            {
                ColumnRole.Target => _table.AddTarget(selected.Name),
                ColumnRole.Weight => _table.AddWeight(selected.Name),
                _ => _table.AddFeature(selected.Name, selected.Kind),
            };
            _columns.Add(selected.Name, column);
        }

        return column;
    }

    /// <summary>A shape of rows, and the columns of the table that its cells go to.</summary>
    /// <param name="Layout">The layout of objects; null for the rows of a file.</param>
    /// <param name="Names">The columns that the rows have.</param>
    /// <param name="Places">The places of those that are read.</param>
    /// <param name="Columns">Where their cells go.</param>
    private sealed record Opening(RowLayout? Layout, string[] Names, int[] Places, ColumnBuilder[] Columns);
}
