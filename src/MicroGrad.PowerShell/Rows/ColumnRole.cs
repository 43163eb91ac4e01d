namespace MicroGrad.PowerShell.Rows;

/// <summary>The role of a column of rows.</summary>
internal enum ColumnRole
{
    Feature,
    Target,
    Weight,
}
