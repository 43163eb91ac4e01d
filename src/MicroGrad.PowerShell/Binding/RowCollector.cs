using System.Management.Automation;
using MicroGrad.Data;
using MicroGrad.PowerShell.Errors;

namespace MicroGrad.PowerShell.Binding;

/// <summary>
/// Takes rows one by one from the pipeline into a table. A row that can't be read is reported with its number and left
/// out; what is wrong for every row ends the command.
/// </summary>
internal sealed class RowCollector(PSCmdlet cmdlet, RowReader reader)
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
                Table!.Add(reader.Read(row, _rowNumber), _rowNumber);
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
        }
        catch (GradException error)
        {
            cmdlet.Throw(error, row);
        }

        Table = new SampleTable(reader.FeatureNames, reader.TargetNames);
    }
}
