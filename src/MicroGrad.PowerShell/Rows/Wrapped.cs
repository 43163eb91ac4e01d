using System.Management.Automation;

namespace MicroGrad.PowerShell.Rows;

/// <summary>PowerShell hands over objects bare or in a PSObject, as it happens.</summary>
internal static class Wrapped
{
    /// <summary>The object itself. What [pscustomobject] made has none but a placeholder.</summary>
    public static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
