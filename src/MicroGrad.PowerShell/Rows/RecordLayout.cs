using System.Data;

namespace MicroGrad.PowerShell.Rows;

/// <summary>The fields of the records of a data reader.</summary>
internal sealed class RecordLayout(IDataRecord row) : RowLayout([.. Enumerable.Range(0, row.FieldCount).Select(row.GetName)])
{
    /// <inheritdoc/>
    public override object? CellOf(object row, int place) => ((IDataRecord)row).GetValue(place);

    /// <inheritdoc/>
    protected override bool Fits(object row)
    {
        if (row is not IDataRecord record || record.FieldCount != Columns.Length)
        {
            return false;
        }

        for (var i = 0; i < Columns.Length; i++)
        {
            if (record.GetName(i) != Columns[i])
            {
                return false;
            }
        }

        return true;
    }
}
