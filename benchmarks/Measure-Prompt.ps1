<#
.SYNOPSIS
    Times MicroGrad at the prompt, beside what PowerShell takes without it.
.DESCRIPTION
    Prints a line of JSON for each measurement, in the same form as MicroGrad.Benchmarks. What is compared takes turns.
.PARAMETER ModulePath
    The manifest of the module.
.PARAMETER PeerPath
    The built MicroGrad.Peers, which reads the same file by other libraries of .NET.
.PARAMETER Turn
    How often what is compared takes turns.
.PARAMETER RowCount
    Rows of the CSV file; 0 leaves files out.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $ModulePath,

    [string] $PeerPath,

    [int] $Turn = 5,

    [int] $RowCount = 0
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3
. "$PSScriptRoot/Get-Median.ps1"
$pwsh = (Get-Process -Id $PID).Path

function Get-Least {
    param([double[]] $Value)
    ($Value | Measure-Object -Minimum).Minimum
}

# What the values take beyond others is the difference of medians and of least times: the least difference would be that of
# the turn in which the others were slow. A peer that does something else is a reference, to which there is no ratio.
function Write-Measurement {
    param([string] $Workload, [string] $Peer, [string] $Unit, [double[]] $Value, [double[]] $Beyond = @(0), [switch] $Reference)
    [ordered]@{
        workload = $Workload; peer = $Peer; precision = 'double'; threads = 1; unit = $Unit
        least = (Get-Least $Value) - (Get-Least $Beyond); median = (Get-Median $Value) - (Get-Median $Beyond); result = $null
        reference = [bool] $Reference
    } | ConvertTo-Json -Compress
}

# The milliseconds of script blocks that take turns, each in the order of turns.
function Measure-InTurn {
    param([System.Collections.IDictionary] $Script)
    $times = @{}
    foreach ($name in $Script.Keys) {
        $times[$name] = [double[]]::new($Turn)
    }
    foreach ($number in 0..($Turn - 1)) {
        foreach ($name in $Script.Keys) {
            $clock = [Diagnostics.Stopwatch]::StartNew()
            $null = & $Script[$name]
            $times[$name][$number] = $clock.Elapsed.TotalMilliseconds
        }
    }
    $times
}

function Measure-FreshProcess {
    $demonstration = {
        Import-Module $args[0]
        $model = New-Mlp 2 16, 16, 1 -Activation Relu -Initialization Micrograd -Seed 1337
        $training = @{
            Feature = 'X*'; Target = 'Label'; Loss = 'Hinge'; L2 = 1e-4
            Epoch = 100; BatchSize = 0; Optimizer = 'Sgd'
            LearningRate = 1; Schedule = 'Linear'; FinalLearningRate = 0.1
        }
        $null = New-GradDataset Moons 100 -Noise 0.1 -Seed 1337 | Start-MlpTraining $model @training
    }
    # As text: a script block would come back through serialization.
    $import = "Import-Module '$ModulePath'"
    $whole = "& { $demonstration } '$ModulePath'"
    $times = Measure-InTurn ([ordered]@{
            bare   = { & $pwsh -NoProfile -NonInteractive -Command 1 }
            import = { & $pwsh -NoProfile -NonInteractive -Command $import }
            whole  = { & $pwsh -NoProfile -NonInteractive -Command $whole }
        })
    Write-Measurement 'moons demonstration, fresh pwsh' 'MicroGrad' 'ms' $times.whole
    Write-Measurement 'moons demonstration, fresh pwsh' 'pwsh alone' 'ms' $times.bare -Reference
    Write-Measurement 'module import over a bare start' 'MicroGrad' 'ms' $times.import -Beyond $times.bare
    Write-Measurement 'first training over an import' 'MicroGrad' 'ms' $times.whole -Beyond $times.import
}

function Measure-Operator {
    Import-Module $ModulePath
    Add-Type -TypeDefinition @'
public sealed class PlainNumber
{
    public PlainNumber(double data) { Data = data; }
    public double Data { get; }
    public static PlainNumber operator *(PlainNumber a, PlainNumber b) { return new PlainNumber(a.Data * b.Data); }
}
'@
    # Short turns, and many: PowerShell compiles the loops for good in the first of them.
    $count = 30000
    $Turn = 21
    $a, $b = (New-GradValue 2), (New-GradValue 3)
    $c, $d = [PlainNumber]::new(2), [PlainNumber]::new(3)
    $times = Measure-InTurn ([ordered]@{
            own   = { for ($i = 0; $i -lt $count; $i++) { $null = $a * $b } }
            floor = { for ($i = 0; $i -lt $count; $i++) { $null = $c * $d } }
        })
    Write-Measurement 'operator at the prompt' 'MicroGrad' 'ns' ($times.own | ForEach-Object { $_ * 1e6 / $count })
    Write-Measurement 'operator at the prompt' 'a plain .NET class' 'ns' ($times.floor | ForEach-Object { $_ * 1e6 / $count })
}

function Measure-File {
    Import-Module $ModulePath
    Add-Type -TypeDefinition @'
using System.Management.Automation;

[Cmdlet("Skip", "Row")]
public sealed class SkipRowCommand : PSCmdlet
{
    [Parameter(ValueFromPipeline = true)]
    public object InputObject { get; set; }
}
'@ -PassThru | ForEach-Object Assembly | Select-Object -First 1 | Import-Module
    $path = Join-Path ([IO.Path]::GetTempPath()) "micrograd-rows-$PID.csv"
    try {
        $lines = foreach ($r in 1..$RowCount) { '{0:R},{1:R},{2}' -f [Math]::Sin($r), [Math]::Cos($r), ($r % 2) }
        [IO.File]::WriteAllLines($path, [string[]](@('X1,X2,Label') + $lines))
        $Turn = [Math]::Min($Turn, 3)
        $training = @{ Feature = 'X1', 'X2'; Target = 'Label'; Epoch = 1; BatchSize = 1000 }
        # The training itself is taken away: what is left is how rows come in.
        $epochs = @{ rows = [double[]]::new($Turn); list = [double[]]::new($Turn); path = [double[]]::new($Turn) }
        $place = @{ rows = 0; list = 0; path = 0 }
        $note = { param($kind, $epoch) $epochs[$kind][$place[$kind]++] = $epoch.Elapsed.TotalMilliseconds }
        $script:collected = @()
        $times = Measure-InTurn ([ordered]@{
                alone   = { Import-Csv $path > $null }
                floor   = { Import-Csv $path | Skip-Row }
                rows    = { & $note rows (Import-Csv $path | Start-MlpTraining (New-Mlp 2 1) @training) }
                path    = { & $note path (Start-MlpTraining (New-Mlp 2 1) -Path $path @training) }
                collect = { $script:collected = Import-Csv $path }
                list    = { & $note list (Start-MlpTraining (New-Mlp 2 1) -InputObject $script:collected @training); $script:collected = @() }
            })
        Write-Measurement 'binding rows of Import-Csv' 'MicroGrad' 'ms' $times.list -Beyond $epochs.list
        Write-Measurement 'binding rows of Import-Csv' 'Import-Csv alone' 'ms' $times.alone -Reference
        $pipeline = 'Import-Csv through the pipeline'
        Write-Measurement $pipeline 'MicroGrad' 'ms' $times.rows -Beyond $epochs.rows
        Write-Measurement $pipeline 'collected in a variable' 'ms' $times.collect
        Write-Measurement $pipeline 'into a cmdlet that does nothing' 'ms' $times.floor
        Write-Measurement $pipeline 'to nothing' 'ms' $times.alone
        Write-Measurement 'rows by -Path' 'MicroGrad' 'ms' $times.path -Beyond $epochs.path
        Write-Measurement 'rows by -Path' 'Import-Csv alone' 'ms' $times.alone
        if ($PeerPath) {
            & dotnet $PeerPath rows $path $Turn
        }
    } finally {
        Remove-Item $path -ErrorAction Ignore
    }
}

Measure-FreshProcess
Measure-Operator
if ($RowCount -gt 0) {
    Measure-File
}
