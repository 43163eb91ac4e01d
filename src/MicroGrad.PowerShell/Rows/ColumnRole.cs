namespace MicroGrad.PowerShell.Rows;

/// <summary>What a column of rows is for.</summary>
internal enum ColumnRole
{
    Feature,
    Target,
    Weight,
}
