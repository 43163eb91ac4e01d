using MicroGrad.PowerShell.Rows;

namespace MicroGrad.PowerShell.Arguments;

/// <summary>
/// On a parameter that takes a model, or several. Anything else is null, so that the cmdlet ends by one error of its own:
/// PowerShell's would come for each object of the pipeline, or tell of types.
/// </summary>
internal sealed class ModelAttribute : TypedArgumentAttribute
{
    protected override object? Read(object? given) => Wrapped.Unwrap(given) as Mlp;
}
