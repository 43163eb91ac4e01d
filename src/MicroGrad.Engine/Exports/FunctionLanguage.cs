using System.Globalization;
using MicroGrad.Compilation;
using MicroGrad.Data;

namespace MicroGrad.Exports;

/// <summary>A language with functions: its files have lists of data, a function for each formula, and one that calls them.</summary>
internal abstract class FunctionLanguage : SourceLanguage
{
    private static readonly string[] Numbered = ["categories", "date", "weights", "biases", "activation"];

    /// <summary>What ends a statement.</summary>
    protected abstract string End { get; }

    public override string Literal(string text) =>
        Quoted(text, "\"\\<>&", letter => "\\u" + letter.ToString("x4", CultureInfo.InvariantCulture));

    /// <summary>The language's spelling of a name of the file, given as one word in lower case.</summary>
    protected abstract string Own(string word);

    /// <summary>The names of numbered lists and functions.</summary>
    protected IEnumerable<string> NumberedNames(InferencePlan plan) =>
        from word in Numbered
        from number in Enumerable.Range(1, Math.Max(plan.Columns.Count, plan.Layers.Count))
        select Own(word + number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Writes a list.</summary>
    /// <param name="code">The file.</param>
    /// <param name="name">The list's name.</param>
    /// <param name="elements">Its elements, with commas.</param>
    /// <param name="kind">What they are.</param>
    protected abstract void WriteList(CodeText code, string name, string elements, ClassKind kind);

    /// <summary>Writes the weights of a layer, one neuron to a line.</summary>
    protected abstract void WriteWeights(CodeText code, string name, IEnumerable<string> neurons);

    /// <summary>Writes a function from a number to a number, or from a list of numbers to one.</summary>
    protected abstract void WriteFunction(CodeText code, string name, string parameter, bool isList, Action body);

    /// <summary>Writes a statement that returns a list, one element to a line.</summary>
    protected abstract void WriteReturnedList(CodeText code, IEnumerable<string> elements);

    /// <summary>Whether numbers may come as text, as they stand in a file.</summary>
    protected virtual bool ReadsNumbersOfText => true;

    /// <summary>Writes how a column's cell becomes inputs from a place on.</summary>
    protected abstract void WriteColumn(CodeText code, InferencePlan plan, int index, int firstInput, string parameter);

    /// <summary>Writes the decision between classes, whose place becomes the variable best, and its result: the class and its probability.</summary>
    /// <param name="code">The file.</param>
    /// <param name="plan">The plan of the model; probabilities are in the list p, where there are any.</param>
    /// <param name="condition">The condition for the second of two classes; null where the largest output decides.</param>
    protected abstract void WriteDecision(CodeText code, InferencePlan plan, string? condition);

    /// <summary>Writes the result of a model of labels: the decisions and the probabilities, which are in the list p, by name.</summary>
    /// <param name="code">The file.</param>
    /// <param name="plan">The plan of the model.</param>
    /// <param name="conditions">The condition for each label.</param>
    protected abstract void WriteLabels(CodeText code, InferencePlan plan, IReadOnlyList<string> conditions);

    /// <summary>Writes the data of a model as lists.</summary>
    protected void WriteData(CodeText code, InferencePlan plan)
    {
        WriteList(code, Own("names"), Literals(plan.Columns.Select(column => column.Name)), ClassKind.Text);
        for (var c = 0; c < plan.Columns.Count; c++)
        {
            if (plan.Columns[c].Categories is { } categories)
            {
                WriteList(code, Own($"categories{c + 1}"), Literals(categories), ClassKind.Text);
            }
        }

        if (plan.Columns.Any(column => MarksOf(plan, column).Count > 0))
        {
            WriteList(code, Own("marks"), Literals(plan.Format.NumberMarks), ClassKind.Text);
        }

        if (plan.HasClasses)
        {
            WriteList(code, Own("classes"), Classes(plan), plan.ClassKind);
        }

        for (var l = 0; l < plan.Layers.Count; l++)
        {
            var (weights, biases) = plan.Layers[l].Weights;
            WriteWeights(code, Own($"weights{l + 1}"), weights.Select(Numbers));
            WriteList(code, Own($"biases{l + 1}"), Numbers(biases ?? new double[weights.Length]), ClassKind.Number);
        }
    }

    /// <summary>The texts that mean a missing value in a column.</summary>
    protected IReadOnlyList<string> MarksOf(InferencePlan plan, FeatureColumn column) =>
        column.Categories is not null ? plan.Format.CategoryMarks : ReadsNumbersOfText ? plan.Format.NumberMarks : [];

    /// <summary>Writes a function for each formula of a model.</summary>
    protected void WriteFormulas(CodeText code, InferencePlan plan)
    {
        for (var l = 0; l < plan.Layers.Count; l++)
        {
            WriteFormula(code, $"activation{l + 1}", plan.Layers[l].Activation);
        }

        WriteListFormula(code, "scaled", plan.InputScaling);
        WriteListFormula(code, "answers", plan.Answers);
        if (plan.Probabilities is not null)
        {
            WriteListFormula(code, "probabilities", plan.Probabilities);
        }

        foreach (var (c, column) in plan.Columns.Index())
        {
            if (column.Kind == ColumnKind.Date)
            {
                WriteListFormula(code, $"date{c + 1}", InferencePlan.InputsOf(column));
            }
        }
    }

    /// <summary>Writes the steps from the cells of a row to the answer.</summary>
    protected void WriteAnswer(CodeText code, InferencePlan plan, IReadOnlyList<string> parameters)
    {
        var firstInput = 0;
        for (var c = 0; c < plan.Columns.Count; c++)
        {
            WriteColumn(code, plan, c, firstInput, parameters[c]);
            firstInput += plan.Columns[c].Width;
        }

        code.Add($"x = {Own("scaled")}(x){End}");
        for (var l = 1; l <= plan.Layers.Count; l++)
        {
            code.Add($"x = {Own("layer")}(x, {Own($"weights{l}")}, {Own($"biases{l}")}, {Own($"activation{l}")}){End}");
        }

        code.Add($"x = {Own("answers")}(x){End}");
        if (plan.Probabilities is not null)
        {
            code.Add(Assignment("p", $"{Own("probabilities")}(x)"));
        }

        if (plan.HasLabels)
        {
            WriteLabels(code, plan, [.. plan.Targets.Select((_, l) => Condition(plan.Threshold, $"x[{l}]", $"p[{l}]"))]);
        }
        else if (plan.HasClasses)
        {
            WriteDecision(code, plan, plan.OutputCount == 1 || plan.Threshold is not null ? Condition(plan.Threshold, "x[0]", "p[1]") : null);
        }
        else
        {
            code.Add(plan.OutputCount == 1 ? $"return x[0]{End}" : $"return x{End}");
        }
    }

    private void WriteFormula(CodeText code, string name, Program? program) =>
        WriteFunction(code, Own(name), "z", isList: false, () =>
        {
            var text = program is null ? new ProgramText([], ["z"]) : ProgramText.Of(program, this, _ => "z");
            code.Add(text.Statements).Add($"return {text.Results[0]}{End}");
        });

    private void WriteListFormula(CodeText code, string name, Program? program) =>
        WriteFunction(code, Own(name), "x", isList: true, () =>
        {
            if (program is null)
            {
                code.Add($"return x{End}");
                return;
            }

            var text = ProgramText.Of(program, this, i => $"x[{i}]");
            code.Add(text.Statements);
            WriteReturnedList(code, text.Results);
        });
}
