using System.Data;

namespace MicroGrad.PowerShell.Rows;

/// <summary>The columns of an ADO.NET table, without the properties of its row objects.</summary>
internal sealed class DataRowLayout(DataRow row)
    : RowLayout([.. row.Table.Columns.Cast<DataColumn>().Select(column => column.ColumnName)])
{
    private readonly DataTable _table = row.Table;

    public override object? CellOf(object row, int place) => ((DataRow)row)[place];

    public override bool Fits(object row) => row is DataRow data && data.Table == _table && _table.Columns.Count == Columns.Length;
}
