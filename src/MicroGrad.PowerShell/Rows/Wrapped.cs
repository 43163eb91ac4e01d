using System.Management.Automation;
using System.Management.Automation.Internal;

namespace MicroGrad.PowerShell.Rows;

/// <summary>PowerShell passes objects with or without a PSObject around them.</summary>
internal static class Wrapped
{
    /// <summary>The object itself; for a [pscustomobject], a placeholder.</summary>
    public static object? Unwrap(object? value) => value switch
    {
        // A statement without output, such as an if that is not taken, gives an object of PowerShell's own.
        PSObject wrapped when ReferenceEquals(wrapped, AutomationNull.Value) => null,
        PSObject wrapped => wrapped.BaseObject,
        _ => value,
    };
}
