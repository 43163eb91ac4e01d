using MicroGrad.Data;
using MicroGrad.PowerShell.Commands;
using MicroGrad.PowerShell.Errors;
using MicroGrad.PowerShell.Files;

namespace MicroGrad.PowerShell.Rows;

/// <summary>
/// Takes rows one by one from the pipeline, or all of a CSV file, into a table. A row that can't be read is reported with
/// its number and left out; what is wrong for every row ends the command.
/// </summary>
internal sealed class RowCollector(CancellableCommand cmdlet, RowReader reader)
{
    private long _rowNumber;
    private SampleTable? _table;

    /// <summary>Whether the rows themselves are kept, in the order of the table's.</summary>
    public bool KeepsRows { get; init; }

    public List<object> KeptRows { get; } = [];

    /// <summary>Features that hold categories.</summary>
    public IReadOnlyCollection<string> Categorical { get; init; } = [];

    /// <summary>The schema whose classes and categories rows must be of; null where rows may bring new ones.</summary>
    public ModelSchema? Known { get; init; }

    public MissingValuePolicy MissingValue { get; init; } = MissingValuePolicy.Error;

    /// <summary>The rows so far; an empty table before the first.</summary>
    public SampleTable Table => _table ?? new SampleTable(new TableLayout { Features = [], Targets = [] });

    /// <summary>Takes what an argument holds: a row, or a list of rows.</summary>
    public void Add(object? argument)
    {
        if (argument is null)
        {
            _rowNumber++;
            return;
        }

        foreach (var row in RowReader.RowsOf(argument))
        {
            _rowNumber++;
            try
            {
                var usable = RowReader.RequireRow(row, _rowNumber);
                if (_table is null)
                {
                    Open(() => reader.Open(usable));
                }

                var before = _table!.Count;
                _table.Add(reader.Read(usable, _rowNumber), _rowNumber);
                if (KeepsRows && _table.Count > before)
                {
                    KeptRows.Add(usable);
                }
            }
            catch (GradException error)
            {
                cmdlet.Report(error, row);
            }
        }
    }

    /// <summary>Takes all rows of a CSV file.</summary>
    public void AddFile(string path)
    {
        cmdlet.OrThrow(() => ReadFile(path), path);
    }

    private void ReadFile(string path)
    {
        try
        {
            using var text = InputFile.OpenText(path, cmdlet.StopToken);
            var csv = new CsvReader(text);
            Open(() => reader.OpenHeader(csv.Header));
            AddRows(csv, reader.PlacesIn(csv.Header));
        }
        catch (IOException error)
        {
            throw InputFile.ReadFailed(path, error);
        }
    }

    private void AddRows(CsvReader csv, int[] places)
    {
        var layout = _table!.Layout;
        csv.ReadAsNumbers(places.Take(layout.Features.Count).Where((_, i) => !layout.IsCategorical(layout.Features[i])));
        var cells = new object?[places.Length];
        while (csv.ReadRow() is { } row)
        {
            _rowNumber++;
            try
            {
                if (row.Count != csv.Header.Count)
                {
                    throw new GradException(
                        "RaggedRow",
                        $"Row {_rowNumber} has {row.Count} cells, but there are {csv.Header.Count} columns. Give every row the columns of the first line.");
                }

                for (var i = 0; i < cells.Length; i++)
                {
                    cells[i] = row[places[i]];
                }

                _table.Add(cells, _rowNumber);
            }
            catch (GradException error)
            {
                cmdlet.Report(error, _rowNumber);
            }
        }
    }

    private void Open(Action open)
    {
        try
        {
            open();
            if (reader.TargetNames.Length == 0)
            {
                throw SchemaLearner.TargetMissing();
            }

            var unknown = Categorical.Except(reader.FeatureNames, StringComparer.OrdinalIgnoreCase).FirstOrDefault();
            if (unknown is not null)
            {
                throw new GradException(
                    "FeatureNotFound",
                    $"'{unknown}' is named as categorical, but is none of the features ({string.Join(", ", reader.FeatureNames)}).");
            }
        }
        catch (GradException error)
        {
            cmdlet.Throw(error);
        }

        _table = new SampleTable(new TableLayout
        {
            Features = reader.FeatureNames,
            Targets = reader.TargetNames,
            Weight = reader.WeightName,
            Categorical = Categorical,
            MissingValue = MissingValue,
            Known = Known,
        });
    }
}
