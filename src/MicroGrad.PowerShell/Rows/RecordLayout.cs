using System.Data;
using System.Management.Automation;

namespace MicroGrad.PowerShell.Rows;

/// <summary>The fields of the records of a data reader.</summary>
internal sealed class RecordLayout(IDataRecord row) : RowLayout([.. Enumerable.Range(0, row.FieldCount).Select(row.GetName)])
{
    // Whole numbers up to here are doubles.
    private const long LargestExact = 1L << 53;

    /// <summary>A copy of a reader's present record, since the reader moves on.</summary>
    public static PSObject ToObject(IDataRecord record)
    {
        var row = RowProperties.NewObject(record.FieldCount);
        for (var i = 0; i < record.FieldCount; i++)
        {
            row.Properties.Add(new PSNoteProperty(record.GetName(i), record.GetValue(i)), preValidated: true);
        }

        return row;
    }

    public override object? CellOf(object row, int place) => ((IDataRecord)row).GetValue(place);

    protected override bool TryNumber(object row, int place, out double number)
    {
        var record = (IDataRecord)row;
        number = double.NaN;
        if (record.IsDBNull(place))
        {
            return true;
        }

        switch (Type.GetTypeCode(record.GetFieldType(place)))
        {
            case TypeCode.Double:
                number = record.GetDouble(place);
                return true;
            case TypeCode.Int32:
                number = record.GetInt32(place);
                return true;
            case TypeCode.Int16:
                number = record.GetInt16(place);
                return true;
            case TypeCode.Int64 when record.GetInt64(place) is >= -LargestExact and <= LargestExact and var whole:
                number = whole;
                return true;
            default:
                // Other numbers have a text that differs from that of the double.
                return false;
        }
    }

    public override bool Fits(object row)
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
