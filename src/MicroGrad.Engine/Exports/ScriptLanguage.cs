namespace MicroGrad.Exports;

/// <summary>A language without types, in which a cell may be anything: the code finds out what it is.</summary>
internal abstract class ScriptLanguage : FunctionLanguage
{
    /// <summary>The number 1.</summary>
    protected abstract string One { get; }

    /// <summary>A statement that refuses a missing value of the column of a name.</summary>
    protected abstract string Refuse(string name);

    /// <summary>Writes a statement for a cell that is there, and one for a missing cell; null where that needs none.</summary>
    protected abstract void WriteUnlessMissing(CodeText code, string cell, string marks, string read, string? otherwise);

    /// <inheritdoc/>
    protected sealed override void WriteColumn(CodeText code, InferencePlan plan, int index, int firstInput, string parameter)
    {
        var column = plan.Columns[index];
        var name = $"{Own("names")}[{index}]";
        var number = column.Kind == ColumnKind.Boolean ? $"{Own("truth")}({parameter})" : parameter;
        var read = column.Categories is null
            ? $"x[{firstInput}] = {Own("number")}({number}, {name}){End}"
            : $"x[{firstInput} + {Own("category")}({parameter}, {Own($"categories{index + 1}")}, {name})] = {One}{End}";
        var otherwise = column.Fill is not { } fill ? Refuse(name) : column.Categories is null ? $"x[{firstInput}] = {Number(fill)}{End}" : null;
        WriteUnlessMissing(code, parameter, MarksOf(plan, column).Count > 0 ? Own("marks") : "[]", read, otherwise);
    }
}
