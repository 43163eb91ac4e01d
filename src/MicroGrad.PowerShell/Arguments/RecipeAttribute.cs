using System.Management.Automation;
using MicroGrad.PowerShell.Rows;

namespace MicroGrad.PowerShell.Arguments;

/// <summary>
/// On a parameter that takes a script block which makes models. Anything else is null, so that the cmdlet ends by an error
/// of its own.
/// </summary>
internal sealed class RecipeAttribute : TypedArgumentAttribute
{
    protected override object? Read(object? given) => Wrapped.Unwrap(given) as ScriptBlock;
}
