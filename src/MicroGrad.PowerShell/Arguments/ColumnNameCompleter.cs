using System.Collections;
using System.Data;
using System.Management.Automation;
using System.Management.Automation.Language;
using MicroGrad.PowerShell.Rows;

using SMA = System.Management.Automation;

namespace MicroGrad.PowerShell.Arguments;

/// <summary>
/// Completes column names where the rows are known: from -Data or -InputObject, from a variable or a CSV file at the head
/// of the pipeline, and from a trained model.
/// </summary>
public sealed class ColumnNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(commandAst);
        ArgumentNullException.ThrowIfNull(fakeBoundParameters);
        var pattern = WildcardPattern.Get((wordToComplete ?? string.Empty).Trim('\'', '"') + "*", WildcardOptions.IgnoreCase);
        return FindColumns(commandAst, fakeBoundParameters)
            .Where(pattern.IsMatch)
            .Select(name => new CompletionResult(Quote(name), name, CompletionResultType.ParameterValue, name));
    }

    private static IReadOnlyList<string> FindColumns(CommandAst command, IDictionary bound)
    {
        var rows = bound["Data"] ?? bound["InputObject"] ?? FromPipeline(command);
        if (Wrapped.Unwrap(rows) is IDataRecord record)
        {
            // Reading a record would take it from whatever reads them later.
            return RowLayout.Of(record).Columns;
        }

        if (RowSource.RowsOf(rows).FirstOrDefault() is { } first && !RowSource.IsList(first))
        {
            return RowLayout.Of(first).Learnable;
        }

        var model = Wrapped.Unwrap(bound["Model"]);
        return Wrapped.Unwrap(model is IList { Count: > 0 } several ? several[0] : model) is Mlp known
            ? known.FeatureNames
            : [];
    }

    private static PSObject? FromPipeline(CommandAst command)
    {
        if (command.Parent is not PipelineAst { PipelineElements: [var head, ..] } || head == command)
        {
            return null;
        }

        using var shell = SMA.PowerShell.Create(RunspaceMode.CurrentRunspace);
        switch (head)
        {
            case CommandExpressionAst { Expression: VariableExpressionAst variable }:
                shell.AddCommand("Get-Variable").AddParameter("Name", variable.VariablePath.UserPath).AddParameter("ValueOnly");
                break;
            case CommandAst import when import.GetCommandName() is "Import-Csv" or "ipcsv"
                && import.CommandElements.Skip(1).OfType<StringConstantExpressionAst>().FirstOrDefault() is { } path:
                shell.AddCommand("Import-Csv").AddParameter("Path", path.Value)
                    .AddCommand("Select-Object").AddParameter("First", 1);
                break;
            default:
                return null;
        }

        shell.AddParameter("ErrorAction", ActionPreference.Ignore);
        return shell.Invoke().FirstOrDefault();
    }

    private static string Quote(string name) =>
        name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.') ? name : $"'{name.Replace("'", "''", StringComparison.Ordinal)}'";
}
