using System.Text;
using MicroGrad.Compilation;
using MicroGrad.Data;

namespace MicroGrad.Exports;

/// <summary>A model as JavaScript: a script that defines a function, and a CommonJS module that exports it.</summary>
internal sealed class JavaScriptExport : ScriptLanguage
{
    // Words of the language, and names that the script of a page can't define.
    private static readonly string[] Reserved =
    [
        "abstract", "arguments", "await", "boolean", "break", "byte", "case", "catch", "char", "class", "const", "continue", "debugger", "default",
        "delete", "do", "double", "else", "enum", "eval", "export", "extends", "false", "final", "finally", "float", "for", "function", "goto", "if",
        "implements", "import", "in", "instanceof", "int", "interface", "let", "long", "native", "new", "null", "package", "private", "protected",
        "public", "return", "short", "static", "super", "switch", "synchronized", "this", "throw", "throws", "transient", "true", "try", "typeof",
        "undefined", "var", "void", "volatile", "while", "with", "yield", "NaN", "Infinity", "module", "exports", "require", "window", "document",
        "location", "top", "self", "name", "parent", "status", "event", "history", "origin", "closed", "frames", "length", "opener", "globalThis",
        "Math", "Number", "String", "Array", "Object", "Error", "TypeError", "RangeError",
    ];

    public override IReadOnlyDictionary<OpCode, string> Spellings { get; } = Spell(
        call => "Math." + call.ToLowerInvariant(),
        (OpCode.Greater, "{0} > {1}"),
        (OpCode.LessOrEqual, "{0} <= {1}"),
        (OpCode.Equal, "{0} === {1}"),
        (OpCode.Select, "({0} ? {1} : {2})"),
        (OpCode.Expm1, "Math.expm1({0})"),
        (OpCode.Log1p, "Math.log1p({0})"));

    protected override string End => ";";

    /// <summary>The script of a model.</summary>
    /// <param name="plan">What the model does to a row.</param>
    /// <param name="name">What the function is called after.</param>
    public static byte[] Write(InferencePlan plan, string name) => Encoding.UTF8.GetBytes(new JavaScriptExport().Text(plan, name));

    public override string NotFinite(double number) => double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity";

    public override string Assignment(string variable, string value) => $"const {variable} = {value};";

    private string Text(InferencePlan plan, string name)
    {
        var function = Identifiers.Distinct([Identifiers.Of(name, Identifiers.Camel, "model")], Reserved, StringComparer.Ordinal)[0];
        var code = new CodeText();
        code.Add("// A model of MicroGrad for PowerShell, as a script that needs nothing else.");
        code.Add($"// To ask it: {function}({{ {string.Join(", ", ExampleArguments(plan, plan.Columns.Select(column => Literal(column.Name)), (key, value) => $"{key}: {value}"))} }})");
        code.Block($"var {function} = (function () {{", () =>
        {
            code.Add("\"use strict\";");
            WriteData(code, plan);
            WriteHelpers(code);
            if (plan.Columns.Any(column => column.Kind == ColumnKind.Date))
            {
                WriteTime(code);
            }

            WriteFormulas(code, plan);
            WriteEntry(code, plan);
        }, "})();");
        code.Block("if (typeof module === \"object\" && module.exports) {", () => code.Add($"module.exports = {function};\nmodule.exports.{function} = {function};"), "}");
        return code.ToString();
    }

    protected override string Own(string word) => word;

    protected override void WriteList(CodeText code, string name, string elements, ClassKind kind) =>
        code.Add($"const {name} = [{elements}];");

    protected override void WriteWeights(CodeText code, string name, IEnumerable<string> neurons) =>
        code.Block($"const {name} = [", () => code.Add(neurons.Select(numbers => $"[{numbers}],")), "];");

    protected override void WriteFunction(CodeText code, string name, string parameter, bool isList, Action body) =>
        code.Add("").Block($"function {name}({parameter}) {{", body, "}");

    protected override void WriteReturnedList(CodeText code, IEnumerable<string> elements) =>
        code.Block("return [", () => code.Add(elements.Select(element => element + ",")), "];");

    protected override string One => "1";

    protected override void WriteUnlessMissing(CodeText code, string cell, string marks, string read, string? otherwise)
    {
        code.Block($"if (!isMissing({cell}, {marks})) {{", () => code.Add(read), "}");
        if (otherwise is not null)
        {
            code.Block("else {", () => code.Add(otherwise), "}");
        }
    }

    protected override string ReadDate(string inputs, int firstInput, int width) =>
        $"{inputs}.forEach(function (part, i) {{ x[{firstInput} + i] = part; }});";

    protected override string Refuse(string name) => $"throw new TypeError(\"there is no value for \" + JSON.stringify({name}));";

    protected override void WriteDecision(CodeText code, InferencePlan plan, string? condition)
    {
        code.Add(condition is not null
            ? $"const best = {condition} ? 1 : 0;"
            : "const best = x.reduce(function (place, value, i) { return value > x[place] ? i : place; }, 0);");
        code.Add($"return {{ label: classes[best], probability: {(plan.Probabilities is null ? "null" : "p[best]")} }};");
    }

    protected override void WriteLabels(CodeText code, InferencePlan plan, IReadOnlyList<string> conditions)
    {
        // An object without a prototype, in which __proto__ is a name like any other.
        code.Add("const labels = Object.create(null);");
        foreach (var (l, label) in plan.Targets.Index())
        {
            code.Add($"labels[{Literal(label.Name)}] = {{ label: {LabelAnswer(label, conditions[l])}, probability: p[{l}] }};");
        }

        code.Add("return labels;");
    }

    private static void WriteTime(CodeText code) =>
        code.Add(
            """

            function time(cell, name) {
                const date = typeof cell === "number" ? new Date(cell) : cell;
                const clock = new Date(0);
                let microseconds = 0;
                if (typeof cell === "string") {
                    const parts = /^\s*(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d*))?)?\s*(?:Z|[-+]\d\d(?::?\d\d)?)?)?\s*$/i.exec(cell) || [];
                    const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(function (part) { return Number(part || 0); });
                    clock.setUTCFullYear(year, month - 1, day);
                    clock.setUTCHours(hour, minute, second, 0);
                    if (!(year > 0) || clock.getUTCMonth() !== month - 1 || clock.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59) {
                        throw new RangeError(JSON.stringify(cell) + " stands in " + JSON.stringify(name) + ", where a date is expected, such as 2025-04-30 or 2025-04-30T17:05:00");
                    }
                    microseconds = Number(((parts[7] || "") + "000000").slice(0, 6));
                } else if (Object.prototype.toString.call(date) === "[object Date]" && Number.isFinite(date.getTime())) {
                    clock.setUTCFullYear(date.getFullYear(), date.getMonth(), date.getDate());
                    clock.setUTCHours(date.getHours(), date.getMinutes(), date.getSeconds(), date.getMilliseconds());
                } else {
                    throw new TypeError(JSON.stringify(cell) + " stands in " + JSON.stringify(name) + ", where a date is expected");
                }
                return (clock.getTime() - Date.UTC(2000, 0, 1)) * 1000 + microseconds;
            }
            """);

    private static void WriteHelpers(CodeText code) =>
        code.Add(
            """

            function isMissing(cell, marks) {
                const text = typeof cell === "string" ? cell.trim().toUpperCase() : null;
                return cell === null || cell === undefined || cell !== cell || text === "" || marks.some(function (mark) { return mark.toUpperCase() === text; });
            }

            function truth(cell) {
                const text = typeof cell === "string" ? cell.trim().toLowerCase() : "";
                return text === "true" ? 1 : text === "false" ? 0 : cell;
            }

            function number(cell, name) {
                const isText = typeof cell === "string" && /^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$/.test(cell);
                if (!isText && typeof cell !== "number" && typeof cell !== "boolean") {
                    throw new TypeError(JSON.stringify(cell) + " stands in " + JSON.stringify(name) + ", where a number is expected");
                }
                const value = Number(cell);
                if (!Number.isFinite(value)) {
                    throw new RangeError(cell + " stands in " + JSON.stringify(name) + ", where a finite number is expected");
                }
                return value;
            }

            function category(cell, categories, name) {
                const text = cell === true ? "True" : cell === false ? "False" : String(cell);
                const place = categories.indexOf(text);
                if (place < 0) {
                    throw new RangeError(JSON.stringify(text) + " in " + JSON.stringify(name) + " is none of the categories that the model knows: " + categories.join(", "));
                }
                return place;
            }

            function layer(x, weights, biases, activation) {
                return weights.map(function (row, n) {
                    let z = biases[n];
                    for (let i = 0; i < row.length; i++) {
                        z += row[i] * x[i];
                    }
                    return activation(z);
                });
            }
            """);

    private void WriteEntry(CodeText code, InferencePlan plan) =>
        code.Add("").Block("return function (features) {", () =>
        {
            code.Add("const cells = names.map(function (name) { return features[name]; });");
            code.Add($"let x = new Array({plan.InputCount}).fill(0);");
            WriteAnswer(code, plan, [.. plan.Columns.Select((_, c) => $"cells[{c}]")]);
        }, "};");
}
