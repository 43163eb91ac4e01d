using System.Collections;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Language;
using MicroGrad.PowerShell.Arguments;

namespace MicroGrad.PowerShell.Scripts;

/// <summary>Makes compiled functions of script blocks, whose param blocks name the parameters.</summary>
internal static class ScriptBlockFunction
{
    /// <summary>The compiled function in an argument: one already, or a script block to compile.</summary>
    /// <exception cref="GradException">It is neither (id <c>InvalidFunction</c>), or as of <see cref="Compile"/>.</exception>
    public static GradFunction Require(object? argument)
    {
        var value = Wrapped.Unwrap(argument);
        return value switch
        {
            GradFunction function => function,
            ScriptBlock script => Compile(script),
            _ => throw new GradException(
                "InvalidFunction",
                $"'{value ?? "nothing"}' ({value?.GetType().Name ?? "null"}) is no function; give one made by New-GradFunction, or a script block such as {{ param($x) $x * $x }}."),
        };
    }

    /// <summary>Traces a script block. A parameter that is typed as an array takes a list of values of any length.</summary>
    /// <exception cref="GradException">
    /// There is no param block (id <c>NoParameter</c>), a parameter's type turns values into something else (id
    /// <c>TypedParameter</c>), several are lists (id <c>SeveralLists</c>), the script block fails (id
    /// <c>FunctionFailed</c>), or it does not give one value (id <c>NotAGradValue</c>).
    /// </exception>
    public static GradFunction Compile(ScriptBlock script)
    {
        var parameters = ((script.Ast as ScriptBlockAst)?.ParamBlock?.Parameters.ToArray()) ?? [];
        if (parameters.Length == 0)
        {
            throw new GradException(
                "NoParameter",
                "The script block has no param block; name what it is a function of, such as in { param($x, $y) $x * $y }.");
        }

        var names = Array.ConvertAll(parameters, parameter => parameter.Name.VariablePath.UserPath);
        var lists = Array.FindAll(parameters, IsList);
        if (lists.Length > 1)
        {
            throw new GradException(
                "SeveralLists",
                $"The parameters {string.Join(" and ", lists.Select(list => list.Name.Extent.Text))} are both arrays, so that a row of numbers could be divided in many ways. Use one.");
        }

        return new GradFunction(
            values => Call(script, values, names.Length, Array.FindIndex(parameters, IsList)),
            names,
            Array.FindIndex(parameters, IsList));
    }

    private static GradValue Call(ScriptBlock script, GradValue[] values, int parameterCount, int list)
    {
        object[] arguments = values;
        if (list >= 0)
        {
            var length = values.Length - parameterCount + 1;
            arguments = [.. values[..list], values[list..(list + length)], .. values[(list + length)..]];
        }

        Collection<PSObject> results;
        try
        {
            results = script.Invoke(arguments);
        }
        catch (RuntimeException error) when (error is not PipelineStoppedException)
        {
            throw new GradException("FunctionFailed", $"The function failed: {error.Message}", error);
        }

        return results is [{ BaseObject: GradValue value }]
            ? value
            : throw new GradException(
                "NotAGradValue",
                $"The function gave {ScriptBlockLoss.Describe(results)}, where one GradValue is expected. End it in an expression over its parameters, such as $x * $x.");
    }

    private static bool IsList(ParameterAst parameter)
    {
        var type = parameter.StaticType;
        if (type == typeof(object) || type == typeof(GradValue) || type == typeof(PSObject))
        {
            return false;
        }

        return type == typeof(GradValue[]) || type == typeof(object[]) || type == typeof(Array) || type == typeof(IList)
            ? true
            : throw new GradException(
                "TypedParameter",
                $"The parameter {parameter.Name.Extent.Text} is of the type {type.Name}, which no value of a graph is. Leave the type out, or use [object[]] for a list of values.");
    }
}
