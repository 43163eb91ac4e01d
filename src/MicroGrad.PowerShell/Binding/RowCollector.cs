using System.Management.Automation;
using MicroGrad.Data;
using MicroGrad.PowerShell.Errors;

namespace MicroGrad.PowerShell.Binding;

/// <summary>
/// Takes rows one by one from the pipeline into a table. A row that can't be read is reported with its number and left
/// out; what is wrong for every row ends the command.
/// </summary>
/// <param name="cmdlet">Where errors go.</param>
/// <param name="reader">What finds the cells.</param>
/// <param name="known">The schema whose classes rows must be of; null where rows may bring new ones.</param>
internal sealed class RowCollector(PSCmdlet cmdlet, RowReader reader, ModelSchema? known = null)
{
    private long _rowNumber;

    /// <summary>The rows so far, or null before the first.</summary>
    public SampleTable? Table { get; private set; }

    /// <summary>Takes what an argument holds: a row, or a list of rows.</summary>
    public void Add(object? argument)
    {
        foreach (var row in RowReader.RowsOf(argument))
        {
            _rowNumber++;
            if (Table is null)
            {
                Open(row);
            }

            try
            {
                var cells = reader.Read(row, _rowNumber);
                RequireKnownClass(cells[reader.FeatureNames.Length..]);
                Table!.Add(cells, _rowNumber);
            }
            catch (GradException error)
            {
                cmdlet.Report(error, row);
            }
        }
    }

    private void Open(object row)
    {
        try
        {
            reader.Open(row);
            if (reader.TargetNames.Length == 0)
            {
                throw new GradException(
                    "TargetMissing",
                    "No target was named, and the rows hold no more numbers than the model has inputs. Name the column to predict with -Target.");
            }
        }
        catch (GradException error)
        {
            cmdlet.Throw(error, row);
        }

        Table = new SampleTable(reader.FeatureNames, reader.TargetNames);
    }

    private void RequireKnownClass(ReadOnlySpan<object?> targets)
    {
        if (known is not { Classes.Count: > 0 } || targets.Length != 1 || Cell.IsMissing(targets[0]))
        {
            return;
        }

        var name = Cell.TryNumber(targets[0], out var number) && known.HasNumericClasses ? Cell.Text(number) : Cell.Text(targets[0]!);
        if (!known.Classes.Contains(name))
        {
            throw new GradException(
                "UnknownClass",
                $"Row {_rowNumber} has '{name}' in column '{reader.TargetNames[0]}', which is none of the model's classes "
                + $"({string.Join(", ", known.Classes.Take(5))}{(known.Classes.Count > 5 ? ", …" : "")}). Leave the row out, or train with such rows.");
        }
    }
}
