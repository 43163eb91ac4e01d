<#
.SYNOPSIS
    Runs the Pester tests against the packaged module and writes the counts to a file.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $ResultPath,
    [string[]] $Path = @("$PSScriptRoot/Commands", "$PSScriptRoot/Module"),
    [string[]] $ExcludePath = @()
)

$ErrorActionPreference = 'Stop'
$PSStyle.OutputRendering = 'PlainText'
Import-Module Pester -MinimumVersion 5.5

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
