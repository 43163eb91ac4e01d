using System.Globalization;
using System.Text;
using MicroGrad.Compilation;
using MicroGrad.Data;

namespace MicroGrad.Exports;

/// <summary>How a language spells what a program and a model's data are made of.</summary>
internal abstract class SourceLanguage
{
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

    protected string Numbers(IEnumerable<double> numbers) => string.Join(", ", numbers.Select(Number));

    protected string Literals(IEnumerable<string> texts) => string.Join(", ", texts.Select(Literal));

    /// <summary>The classes as they are answered: numbers or truth values where they were such in the training rows.</summary>
    protected string Classes(InferencePlan plan) => plan.ClassKind switch
    {
        ClassKind.Number => Numbers(plan.Classes.Select(label => double.Parse(label, CultureInfo.InvariantCulture))),
        ClassKind.Boolean => string.Join(", ", plan.Classes.Select(label => Truth(bool.Parse(label)))),
        _ => Literals(plan.Classes),
    };

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
