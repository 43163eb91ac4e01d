<#
.SYNOPSIS
    Times MicroGrad and its peers in interleaved rounds and writes the table of ratios.
.DESCRIPTION
    Each round runs each workload by every program in turn, so that a busy machine is busy for all of them. Compared are
    the medians over rounds of each program's own medians, and beside them the least times, which a busy machine disturbs
    less. What has one thread is held on one processor, where taskset is there. A peer that is not installed is named as
    missing. OpenBLAS does not know every processor: its kernels are tried, and the peers get the fastest one, which the
    table names.
.PARAMETER ModulePath
    The manifest of the built module, for what is measured at the prompt.
.PARAMETER Round
    How often everything runs.
.PARAMETER Second
    How long each workload is timed in a round.
.PARAMETER Most
    Up to how many nodes, rows and parameters work grows.
.PARAMETER RowCount
    Rows of the CSV file at the prompt.
.PARAMETER Before
    The folder of an earlier checkout, built as this one. Its programs run in turn with the others and stand in a column of
    their own.
.PARAMETER Workload
    Only these workloads.
.PARAMETER OutputPath
    The Markdown file to write; the plot goes beside it, as growth.svg. With Workload, nothing is written unless a file is
    named.
#>
[CmdletBinding()]
param(
    [string] $ModulePath,

    [ValidateRange(1, 100)]
    [int] $Round = 5,

    [double] $Second = 1,

    [int] $Most = 10000000,

    [int] $RowCount = 1000000,

    [string] $Before,

    [string[]] $Workload = @(),

    [string] $OutputPath = ($Workload ? '' : "$PSScriptRoot/RESULTS.md")
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3
. "$PSScriptRoot/Get-Median.ps1"

$python = Get-Command '/usr/bin/python3', 'python3' -CommandType Application -ErrorAction Ignore | Select-Object -First 1
$compiler = Get-Command 'g++' -CommandType Application -ErrorAction Ignore | Select-Object -First 1
$taskset = Get-Command 'taskset' -CommandType Application -ErrorAction Ignore | Select-Object -First 1
$ownProgram = 'benchmarks/MicroGrad.Benchmarks/bin/Release/net10.0/MicroGrad.Benchmarks.dll'
$own = "$PSScriptRoot/../$ownProgram"
$dotnetPeers = "$PSScriptRoot/MicroGrad.Peers/bin/Release/net10.0/MicroGrad.Peers.dll"
$work = Join-Path ([IO.Path]::GetTempPath()) "micrograd-bench-$PID"
$seconds = $Second.ToString([cultureinfo]::InvariantCulture)
$missing = [System.Collections.Generic.List[string]]::new()
$versions = [System.Collections.Generic.List[string]]::new()
$beforeModule = $Before ? (Get-Item "$Before/output/MicroGrad/*/MicroGrad.psd1").FullName : ''
$targets = (Import-PowerShellDataFile "$PSScriptRoot/Targets.psd1").Targets

# A row of the rounds: what the programs call it, its number of threads, and which of them compute it.
$wholes = 'C1, whole training of 100 epochs', 'C2, whole training of 50 epochs', 'C3, whole training of 4 epochs'
$turns = @(
    foreach ($name in 'C1', 'C2', 'C3') { @{ Name = $name; Threads = 1; Peers = 'NumPy', 'PyTorch', 'TorchSharp' } }
    @{ Name = 'C3'; Threads = 2; Peers = 'NumPy', 'PyTorch', 'TorchSharp' }
    @{ Name = "C3 and the processor's peak"; Threads = 1; Peers = @('peak') }
    foreach ($name in $wholes) { @{ Name = $name; Threads = 1; Peers = @('scikit-learn') } }
    foreach ($name in 'moons, live graph', 'elementary operations', 'chain of 1,000,000') {
        @{ Name = $name; Threads = 1; Peers = 'ADOL-C', 'Sacado' }
    }
    @{ Name = 'chain of 10,000,000'; Threads = 1; Peers = @() }
) | Where-Object { -not $Workload -or $_.Name -in $Workload }

function Test-PythonModule {
    param([string] $Name)
    if (-not $python) {
        return $false
    }
    & $python.Source -c "import $Name, numpy, threadpoolctl" 2>$null
    $LASTEXITCODE -eq 0
}

# The programs, by the names that the rounds use. Each takes the threads, the seconds and the workload, and prints JSON.
function Get-Contestant {
    $found = [ordered]@{ MicroGrad = @('dotnet', $own, 'round') }
    if ($Before) {
        $found['before'] = @('dotnet', "$Before/$ownProgram", 'round')
    }
    foreach ($peer in @{ Name = 'NumPy'; Module = 'numpy' }, @{ Name = 'PyTorch'; Module = 'torch' }, @{ Name = 'scikit-learn'; Module = 'sklearn' }) {
        if (-not (Test-PythonModule $peer.Module)) {
            $missing.Add("$($peer.Name) (python3-$($peer.Module) and python3-threadpoolctl)")
            continue
        }
        $found[$peer.Name] = @($python.Source, "$PSScriptRoot/peers/training.py", $peer.Module)
        $versions.Add("$($peer.Name) $(& $python.Source -c "import $($peer.Module); print($($peer.Module).__version__)")")
    }
    # Torch's native library needs a C library of its day, so a step is tried.
    $null = & dotnet $dotnetPeers torch 1 0 C1 2>&1
    if ($LASTEXITCODE -eq 0) {
        $found['TorchSharp'] = @('dotnet', $dotnetPeers, 'torch')
    } else {
        $missing.Add('TorchSharp (its native library does not load here)')
    }
    foreach ($name in 'TorchSharp', 'Sep', 'Sylvan.Data.Csv') {
        $package = Select-Xml -Path "$PSScriptRoot/../Directory.Packages.props" -XPath "//PackageVersion[@Include='$name']"
        $versions.Add("$name $($package.Node.Version)")
    }
    foreach ($peer in @(
            @{ Name = 'ADOL-C'; File = 'adolc'; Option = @('-ladolc'); Package = 'g++ and libadolc-dev' }
            @{ Name = 'Sacado'; File = 'sacado'; Option = '-I/usr/include/trilinos', '-ltrilinos_sacado'; Package = 'g++, libtrilinos-sacado-dev and libtrilinos-kokkos-dev' }
            @{ Name = 'peak'; File = 'peak'; Option = @('-ffp-contract=fast'); Package = 'g++' }
        )) {
        $program = "$work/$($peer.File)"
        if ($compiler) {
            # Its headers or its library may be missing: then there is no program, which is told below.
            $arguments = @('-O3', '-march=native', "$PSScriptRoot/peers/$($peer.File).cpp") + $peer.Option + @('-o', $program)
            & $compiler.Source @arguments 2>$null
        }
        if (Test-Path $program) {
            $found[$peer.Name] = @($program)
            $library = $peer.Package -split ' and |, ' | Where-Object { $_ -like 'lib*' } | Select-Object -First 1
            $version = $library ? (dpkg-query --show --showformat '${Version}' $library 2>$null) : $null
            if ($version) {
                $versions.Add("$($peer.Name) $version")
            }
        } else {
            $missing.Add("$($peer.Name) ($($peer.Package))")
        }
    }
    $found
}

# Tries the kernels of OpenBLAS, and leaves the fastest in OPENBLAS_CORETYPE; one that the processor can't run is passed over.
function Select-BlasKernel {
    if (-not (Test-PythonModule numpy)) {
        return 'none'
    }
    $tried = foreach ($kernel in '', 'Haswell', 'Zen', 'SkylakeX', 'Sandybridge') {
        $env:OPENBLAS_CORETYPE = $kernel ? $kernel : $null
        $printed = & $python.Source "$PSScriptRoot/peers/kernels.py" 2>$null
        if ($LASTEXITCODE -eq 0) {
            $printed | ConvertFrom-Json | Add-Member -NotePropertyName Kernel -NotePropertyValue $kernel -PassThru
        }
    }
    $best = $tried | Sort-Object microseconds | Select-Object -First 1
    $env:OPENBLAS_CORETYPE = $best.Kernel ? $best.Kernel : $null
    if (-not ($best.libraries -match 'openblas')) {
        $missing.Add('OpenBLAS (libopenblas0): NumPy and PyTorch run on a slower library')
    }
    "$($best.libraries -join ', ')$($best.Kernel ? " (OPENBLAS_CORETYPE=$($best.Kernel))" : '')"
}

function Invoke-Contestant {
    param([string] $Name, [string[]] $Command, [int] $Threads = 2)
    $line = @($Threads -eq 1 -and $taskset ? ($taskset.Source, '-c', [string] ([Environment]::ProcessorCount - 1)) : @()) + $Command
    $program, $arguments = $line
    $printed = @(& $program @arguments)
    if ($LASTEXITCODE -ne 0) {
        throw "$Name failed with exit code $LASTEXITCODE."
    }
    $measured = $printed | ConvertFrom-Json
    if ($Name -ne 'before') {
        return $measured
    }
    $measured | Where-Object peer -EQ 'MicroGrad' | ForEach-Object { $_.peer = 'before'; $_ }
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

# What is to hold, and whether it does by the medians.
function Get-TargetText {
    param([object] $Row, [object] $Value, [object] $Earlier, [object[]] $Peer)
    foreach ($target in $targets) {
        if ($target.Workload -ne $Row.workload -or ($target['Precision'] ?? $Row.precision) -ne $Row.precision -or ($target['Threads'] ?? $Row.threads) -ne $Row.threads) {
            continue
        }
        if ($target['Limit']) {
            "at most $($target.Limit): $($Value -le $target.Limit ? 'met' : 'not met')"
            continue
        }
        if ($target['Before']) {
            if ($Earlier) {
                $share = $Value / $Earlier.Median
                "at most $($target.Before) of before: $(Format-Number $share), $($share -le $target.Before ? 'met' : 'not met')"
            }
            continue
        }
        $wanted = $target['Peer'] ?? '*'
        $compared = @($Peer | Where-Object Name -Like $wanted)
        $of = $target['Peer'] ? " of $($target.Peer)" : ''
        if (-not $compared) {
            "ratio $($target.Ratio)${of}: peer missing"
            continue
        }
        $ratio = ($compared.Median | Measure-Object -Minimum).Minimum / $Value
        "ratio $($target.Ratio)${of}: $(Format-Number $ratio), $($ratio -ge $target.Ratio ? 'met' : 'not met')"
    }
}

# A line for each workload, precision and number of threads: ours, the peers, the ratio to the best of them.
function Get-ResultLine {
    param([object[]] $Measurement)
    foreach ($group in $Measurement | Group-Object workload, precision, threads) {
        $row = $group.Group[0]
        $all = foreach ($entry in $group.Group | Group-Object peer) {
            [pscustomobject]@{
                Name   = $entry.Name
                Median = Get-Median $entry.Group.median
                Least  = ($entry.Group.least | Measure-Object -Minimum).Minimum
            }
        }
        $ours = $all | Where-Object Name -EQ 'MicroGrad'
        $earlier = $all | Where-Object Name -EQ 'before'
        $peers = @($all | Where-Object Name -NotIn 'MicroGrad', 'before')
        $times = foreach ($peer in $peers) { "$($peer.Name) $(Format-Number $peer.Median) ($(Format-Number $peer.Least))" }
        $isReference = @($group.Group | Where-Object { $_.PSObject.Properties['reference'] -and $_.reference }).Count -gt 0
        $ratio = if ($peers -and -not $isReference) {
            "$(Format-Number (($peers.Median | Measure-Object -Minimum).Minimum / $ours.Median)) ($(Format-Number (($peers.Least | Measure-Object -Minimum).Minimum / $ours.Least)))"
        } else {
            '-'
        }
        # Single precision has seven digits, and a training uses up some of them.
        $tolerance = $row.precision -eq 'single' ? 1e-3 : 1e-9
        $results = @($group.Group | Where-Object { $null -ne $_.result })
        $spread = $results | ForEach-Object result | Measure-Object -Minimum -Maximum
        $agrees = if (@($results | ForEach-Object peer | Sort-Object -Unique).Count -lt 2) {
            '-'
        } elseif ($spread.Maximum - $spread.Minimum -le $tolerance * [Math]::Abs($spread.Maximum)) {
            'yes'
        } else {
            "no: $($spread.Maximum - $spread.Minimum) apart"
        }
        $text = @(Get-TargetText $row $ours.Median $earlier $peers) -join '; '
        "| $($row.workload) | $($row.precision) | $($row.threads) | $($row.unit) | $(Format-Number $ours.Median) ($(Format-Number $ours.Least)) |$($Before ? $earlier ? " $(Format-Number $earlier.Median) ($(Format-Number $earlier.Least)) |" : ' - |' : '') $($times -join '; ') | $ratio | $($text ? $text : '-') | $agrees |"
    }
}

# A line for each number of nodes, rows, parameters or threads. Time grows in a straight line where the exponent is 1; that
# of threads would be -1 if they shared all work and nothing else.
function Get-GrowthLine {
    param([object[]] $Point)
    foreach ($group in $Point | Group-Object growth) {
        $first, $last = $group.Group[0], $group.Group[-1]
        $exponent = [Math]::Log($last.microseconds / $first.microseconds) / [Math]::Log($last.count / $first.count)
        foreach ($entry in $group.Group) {
            $shared = $group.Name -eq 'threads' ? 1 : $entry.count
            "| $($group.Name) | $($entry.count) | $(Format-Number ($entry.microseconds * 1000 / $shared)) | $($entry -eq $last ? (Format-Number $exponent) : '') |"
        }
    }
}

$null = New-Item -ItemType Directory -Path $work -Force
$plot = $OutputPath ? (Join-Path (Split-Path ([IO.Path]::GetFullPath($OutputPath))) 'growth.svg') : ''
$names = 'OPENBLAS_CORETYPE', 'OPENBLAS_L2_SIZE', 'DOTNET_TC_CallCountingDelayMs'
$values = foreach ($name in $names) { [Environment]::GetEnvironmentVariable($name) }
Push-Location $work
try {
    $env:OPENBLAS_L2_SIZE = $null
    $kernel = Select-BlasKernel
    $contestants = Get-Contestant
    $lines = foreach ($number in 1..$Round) {
        foreach ($turn in $turns) {
            Write-Host "Round $number of ${Round}: $($turn.Name), threads: $($turn.Threads)"
            # Who comes first may have to wait for memory, so the two builds change places.
            $builds = $number % 2 ? ('MicroGrad', 'before') : ('before', 'MicroGrad')
            foreach ($name in $builds + $turn.Peers | Where-Object { $contestants.Contains($_) }) {
                # Only shortens how long the runtime takes until it has compiled for good, which is not what is timed.
                $env:DOTNET_TC_CallCountingDelayMs = $name -in 'MicroGrad', 'before' ? '0' : $null
                Invoke-Contestant $name ($contestants[$name] + @([string] $turn.Threads, $seconds, $turn.Name)) $turn.Threads
            }
        }
    }
    $env:DOTNET_TC_CallCountingDelayMs = $null
    if ($ModulePath -and (-not $Workload -or $Workload -contains 'small GPT, 1,000 steps')) {
        # Once: the Python program takes minutes.
        Write-Host 'Small GPT'
        $training = '-NoProfile', '-NonInteractive', '-File', "$PSScriptRoot/Measure-Microgpt.ps1", '-ModulePath', $ModulePath, '-Python', "$($python.Source)"
        $lines = @($lines | Where-Object { $_ }) + @(Invoke-Contestant 'pwsh' (@((Get-Process -Id $PID).Path) + $training))
    }
    if (-not $Workload) {
        if ($ModulePath) {
            Write-Host 'At the prompt'
            $prompt = '-NoProfile', '-NonInteractive', '-File', "$PSScriptRoot/Measure-Prompt.ps1", '-ModulePath', $ModulePath, '-PeerPath', $dotnetPeers, '-Turn', "$Round", '-RowCount', "$RowCount"
            $lines += Invoke-Contestant 'pwsh' (@((Get-Process -Id $PID).Path) + $prompt)
            if ($Before) {
                $lines += Invoke-Contestant 'before' (@((Get-Process -Id $PID).Path) + $prompt.Replace($ModulePath, $beforeModule))
            }
        }
        Write-Host 'Growth'
        $env:DOTNET_TC_CallCountingDelayMs = '0'
        $growth = @(Invoke-Contestant 'Growth' @('dotnet', $own, 'growth', $seconds, "$Most", $plot))
    }
} finally {
    Pop-Location
    foreach ($i in 0..2) { [Environment]::SetEnvironmentVariable($names[$i], $values[$i]) }
    Remove-Item $work -Recurse -Force
}

$table = @(
    '# Results of the benchmarks'
    ''
    'Written by `pwsh ./build.ps1 Bench`; do not edit. The median over rounds (the least in brackets), in the unit named; less is'
    'better. The ratio is that of the best peer to MicroGrad, of medians and (in brackets) of least times: above 1, MicroGrad is'
    'faster. A peer that does something else stands there to compare with, and has no ratio. Targets are compared with medians.'
    'C1, C2 and C3 are steps of training by Adam: 2-16-16-1 in batches of 32, 64-128-64-10 of 64, 784-512-256-10 of 128. Whole'
    'trainings start from the same weights and take the same batches.'
    ''
    "- Machine: $(Get-MachineName)"
    "- Rounds: $Round, interleaved, $seconds s for each workload; one thread $($taskset ? 'held on one processor' : 'not held on a processor: taskset is missing')"
    '- MicroGrad in C# runs without concurrent garbage collection (DOTNET_gcConcurrent=0), the prompt as PowerShell is'
    "- Library under the peers: $kernel"
    if ($Before) {
        "- Before: the build of $(git -C $Before log -1 --format='%h, %cs'), in turn with the present one in each round; at the prompt after it"
    }
    '- The small GPT is that of tutorial 9, recording and compiling included, in one run'
    "- Peers: $($versions -join ', ')"
    "- Missing peers: $($missing.Count ? ($missing -join ', ') : 'none')"
    ''
    "| workload | precision | threads | unit | MicroGrad |$($Before ? ' before |' : '') peers | ratio | target | results agree |"
    "| --- | --- | --- | --- | --- |$($Before ? ' --- |' : '') --- | --- | --- | --- |"
    Get-ResultLine @($lines)
    if (-not $Workload) {
        ''
        '![Time as nodes, rows, parameters and threads grow](growth.svg)'
        ''
        'Time for each node, row or parameter; of threads, that of a whole step of C3 in single precision.'
        ''
        '| work | count | ns | exponent (straight: 1; threads at best: -1) |'
        '| --- | --- | --- | --- |'
        Get-GrowthLine $growth
    }
)
$table | ForEach-Object { Write-Host $_ }
if ($OutputPath) {
    Set-Content -LiteralPath $OutputPath -Value $table
}
