using MicroGrad.PowerShell.Rows;

namespace MicroGrad.PowerShell.Arguments;

/// <summary>
/// On a parameter that takes a model, also from the pipeline. Anything else is null, so that the cmdlet ends by one error of
/// its own: PowerShell's would come for each object.
/// </summary>
internal sealed class PipedModelAttribute : TypedArgumentAttribute
{
    protected override object? Read(object? given) => Wrapped.Unwrap(given) as Mlp;
}
