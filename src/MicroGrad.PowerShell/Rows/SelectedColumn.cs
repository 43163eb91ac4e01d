namespace MicroGrad.PowerShell.Rows;

/// <summary>A column of rows that is read.</summary>
/// <param name="Place">Its place in the rows.</param>
/// <param name="Name">The name that the table has for it.</param>
/// <param name="Role">Its role.</param>
/// <param name="Kind">The kind of its cells; null where the cells decide.</param>
internal sealed record SelectedColumn(int Place, string Name, ColumnRole Role, ColumnKind? Kind = null);
