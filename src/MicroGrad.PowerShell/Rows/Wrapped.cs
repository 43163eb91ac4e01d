using System.Management.Automation;

namespace MicroGrad.PowerShell.Rows;

/// <summary>PowerShell passes objects with or without a PSObject around them.</summary>
internal static class Wrapped
{
    /// <summary>The object itself; for a [pscustomobject], a placeholder.</summary>
    public static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
