using System.Collections;
using MicroGrad.PowerShell.Rows;

namespace MicroGrad.PowerShell.Arguments;

/// <summary>On a parameter that takes one model. A list of several is refused.</summary>
internal sealed class SingleModelAttribute : TypedArgumentAttribute
{
    protected override object? Read(object? given) => Wrapped.Unwrap(given) switch
    {
        IList { Count: > 1 } several when Wrapped.Unwrap(several[0]) is Mlp =>
            throw new FormatException($"{several.Count} models were given where one is expected. Plot them one by one."),
        IList { Count: 1 } single => single[0],
        _ => given,
    };
}
