<#
.SYNOPSIS
    Makes of each tutorial a script of all that it has to paste, with its headings as comments. It does not start without the module.
.PARAMETER Path
    The folder of the tutorials.
.PARAMETER Destination
    The folder of the scripts; without it that of the tutorials.
.EXAMPLE
    ./docs/Update-Tutorials.ps1
#>
[CmdletBinding()]
param(
    [string] $Path = "$PSScriptRoot/tutorials",
    [string] $Destination = $Path
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

foreach ($tutorial in Get-ChildItem $Path -Filter *.md) {
    $isCode = $false
    $script = foreach ($line in Get-Content $tutorial) {
        if ($isCode) {
            $isCode = $line -ne '```'
            $isCode ? $line : ''
        } elseif ($line -eq '```powershell') {
            $isCode = $true
        } elseif ($line -match '^#+ (.*)') {
            "# $($Matches[1])"
            ''
        }
    }
    Set-Content "$Destination/$($tutorial.BaseName).ps1" (@('#Requires -Modules MicroGrad', '') + $script -join "`n").TrimEnd()
}
