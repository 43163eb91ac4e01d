using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;

namespace MicroGrad.PowerShell.Scripts;

/// <summary>
/// Decides by a script block's syntax whether one call with symbolic values shows all that it does to numbers. Anything
/// that is not known to be visible is an obstacle. Known are arithmetic, variables of the script's own, lists and their
/// places, foreach, methods of values, and static members of [GradValue] and [math].
/// </summary>
internal sealed class TraceableSyntax
{
    private static readonly StringComparer NameComparer = StringComparer.OrdinalIgnoreCase;

    // Detach is missing, as it reads the data.
    private static readonly HashSet<string> ValueMethods = MethodNames(BindingFlags.Instance, except: nameof(GradValue.Detach));
    private static readonly HashSet<string> StaticMethods = MethodNames(BindingFlags.Static);
    private static readonly HashSet<string> ValueTypes = new(NameComparer) { nameof(GradValue), typeof(GradValue).FullName! };
    private static readonly HashSet<string> MathTypes = new(NameComparer) { nameof(Math), typeof(Math).FullName! };
    private static readonly HashSet<string> ParameterTypes = new(NameComparer)
    {
        "object", "object[]", "array", nameof(GradValue), typeof(GradValue).FullName!, $"{nameof(GradValue)}[]", $"{typeof(GradValue).FullName}[]",
    };

    // Variables whose values come from the parameters.
    private readonly HashSet<string> _symbolic = new(NameComparer) { "args" };

    // Variables that are certainly set at this place.
    private HashSet<string> _set = new(NameComparer) { "args", "true", "false", "null" };

    private TraceableSyntax()
    {
    }

    /// <summary>The part of the script that a trace can't follow; null where it can follow everything.</summary>
    public string? Obstacle { get; private set; }

    /// <summary>Whether the script reads variables that it does not set.</summary>
    public bool ReadsSession { get; private set; }

    public static TraceableSyntax Of(ScriptBlock script)
    {
        var syntax = new TraceableSyntax();
        if (script.Ast is ScriptBlockAst { BeginBlock: null, ProcessBlock: null, DynamicParamBlock: null, EndBlock: { Unnamed: true } body } block)
        {
            syntax.CheckParameters(block.ParamBlock);
            syntax.CheckBody(body);
        }
        else
        {
            syntax.Refuse(script.Ast);
        }

        return syntax;
    }

    private static HashSet<string> MethodNames(BindingFlags kind, string? except = null) =>
        typeof(GradValue).GetMethods(BindingFlags.Public | kind)
            .Where(method => !method.IsSpecialName && method.Name != except)
            .Where(method => method.ReturnType == typeof(GradValue) || method.ReturnType == typeof(GradValue[]))
            .Select(method => method.Name)
            .ToHashSet(NameComparer);

    private void CheckParameters(ParamBlockAst? parameters)
    {
        if (parameters is null)
        {
            return;
        }

        if (parameters.Attributes.Count > 0)
        {
            Refuse(parameters.Attributes[0]);
        }

        foreach (var parameter in parameters.Parameters)
        {
            var odd = parameter.Attributes.FirstOrDefault(
                attribute => attribute is not TypeConstraintAst type || !ParameterTypes.Contains(type.TypeName.FullName));
            if (odd is not null || parameter.DefaultValue is not null)
            {
                Refuse(parameter);
            }

            _symbolic.Add(parameter.Name.VariablePath.UserPath);
            _set.Add(parameter.Name.VariablePath.UserPath);
        }
    }

    /// <remarks>A loop may pass a symbolic value back to an earlier place, so that the search is repeated until no more variables are symbolic.</remarks>
    private void CheckBody(NamedBlockAst body)
    {
        int before;
        var start = _set;
        do
        {
            before = _symbolic.Count;
            _set = new HashSet<string>(start, NameComparer);
            CheckStatements(body.Statements);
            if (body.Traps is { Count: > 0 } traps)
            {
                Refuse(traps[0]);
            }
        }
        while (_symbolic.Count > before);
    }

    // All of these say whether a part of the syntax may give symbolic values.
    private bool CheckStatements(IEnumerable<StatementAst> statements)
    {
        var isSymbolic = false;
        foreach (var statement in statements)
        {
            isSymbolic |= Check(statement);
        }

        return isSymbolic;
    }

    private bool Check(StatementBlockAst block)
    {
        if (block.Traps is { Count: > 0 } traps)
        {
            Refuse(traps[0]);
        }

        return CheckStatements(block.Statements);
    }

    private bool Check(StatementAst? statement)
    {
        switch (statement)
        {
            case null:
                return false;
            case CommandExpressionAst { Redirections.Count: 0 } expression:
                return Check(expression.Expression);
            case PipelineAst { PipelineElements: [CommandExpressionAst { Redirections.Count: 0 } only] }:
                return Check(only.Expression);
            case AssignmentStatementAst assignment when assignment.Operator
                is TokenKind.Equals or TokenKind.PlusEquals or TokenKind.MinusEquals or TokenKind.MultiplyEquals or TokenKind.DivideEquals:
                return CheckAssignment(assignment);
            case ForEachStatementAst { Flags: ForEachFlags.None } loop:
                return CheckLoop(loop);
            case ReturnStatementAst { Pipeline: var result }:
                return Check(result);
            default:
                return Refuse(statement);
        }
    }

    private bool CheckAssignment(AssignmentStatementAst assignment)
    {
        var isSymbolic = Check(assignment.Right);
        var targets = assignment.Left is ArrayLiteralAst { Elements: var several } ? several : (IReadOnlyList<ExpressionAst>)[assignment.Left];
        foreach (var target in targets)
        {
            if (target is not VariableExpressionAst { VariablePath: { IsUnqualified: true, UserPath: var name } } variable)
            {
                return Refuse(target);
            }

            if (assignment.Operator != TokenKind.Equals)
            {
                isSymbolic |= Check(variable);
            }

            Set(name, isSymbolic);
        }

        // An assignment has no value as a statement, but one in parentheses.
        return isSymbolic;
    }

    private bool CheckLoop(ForEachStatementAst loop)
    {
        var isSymbolic = Check(loop.Condition);
        var before = new HashSet<string>(_set, NameComparer);
        if (!loop.Variable.VariablePath.IsUnqualified)
        {
            return Refuse(loop.Variable);
        }

        Set(loop.Variable.VariablePath.UserPath, isSymbolic);
        isSymbolic = Check(loop.Body);

        // A list may be empty.
        _set = before;
        return isSymbolic;
    }

    private bool Check(ExpressionAst expression)
    {
        switch (expression)
        {
            case StringConstantExpressionAst:
                return Refuse(expression);
            case ConstantExpressionAst:
                return false;
            case VariableExpressionAst { Splatted: false, VariablePath.UserPath: var name }:
                ReadsSession |= !_set.Contains(name);
                return _symbolic.Contains(name);
            case ParenExpressionAst { Pipeline: var inner }:
                return Check(inner);
            case SubExpressionAst { SubExpression: var block }:
                return Check(block);
            case ArrayExpressionAst { SubExpression: var block }:
                return Check(block);
            case ArrayLiteralAst { Elements: var elements }:
                return CheckAll(elements);
            case UnaryExpressionAst { TokenKind: TokenKind.Minus or TokenKind.Plus, Child: var child }:
                return Check(child);
            case UnaryExpressionAst
            {
                TokenKind: TokenKind.PostfixPlusPlus or TokenKind.PostfixMinusMinus or TokenKind.PlusPlus or TokenKind.MinusMinus,
                Child: VariableExpressionAst { VariablePath.IsUnqualified: true } counter,
            }:
                return Check(counter);
            case BinaryExpressionAst { Operator: TokenKind.Plus or TokenKind.Minus or TokenKind.Multiply or TokenKind.Divide } binary:
                return CheckAll([binary.Left, binary.Right]);
            case BinaryExpressionAst { Operator: TokenKind.DotDot } range:
                return CheckAll([range.Left, range.Right]) && Refuse(range);
            case IndexExpressionAst { Target: var list, Index: var place }:
                return Check(place) ? Refuse(expression) : Check(list);
            case ConvertExpressionAst { Type.TypeName.FullName: var type, Child: var child } when ParameterTypes.Contains(type):
                return Check(child);
            case InvokeMemberExpressionAst call:
                return CheckCall(call);
            case MemberExpressionAst member:
                return CheckMember(member);
            default:
                return Refuse(expression);
        }
    }

    private bool CheckCall(InvokeMemberExpressionAst call)
    {
        var known = call is { Member: StringConstantExpressionAst { Value: var name } } && (call.Static
            ? IsType(call.Expression, ValueTypes) ? StaticMethods.Contains(name) || NameComparer.Equals(name, "new") : IsType(call.Expression, MathTypes)
            : ValueMethods.Contains(name));
        if (!known)
        {
            return Refuse(call);
        }

        var isSymbolic = CheckAll([.. call.Static ? [] : new[] { call.Expression }, .. call.Arguments ?? Enumerable.Empty<ExpressionAst>()]);

        // [math] takes numbers only.
        return isSymbolic && call.Static && IsType(call.Expression, MathTypes) ? Refuse(call) : isSymbolic;
    }

    /// <remarks>The length of a list does not depend on the numbers in it.</remarks>
    private bool CheckMember(MemberExpressionAst member)
    {
        if (member.Static && IsType(member.Expression, MathTypes) && member.Member is StringConstantExpressionAst)
        {
            return false;
        }

        if (!member.Static && member.Member is StringConstantExpressionAst { Value: var name } && (NameComparer.Equals(name, "Count") || NameComparer.Equals(name, "Length")))
        {
            Check(member.Expression);
            return false;
        }

        return Refuse(member);
    }

    private bool CheckAll(IEnumerable<ExpressionAst> expressions)
    {
        var isSymbolic = false;
        foreach (var expression in expressions)
        {
            isSymbolic |= Check(expression);
        }

        return isSymbolic;
    }

    private static bool IsType(ExpressionAst expression, HashSet<string> names) =>
        expression is TypeExpressionAst { TypeName.FullName: var name } && names.Contains(name);

    private void Set(string name, bool isSymbolic)
    {
        _set.Add(name);
        if (isSymbolic)
        {
            _symbolic.Add(name);
        }
    }

    private bool Refuse(Ast place)
    {
        Obstacle ??= place.Extent.Text;
        return true;
    }
}
