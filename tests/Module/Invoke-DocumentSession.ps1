<#
.SYNOPSIS
    Runs the sessions that a document shows, and tells for each block what was shown and what was printed.
.DESCRIPTION
    A session is a fenced block of powershell with lines that start with 'PS> ' (going on with '>> '): what was typed. The
    lines up to the next prompt are the output shown. A block of powershell without a prompt is typed as a whole, to be
    pasted, and the output shown is a block of the language 'output' right behind it. All blocks of a document run in one
    session of its own; what is not to run has another language, such as pwsh.
    Shown and printed lines are equal but for blank space at their ends and blank lines around an output; a shown line
    that holds only an ellipsis stands for any number of lines. Nothing is ever written to the document.
.PARAMETER Path
    The document, in Markdown.
.PARAMETER WorkingDirectory
    Where the session runs. Without it the blocks are only read.
.PARAMETER Module
    Modules that are loaded before the session starts.
.PARAMETER AsDocument
    Writes the document with the output that was printed in the place of the output that does not agree.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Path,
    [string] $WorkingDirectory,
    [string[]] $Module = @(),
    [switch] $AsDocument
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

function ConvertTo-Step {
    param([string[]] $Typed, [int] $Start, [bool] $IsPasted)

    [pscustomobject]@{
        Typed = [Collections.Generic.List[string]] $Typed
        Start = $Start
        IsPasted = $IsPasted
        Shown = [Collections.Generic.List[string]]::new()
        Printed = @()
    }
}

# The output shown for a pasted block that ends above a line.
function Add-OutputBlock {
    param([string[]] $Text, [object] $Step)

    $i = $Step.Start
    while ($i -lt $Text.Count -and $Text[$i] -eq '') { $i++ }
    if ($i -lt $Text.Count -and $Text[$i] -eq '```output') {
        for ($i++; $Text[$i] -ne '```'; $i++) { $Step.Shown.Add($Text[$i]) }
    }
}

# The blocks that were typed: the line each starts at, and its inputs with the output shown after each.
function Read-Session {
    param([string[]] $Text)

    $block = $null
    for ($i = 0; $i -lt $Text.Count; $i++) {
        $line = $Text[$i]
        if ($null -eq $block) {
            if ($line -match '^```powershell\s*$') {
                $block = [pscustomobject]@{ Line = $i + 1; Inputs = [Collections.Generic.List[object]]::new() }
            }
        } elseif ($line -match '^```\s*$') {
            if ($block.Inputs.Count -eq 0) {
                $block.Inputs.Add((ConvertTo-Step -Typed $Text[$block.Line..($i - 1)] -Start ($i + 1) -IsPasted $true))
                Add-OutputBlock $Text $block.Inputs[0]
            }
            $block
            $block = $null
        } elseif ($line -match '^PS> ?(.*)$') {
            $block.Inputs.Add((ConvertTo-Step -Typed $Matches[1] -Start ($i + 1) -IsPasted $false))
        } elseif ($block.Inputs.Count -eq 0) {
            # Text above the first prompt of a block belongs to no input.
            continue
        } elseif ($line -match '^>> ?(.*)$' -and $block.Inputs[-1].Shown.Count -eq 0) {
            $block.Inputs[-1].Typed.Add($Matches[1])
            $block.Inputs[-1].Start = $i + 1
        } else {
            $block.Inputs[-1].Shown.Add($line)
        }
    }
}

function Limit-BlankLine {
    param([AllowEmptyCollection()] [AllowEmptyString()] [string[]] $Line)

    $trimmed = @($Line | ForEach-Object { $_.TrimEnd() })
    $first, $last = 0, ($trimmed.Count - 1)
    while ($first -le $last -and $trimmed[$first] -eq '') { $first++ }
    while ($last -ge $first -and $trimmed[$last] -eq '') { $last-- }
    if ($first -le $last) { $trimmed[$first..$last] }
}

function Test-Shown {
    param([AllowEmptyCollection()] [string[]] $Shown, [AllowEmptyCollection()] [string[]] $Printed)

    $ellipsis = [string] [char] 0x2026
    $pattern = foreach ($line in $Shown) {
        $line -eq $ellipsis ? '(?:.*\n)*?' : ([regex]::Escape($line) + '\n')
    }
    $text = -join ($Printed | ForEach-Object { "$_`n" })
    [regex]::IsMatch($text, '\A' + (-join $pattern) + '\z', 'CultureInvariant')
}

# What a console of 80 columns prints for an input.
function Invoke-Typed {
    param([runspace] $Runspace, [string] $Script)

    $output = [Management.Automation.PSDataCollection[psobject]]::new()
    $shell = [powershell]::Create()
    try {
        $shell.Runspace = $Runspace
        $null = $shell.AddScript($Script, $false)
        $shell.Commands.Commands[0].MergeMyResults('All', 'Output')
        $shell.Invoke($null, $output)
    } catch {
        $cause = $_.Exception -is [Management.Automation.MethodInvocationException] ? $_.Exception.InnerException : $_.Exception
        $record = $cause -is [Management.Automation.IContainsErrorRecord] ? $cause.ErrorRecord : $_
        $output.Add([psobject] $record)
    } finally {
        $shell.Dispose()
    }

    $table = [Collections.Generic.List[object]]::new()
    $text = foreach ($item in @($output) + @($null)) {
        # Text, messages and the end of the output stand for themselves; what comes before them is a view of its own.
        $line = switch ($item) {
            { $_ -is [string] } { $_ }
            { $_ -is [Management.Automation.WarningRecord] } { "WARNING: $($_.Message)" }
            { $_ -is [Management.Automation.VerboseRecord] } { "VERBOSE: $($_.Message)" }
            { $_ -is [Management.Automation.InformationRecord] } { "$($_.MessageData)" }
        }
        if ($null -ne $item -and $null -eq $line) {
            $table.Add($item)
            continue
        }
        if ($table.Count -gt 0) {
            Format-AsShown $Runspace $table
            $table.Clear()
        }
        $line
    }
    Limit-BlankLine @((@($text) -join "`n") -split '\r?\n')
}

# Views are formatted in the session itself, where the module's format file is loaded.
function Format-AsShown {
    param([runspace] $Runspace, [object] $Item)

    $shell = [powershell]::Create()
    try {
        $shell.Runspace = $Runspace
        $null = $shell.AddCommand('Out-String').AddParameter('Width', 80)
        foreach ($text in $shell.Invoke($Item)) { $text }
    } finally {
        $shell.Dispose()
    }
}

function Open-Session {
    param([string] $Directory, [string[]] $Module)

    $PSStyle.OutputRendering = 'PlainText'
    [cultureinfo]::CurrentCulture = [cultureinfo]::DefaultThreadCurrentCulture = 'en-US'
    [cultureinfo]::CurrentUICulture = [cultureinfo]::DefaultThreadCurrentUICulture = 'en-US'
    $output = (Resolve-Path "$PSScriptRoot/../../output").ProviderPath
    $env:PSModulePath = $output + [IO.Path]::PathSeparator + $env:PSModulePath
    $runspace = [runspacefactory]::CreateRunspace([initialsessionstate]::CreateDefault2())
    $runspace.ThreadOptions = 'ReuseThread'
    $runspace.Open()
    $start = ". '$PSScriptRoot/../Import-TestModule.ps1'; Remove-Variable package; Set-Location -LiteralPath '$Directory'"
    $loads = foreach ($path in $Module) { "Import-Module '$path';" }
    $problem = Invoke-Typed $runspace "$loads $start"
    if ($problem) {
        throw "The session does not start: $problem"
    }
    $runspace
}

# Puts what a pasted block printed behind it, in the place of what stands there.
function Write-OutputBlock {
    param([Collections.Generic.List[string]] $Line, [object] $Step)

    $start = $Step.Start
    if ($Step.Shown.Count -gt 0) {
        while ($Line[$start] -ne '```output') { $start++ }
        $end = $Line.IndexOf('```', $start)
        $Line.RemoveRange($Step.Start, $end + 1 - $Step.Start)
    }
    if ($Step.Printed.Count -gt 0) {
        $Line.InsertRange($Step.Start, [string[]] (@('', '```output') + $Step.Printed + '```'))
    }
}

$text = @(Get-Content -LiteralPath $Path)
$blocks = @(Read-Session $text)
$runspace = $WorkingDirectory ? (Open-Session $WorkingDirectory $Module) : $null
foreach ($block in $blocks) {
    foreach ($step in $block.Inputs) {
        $step.Shown = @(Limit-BlankLine @($step.Shown))
        if ($runspace) {
            $step.Printed = @(Invoke-Typed $runspace ($step.Typed -join "`n"))
        }
    }
}

if (-not $AsDocument) {
    foreach ($block in $blocks) {
        $session = foreach ($part in 'Shown', 'Printed') {
            $lines = foreach ($step in $block.Inputs) {
                "PS> $($step.Typed -join "`n>> ")"
                $step.$part
            }
            $lines -join "`n"
        }
        $wrong = @($block.Inputs | Where-Object { -not (Test-Shown $_.Shown $_.Printed) })
        [pscustomobject]@{
            Line = $block.Line
            Shown = $session[0]
            Printed = $session[1]
            Agrees = $null -ne $runspace -and $wrong.Count -eq 0
        }
    }
    return
}

# From the last input to the first, so that line numbers stay right.
$lines = [Collections.Generic.List[string]] $text
$inputs = @($blocks.Inputs)
for ($i = $inputs.Count - 1; $i -ge 0; $i--) {
    if (Test-Shown $inputs[$i].Shown $inputs[$i].Printed) {
        continue
    }
    if ($inputs[$i].IsPasted) {
        Write-OutputBlock $lines $inputs[$i]
        continue
    }
    $end = $inputs[$i].Start
    while ($lines[$end] -notmatch '^(```|PS>)') { $end++ }
    $lines.RemoveRange($inputs[$i].Start, $end - $inputs[$i].Start)
    $printed = @($inputs[$i].Printed)
    if ($printed.Count -gt 1 -and $lines[$inputs[$i].Start] -notmatch '^```') {
        $printed += ''
    }
    $lines.InsertRange($inputs[$i].Start, [string[]] $printed)
}
$lines
