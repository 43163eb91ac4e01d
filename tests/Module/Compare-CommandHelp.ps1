<#
.SYNOPSIS
    Tells where a cmdlet's help in MAML differs from its page and from the cmdlet.
.DESCRIPTION
    The page is what a person wrote, the MAML is made from it, and what the cmdlet takes is its class's affair. All three say
    the same or a difference is written, as a line of text. Text is compared without Markdown's marks and line breaks.
.PARAMETER Command
    The cmdlet.
.PARAMETER Page
    The page, in Markdown.
.PARAMETER Maml
    The help of the module, in MAML.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [Management.Automation.CommandInfo] $Command,
    [Parameter(Mandatory)] [string] $Page,
    [Parameter(Mandatory)] [xml] $Maml
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

$names = [Xml.XmlNamespaceManager]::new($Maml.NameTable)
$names.AddNamespace('command', 'http://schemas.microsoft.com/maml/dev/command/2004/10')
$names.AddNamespace('maml', 'http://schemas.microsoft.com/maml/2004/10')
$names.AddNamespace('dev', 'http://schemas.microsoft.com/maml/dev/2004/10')
$common = [Management.Automation.PSCmdlet]::CommonParameters

function ConvertTo-Plain {
    param([string] $Text)

    ($Text -replace '(?m)^```.*$' -replace '\[([^\]\n]+)\]\([^)\n]*\)', '$1' -replace '`|\*\*' -replace '\s+', ' ').Trim()
}

# The parts of a text under headings of a level, by heading.
function Split-Heading {
    param([string] $Text, [int] $Level)

    $parts = [ordered]@{}
    # Lines of code may look like headings.
    $safe = [regex]::Replace($Text, '(?ms)^```.*?^```', { $args[0].Value -replace '(?m)^#', "`u{0}" })
    foreach ($part in [regex]::Matches($safe, "(?ms)^#{$Level} (?<title>[^\n]+)\n(?<body>.*?)(?=^#{$Level} |\z)")) {
        $parts[$part.Groups['title'].Value.Trim()] = $part.Groups['body'].Value.Replace("`u{0}", '#')
    }
    $parts
}

# What a parameter's table says, by key; lists and parameter sets are joined.
function Read-Table {
    param([string] $Body)

    $table = [ordered]@{ Aliases = @(); AcceptedValues = @(); Sets = [ordered]@{} }
    $list = $set = $null
    foreach ($line in [regex]::Match($Body, '(?ms)^```yaml\n(.*?)^```').Groups[1].Value -split '\n') {
        switch -Regex ($line) {
            '^(Aliases|AcceptedValues):' { $list = $Matches[1] }
            '^ParameterSets:' { $list = 'Sets' }
            '^- Name: (.*)$' { $set = [ordered]@{}; $table.Sets[$Matches[1]] = $set; break }
            '^- (.*)$' { $table[$list] += $Matches[1]; break }
            '^  (\w+): (.*)$' { $set[$Matches[1]] = $Matches[2] }
            '^(Type|DefaultValue|SupportsWildcards): (.*)$' { $table[$Matches[1]] = $Matches[2].Trim("'") }
        }
    }
    $table
}

# What MAML calls the ways of a pipeline.
function Get-PipelineInput {
    param([bool] $ByValue, [bool] $ByPropertyName)

    $ways = @($ByValue ? 'ByValue' : @()) + @($ByPropertyName ? 'ByPropertyName' : @())
    $ways ? "true ($($ways -join ', '))" : 'false'
}

# The parameters of each set, by the set's name.
function Read-Syntax {
    param([string] $Text)

    $sets = [ordered]@{}
    $syntax = Split-Heading (Split-Heading $Text -Level 2).SYNTAX -Level 3
    foreach ($title in $syntax.Keys) {
        $sets[$title -replace ' \(Default\)$'] = [regex]::Matches($syntax[$title], '(?<=[\s\[])-(\w+)').ForEach{ $_.Groups[1].Value }
    }
    $sets
}

# What the page says, by what it is about.
function Read-Page {
    param([string] $Text, [Collections.IDictionary] $Set)

    $sections = Split-Heading $Text -Level 2
    $facts = [ordered]@{ synopsis = $sections.SYNOPSIS; description = $sections.DESCRIPTION; notes = $sections.NOTES }
    foreach ($title in ($examples = Split-Heading $sections.EXAMPLES -Level 3).Keys) {
        $facts["example '$(ConvertTo-Plain $title)'"] = $examples[$title]
    }
    foreach ($kind in 'INPUTS', 'OUTPUTS') {
        foreach ($type in ($types = Split-Heading $sections[$kind] -Level 3).Keys) {
            $facts["$kind $type"] = $types[$type]
        }
    }
    $facts['links'] = [regex]::Matches($sections.'RELATED LINKS', '\[([^\]]+)\]').ForEach{ $_.Groups[1].Value } -join ' '
    $facts['address'] = [regex]::Match($Text, '(?m)^HelpUri: (.*)$').Groups[1].Value
    foreach ($name in ($parameters = Split-Heading $sections.PARAMETERS -Level 3).Keys -like '-*') {
        $table = Read-Table $parameters[$name]
        $facts["$name"] = $parameters[$name] -replace '(?ms)^```yaml.*?^```'
        $facts["$name type"] = $table.Type
        $facts["$name default"] = $table.DefaultValue
        $facts["$name aliases"] = $table.Aliases -join ', '
        $facts["$name wildcards"] = $table.SupportsWildcards
        $facts["$name values"] = $table.AcceptedValues -replace '^\[\]$' -join ', '
        foreach ($title in $table.Sets.Keys) {
            $entry = $table.Sets[$title]
            $pipeline = Get-PipelineInput ($entry.ValueFromPipeline -eq 'true') ($entry.ValueFromPipelineByPropertyName -eq 'true')
            foreach ($member in $Set.Keys | Where-Object { $title -in $_, '(All)' -and $name.TrimStart('-') -in $Set[$_] }) {
                $facts["$name in $member"] = "position $($entry.Position), required $($entry.IsRequired), pipeline $pipeline"
            }
        }
    }
    $facts
}

# What the help says, by what it is about. MAML has no names of parameter sets: they stand in the page's order.
function Read-Maml {
    param([Xml.XmlElement] $Element, [string[]] $SetName)

    $text = { param($path, $from = $Element) @($from.SelectNodes($path, $names).InnerText) -join ' ' }
    $facts = [ordered]@{
        synopsis    = & $text 'command:details/maml:description/maml:para'
        description = & $text 'maml:description/maml:para'
        notes       = & $text 'maml:alertSet/maml:alert/maml:para'
    }
    foreach ($example in $Element.SelectNodes('command:examples/command:example', $names)) {
        $facts["example '$(& $text 'maml:title' $example)'"] = & $text 'maml:introduction/maml:para | dev:code | dev:remarks/maml:para' $example
    }
    foreach ($entry in $Element.SelectNodes('command:inputTypes/command:inputType', $names)) {
        $facts["INPUTS $(& $text 'dev:type/maml:name' $entry)"] = & $text 'maml:description/maml:para' $entry
    }
    foreach ($entry in $Element.SelectNodes('command:returnValues/command:returnValue', $names)) {
        $facts["OUTPUTS $(& $text 'dev:type/maml:name' $entry)"] = & $text 'maml:description/maml:para' $entry
    }
    $links = $Element.SelectNodes('command:relatedLinks/maml:navigationLink', $names)
    $facts['links'] = @($links | Select-Object -Skip 1 | ForEach-Object { & $text 'maml:linkText' $_ }) -join ' '
    $facts['address'] = & $text 'maml:uri' $links[0]
    foreach ($parameter in $Element.SelectNodes('command:parameters/command:parameter', $names)) {
        $name = "-$(& $text 'maml:name' $parameter)"
        $facts[$name] = & $text 'maml:description/maml:para' $parameter
        $facts["$name type"] = & $text 'dev:type/maml:name' $parameter
        $facts["$name default"] = & $text 'dev:defaultValue' $parameter
        $facts["$name aliases"] = $parameter.GetAttribute('aliases') -replace '^none$'
        $facts["$name wildcards"] = $parameter.GetAttribute('globbing')
    }
    $syntaxes = @($Element.SelectNodes('command:syntax/command:syntaxItem', $names))
    for ($i = 0; $i -lt $syntaxes.Count; $i++) {
        $set = $i -lt $SetName.Count ? $SetName[$i] : "number $($i + 1)"
        foreach ($parameter in $syntaxes[$i].SelectNodes('command:parameter', $names)) {
            $name = "-$(& $text 'maml:name' $parameter)"
            $facts["$name in $set"] = "position $($parameter.GetAttribute('position')), required $($parameter.GetAttribute('required')), pipeline $($parameter.GetAttribute('pipelineInput'))"
        }
    }
    $facts
}

# What the cmdlet takes, by what it is about.
function Read-Command {
    $facts = [ordered]@{}
    foreach ($parameter in $Command.Parameters.Values | Where-Object Name -NotIn $common) {
        $name = "-$($parameter.Name)"
        $type = [Nullable]::GetUnderlyingType($parameter.ParameterType) ?? $parameter.ParameterType
        $facts["$name type"] = $parameter.ParameterType.ToString()
        $facts["$name aliases"] = $parameter.Aliases -join ', '
        $facts["$name wildcards"] = "$(@($parameter.Attributes).Where({ $_ -is [Management.Automation.SupportsWildcardsAttribute] }).Count -gt 0)"
        $facts["$name values"] = $type.IsEnum ? ($type.GetEnumNames() -join ', ') : ''
    }
    foreach ($set in $Command.ParameterSets) {
        foreach ($parameter in $set.Parameters | Where-Object Name -NotIn $common) {
            $position = $parameter.Position -lt 0 ? 'named' : $parameter.Position
            $pipeline = Get-PipelineInput $parameter.ValueFromPipeline $parameter.ValueFromPipelineByPropertyName
            $facts["-$($parameter.Name) in $($set.Name)"] = "position $position, required $($parameter.IsMandatory), pipeline $pipeline"
        }
    }
    $facts
}

# Both ways: what one side lacks is a difference too.
function Compare-Fact {
    param([Collections.IDictionary] $Left, [string] $LeftName, [Collections.IDictionary] $Right, [string] $RightName, [string] $About)

    foreach ($key in @($Left.Keys) + @($Right.Keys) -match $About | Sort-Object -Unique) {
        $one, $two = foreach ($side in $Left, $Right) { $side.Contains($key) ? (ConvertTo-Plain $side[$key]) : '(nothing)' }
        if ($one -ne $two) {
            "$($Command.Name), ${key}: $LeftName '$one', $RightName '$two'"
        }
    }
}

$text = (Get-Content -Raw -LiteralPath $Page) -replace '\r\n', "`n"
$sets = Read-Syntax $text
$own = Read-Page $text $sets
$element = $Maml.SelectSingleNode("//command:command[command:details/command:name='$($Command.Name)']", $names)
if ($null -eq $element) {
    return "$($Command.Name) has no help."
}
Compare-Fact -Left $own -LeftName 'the page says' -Right (Read-Maml $element @($sets.Keys)) -RightName 'the help' -About '^(?!.* values$)'
Compare-Fact -Left $own -LeftName 'the page says' -Right (Read-Command) -RightName 'the cmdlet' -About '^-\w+ (type|aliases|wildcards|values|in .*)$'
