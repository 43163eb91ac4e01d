using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MicroGrad.PowerShell.Rows;

namespace MicroGrad.PowerShell.Scripts;

/// <summary>Compiles script blocks to functions; their param blocks name the parameters.</summary>
internal static class ScriptBlockFunction
{
    private const string PlaceHint =
        " To index or count by a parameter, declare it as [int], which is read while the block is recorded, or look it up by [MicroGrad.GradValue]::Gather($list, $place).";

    private const string BranchHint =
        " To branch on a parameter, choose by [MicroGrad.GradValue]::Choose($a, $b, $whereLarger, $otherwise).";

    private const string MethodHint = " Functions of a value are methods of it, such as $x.Sin() or $x.Max(0).";

    /// <summary>The compiled function in an argument: one already, or a script block to compile.</summary>
    /// <exception cref="GradException">It is neither (id <c>InvalidFunction</c>), or those of <see cref="Compile"/>.</exception>
    /// <exception cref="OperationCanceledException">The compilation was stopped.</exception>
    public static GradFunction Require(object? argument, CancellationToken stopping)
    {
        var value = Wrapped.Unwrap(argument);
        return value switch
        {
            GradFunction function => function,
            ScriptBlock script => Compile(script, lengths: null, stopping),
            _ => throw new GradException(
                "InvalidFunction",
                $"'{value ?? "nothing"}' ({value?.GetType().Name ?? "null"}) is no function; give one made by New-GradFunction, or a script block such as {{ param($x) $x * $x }}."),
        };
    }

    /// <summary>
    /// Traces a script block. A parameter that is typed as an array takes a list of values, of the length given or of any;
    /// one that is typed as an integer is a number while the block runs, and the block is recorded anew for each.
    /// </summary>
    /// <param name="script">The script block.</param>
    /// <param name="lengths">The lengths of lists by name: one number, or rows and columns. Null for none.</param>
    /// <param name="stopping">Ends the compilation.</param>
    /// <exception cref="GradException">
    /// There is no param block (id <c>NoParameter</c>), a parameter's type turns values into something else (id
    /// <c>TypedParameter</c>), several are lists of any length (id <c>SeveralLists</c>), a length is not valid or for no parameter
    /// (id <c>InvalidLength</c>), the script block fails (id <c>FunctionFailed</c>), or it does not give one value (id
    /// <c>NotAGradValue</c>).
    /// </exception>
    /// <exception cref="OperationCanceledException">The compilation was stopped.</exception>
    public static GradFunction Compile(ScriptBlock script, IDictionary? lengths, CancellationToken stopping)
    {
        var parameters = ((script.Ast as ScriptBlockAst)?.ParamBlock?.Parameters.ToArray()) ?? [];
        if (parameters.Length == 0)
        {
            throw new GradException(
                "NoParameter",
                "The script block has no param block; name what it is a function of, such as in { param($x, $y) $x * $y }.");
        }

        var given = new Dictionary<string, int[]>(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in lengths ?? new Hashtable())
        {
            given.Add($"{entry.Key}", SizesOf(entry));
        }

        var arguments = Array.ConvertAll(parameters, parameter => ScriptArgument.Of(parameter, given));
        if (given.Keys.Except(arguments.Select(argument => argument.Name), StringComparer.OrdinalIgnoreCase).FirstOrDefault() is { } unknown)
        {
            throw new GradException(
                "InvalidLength",
                $"There is a length for '{unknown}', but the script block has no such parameter; it has {string.Join(", ", arguments.Select(argument => argument.Name))}.");
        }

        var lists = Array.FindAll(arguments, argument => argument is { IsList: true, Sizes: null });
        if (lists.Length > 1)
        {
            throw new GradException(
                "SeveralLists",
                $"The parameters {string.Join(" and ", lists.Select(list => $"${list.Name}"))} are both arrays, so that a row of numbers could be divided in many ways. Give lengths, such as -Length @{{ {lists[0].Name} = 3 }}.");
        }

        return new GradFunction(
            values => Call(script, values, arguments),
            Array.ConvertAll(arguments, argument => argument.ToParameter()),
            stopping: stopping);
    }

    private static int[] SizesOf(DictionaryEntry entry)
    {
        if (Wrapped.Unwrap(entry.Value) is GradMatrix matrix)
        {
            return [matrix.RowCount, matrix.ColumnCount];
        }

        LanguagePrimitives.TryConvertTo(entry.Value, out int[]? sizes);
        return sizes is { Length: 1 or 2 } && Array.TrueForAll(sizes, size => size > 0)
            ? sizes
            : throw new GradException(
                "InvalidLength",
                $"The length of '{entry.Key}' is '{entry.Value}'; give a whole number from 1 on, two for rows and columns, or a matrix of that size, such as -Length @{{ {entry.Key} = 3, 4 }}.");
    }

    private static GradValue Call(ScriptBlock script, GradValue[] values, ScriptArgument[] arguments)
    {
        var rest = values.Length - arguments.Sum(argument => argument.Count ?? 0);
        var given = new object[arguments.Length];
        for (int i = 0, start = 0; i < given.Length; i++)
        {
            var count = arguments[i].Count ?? rest;
            given[i] = arguments[i].From(values[start..(start + count)]);
            start += count;
        }

        return ScriptCall.Value(
            script,
            given,
            error => new GradException("FunctionFailed", $"The function failed: {error.Message}{HintFor(error)}", error),
            what => new GradException(
                "NotAGradValue", $"The function gave {what}, where one GradValue is expected. End it in an expression over its parameters, such as $x * $x."));
    }

    private static string HintFor(RuntimeException error) =>
        IsPlaceError(error) ? PlaceHint
        : error.ErrorRecord.FullyQualifiedErrorId == "NotIcomparable" ? BranchHint
        : error is MethodException ? MethodHint
        : string.Empty;

    /// <summary>Whether a value was used where PowerShell needs a whole number: as a list's index, or as the end of a range.</summary>
    private static bool IsPlaceError(RuntimeException error) =>
        (error.ErrorRecord.FullyQualifiedErrorId.StartsWith("ConvertToFinalInvalidCastException", StringComparison.Ordinal)
            && error.Message.Contains("System.Int32", StringComparison.Ordinal))
        || (error.Message.Contains(typeof(GradValue).FullName!, StringComparison.Ordinal) && error.Message.Contains(nameof(IConvertible), StringComparison.Ordinal));
}
