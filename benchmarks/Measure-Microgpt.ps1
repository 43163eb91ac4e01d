<#
.SYNOPSIS
    Times the training of tutorial 9, and that of the same model in Python.
.DESCRIPTION
    The tutorial's own lines are timed, from the recording of the function to the last step, compiling included. The Python
    program times its own steps. Both print the loss of the last step. A line of JSON each, in the form of MicroGrad.Benchmarks.
.PARAMETER ModulePath
    The manifest of the module.
.PARAMETER Python
    The Python to compare with; nothing where there is none.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $ModulePath,

    [string] $Python
)

$ErrorActionPreference = 'Stop'
$workload = 'small GPT, 1,000 steps'

function Write-Measurement {
    param([string] $Peer, [double] $Second, [double] $Result)
    [ordered]@{
        workload = $workload; peer = $Peer; precision = 'double'; threads = 1; unit = 's'
        least = $Second; median = $Second; result = $Result
    } | ConvertTo-Json -Compress
}

$folder = (New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) ([guid]::NewGuid()))).FullName
Copy-Item "$PSScriptRoot/../examples" $folder -Recurse
$env:PSModulePath = (Get-Item $ModulePath).Directory.Parent.Parent.FullName + [IO.Path]::PathSeparator + $env:PSModulePath
Push-Location $folder
try {
    # The tutorial in three parts, by its headings.
    $parts = (Get-Content -Raw "$PSScriptRoot/../docs/tutorials/09-microgpt.ps1") -split '(?m)^# (?=Record once|New names)'
    $null = . ([scriptblock]::Create($parts[0]))
    $clock = [Diagnostics.Stopwatch]::StartNew()
    $null = . ([scriptblock]::Create("# $($parts[1])"))
    Write-Measurement MicroGrad $clock.Elapsed.TotalSeconds $losses[-1]
    if ($Python) {
        $printed = & $Python "$PSScriptRoot/peers/microgpt.py" ./examples/names.txt 1000 | ConvertFrom-Json
        Write-Measurement Python $printed.seconds $printed.losses[-1]
    }
} finally {
    Pop-Location
    Remove-Item $folder -Recurse -Force
}
