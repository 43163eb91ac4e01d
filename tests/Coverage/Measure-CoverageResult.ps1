<#
.SYNOPSIS
    Reads what a test run covered: a row for each assembly, with the files of which much was left out.
.PARAMETER Path
    A report of coverlet, as JSON.
.PARAMETER Threshold
    The share of its branches, in percent, below which a file is named.
.OUTPUTS
    An object for each assembly: Assembly, LinePercent, BranchPercent, the counts, and Files below the threshold.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Path,
    [double] $Threshold = 90
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

function Get-Share([int] $Covered, [int] $All) {
    $All -eq 0 ? 100 : [math]::Round(100 * $Covered / $All, 1)
}

$report = Get-Content -Raw -LiteralPath $Path | ConvertFrom-Json -AsHashtable
foreach ($assembly in $report.Keys | Sort-Object) {
    $files = foreach ($file in $report[$assembly].Keys) {
        $methods = $report[$assembly][$file].Values | ForEach-Object { $_.Values }
        $lines = @($methods | ForEach-Object { $_.Lines.Values })
        $branches = @($methods | ForEach-Object { $_.Branches } | ForEach-Object { $_.Hits })
        [pscustomobject]@{
            File          = $file -replace '^.*?/src/[^/]+/'
            Line          = $lines.Count
            LineCovered   = @($lines -gt 0).Count
            Branch        = $branches.Count
            BranchCovered = @($branches -gt 0).Count
        }
    }
    $sum = $files | Measure-Object Line, LineCovered, Branch, BranchCovered -Sum | Group-Object Property -AsHashTable
    [pscustomobject]@{
        Assembly      = [IO.Path]::GetFileNameWithoutExtension($assembly)
        LinePercent   = Get-Share $sum.LineCovered.Sum $sum.Line.Sum
        BranchPercent = Get-Share $sum.BranchCovered.Sum $sum.Branch.Sum
        Line          = $sum.Line.Sum
        LineCovered   = $sum.LineCovered.Sum
        Branch        = $sum.Branch.Sum
        BranchCovered = $sum.BranchCovered.Sum
        Files         = @($files | Where-Object { (Get-Share $_.BranchCovered $_.Branch) -lt $Threshold } |
                Sort-Object { $_.BranchCovered - $_.Branch }, File)
    }
}
