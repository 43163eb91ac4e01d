<#
.SYNOPSIS
    Brings the syntax and the parameters in docs/en-US up to date with the cmdlets, and begins pages that are missing.
.DESCRIPTION
    Syntax and parameter tables are those of the cmdlets; words, default values and examples stay as they are written. What
    a person has to fill in stands in double braces, and the tests find it. One object comes out for each cmdlet.
.PARAMETER ModulePath
    The manifest of the packaged module.
.PARAMETER Source
    The folder of the pages.
.EXAMPLE
    ./docs/Update-HelpPage.ps1 -ModulePath ./output/MicroGrad/0.1.0/MicroGrad.psd1 -Source ./docs/en-US -WhatIf
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory)] [string] $ModulePath,
    [Parameter(Mandatory)] [string] $Source
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

$site = 'https://github.com/micrograd/micrograd-powershell/blob/main/docs/en-US'
$section = '(?ms)^### -(\w+)\n\n(.*?)\n\n```yaml\n(.*?)```\n'

# A page as PlatyPS begins it, with what reflection can tell beyond.
function Get-Skeleton {
    param([Management.Automation.CommandInfo] $Command, [string] $Folder)

    # PlatyPS looks for properties that a cmdlet without a page has not.
    Set-StrictMode -Off
    $file = New-MarkdownCommandHelp -CommandInfo $Command -OutputFolder $Folder -Force -WhatIf:$false -Confirm:$false
    $text = (Get-Content -Raw -LiteralPath $file.FullName) -replace '\r\n', "`n" -replace '(?m)^ms\.date: .*\n'
    $text = $text -replace "HelpUri: .*", "HelpUri: $site/$($Command.Name).md"
    $text -replace '(?ms)^## ALIASES\n.*?(?=^## )', "## ALIASES`n`nThis cmdlet has no alias.`n`n"
}

function Get-ParameterTable {
    param([Management.Automation.ParameterMetadata] $Parameter, [string] $Table, [string] $Default)

    $type = [Nullable]::GetUnderlyingType($Parameter.ParameterType) ?? $Parameter.ParameterType
    $wildcards = @($Parameter.Attributes | Where-Object { $_ -is [Management.Automation.SupportsWildcardsAttribute] }).Count -gt 0
    $Table = $Table -replace '(?m)^DefaultValue: .*$', "DefaultValue: $($Default.Replace('$', '$$'))"
    $Table = $Table -replace '(?m)^SupportsWildcards: .*$', "SupportsWildcards: $("$wildcards".ToLowerInvariant())"
    $values = $type.IsEnum ? ('AcceptedValues:' + -join ($type.GetEnumNames() | ForEach-Object { "`n- $_" })) : 'AcceptedValues: []'
    $Table -replace '(?ms)^AcceptedValues:.*?(?=^HelpMessage)', "$values`n"
}

function Get-Page {
    param([Collections.IDictionary] $Parameter, [string] $Skeleton, [string] $Page)

    # Named apart, so that the script block below is seen to use it.
    $all = $Parameter

    $written = @{}
    foreach ($match in [regex]::Matches($Page, $section)) {
        $written[$match.Groups[1].Value] = @{
            Text = $match.Groups[2].Value
            Default = [regex]::Match($match.Groups[3].Value, '(?m)^DefaultValue: (.*)$').Groups[1].Value
        }
    }
    $parameters = [regex]::Replace([regex]::Match($Skeleton, '(?ms)^## PARAMETERS\n.*?(?=^### CommonParameters)').Value, $section, {
            param($match)
            $name = $match.Groups[1].Value
            $known = $written[$name] ?? @{ Text = "{{ Fill $name Description }}"; Default = "''" }
            $table = Get-ParameterTable -Parameter $all[$name] -Table $match.Groups[3].Value -Default $known.Default
            "### -$name`n`n$($known.Text)`n`n``````yaml`n$table```````n"
        })
    $syntax = [regex]::Match($Skeleton, '(?ms)^## SYNTAX\n.*?(?=^## )').Value
    $result = $Page ? $Page : $Skeleton
    $result = [regex]::Replace($result, '(?ms)^## SYNTAX\n.*?(?=^## )', { $syntax })
    [regex]::Replace($result, '(?ms)^## PARAMETERS\n.*?(?=^### CommonParameters)', { $parameters })
}

Import-Module $ModulePath
$scratch = Join-Path ([IO.Path]::GetTempPath()) ([guid]::NewGuid())
try {
    foreach ($command in Get-Command -Module MicroGrad -CommandType Cmdlet) {
        $path = "$Source/$($command.Name).md"
        $before = (Test-Path -LiteralPath $path) ? ((Get-Content -Raw -LiteralPath $path) -replace '\r\n', "`n") : ''
        $after = (Get-Page -Parameter $command.Parameters -Skeleton (Get-Skeleton $command $scratch) -Page $before).TrimEnd() + "`n"
        $changed = $after -cne $before
        if ($changed -and $PSCmdlet.ShouldProcess($path, 'Bring up to date')) {
            [IO.File]::WriteAllText($path, $after)
        }
        [pscustomobject]@{ Name = $command.Name; Path = $path; Changed = $changed; Text = $after }
    }
} finally {
    if (Test-Path -LiteralPath $scratch) {
        Remove-Item -LiteralPath $scratch -Recurse -WhatIf:$false -Confirm:$false
    }
}
