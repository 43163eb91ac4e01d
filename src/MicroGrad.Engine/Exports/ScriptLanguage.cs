namespace MicroGrad.Exports;

/// <summary>A language without types, in which a cell may be anything: the code finds out what it is.</summary>
internal abstract class ScriptLanguage : FunctionLanguage
{
    /// <summary>The number 1.</summary>
    protected abstract string One { get; }

    /// <summary>A statement that refuses a missing value of the column of a name.</summary>
    protected abstract string Refuse(string name);

    /// <summary>A statement that takes the inputs of a date from a place on.</summary>
    /// <param name="inputs">The expression of a list of them.</param>
    /// <param name="firstInput">The place of the first.</param>
    /// <param name="width">How many there are.</param>
    protected abstract string ReadDate(string inputs, int firstInput, int width);

    /// <summary>Writes a statement for a cell that is there, and one for a missing cell; null where that needs none.</summary>
    protected abstract void WriteUnlessMissing(CodeText code, string cell, string marks, string read, string? otherwise);

    protected sealed override void WriteColumn(CodeText code, InferencePlan plan, int index, int firstInput, string parameter)
    {
        var column = plan.Columns[index];
        var name = $"{Own("names")}[{index}]";
        var read = column.Kind switch
        {
            ColumnKind.Category => $"x[{firstInput} + {Own("category")}({parameter}, {Own($"categories{index + 1}")}, {name})] = {One}{End}",
            ColumnKind.Date => ReadDate($"{Own($"date{index + 1}")}([{Own("time")}({parameter}, {name})])", firstInput, column.Width),
            ColumnKind.Boolean => $"x[{firstInput}] = {Own("number")}({Own("truth")}({parameter}), {name}){End}",
            _ => $"x[{firstInput}] = {Own("number")}({parameter}, {name}){End}",
        };
        var otherwise = InferencePlan.FillOf(column) is not { } fill ? Refuse(name) : fill[0] != 0 ? $"x[{firstInput}] = {Number(fill[0])}{End}" : null;
        WriteUnlessMissing(code, parameter, MarksOf(plan, column).Count > 0 ? Own("marks") : "[]", read, otherwise);
    }
}
