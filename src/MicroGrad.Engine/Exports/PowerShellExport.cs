using System.Globalization;
using System.Text;
using MicroGrad.Compilation;
using MicroGrad.Data;

namespace MicroGrad.Exports;

/// <summary>A model as a PowerShell script that needs no module, for Windows PowerShell 5.1 and all later ones.</summary>
internal sealed class PowerShellExport : SourceLanguage
{
    // Names that no parameter may have: PowerShell's own variables, and the parameters of every advanced function.
    private static readonly string[] Reserved =
    [
        "InputObject", "Prefix", "_", "PSItem", "args", "input", "this", "null", "true", "false", "error", "host", "home", "pid", "pwd", "matches",
        "foreach", "switch", "sender", "event", "eventArgs", "eventSubscriber", "executionContext", "myInvocation", "nestedPromptLevel",
        "OFS", "profile", "shellId", "stackTrace", "lastExitCode", "consoleFileName", "outputEncoding", "isCoreClr", "isLinux", "isMacOS",
        "isWindows", "enabledExperimentalFeatures", "Verbose", "vb", "Debug", "db", "ErrorAction", "ea", "WarningAction", "wa",
        "InformationAction", "infa", "ProgressAction", "proga", "ErrorVariable", "ev", "WarningVariable", "wv", "InformationVariable", "iv",
        "OutVariable", "ov", "OutBuffer", "ob", "PipelineVariable", "pv", "WhatIf", "wi", "Confirm", "cf", "UseTransaction", "usetx",
    ];

    public override IReadOnlyDictionary<OpCode, string> Spellings { get; } = Spell(
        call => "[Math]::" + call,
        (OpCode.Greater, "{0} -gt {1}"),
        (OpCode.LessOrEqual, "{0} -le {1}"),
        (OpCode.Equal, "{0} -eq {1}"),
        (OpCode.Select, "$(if ({0}) {{ {1} }} else {{ {2} }})"));

    /// <summary>The script of a model.</summary>
    /// <param name="plan">What the model does to a row.</param>
    /// <param name="name">What the function is called after: Invoke-Price for price.</param>
    public static byte[] Write(InferencePlan plan, string name)
    {
        // Without a byte order mark, Windows PowerShell misreads letters beyond ASCII. Only names of parameters can have
        // some.
        var script = new PowerShellExport().Text(plan, name);
        byte[] mark = Ascii.IsValid(script) ? [] : [.. Encoding.UTF8.Preamble];
        return [.. mark, .. Encoding.UTF8.GetBytes(script)];
    }

    public override string Literal(string text)
    {
        // Typographic quotes end a single-quoted string too, so letters beyond ASCII are written as numbers.
        var parts = new List<string>();
        var plain = new StringBuilder();
        foreach (var letter in text)
        {
            if (letter is >= ' ' and <= '~')
            {
                plain.Append(letter == '\'' ? "''" : letter.ToString());
                continue;
            }

            Flush();
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"[char]0x{(int)letter:X4}"));
        }

        Flush();
        if (parts.Count == 0 || parts[0][0] == '[')
        {
            parts.Insert(0, "''");
        }

        return parts.Count == 1 ? parts[0] : $"({string.Join(" + ", parts)})";

        void Flush()
        {
            if (plain.Length > 0)
            {
                parts.Add($"'{plain}'");
                plain.Clear();
            }
        }
    }

    public override string Truth(bool value) => value ? "$true" : "$false";

    public override string NotFinite(double number) =>
        double.IsNaN(number) ? "[double]::NaN" : number > 0 ? "[double]::PositiveInfinity" : "[double]::NegativeInfinity";

    public override string Variable(string name) => "$" + name;

    public override string Assignment(string variable, string value) => $"{variable} = {value}";

    private string Text(InferencePlan plan, string name)
    {
        var function = "Invoke-" + Identifiers.Capitalized(Identifiers.Of(name, Identifiers.Pascal, "Model"));
        var parameters = Identifiers.Distinct(
            plan.Columns.Select(column => Identifiers.Of(column.Name, Identifiers.Pascal, "Feature")).Select(AwayFromPreferences),
            Reserved,
            StringComparer.OrdinalIgnoreCase);
        var code = new CodeText();
        code.Add($"# A model of MicroGrad for PowerShell, as a script that needs nothing else. Dot-source it to define {function}.");
        code.Add($"# To ask it: {function} {string.Join(" ", ExampleArguments(plan, parameters, (parameter, value) => $"-{parameter} {value}"))}");
        code.Block($"function {function} {{", () =>
        {
            code.Add("[CmdletBinding(DefaultParameterSetName = 'Feature')]");
            code.Block("param(", () => WriteParameters(code, parameters), ")");
            code.Add("");
            code.Block("begin {", () => WriteBegin(code, plan, parameters), "}");
            code.Add("");
            code.Block("process {", () => WriteProcess(code, plan), "}");
        }, "}");
        return code.ToString();
    }

    // A parameter with such a name would change the function's own messages.
    private static string AwayFromPreferences(string word) =>
        word.EndsWith("Preference", StringComparison.OrdinalIgnoreCase) || word.StartsWith("PS", StringComparison.OrdinalIgnoreCase) ? word + "_" : word;

    private static void WriteParameters(CodeText code, IReadOnlyList<string> parameters)
    {
        foreach (var parameter in parameters)
        {
            code.Add($"[Parameter(ParameterSetName = 'Feature')] [AllowNull()] [object] ${parameter},");
        }

        code.Add("[string] $Prefix = '',");
        code.Add("[Parameter(Mandatory = $true, Position = 0, ValueFromPipeline = $true, ParameterSetName = 'Row')] [AllowNull()] [object] $InputObject");
    }

    private void WriteBegin(CodeText code, InferencePlan plan, IReadOnlyList<string> parameters)
    {
        code.Add($"$names = @({Literals(plan.Columns.Select(column => column.Name))})");
        code.Add($"$parameters = @({Literals(parameters)})");
        code.Add($"$answerNames = @(foreach ($name in {Literals(plan.Names.All)}) {{ $Prefix + $name }})");
        for (var c = 0; c < plan.Columns.Count; c++)
        {
            if (plan.Columns[c].Categories is { } categories)
            {
                code.Add($"$categories{c + 1} = @({Literals(categories)})");
            }
        }

        code.Add($"$numberMarks = @({Literals(plan.Format.NumberMarks)})");
        code.Add($"$categoryMarks = @({Literals(plan.Format.CategoryMarks)})");
        if (plan.HasClasses)
        {
            code.Add($"$classes = @({Classes(plan)})");
        }

        for (var l = 0; l < plan.Layers.Count; l++)
        {
            var weights = plan.Layers[l].Weights;
            code.Block($"$weights{l + 1} = [double[]]@(", () => code.Add(Rows(weights.Weights)), ")");
            if (weights.Biases is { } biases)
            {
                code.Add($"$biases{l + 1} = [double[]]@({Numbers(biases)})");
            }
        }

        code.Add(
            """
            $number = 0

            function Get-Failure($id, $message) {
                [System.Management.Automation.ErrorRecord]::new([System.ArgumentException]::new($message), $id, 'InvalidData', $null)
            }

            function Test-Column($row, $name) {
                if ($row -isnot [System.Collections.IDictionary]) {
                    return $null -ne $row.PSObject.Properties[$name]
                }
                foreach ($key in $row.PSBase.Keys) {
                    if ([string]::Equals($key, $name, 'OrdinalIgnoreCase')) { return $true }
                }
                $false
            }

            function Test-Missing($cell, $marks) {
                if ($cell -is [string]) {
                    $text = $cell.Trim()
                    if ($text.Length -eq 0) { return $true }
                    foreach ($mark in $marks) {
                        if ([string]::Equals($mark, $text, 'OrdinalIgnoreCase')) { return $true }
                    }
                }
                ($null -eq $cell) -or ($cell -is [DBNull]) -or ((($cell -is [double]) -or ($cell -is [single])) -and [double]::IsNaN($cell))
            }

            function Get-Number($cell, $name, $fill, $isTruth) {
                $value = 0.0
                $truth = $false
                if (Test-Missing $cell $numberMarks) {
                    if ($null -eq $fill) {
                        return Get-Failure 'MissingValue' "Row $number has no value in '$name'."
                    }
                    return $fill
                }
                if ($isTruth -and ($cell -is [string]) -and [bool]::TryParse($cell, [ref] $truth)) {
                    $cell = $truth
                }
                if ($cell -is [string]) {
                    $isNumber = [double]::TryParse($cell, 'Float', [Globalization.CultureInfo]::InvariantCulture, [ref] $value)
                } elseif ($cell -is [bool]) {
                    $isNumber = $true
                    $value = [double] [int] $cell
                } else {
                    $isNumber = ($cell -is [ValueType]) -and ($cell -isnot [enum]) -and ($cell -isnot [char]) -and ($null -ne ($cell -as [double]))
                    if ($isNumber) { $value = [double] $cell }
                }
                if (-not $isNumber) {
                    return Get-Failure 'NotANumber' "Row $number has '$cell' in '$name', where a number is expected (with a point, such as 1.5)."
                }
                if ([double]::IsNaN($value) -or [double]::IsInfinity($value)) {
                    return Get-Failure 'NotFinite' "Row $number has '$cell' in '$name', where a finite number is expected."
                }
                $value
            }

            function Get-Category($cell, $name, $categories, $canBeMissing) {
                if (Test-Missing $cell $categoryMarks) {
                    if (-not $canBeMissing) {
                        return Get-Failure 'MissingValue' "Row $number has no value in '$name'."
                    }
                    return -1
                }
                if (($cell -is [double]) -or ($cell -is [single])) {
                    $text = $cell.ToString('R', [Globalization.CultureInfo]::InvariantCulture)
                } elseif ($cell -is [decimal]) {
                    $text = $cell.ToString('G29', [Globalization.CultureInfo]::InvariantCulture)
                } elseif ($cell -is [IFormattable]) {
                    $text = $cell.ToString($null, [Globalization.CultureInfo]::InvariantCulture)
                } else {
                    $text = [string] $cell
                }
                $place = [Array]::IndexOf([string[]] $categories, $text)
                if ($place -lt 0) {
                    return Get-Failure 'UnknownCategory' "Row $number has '$text' in '$name', which is none of the categories that the model knows: $($categories -join ', ')."
                }
                $place
            }
            """);
        if (plan.Columns.Any(column => column.Kind == ColumnKind.Date))
        {
            WriteTime(code);
        }
    }

    private void WriteTime(CodeText code)
    {
        code.Add("");
        code.Add($"$dateFormats = @(foreach ($date in {Literals(DateText.PlainDates)}) {{");
        code.Add($"    foreach ($time in {Literals(DateText.Times)}) {{ $date + $time }}");
        code.Add("})");
        code.Add(
            """
            $isoDate = '^([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[Tt ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]*))?)?\s*(?:[Zz]|[-+][0-9]{2}(?::?[0-9]{2})?)?)?$'

            function Get-Time($cell, $name, $canBeMissing) {
                # Microseconds since the beginning of 2000, by the clock that the date was read from.
                $date = [datetime]::MinValue
                $microseconds = 0
                $invariant = [Globalization.CultureInfo]::InvariantCulture
                if (Test-Missing $cell $numberMarks) {
                    if (-not $canBeMissing) {
                        return Get-Failure 'MissingValue' "Row $number has no value in '$name'."
                    }
                    return [double]::NaN
                }
                if ($cell -is [string]) {
                    $text = $cell.Trim()
                    $iso = [regex]::Match($text, $isoDate)
                    if ($iso.Success) {
                        $parts = foreach ($i in 1..6) { if ($iso.Groups[$i].Success) { $iso.Groups[$i].Value } else { '00' } }
                        $plain = '{0}-{1}-{2} {3}:{4}:{5}' -f $parts
                        $isDate = [datetime]::TryParseExact($plain, 'yyyy-MM-dd HH:mm:ss', $invariant, 'None', [ref] $date)
                        $microseconds = [int] $iso.Groups[7].Value.PadRight(6, '0').Substring(0, 6)
                    } else {
                        if ($text.EndsWith(' GMT', 'Ordinal')) { $text = $text.Substring(0, $text.Length - 4) }
                        $isDate = [datetime]::TryParseExact($text, [string[]] $dateFormats, $invariant, 'AllowWhiteSpaces', [ref] $date)
                    }
                } else {
                    $isDate = $true
                    if ($cell -is [datetime]) {
                        $date = $cell
                    } elseif ($cell -is [DateTimeOffset]) {
                        $date = $cell.DateTime
                    } elseif ($cell.GetType().FullName -eq 'System.DateOnly') {
                        $date = [datetime]::new($cell.Year, $cell.Month, $cell.Day)
                    } else {
                        $isDate = $false
                    }
                }
                if (-not $isDate) {
                    return Get-Failure 'NotADate' "Row $number has '$cell' in '$name', where a date is expected, such as 2025-04-30 or 2025-04-30T17:05:00."
                }
                [double] (($date.Ticks - $date.Ticks % 10) / 10 - 63082281600000000 + $microseconds)
            }
            """);
    }

    private void WriteProcess(CodeText code, InferencePlan plan)
    {
        code.Add("$number++");
        code.Add(
            $$"""
            $cells = [object[]]::new({{plan.Columns.Count}})
            if ($PSCmdlet.ParameterSetName -eq 'Feature') {
                for ($i = 0; $i -lt $names.Length; $i++) {
                    $cells[$i] = $PSBoundParameters[$parameters[$i]]
                }
            } elseif ($null -eq $InputObject) {
                $PSCmdlet.WriteError((Get-Failure 'InvalidRow' "Row $number is null."))
                return
            } else {
                foreach ($name in $answerNames) {
                    if (Test-Column $InputObject $name) {
                        $PSCmdlet.WriteError((Get-Failure 'ColumnExists' "Row $number has a column '$name' of its own, which the answer would replace. Give the answers other names with -Prefix, such as -Prefix My."))
                        return
                    }
                }
                for ($i = 0; $i -lt $names.Length; $i++) {
                    $isThere = $false
                    if ($InputObject -is [System.Collections.IDictionary]) {
                        foreach ($key in $InputObject.PSBase.Keys) {
                            $isExact = [string]::Equals($key, $names[$i], 'Ordinal')
                            if ($isExact -or (-not $isThere -and [string]::Equals($key, $names[$i], 'OrdinalIgnoreCase'))) {
                                $isThere = $true
                                $cells[$i] = $InputObject[$key]
                                if ($isExact) { break }
                            }
                        }
                    } else {
                        $property = $InputObject.PSObject.Properties[$names[$i]]
                        $isThere = $null -ne $property
                        if ($isThere) { $cells[$i] = $property.Value }
                    }
                    if (-not $isThere) {
                        $PSCmdlet.WriteError((Get-Failure 'MissingFeature' "Row $number has no column '$($names[$i])'."))
                        return
                    }
                }
            }
            $x = [double[]]::new({{plan.InputCount}})
            """);
        WriteInputs(code, plan);
        WriteLayers(code, plan);
        WriteAnswer(code, plan);
        code.Add("$answer");
    }

    private void WriteInputs(CodeText code, InferencePlan plan)
    {
        const string stopAtFailure = "if ($value -is [System.Management.Automation.ErrorRecord]) { $PSCmdlet.WriteError($value); return }";
        var at = 0;
        for (var c = 0; c < plan.Columns.Count; c++)
        {
            var column = plan.Columns[c];
            if (column.Kind == ColumnKind.Date)
            {
                WriteDate(code, column, c, at, stopAtFailure);
            }
            else if (column.Categories is null)
            {
                var fill = column.Fill is { } number ? $"({Number(number)})" : "$null";
                code.Add($"$value = Get-Number $cells[{c}] $names[{c}] {fill} {(column.Kind == ColumnKind.Boolean ? "$true" : "$false")}").Add(stopAtFailure).Add($"$x[{at}] = $value");
            }
            else
            {
                var canBeMissing = column.Fill is null ? "$false" : "$true";
                code.Add($"$value = Get-Category $cells[{c}] $names[{c}] $categories{c + 1} {canBeMissing}").Add(stopAtFailure);
                code.Add($"if ($value -ge 0) {{ $x[{at} + $value] = 1.0 }}");
            }

            at += column.Width;
        }

        WriteInPlace(code, plan.InputScaling, "x");
    }

    private void WriteDate(CodeText code, FeatureColumn column, int place, int firstInput, string stopAtFailure)
    {
        var fill = InferencePlan.FillOf(column);
        code.Add($"$value = Get-Time $cells[{place}] $names[{place}] {(fill is null ? "$false" : "$true")}").Add(stopAtFailure);
        code.Block("if (-not [double]::IsNaN($value)) {", () =>
        {
            var text = ProgramText.Of(InferencePlan.InputsOf(column), this, _ => "$value");
            code.Add(text.Statements).Add(text.Results.Select((result, i) => $"$x[{firstInput + i}] = {result}"));
        }, "}");
        if (fill is [not 0, ..])
        {
            code.Block("else {", () => code.Add($"$x[{firstInput}] = {Number(fill[0])}"), "}");
        }
    }

    private void WriteLayers(CodeText code, InferencePlan plan)
    {
        for (var l = 0; l < plan.Layers.Count; l++)
        {
            var layer = plan.Layers[l];
            code.Add($"$y = [double[]]::new({layer.OutputCount})");
            code.Block($"for ($n = 0; $n -lt {layer.OutputCount}; $n++) {{", () =>
            {
                code.Add(layer.Weights.Biases is null ? "$z = 0.0" : $"$z = $biases{l + 1}[$n]");
                code.Add($"for ($i = 0; $i -lt {layer.InputCount}; $i++) {{ $z += $weights{l + 1}[$n * {layer.InputCount} + $i] * $x[$i] }}");
                if (layer.Activation is { } activation)
                {
                    var text = ProgramText.Of(activation, this, _ => "$z");
                    code.Add(text.Statements).Add($"$y[$n] = {text.Results[0]}");
                }
                else
                {
                    code.Add("$y[$n] = $z");
                }
            }, "}");
            code.Add("$x = $y");
        }

        WriteInPlace(code, plan.Answers, "x");
    }

    /// <summary>Replaces the numbers of an array by the results of a program.</summary>
    private void WriteInPlace(CodeText code, Program? program, string array)
    {
        if (program is null)
        {
            return;
        }

        var text = ProgramText.Of(program, this, i => $"${array}[{i}]");
        code.Add(text.Statements);
        code.Block($"${array} = [double[]]@(", () => code.Add(text.Results.Select(result => $"({result})")), ")");
    }

    private void WriteAnswer(CodeText code, InferencePlan plan)
    {
        if (plan.Probabilities is { } probabilities)
        {
            var text = ProgramText.Of(probabilities, this, i => $"$x[{i}]");
            code.Add(text.Statements);
            code.Add($"$probabilities = [double[]]@({string.Join(", ", text.Results.Select(result => $"({result})"))})");
        }

        if (plan.HasLabels)
        {
            code.Block("$prediction = [object[]]@(", () => code.Add(plan.Targets.Select((label, l) => LabelAnswer(
                label, Condition(plan.Threshold, $"$x[{l}]", $"$probabilities[{l}]")))), ")");
        }
        else if (plan.HasClasses)
        {
            code.Add("$best = 0");
            code.Add(plan.OutputCount == 1 || plan.Threshold is not null
                ? $"if ({Condition(plan.Threshold, "$x[0]", "$probabilities[1]")}) {{ $best = 1 }}"
                : $"for ($i = 1; $i -lt {plan.OutputCount}; $i++) {{ if ($x[$i] -gt $x[$best]) {{ $best = $i }} }}");
            code.Add("$prediction = $classes[$best]");
        }
        else if (plan.Quantiles.Count > 0)
        {
            code.Add($"$prediction = $x[{Quantiles.Middle(plan.Quantiles)}]");
        }
        else
        {
            code.Add(plan.OutputCount == 1 ? "$prediction = $x[0]" : "$prediction = $x");
        }

        code.Add(
            """
            $answer = [psobject]::new()
            if ($PSCmdlet.ParameterSetName -eq 'Row') {
                if ($InputObject -is [System.Collections.IDictionary]) {
                    foreach ($key in $InputObject.PSBase.Keys) {
                        $answer.PSObject.Properties.Add([psnoteproperty]::new([string] $key, $InputObject[$key]))
                    }
                } else {
                    foreach ($property in $InputObject.PSObject.Properties) {
                        $answer.PSObject.Properties.Add([psnoteproperty]::new($property.Name, $property.Value))
                    }
                }
            }
            """);
        WriteProperty(code, plan.Names.Value, "$prediction");
        if (plan.Names.Probability is { } probability)
        {
            WriteProperty(code, probability, "$probabilities[$best]");
        }

        WriteProperties(code, plan.Names.Labels, "$prediction");
        WriteProperties(code, plan.Names.Quantiles, "$x");
        WriteProperties(code, plan.Names.Probabilities, "$probabilities");
    }

    private void WriteProperties(CodeText code, IReadOnlyList<string> names, string list)
    {
        foreach (var (i, name) in names.Index())
        {
            WriteProperty(code, name, $"{list}[{i}]");
        }
    }

    private void WriteProperty(CodeText code, string name, string value) =>
        code.Add($"$answer.PSObject.Properties.Add([psnoteproperty]::new(($Prefix + {Literal(name)}), {value}))");

    private IEnumerable<string> Rows(double[][] weights) =>
        weights.Select((neuron, n) => Numbers(neuron) + (n == weights.Length - 1 ? string.Empty : ","));
}
