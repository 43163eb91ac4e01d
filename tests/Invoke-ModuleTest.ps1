<#
.SYNOPSIS
    Runs the Pester tests against the packaged module and writes the counts to a file.
.DESCRIPTION
    Pester is the one that tests/Pester/Pester.csproj names, whatever the machine has. Without -Path, scripts are analyzed
    where PSScriptAnalyzer is installed.
.PARAMETER ResultPath
    The file to write the counts to, in JSON.
.PARAMETER Path
    The test files or their folders; all of them if none are named.
.PARAMETER ExcludePath
    Test files to leave out.
.PARAMETER PesterVersion
    Another of the versions in tests/Pester/Pester.csproj.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $ResultPath,
    [string[]] $Path = @("$PSScriptRoot/Commands", "$PSScriptRoot/Module"),
    [string[]] $ExcludePath = @(),
    [string] $PesterVersion
)

$ErrorActionPreference = 'Stop'
$PSStyle.OutputRendering = 'PlainText'
$build = (Resolve-Path "$PSScriptRoot/../build").ProviderPath
. "$build/OwnProcess.ps1"
. "$build/Tools.ps1"
. "$build/Pester.ps1"
if (Test-ToolProcess) {
    Invoke-InOwnProcess $PSCommandPath $PSBoundParameters
    exit $LASTEXITCODE
}

Use-DeveloperModule
Import-Module (Restore-Pester ($PesterVersion ? $PesterVersion : (Get-PesterVersion)[0]))
if (-not $PSBoundParameters.ContainsKey('Path') -and -not (Test-DeveloperModule PSScriptAnalyzer)) {
    Write-Host "PSScriptAnalyzer is not installed, so the scripts are not analyzed: 'build.ps1 Lint' saves it from the PowerShell Gallery."
    $ExcludePath += "$PSScriptRoot/Module/ScriptAnalyzer.Tests.ps1"
}

$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.ExcludePath = $ExcludePath
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$configuration.TestRegistry.Enabled = $false
$result = Invoke-Pester -Configuration $configuration

# A test that was skipped or never ran counts as failed: it showed nothing. A container that breaks has no tests.
$failed = $result.TotalCount - $result.PassedCount + $result.FailedContainersCount + $result.FailedBlocksCount
@{ Passed = $result.PassedCount; Failed = $failed } | ConvertTo-Json | Set-Content $ResultPath
exit [int] ($failed -gt 0)
