using System.Globalization;
using System.Text.RegularExpressions;
using System.Text;
using MicroGrad.Compilation;
using MicroGrad.Data;

namespace MicroGrad.Exports;

/// <summary>A model as a Python module that imports the standard library alone.</summary>
internal sealed partial class PythonExport : ScriptLanguage
{
    private static readonly string[] Reserved =
    [
        "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except",
        "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try",
        "while", "with", "yield", "math", "re", "datetime", "namedtuple", "Answer", "float", "int", "str", "bool", "isinstance", "max", "min", "abs", "range",
        "len", "TypeError", "ValueError", "OverflowError", "ZeroDivisionError", "AttributeError", "repr", "sorted", "set", "zip",
    ];

    private static readonly string[] Members =
    [
        "_names", "_keywords", "_classes", "_marks", "_is_missing", "_truth", "_number", "_category", "_time", "_layer", "_scaled", "_answers",
        "_probabilities", "_exp", "_log", "_divide", "_power",
    ];

    // Functions for which Python raises an error where arithmetic gives an infinity or NaN.
    private static readonly (string Call, string Definition)[] Helpers =
    [
        ("_exp(",
            """
            def _exp(x):
                return math.inf if x > 709.782712893384 else math.exp(x)
            """),
        ("_log(",
            """
            def _log(x):
                return math.log(x) if x > 0 else -math.inf if x == 0 else math.nan
            """),
        ("_divide(",
            """
            def _divide(a, b):
                return a / b if b != 0 else math.nan if a == 0 or a != a else math.copysign(math.inf, a) * math.copysign(1.0, b)
            """),
        ("_power(",
            """
            def _power(a, b):
                try:
                    return math.pow(a, b)
                except OverflowError:
                    return -math.inf if a < 0 and b % 2 == 1 else math.inf
                except ValueError:
                    return math.inf if a == 0 else math.nan
            """),
    ];

    public override IReadOnlyDictionary<OpCode, string> Spellings { get; } = Spell(
        call => "math." + call.ToLowerInvariant(),
        (OpCode.Divide, "_divide({0}, {1})"),
        (OpCode.Abs, "abs({0})"),
        (OpCode.Sqrt, "_power({0}, 0.5)"),
        (OpCode.Max, "max({0}, {1})"),
        (OpCode.Min, "min({0}, {1})"),
        (OpCode.MaxNative, "max({1}, {0})"),
        (OpCode.MinNative, "min({1}, {0})"),
        (OpCode.Greater, "{0} > {1}"),
        (OpCode.LessOrEqual, "{0} <= {1}"),
        (OpCode.Equal, "{0} == {1}"),
        (OpCode.Select, "({1} if {0} else {2})"),
        (OpCode.Exp, "_exp({0})"),
        (OpCode.Expm1, "math.expm1({0})"),
        (OpCode.Log, "_log({0})"),
        (OpCode.Log1p, "math.log1p({0})"),
        (OpCode.Power, "_power({0}, {1})"));

    protected override string End => string.Empty;

    /// <summary>The module of a model.</summary>
    /// <param name="plan">What the model does to a row.</param>
    /// <param name="name">What the function is called after.</param>
    public static byte[] Write(InferencePlan plan, string name) => Encoding.UTF8.GetBytes(new PythonExport().Text(plan, name));

    /// <inheritdoc/>
    /// <remarks>Python writes a letter beyond 16 bits as one number.</remarks>
    public override string Literal(string text) => Surrogates().Replace(base.Literal(text), pair =>
    {
        var (high, low) = (Code(pair.Groups[1]), Code(pair.Groups[2]));
        return string.Create(CultureInfo.InvariantCulture, $"\\U{char.ConvertToUtf32(high, low):x8}");
    });

    public override string Truth(bool value) => value ? "True" : "False";

    public override string NotFinite(double number) => double.IsNaN(number) ? "math.nan" : number > 0 ? "math.inf" : "-math.inf";

    public override string Assignment(string variable, string value) => $"{variable} = {value}";

    private string Text(InferencePlan plan, string name)
    {
        var function = Identifiers.Distinct(
            [Identifiers.Of(name, Identifiers.Snake, "model")], [.. Reserved, .. Members, .. NumberedNames(plan)], StringComparer.Ordinal)[0];
        var keywords = Identifiers.Distinct(
            plan.Columns.Select(column => Identifiers.Of(column.Name, Identifiers.Snake, "feature")), Reserved, StringComparer.Ordinal);
        var body = new CodeText();
        WriteData(body, plan);
        WriteList(body, "_keywords", Literals(keywords), ClassKind.Text);
        WriteHelpers(body);
        if (plan.Columns.Any(column => column.Kind == ColumnKind.Date))
        {
            WriteTime(body);
        }

        WriteFormulas(body, plan);
        WriteEntry(body, plan, function);
        var text = body.ToString();

        var code = new CodeText();
        code.Add("# A model of MicroGrad for PowerShell, as a module that needs nothing else.");
        code.Add("# To ask it, by the columns' names or by these as identifiers:");

        // Python reads the first two lines for the encoding of the file, so names stand below them.
        var import = function == name ? $"from {name} import {function}; " : string.Empty;
        code.Add($"#     {import}{function}({string.Join(", ", ExampleArguments(plan, keywords, (keyword, value) => $"{keyword}={value}"))})");
        code.Add("import math").Add("import re");
        if (plan.Columns.Any(column => column.Kind == ColumnKind.Date))
        {
            code.Add("import datetime");
        }

        if (plan.HasClasses || plan.HasLabels)
        {
            code.Add("from collections import namedtuple").Add("").Add("Answer = namedtuple(\"Answer\", [\"label\", \"probability\"])");
        }

        foreach (var (_, definition) in Helpers.Where(helper => text.Contains(helper.Call, StringComparison.Ordinal)))
        {
            code.Add("\n").Add(definition);
        }

        return code.Add("\n").ToString() + text;
    }

    protected override string Own(string word) => "_" + word;

    protected override void WriteList(CodeText code, string name, string elements, ClassKind kind) => code.Add($"{name} = [{elements}]");

    protected override void WriteWeights(CodeText code, string name, IEnumerable<string> neurons) =>
        code.Block($"{name} = [", () => code.Add(neurons.Select(numbers => $"[{numbers}],")), "]");

    protected override void WriteFunction(CodeText code, string name, string parameter, bool isList, Action body) =>
        code.Add("\n").Block($"def {name}({parameter}):", body, string.Empty);

    protected override void WriteReturnedList(CodeText code, IEnumerable<string> elements) =>
        code.Block("return [", () => code.Add(elements.Select(element => element + ",")), "]");

    protected override string One => "1.0";

    protected override void WriteUnlessMissing(CodeText code, string cell, string marks, string read, string? otherwise)
    {
        code.Block($"if not _is_missing({cell}, {marks}):", () => code.Add(read), string.Empty);
        if (otherwise is not null)
        {
            code.Block("else:", () => code.Add(otherwise), string.Empty);
        }
    }

    protected override string ReadDate(string inputs, int firstInput, int width) => $"x[{firstInput}:{firstInput + width}] = {inputs}";

    protected override string Refuse(string name) => $"raise TypeError(\"there is no value for %r\" % {name})";

    protected override void WriteDecision(CodeText code, InferencePlan plan, string? condition)
    {
        code.Add(condition is not null ? $"best = 1 if {condition} else 0" : "best = max(range(len(x)), key=lambda i: x[i])");
        code.Add($"return Answer(_classes[best], {(plan.Probabilities is null ? "None" : "p[best]")})");
    }

    protected override void WriteLabels(CodeText code, InferencePlan plan, IReadOnlyList<string> conditions) => code.Block(
        "return {",
        () => code.Add(plan.Targets.Select((label, l) => $"{Literal(label.Name)}: Answer({LabelAnswer(label, conditions[l])}, p[{l}]),")),
        "}");

    private static char Code(Group group) => (char)int.Parse(group.ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\\u(d[89ab]..)\\u(d[c-f]..)")]
    private static partial Regex Surrogates();

    private static void WriteHelpers(CodeText code) =>
        code.Add(
            """


            def _is_missing(cell, marks):
                return cell is None or cell != cell or isinstance(cell, str) and (not cell.strip() or cell.strip().upper() in [mark.upper() for mark in marks])


            def _truth(cell):
                text = cell.strip().lower() if isinstance(cell, str) else ""
                return 1.0 if text == "true" else 0.0 if text == "false" else cell


            def _number(cell, name):
                if isinstance(cell, str):
                    if not re.fullmatch(r"\s*[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?\s*", cell):
                        raise ValueError("%r stands in %r, where a number is expected" % (cell, name))
                try:
                    number = float(cell)
                except OverflowError:
                    raise ValueError("a number beyond the largest float stands in %r, where a finite number is expected" % name) from None
                if not math.isfinite(number):
                    raise ValueError("%r stands in %r, where a finite number is expected" % (cell, name))
                return number


            def _category(cell, categories, name):
                text = str(cell)
                if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
                    text = str(int(cell))
                if text not in categories:
                    raise ValueError("%r in %r is none of the categories that the model knows: %r" % (text, name, categories))
                return categories.index(text)


            def _layer(x, weights, biases, activation):
                y = []
                for row, z in zip(weights, biases):
                    for weight, value in zip(row, x):
                        z += weight * value
                    y.append(activation(z))
                return y
            """);

    private static void WriteTime(CodeText code) =>
        code.Add(
            """


            def _time(cell, name):
                if isinstance(cell, str):
                    found = re.fullmatch(
                        r"\s*([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[Tt ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]*))?)?"
                        r"\s*(?:[Zz]|[-+][0-9]{2}(?::?[0-9]{2})?)?)?\s*", cell)
                    try:
                        parts = [int(part or 0) for part in found.groups()[:6]]
                        moment = datetime.datetime(*parts, int(((found[7] or "") + "000000")[:6]))
                    except (AttributeError, ValueError):
                        raise ValueError("%r stands in %r, where a date is expected, such as 2025-04-30 or 2025-04-30T17:05:00" % (cell, name)) from None
                elif isinstance(cell, datetime.datetime):
                    moment = cell.replace(tzinfo=None)
                elif isinstance(cell, datetime.date):
                    moment = datetime.datetime(cell.year, cell.month, cell.day)
                else:
                    raise TypeError("%r stands in %r, where a date is expected" % (cell, name))
                return float((moment - datetime.datetime(2000, 1, 1)) // datetime.timedelta(microseconds=1))
            """);

    private void WriteEntry(CodeText code, InferencePlan plan, string function) =>
        code.Add("\n").Block($"def {function}(**features):", () =>
        {
            code.Add(
                """"
                """Gives the model's answer to one row, its features as keywords: by their names, or by these as identifiers."""
                for keyword in features:
                    if keyword not in _names and keyword not in _keywords:
                        raise TypeError("there is no feature %r; the features are %r" % (keyword, _names))
                cells = [features.get(name, features.get(keyword)) for name, keyword in zip(_names, _keywords)]
                """");
            code.Add($"x = [0.0] * {plan.InputCount}");
            WriteAnswer(code, plan, [.. plan.Columns.Select((_, c) => $"cells[{c}]")]);
        }, string.Empty);
}
