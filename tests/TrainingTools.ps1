# What tests of trainings share.

# The id of the error that a training ends in.
function Get-Id([scriptblock] $Script) {
    try {
        $null = & $Script
    } catch {
        $_.FullyQualifiedErrorId -replace ',MicroGrad\.PowerShell\.Commands\.StartMlpTrainingCommand$'
    }
}

# Whether a number is as close to another as the arithmetic allows.
function Test-Close([double] $Actual, [double] $Expected, [double] $Tolerance = 1e-12) {
    [math]::Abs($Actual - $Expected) -le $Tolerance * [math]::Max(1, [math]::Abs($Expected))
}
