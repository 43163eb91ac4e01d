using System.Management.Automation;
using MicroGrad.PowerShell.Rows;

namespace MicroGrad.PowerShell.Arguments;

/// <summary>
/// On a parameter that takes a model, or several. Anything else is null, so that the cmdlet ends by one error of its own:
/// PowerShell's would come for each object of the pipeline, or tell of types.
/// </summary>
internal sealed class ModelAttribute : TypedArgumentAttribute
{
    /// <summary>Whether a script block stays, for another parameter at the same place.</summary>
    public bool LeavesScripts { get; init; }

    protected override object? Read(object? given) => Wrapped.Unwrap(given) switch
    {
        ScriptBlock when LeavesScripts => given,
        Mlp model => model,
        // A model that went through a file or to a job comes back as its properties.
        _ => LanguagePrimitives.TryConvertTo<Mlp>(given, out var model) ? model : null,
    };
}
