using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MicroGrad.Compilation;

namespace MicroGrad.PowerShell.Scripts;

/// <summary>A parameter of a script block, which takes numbers of a row.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsList">Whether it is a list.</param>
/// <param name="IsInteger">Whether it is read while the block runs.</param>
/// <param name="Sizes">A list's length, or its rows and columns; null for a list of any length, and for a single value.</param>
internal sealed record ScriptArgument(string Name, bool IsList, bool IsInteger, int[]? Sizes)
{
    /// <summary>How many numbers of a row it takes; null for any.</summary>
    public int? Count => !IsList ? 1 : Sizes?.Aggregate(1, (product, size) => checked(product * size));

    /// <exception cref="GradException">
    /// The parameter has a type that can't hold a value (id <c>TypedParameter</c>), or a length though it is no list (id
    /// <c>InvalidLength</c>).
    /// </exception>
    public static ScriptArgument Of(ParameterAst parameter, Dictionary<string, int[]> sizes)
    {
        var (name, type) = (parameter.Name.VariablePath.UserPath, parameter.StaticType);
        var own = sizes.GetValueOrDefault(name);
        var isOpen = type == typeof(object) || type == typeof(PSObject);
        var isInteger = type == typeof(int) || type == typeof(int[]);
        var isList = type == typeof(GradValue[]) || type == typeof(GradValue[][]) || type == typeof(GradMatrix) || type == typeof(object[]) || type == typeof(int[])
            || type == typeof(Array) || type == typeof(IList) || (isOpen && own is not null);
        if (!isOpen && !isInteger && !isList && type != typeof(GradValue))
        {
            throw new GradException(
                "TypedParameter",
                $"The parameter {parameter.Name.Extent.Text} is of the type {type.Name}, which can't hold a value of a graph. Leave the type out, or use [object[]] for a list of values, or [int] for a number that is read while the block is recorded.");
        }

        return isList || own is null
            ? new(name, isList, isInteger, own)
            : throw new GradException(
                "InvalidLength", $"There is a length for {parameter.Name.Extent.Text}, which is declared as a single value. Leave its type out, or use [object[]].");
    }

    public FunctionParameter ToParameter() => new(Name, Count, IsList, IsInteger);

    /// <summary>The argument for the script block: a value, a number, or a list of either; with columns, a matrix or a list of lists of numbers.</summary>
    public object From(GradValue[] values)
    {
        if (IsInteger)
        {
            var numbers = FunctionParameter.IntegersOf(values);
            return !IsList ? numbers[0] : Sizes is [_, var numberColumns] ? numbers.Chunk(numberColumns).ToArray() : numbers;
        }

        return !IsList ? values[0] : Sizes is [_, var columns] ? new GradMatrix([.. values.Chunk(columns)], Name) : values;
    }
}
