using System.Collections;
using MicroGrad.PowerShell.Rows;

namespace MicroGrad.PowerShell.Arguments;

/// <summary>Reads an argument that is a value of a graph, or a whole model.</summary>
internal static class GradTarget
{
    /// <summary>The value or the model in an argument.</summary>
    /// <exception cref="GradException">It is neither (id <c>InvalidInputObject</c>).</exception>
    public static object Require(object? argument)
    {
        var value = Wrapped.Unwrap(argument);
        return value is GradValue or Mlp ? value : throw Invalid(value);
    }

    /// <summary>The elements of an argument: itself, or those of a list or of a list of rows.</summary>
    public static IEnumerable<object?> Elements(object? argument) => ElementsOf(argument).SelectMany(ElementsOf);

    /// <summary>The values of an object: itself, or those of a matrix, a model or an optimizer.</summary>
    /// <exception cref="GradException">It is none of these (id <c>InvalidInputObject</c>).</exception>
    public static IReadOnlyList<GradValue> Values(object? target) => Wrapped.Unwrap(target) switch
    {
        GradValue value => [value],
        Mlp model => model.Parameters,
        GradMatrix matrix => matrix.Values,
        GradOptimizer optimizer => optimizer.Values,
        var other => throw Invalid(other),
    };

    private static IEnumerable<object?> ElementsOf(object? argument) =>
        Wrapped.Unwrap(argument) is IList list ? list.Cast<object?>() : [argument];

    private static GradException Invalid(object? value) => new(
        "InvalidInputObject",
        $"'{value ?? "nothing"}' ({value?.GetType().Name ?? "null"}) was given where a GradValue or an Mlp is expected. "
        + "Make one with New-GradValue or New-Mlp.");
}
