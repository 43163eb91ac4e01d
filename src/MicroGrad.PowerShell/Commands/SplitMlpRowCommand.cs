using System.Data;
using System.Management.Automation;
using System.Numerics;
using MicroGrad.Data;
using MicroGrad.PowerShell.Arguments;
using MicroGrad.PowerShell.Errors;
using MicroGrad.PowerShell.Host;
using MicroGrad.PowerShell.Rows;

namespace MicroGrad.PowerShell.Commands;

/// <summary>Divides rows into parts of exact sizes, such as rows to train on and rows to test with.</summary>
[Cmdlet(VerbsCommon.Split, "MlpRow", DefaultParameterSetName = DrawnSet)]
[OutputType(typeof(object[]))]
public sealed class SplitMlpRowCommand : CancellableCommand
{
    private const string DrawnSet = "Drawn";
    private const string GroupSet = "Group";
    private const string OrderSet = "Order";

    private readonly List<object> _rows = [];
    private long _number;

    /// <summary>The rows: objects, hashtables, arrays of numbers, tables or data readers.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public object InputObject { get; set; } = null!;

    /// <summary>The share of each part. Where they add up to less than 1, the rest is one more part.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Number(IsList = true)]
    public double[] Fraction { get; set; } = [];

    /// <summary>A column of classes, of which each part gets its share.</summary>
    [Parameter(ParameterSetName = DrawnSet)]
    [ArgumentCompleter(typeof(ColumnNameCompleter))]
    public string? Stratify { get; set; }

    /// <summary>A column whose rows stay together: all rows of a group are in one part.</summary>
    [Parameter(Mandatory = true, ParameterSetName = GroupSet)]
    [ArgumentCompleter(typeof(ColumnNameCompleter))]
    public string GroupColumn { get; set; } = string.Empty;

    /// <summary>Keeps the rows in their order: the first rows are the first part.</summary>
    [Parameter(Mandatory = true, ParameterSetName = OrderSet)]
    public SwitchParameter Ordered { get; set; }

    /// <summary>A whole number from 0 on that decides which row is in which part.</summary>
    [Parameter(ParameterSetName = DrawnSet)]
    [Parameter(ParameterSetName = GroupSet)]
    public object Seed { get; set; } = 1;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var row in RowSource.RowsOf(InputObject))
        {
            _number++;
            this.OrReport(
                () =>
                {
                    StopToken.ThrowIfCancellationRequested();
                    _rows.Add(Kept(RowSource.RequireRow(row, _number)));
                },
                row);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => this.OrThrow(() =>
    {
        if (_rows.Count == 0)
        {
            throw new GradException("EmptyData", "No rows came in; give at least two.");
        }

        var counts = RowDivision.Counts(_rows.Count, Fraction);
        var parts = ParameterSetName switch
        {
            OrderSet => RowDivision.Ordered(counts),
            GroupSet => Divide(GroupColumn, (groups, seed) => RowDivision.Grouped(counts, groups, seed)),
            _ => Divide(Stratify, (strata, seed) => RowDivision.Drawn(counts, strata, seed)),
        };
        foreach (var part in parts)
        {
            WriteObject(Array.ConvertAll(part, row => _rows[row]), enumerateCollection: false);
        }
    });

    /// <summary>Divides by the cell of each row in a column; without a column all have the same.</summary>
    private int[][] Divide(string? column, Func<string[], BigInteger, int[][]> divide)
    {
        string[] cells = column is null ? [.. Enumerable.Repeat(string.Empty, _rows.Count)] : new ColumnReader(column).ReadAll(_rows, StopToken);
        var seed = SeedArgument.ToNumber(Seed);
        return Stoppable.Run(() => divide(cells, seed), StopToken);
    }

    /// <summary>The row itself; of a data reader a copy, as its record changes with the next step.</summary>
    private static object Kept(object row)
    {
        if (row is not IDataRecord record)
        {
            return row;
        }

        var copy = RowProperties.NewObject(record.FieldCount);
        for (var i = 0; i < record.FieldCount; i++)
        {
            copy.Properties.Add(new PSNoteProperty(record.GetName(i), record.GetValue(i)));
        }

        return copy;
    }
}
