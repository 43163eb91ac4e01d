using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace MicroGrad.PowerShell.Scripts;

/// <summary>A script block that makes models. It runs in the session that it was written in, without setting that session's variables.</summary>
internal sealed class ModelRecipe(ScriptBlock script)
{
    /// <summary>The script as it was written.</summary>
    public string Text => script.ToString();

    /// <summary>
    /// The names that the script reads as members of $_, such as Size in $_.Size; null where it uses $_ in other ways too, and
    /// so may read any.
    /// </summary>
    public IReadOnlyList<string>? ReadNames()
    {
        var names = new List<string>();
        foreach (var variable in script.Ast.FindAll(IsSubject, searchNestedScriptBlocks: true))
        {
            if (variable.Parent is not MemberExpressionAst { Static: false, Member: StringConstantExpressionAst { Value: var name } } member
                || member is InvokeMemberExpressionAst || member.Expression != variable || IsNested(variable))
            {
                return null;
            }

            names.Add(name);
        }

        return names;
    }

    /// <summary>The constant arguments of New-Mlp in the script, by parameter: the target of a model from rows, and how rows are read.</summary>
    public IReadOnlyDictionary<string, object> ConstantOptions()
    {
        var options = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);
        foreach (var ast in script.Ast.FindAll(IsNewMlp, searchNestedScriptBlocks: true))
        {
            foreach (var (name, bound) in StaticParameterBinder.BindCommand((CommandAst)ast, resolve: true).BoundParameters)
            {
                if (ConstantOf(bound.Value) is { } value)
                {
                    options[name] = value;
                }
            }
        }

        return options;
    }

    /// <summary>Makes a model.</summary>
    /// <param name="subject">What the script sees as $_.</param>
    /// <exception cref="GradException">The script fails, or gives anything but one untrained model (id <c>InvalidRecipe</c>).</exception>
    public Mlp Make(object subject)
    {
        Collection<PSObject> results;
        try
        {
            results = script.InvokeWithContext(null, [new PSVariable("_", subject)]);
        }
        catch (RuntimeException error) when (error is not PipelineStoppedException)
        {
            throw new GradException("InvalidRecipe", $"The recipe failed: {error.Message}", error);
        }

        return results is [{ BaseObject: Mlp { Training: null } model }]
            ? model
            : throw new GradException(
                "InvalidRecipe",
                "The recipe must give one new, untrained model each time, such as { New-Mlp 4 16, 3 }.");
    }

    private static bool IsNewMlp(Ast ast) =>
        ast is CommandAst command && command.GetCommandName() is { } name && name.Split('\\')[^1].Equals("New-Mlp", StringComparison.OrdinalIgnoreCase);

    private static object? ConstantOf(Ast? ast)
    {
        try
        {
            return ast?.SafeGetValue();
        }
        catch (InvalidOperationException)
        {
            // The value of a variable or a call is not known before the recipe runs.
            return null;
        }
    }

    private static bool IsSubject(Ast ast) =>
        ast is VariableExpressionAst { VariablePath: { IsUnqualified: true, UserPath: var path } }
        && (path == "_" || path.Equals("PSItem", StringComparison.OrdinalIgnoreCase));

    // In a nested script block, such as one of ForEach-Object, $_ may be something else.
    private bool IsNested(Ast ast)
    {
        for (var parent = ast.Parent; parent is not null && parent != script.Ast; parent = parent.Parent)
        {
            if (parent is ScriptBlockAst)
            {
                return true;
            }
        }

        return false;
    }
}
