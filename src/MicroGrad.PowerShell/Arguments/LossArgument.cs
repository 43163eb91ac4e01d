using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MicroGrad.PowerShell.Rows;

namespace MicroGrad.PowerShell.Arguments;

/// <summary>Reads a -Loss argument: a name, or a script block.</summary>
internal static class LossArgument
{
    /// <summary>The named loss, or null with the script block.</summary>
    /// <param name="argument">The argument; null where none was given.</param>
    /// <param name="quantiles">The quantiles that were given with it, which need their own loss; null for none.</param>
    /// <exception cref="GradException">It is neither, or another loss than that of the quantiles (ids <c>UnknownLoss</c>, <c>UnusedOption</c>).</exception>
    public static (LossKind? Kind, ScriptBlock? Script) Parse(object? argument, IReadOnlyCollection<double>? quantiles)
    {
        var (kind, script) = Parse(argument);
        if (quantiles is null)
        {
            return (kind, script);
        }

        return script is null && (kind ?? LossKind.Quantile) == LossKind.Quantile
            ? (LossKind.Quantile, null)
            : throw new GradException("UnusedOption", $"-Quantile goes with -Loss Quantile, but the loss {(script is null ? kind : "is a script block")} was given. Leave one of the two out.");
    }

    /// <summary>The named loss, or null with the script block.</summary>
    /// <exception cref="GradException">It is neither (id <c>UnknownLoss</c>).</exception>
    public static (LossKind? Kind, ScriptBlock? Script) Parse(object? argument)
    {
        var value = Wrapped.Unwrap(argument);
        return value switch
        {
            null => (null, null),
            LossKind kind => (kind, null),
            ScriptBlock script => (null, script),
            string text when Enum.GetNames<LossKind>().FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name =>
                (Enum.Parse<LossKind>(name), null),
            _ => throw new GradException(
                "UnknownLoss",
                $"'{value}' is no loss; give a script block, or one of {string.Join(", ", Enum.GetNames<LossKind>())}.{Spelling.DidYouMean($"{value}", Enum.GetNames<LossKind>())}"),
        };
    }

    /// <summary>A copy of a script that is not bound to the session that it was written in.</summary>
    public static ScriptBlock Unbound(ScriptBlock script) => ScriptBlock.Create(script.ToString());
}

/// <summary>Completes the names of losses.</summary>
public sealed class LossCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var pattern = WildcardPattern.Get((wordToComplete ?? string.Empty) + "*", WildcardOptions.IgnoreCase);
        return Enum.GetNames<LossKind>().Where(pattern.IsMatch).Select(name => new CompletionResult(name));
    }
}
