
namespace MicroGrad.PowerShell.Arguments;

/// <summary>What several cmdlets take: a value of a graph, or a whole model.</summary>
internal static class GradTarget
{
    /// <summary>The value or the model in an argument.</summary>
    /// <exception cref="GradException">It is neither (id <c>InvalidInputObject</c>).</exception>
    public static object Require(object? argument)
    {
        var value = Wrapped.Unwrap(argument);
        return value is GradValue or Mlp
            ? value
            : throw new GradException(
                "InvalidInputObject",
                $"'{value ?? "nothing"}' ({value?.GetType().Name ?? "null"}) was given where a GradValue or an Mlp is expected. "
                + "Make one with New-GradValue or New-Mlp.");
    }
}
