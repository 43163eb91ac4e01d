using System.Globalization;
using System.Text;
using MicroGrad.Compilation;
using MicroGrad.Data;

namespace MicroGrad.Exports;

/// <summary>How a language writes programs and the data of a model.</summary>
internal abstract class SourceLanguage
{
    // A line that shows how to call a model has no more columns than one can read.
    private const int ExampleColumns = 8;

    // Arithmetic, which these languages write in the same way.
    private static readonly (OpCode Code, string Spelling)[] Arithmetic =
    [
        (OpCode.Add, "{0} + {1}"),
        (OpCode.Subtract, "{0} - {1}"),
        (OpCode.Multiply, "{0} * {1}"),
        (OpCode.Product, "{0} * {1}"),
        (OpCode.Divide, "{0} / {1}"),
        (OpCode.MultiplyAdd, "{0} * {1} + {2}"),
        (OpCode.Negate, "-{0}"),
    ];

    // Functions by the names that .NET has for them.
    private static readonly (OpCode Code, string Spelling)[] Functions =
    [
        (OpCode.Abs, "Abs({0})"),
        (OpCode.Sqrt, "Sqrt({0})"),
        (OpCode.Max, "Max({0}, {1})"),
        (OpCode.Min, "Min({0}, {1})"),
        (OpCode.MaxNative, "Max({0}, {1})"),
        (OpCode.MinNative, "Min({0}, {1})"),
        (OpCode.Exp, "Exp({0})"),
        (OpCode.Log, "Log({0})"),
        (OpCode.Tanh, "Tanh({0})"),
        (OpCode.Sin, "Sin({0})"),
        (OpCode.Cos, "Cos({0})"),
        (OpCode.Power, "Pow({0}, {1})"),
    ];

    /// <summary>
    /// Instructions as format strings over their operands. One that ends in a bracket stands as it is in a larger expression; others
    /// get brackets. What has no spelling must have a form in <see cref="PortableFunctions"/>.
    /// </summary>
    public abstract IReadOnlyDictionary<OpCode, string> Spellings { get; }

    /// <summary>A text as a literal of ASCII alone, which no text can end early.</summary>
    public abstract string Literal(string text);

    /// <summary>An infinity or NaN.</summary>
    public abstract string NotFinite(double number);

    /// <summary>A truth value.</summary>
    public virtual string Truth(bool value) => value ? "true" : "false";

    /// <summary>A variable, by a name of letters and digits.</summary>
    public virtual string Variable(string name) => name;

    /// <summary>A statement that gives a variable its value.</summary>
    public abstract string Assignment(string variable, string value);

    /// <summary>A date as an argument.</summary>
    protected virtual string Date(DateTime date) => Literal(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>The arguments of a call that shows how the model is asked, one for each of the first columns.</summary>
    /// <param name="plan">The plan of the model.</param>
    /// <param name="names">What the columns are called in the call.</param>
    /// <param name="argument">Makes an argument of a name and a value.</param>
    protected IEnumerable<string> ExampleArguments(InferencePlan plan, IEnumerable<string> names, Func<string, string, string> argument) =>
        plan.Columns.Zip(names, (column, name) => argument(name, ExampleCell(column)))
            .Take(ExampleColumns)
            .Concat(plan.Columns.Count > ExampleColumns ? ["..."] : []);

    // The first category, the date from which a column counts, or its mean. Literals are ASCII on one line, so no text ends a comment.
    private string ExampleCell(FeatureColumn column) => column switch
    {
        { Categories: { Count: > 0 } categories } => Literal(categories[0]),
        { Kind: ColumnKind.Date } => Date(column.Origin),
        { Mean: 0, Scale: 1 } => Number(1),
        _ => Number(double.Parse(column.Mean.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)),
    };

    /// <summary>A number in the shortest form that reads back the same, and as no whole number.</summary>
    public string Number(double number)
    {
        if (!double.IsFinite(number))
        {
            return NotFinite(number);
        }

        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny(".E") ? text : text + ".0";
    }

    /// <summary>The condition for the second of two classes, or for a label.</summary>
    /// <param name="threshold">From which probability on; null for an output above 0.</param>
    /// <param name="output">The expression of the output.</param>
    /// <param name="probability">The expression of the probability.</param>
    protected string Condition(double? threshold, string output, string probability) => threshold is { } bound
        ? string.Format(CultureInfo.InvariantCulture, Spellings[OpCode.LessOrEqual], Number(bound), probability)
        : string.Format(CultureInfo.InvariantCulture, Spellings[OpCode.Greater], output, Number(0));

    /// <summary>The answer for a label: a truth value where the training rows had such, else 1 or 0.</summary>
    protected string LabelAnswer(PredictedColumn label, string condition) => label.IsBoolean
        ? condition
        : string.Format(CultureInfo.InvariantCulture, Spellings[OpCode.Select], condition, Number(1), Number(0));

    protected string Numbers(IEnumerable<double> numbers) => string.Join(", ", numbers.Select(Number));

    protected string Literals(IEnumerable<string> texts) => string.Join(", ", texts.Select(Literal));

    /// <summary>The classes as answers: numbers or truth values where the training rows have such.</summary>
    protected string Classes(InferencePlan plan) => plan.ClassKind switch
    {
        ClassKind.Number => Numbers(plan.Classes.Select(label => double.Parse(label, CultureInfo.InvariantCulture))),
        ClassKind.Boolean => string.Join(", ", plan.Classes.Select(label => Truth(bool.Parse(label)))),
        _ => Literals(plan.Classes),
    };

    /// <summary>The spellings of a language.</summary>
    /// <param name="call">How it writes the call of a function from its call in .NET, such as Abs({0}).</param>
    /// <param name="own">What it writes in a way of its own.</param>
    protected static IReadOnlyDictionary<OpCode, string> Spell(Func<string, string> call, params ReadOnlySpan<(OpCode Code, string Spelling)> own)
    {
        var spellings = Arithmetic.Concat(Functions.Select(function => function with { Spelling = call(function.Spelling) }))
            .ToDictionary(spelling => spelling.Code, spelling => spelling.Spelling);
        foreach (var (code, spelling) in own)
        {
            spellings[code] = spelling;
        }

        return spellings;
    }

    /// <summary>A text between quotes, with an escape for all that is not a plain letter of ASCII.</summary>
    protected static string Quoted(string text, string special, Func<int, string> escape)
    {
        var literal = new StringBuilder("\"");
        foreach (var letter in text)
        {
            if (letter is >= ' ' and <= '~' && !special.Contains(letter, StringComparison.Ordinal))
            {
                literal.Append(letter);
            }
            else
            {
                literal.Append(escape(letter));
            }
        }

        return literal.Append('"').ToString();
    }
}
