<#
.SYNOPSIS
    Times MicroGrad and its peers in interleaved rounds and writes the table of ratios.
.DESCRIPTION
    Each round runs every program once, so that a busy machine is busy for all of them. Compared are the medians over
    rounds of each program's own medians, and beside them the least times, which a busy machine disturbs less. A peer
    that is not installed is named as missing. OpenBLAS takes the kernel for the processor it finds: OPENBLAS_CORETYPE
    is left out of the peers' environment, and the table names the kernel that ran.
.PARAMETER Round
    How often everything runs.
.PARAMETER Second
    How long each workload is timed in a round.
.PARAMETER Workload
    Only these workloads.
.PARAMETER OutputPath
    The Markdown file to write.
#>
[CmdletBinding()]
param(
    [ValidateRange(1, 100)]
    [int] $Round = 5,

    [double] $Second = 1,

    [string[]] $Workload = @(),

    [string] $OutputPath = "$PSScriptRoot/RESULTS.md"
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3

$python = Get-Command '/usr/bin/python3', 'python3' -CommandType Application -ErrorAction Ignore | Select-Object -First 1
$compiler = Get-Command 'g++' -CommandType Application -ErrorAction Ignore | Select-Object -First 1
$work = Join-Path ([IO.Path]::GetTempPath()) "micrograd-bench-$PID"
$seconds = $Second.ToString([cultureinfo]::InvariantCulture)
$missing = [System.Collections.Generic.List[string]]::new()

function Test-PythonModule {
    param([string] $Name)
    if (-not $python) {
        return $false
    }
    & $python.Source -c "import $Name, threadpoolctl" 2>$null
    $LASTEXITCODE -eq 0
}

# What to run in a round: programs that print lines of JSON.
function Get-Contestant {
    $own = "$PSScriptRoot/MicroGrad.Benchmarks/bin/Release/net10.0/MicroGrad.Benchmarks.dll"
    @{ Name = 'MicroGrad'; Program = 'dotnet'; Arguments = @($own, 'round', $seconds) + $Workload }
    foreach ($name in 'NumPy', 'PyTorch') {
        $package = $name -eq 'NumPy' ? 'numpy' : 'torch'
        if (Test-PythonModule $package) {
            @{ Name = $name; Program = $python.Source; Arguments = @("$PSScriptRoot/peers/training.py", $package, $seconds) + $Workload }
        } else {
            $missing.Add("$name (python3-$package and python3-threadpoolctl)")
        }
    }
    $program = "$work/adolc"
    if ($compiler) {
        # Its headers or its library may be missing: then there is no program, which is told below.
        & $compiler.Source -O3 -march=native "$PSScriptRoot/peers/adolc.cpp" -ladolc -o $program 2>$null
    }
    if (Test-Path $program) {
        @{ Name = 'ADOL-C'; Program = $program; Arguments = @($seconds) }
    } else {
        $missing.Add('ADOL-C (g++ and libadolc-dev)')
    }
}

function Get-Median {
    param([double[]] $Value)
    $sorted = @($Value | Sort-Object)
    $sorted[[int][Math]::Floor($sorted.Count / 2)]
}

function Get-MachineName {
    $processor = if (Test-Path /proc/cpuinfo) {
        (Select-String -Path /proc/cpuinfo -Pattern '^model name\s*:\s*(.*)$' | Select-Object -First 1).Matches[0].Groups[1].Value
    } else {
        [Runtime.InteropServices.RuntimeInformation]::ProcessArchitecture
    }
    "$processor, $([Environment]::ProcessorCount) processors, $([Runtime.InteropServices.RuntimeInformation]::OSDescription), .NET $(dotnet --version)"
}

function Format-Number {
    param([double] $Value)
    [Math]::Round($Value, $Value -lt 10 ? 2 : $Value -lt 100 ? 1 : 0).ToString([cultureinfo]::InvariantCulture)
}

# A line for each workload, precision and number of threads: ours, the peers, the ratio to the best of them.
function Get-ResultLine {
    param([object[]] $Measurement)
    foreach ($group in $Measurement | Group-Object workload, precision, threads) {
        $ours = @($group.Group | Where-Object peer -EQ 'MicroGrad')
        $peers = @($group.Group | Where-Object peer -NE 'MicroGrad' | Group-Object peer)
        $label = "$($group.Group[0].workload) | $($group.Group[0].precision) | $($group.Group[0].threads)"
        $own = if ($ours) { Get-Median $ours.median }
        $ownLeast = if ($ours) { ($ours.least | Measure-Object -Minimum).Minimum }
        $times = foreach ($peer in $peers) {
            "$($peer.Name) $(Format-Number (Get-Median $peer.Group.median)) ($(Format-Number ($peer.Group.least | Measure-Object -Minimum).Minimum))"
        }
        $ratio = if ($ours -and $peers) {
            $best = ($peers | ForEach-Object { Get-Median $_.Group.median } | Measure-Object -Minimum).Minimum
            $bestLeast = ($peers | ForEach-Object { ($_.Group.least | Measure-Object -Minimum).Minimum } | Measure-Object -Minimum).Minimum
            "$(Format-Number ($best / $own)) ($(Format-Number ($bestLeast / $ownLeast)))"
        } else {
            '-'
        }
        # Single precision has seven digits, and a training uses up some of them.
        $tolerance = $group.Group[0].precision -eq 'single' ? 1e-3 : 1e-9
        $results = @($group.Group.result | Measure-Object -Minimum -Maximum)
        $spread = $results[0].Maximum - $results[0].Minimum
        $agrees = if ($peers.Count + [int] ($ours.Count -gt 0) -lt 2) { '-' } elseif ($spread -le $tolerance * [Math]::Abs($results[0].Maximum)) { 'yes' } else { "no: $spread apart" }
        $ownText = $ours ? "$(Format-Number $own) ($(Format-Number $ownLeast))" : '-'
        "| $label | $ownText | $($times -join '; ') | $ratio | $agrees |"
    }
}

$null = New-Item -ItemType Directory -Path $work -Force
$coreType = $env:OPENBLAS_CORETYPE
$cacheSize = $env:OPENBLAS_L2_SIZE
try {
    $env:OPENBLAS_CORETYPE = $env:OPENBLAS_L2_SIZE = $null
    $contestants = @(Get-Contestant)
    $lines = foreach ($number in 1..$Round) {
        foreach ($contestant in $contestants) {
            Write-Host "Round $number of ${Round}: $($contestant.Name)"
            $arguments = $contestant.Arguments
            $printed = @(& $contestant.Program @arguments)
            if ($LASTEXITCODE -ne 0) {
                throw "$($contestant.Name) failed with exit code $LASTEXITCODE."
            }
            $printed | ConvertFrom-Json
        }
    }
} finally {
    $env:OPENBLAS_CORETYPE = $coreType
    $env:OPENBLAS_L2_SIZE = $cacheSize
    Remove-Item $work -Recurse -Force
}

$measurements = @($lines | Where-Object { $_.PSObject.Properties['workload'] -and (-not $Workload -or $_.workload -in $Workload) })
$kernels = @($lines | Where-Object { $_.PSObject.Properties['kernels'] } | ForEach-Object kernels | Sort-Object -Unique)
$table = @(
    '# Results of the benchmarks'
    ''
    'Written by `pwsh ./build.ps1 Bench`; do not edit. Microseconds a step: the median over rounds (the least in brackets).'
    'The ratio is that of the best peer to MicroGrad, of medians and (in brackets) of least times: above 1, MicroGrad is faster.'
    ''
    "- Machine: $(Get-MachineName)"
    "- Rounds: $Round, interleaved, $seconds s for each workload"
    "- Libraries under the peers: $($kernels -join ', ')"
    "- Missing peers: $($missing.Count ? ($missing -join ', ') : 'none')"
    ''
    '| workload | precision | threads | MicroGrad | peers | ratio | results agree |'
    '| --- | --- | --- | --- | --- | --- | --- |'
    Get-ResultLine $measurements
)
$table | ForEach-Object { Write-Host $_ }
Set-Content -LiteralPath $OutputPath -Value $table
