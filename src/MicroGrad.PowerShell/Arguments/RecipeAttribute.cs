using System.Collections;
using System.Management.Automation;
using MicroGrad.PowerShell.Rows;

namespace MicroGrad.PowerShell.Arguments;

/// <summary>On a parameter that takes a script block which makes a model. A model, or a list, is refused.</summary>
internal sealed class RecipeAttribute : TypedArgumentAttribute
{
    protected override object? Read(object? given) => Wrapped.Unwrap(given) switch
    {
        Mlp => throw Refused("A model was given"),
        IList { Count: > 1 } several when Wrapped.Unwrap(several[0]) is Mlp => throw Refused($"{several.Count} models were given"),
        IList { Count: > 1 } several when Wrapped.Unwrap(several[0]) is ScriptBlock => throw Refused($"{several.Count} script blocks were given"),
        _ => given,
    };

    private static FormatException Refused(string given) => new(
        $"{given} where one script block is expected: each fold trains a new model. Give one that makes it, such as {{ New-Mlp 4 16, 3 }}, "
        + "or measure trained models by Measure-Mlp without -Fold.");
}
