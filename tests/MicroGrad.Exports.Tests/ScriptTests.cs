using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MicroGrad.Exports.Tests;

/// <summary>Exported files answer in their own runtimes as the model does here, to 1e-12.</summary>
public sealed class ScriptTests
{
    [Fact]
    public void PowerShell_answers_as_the_model_does()
    {
        using var run = new ScriptRun();
        foreach (var one in ExportCase.All)
        {
            run.Write(one.Name + ".ps1", PowerShellExport.Write(one.Plan, one.Name));
        }

        run.WriteRows(".ps1");
        run.Write("run.ps1",
            """
            $ErrorActionPreference = 'Stop'
            Set-StrictMode -Version Latest
            if (Get-Module MicroGrad -ListAvailable) { throw 'The module is here.' }
            $answers = foreach ($case in Get-Content -Raw cases.json | ConvertFrom-Json -AsHashtable) {
                $path = Join-Path $PSScriptRoot $case.file
                $tokens = $failures = $null
                $ast = [Management.Automation.Language.Parser]::ParseFile($path, [ref] $tokens, [ref] $failures)
                if ($failures) { throw "$path`: $failures" }
                $new = $ast.FindAll({ param($node) $node.GetType().Name -in 'TernaryExpressionAst', 'PipelineChainAst' -or ($node -is [Management.Automation.Language.ScriptBlockAst] -and $node.CleanBlock) }, $true)
                $new += @($tokens.Where({ "$($_.Kind)" -match 'Question|AndAnd|OrOr' }))
                if ($new) { throw "$path`: Windows PowerShell can't read $new" }
                . $path
                $examples = @(@(Get-Content $path) -match '^# To ask it: ' -replace '^# To ask it: ')
                if ($examples.Count -ne 1) { throw "$path has $($examples.Count) examples." }
                if ($examples[0] -notlike '* ...') { $null = Invoke-Expression $examples[0] }
                $name = ($ast.FindAll({ param($node) $node -is [Management.Automation.Language.FunctionDefinitionAst] }, $false))[0].Name
                $rows = foreach ($row in $case.rows) {
                    foreach ($key in @($row.Keys)) {
                        $cell = $row[$key]
                        if ($cell -is [string] -and $cell.StartsWith('~')) { $row[$key] = $cell.Substring(1) }
                        if ($cell -is [array]) { $row[$key] = [datetime]::new($cell[0], $cell[1], $cell[2], $cell[3], $cell[4], $cell[5]).AddTicks(10 * $cell[6]) }
                    }
                    $row
                }
                , @($rows | & $name | ForEach-Object {
                    $answer = $_
                    if ($case.labels) {
                        return , @(@($case.labels | ForEach-Object { $answer."Prediction_$_" }), @($case.labels | ForEach-Object { $answer."Probability_$_" }))
                    }
                    $quantiles = @($answer.PSObject.Properties | Where-Object Name -like 'Quantile_*' | ForEach-Object Value)
                    if ($quantiles) { return , @($(if ($quantiles.Count -eq 1) { $quantiles[0] } else { , $quantiles }), $null) }
                    , @($answer.Prediction, $(if ($answer.PSObject.Properties['Probability']) { $answer.Probability }))
                })
            }
            ConvertTo-Json $answers -Depth 5 -Compress
            """);
        ScriptRun.AssertAnswers(run.Run(Environment.GetEnvironmentVariable("MICROGRAD_PWSH") ?? "pwsh", "-NoProfile", "-NonInteractive", "-File", "run.ps1"));
    }

    [Fact]
    public void JavaScript_answers_as_the_model_does()
    {
        using var run = new ScriptRun();
        foreach (var one in ExportCase.All)
        {
            run.Write(one.Name + ".js", JavaScriptExport.Write(one.Plan, one.Name));
        }

        run.WriteRows(".js");
        run.Write("run.js",
            """
            // A date has milliseconds only; what is left of it goes as text.
            function dateOf([year, month, day, hour, minute, second, microsecond]) {
                const two = number => String(number).padStart(2, "0");
                if (microsecond % 1000) return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}.${String(microsecond).padStart(6, "0")}`;
                const date = new Date(year, month - 1, day, hour, minute, second, microsecond / 1000);
                return second % 2 ? date.getTime() : date;
            }
            const fs = require("fs"), vm = require("vm");
            const answers = JSON.parse(fs.readFileSync("cases.json", "utf8")).map(({ file, labels, rows }) => {
                const model = require("./" + file);
                const plain = vm.createContext({});
                const source = fs.readFileSync(file, "utf8");
                vm.runInContext(source, plain);
                const example = /^\/\/ To ask it: (.*)$/m.exec(source)[1];
                if (!example.endsWith(", ... })")) vm.runInContext(example, plain);
                return rows.map(row => {
                    for (const [key, cell] of Object.entries(row)) {
                        if (typeof cell === "string" && cell[0] === "~") row[key] = cell.slice(1);
                        if (Array.isArray(cell)) row[key] = dateOf(cell);
                    }
                    const answer = model(row), again = plain[Object.keys(plain)[0]](row);
                    if (JSON.stringify(answer) !== JSON.stringify(again)) throw new Error("module and script differ");
                    if (labels.length) {
                        if (Object.keys(answer).length !== labels.length) throw new Error("labels are lost");
                        return [labels.map(name => answer[name].label), labels.map(name => answer[name].probability)];
                    }
                    return answer !== null && answer.label !== undefined ? [answer.label, answer.probability] : [answer, null];
                });
            });
            console.log(JSON.stringify(answers));
            """);
        ScriptRun.AssertAnswers(run.Run("node", "run.js"));
    }

    [Fact]
    public void Python_answers_as_the_model_does()
    {
        using var run = new ScriptRun();
        foreach (var one in ExportCase.All)
        {
            run.Write(one.Name + ".py", PythonExport.Write(one.Plan, one.Name));
        }

        run.WriteRows(".py");
        run.Write("run.py",
            """
            import datetime, importlib.util, json, re, types
            answers = []
            for case in json.load(open("cases.json", encoding="utf-8")):
                spec = importlib.util.spec_from_file_location("model", case["file"])
                module = importlib.util.module_from_spec(spec)
                spec.loader.exec_module(module)
                lines = open(case["file"], encoding="utf-8").read().split("\n")
                assert "(" not in lines[0] + lines[1], "a name in the first two lines could set the encoding"
                example = re.sub("^#     (from \\w+ import \\w+; )?", "", lines[2])
                if not example.endswith(", ...)"):
                    eval(example, vars(module))
                model = [f for n, f in vars(module).items() if isinstance(f, types.FunctionType) and f.__module__ == "model"]
                public = [n for n, f in vars(module).items() if isinstance(f, types.FunctionType) and f.__module__ == "model" and not n.startswith("_")]
                assert public == [] or public == [model[-1].__name__], public
                for row in case["rows"]:
                    for key, cell in row.items():
                        if isinstance(cell, str) and cell.startswith("~"):
                            row[key] = cell[1:]
                        if isinstance(cell, list):
                            row[key] = datetime.datetime(*cell, tzinfo=datetime.timezone.max if cell[6] % 2 else None) if any(cell[3:]) else datetime.date(*cell[:3])
                rows = [model[-1](**row) for row in case["rows"]]
                answers.append([[[a[name].label for name in case["labels"]], [a[name].probability for name in case["labels"]]] if isinstance(a, dict) else [a.label, a.probability] if hasattr(a, "label") else [a, None] for a in rows])
            print(json.dumps(answers))
            """);
        ScriptRun.AssertAnswers(run.Run("python3", "run.py"));
    }

    [Fact]
    public void Python_refuses_a_number_that_no_float_holds_by_its_column()
    {
        using var run = new ScriptRun();
        var one = ExportCase.All.First(one => one.Name == "price");
        run.Write("price.py", PythonExport.Write(one.Plan, one.Name));
        run.Write("run.py",
            """
            import price
            for digits in (400, 5000):
                try:
                    price.price(Area=10 ** digits, Rooms=1, Kind="flat")
                except ValueError as error:
                    print(error)
            """);

        Assert.Equal(2, Regex.Count(run.Run("python3", "run.py"), "stands in 'Area', where a finite number is expected"));
    }

    [Fact]
    public void CSharp_answers_as_the_model_does()
    {
        using var run = new ScriptRun();
        var calls = new StringBuilder();
        foreach (var one in ExportCase.All)
        {
            var code = CSharpExport.Write(one.Plan, one.Name);
            run.Write(one.Name + ".cs", code);
            var method = Regex.Match(Encoding.UTF8.GetString(code), @"public static class (\w+)Model").Groups[1].Value;
            var example = Regex.Match(Encoding.UTF8.GetString(code), @"^// To ask it: (.*)$", RegexOptions.Multiline).Groups[1].Value;
            Assert.NotEmpty(example);
            calls.AppendLine(example.EndsWith(", ...)", StringComparison.Ordinal) ? string.Empty : $"        {example};");
            calls.AppendLine("        System.Console.Write(first ? \"[\" : \",[\"); first = false;");
            calls.AppendLine(string.Join(
                "System.Console.Write(\",\");\n",
                one.Rows.Select(row => $"        Show({method}Model.{method}({string.Join(", ", row.Select((cell, c) => Argument(one, one.Columns[c].Kind == ColumnKind.Category ? cell : one.Typed(cell, c), c)))}));\n")));
            calls.AppendLine("        System.Console.Write(\"]\");");
        }

        run.Write("Program.cs",
            $$"""
            internal static class Program
            {
                private static void Main()
                {
                    var first = true;
                    System.Console.Write("[");
            {{calls}}
                    System.Console.WriteLine("]");
                }

                private static void Show(double number) { System.Console.Write("[" + Text(number) + ",null]"); }
                private static void Show(double[] numbers) { System.Console.Write("[[" + string.Join(",", System.Array.ConvertAll(numbers, Text)) + "],null]"); }
                private static void Show((string Label, double Probability) answer) { System.Console.Write("[" + System.Text.Json.JsonSerializer.Serialize(answer.Label) + "," + Text(answer.Probability) + "]"); }
                private static void Show((bool Label, double Probability) answer) { System.Console.Write("[" + (answer.Label ? "true" : "false") + "," + Text(answer.Probability) + "]"); }
                private static void Show((double Label, double Probability) answer) { System.Console.Write("[" + Text(answer.Label) + "," + Text(answer.Probability) + "]"); }
                private static void Show((double Label, double? Probability) answer) { System.Console.Write("[" + Text(answer.Label) + "," + (answer.Probability == null ? "null" : "0") + "]"); }
                private static void Show(System.Collections.Generic.Dictionary<string, (bool Label, double Probability)> labels)
                {
                    var answers = System.Linq.Enumerable.ToArray(labels.Values);
                    System.Console.Write("[[" + string.Join(",", System.Array.ConvertAll(answers, answer => answer.Label ? "true" : "false")) + "],[" + string.Join(",", System.Array.ConvertAll(answers, answer => Text(answer.Probability))) + "]]");
                }
                private static string Text(double number) { return number.ToString("R", System.Globalization.CultureInfo.InvariantCulture); }
            }
            """);

        // The oldest version of the language that has tuples, and every warning an error.
        run.Write("models.csproj",
            """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <LangVersion>7.3</LangVersion>
                <ImplicitUsings>disable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
            </Project>
            """);
        run.Run("dotnet", "build", "-c", "Release", "-o", "out", "--nologo", "-v", "quiet", "-p:UseSharedCompilation=false", "-nodeReuse:false");
        ScriptRun.AssertAnswers(run.Run("dotnet", "out/models.dll"), areTyped: false);
    }

    private static string Argument(ExportCase one, object? cell, int c) => cell switch
    {
        null => "null",
        DateTime date => $"new System.DateTime({date.Ticks}L, System.DateTimeKind.{(date.Second % 2 == 0 ? "Local" : "Utc")})",
        _ when one.Columns[c].Categories is not null => new CSharpExport().Literal(Convert.ToString(cell, CultureInfo.InvariantCulture)!),
        string text => text,
        _ => Convert.ToDouble(cell, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture),
    };
}
