<#
.SYNOPSIS
    Makes the pictures that the README shows.
.PARAMETER ModulePath
    The manifest of the packaged module.
.PARAMETER Destination
    The folder of the pictures.
.EXAMPLE
    ./docs/Update-Images.ps1 -ModulePath ./output/MicroGrad/0.1.0/MicroGrad.psd1 -Destination ./docs/images
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $ModulePath,
    [Parameter(Mandatory)] [string] $Destination
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
Import-Module $ModulePath

# The graph of the README's first session.
$a, $b, $c, $f = New-GradValue 2, -3, 10, -2 -Label a, b, c, f
$e = $a * $b
$d = $e + $c
$L = $d * $f
$e.Label, $d.Label, $L.Label = 'e', 'd', 'L'
$L | Invoke-Backward
$L | Export-GradGraph "$Destination/graph.svg" -Force

$moons = New-GradDataset Moons -Count 200 -Noise 0.1 -Seed 1
$model = New-Mlp 2 8, 8, 1 -Seed 1
$null = $moons | Start-MlpTraining $model -Target Label -Loss Hinge -Epoch 150
$moons | Export-MlpPlot "$Destination/boundary.svg" -Model $model -Force
$model | Export-GradGraph "$Destination/network.svg" -Force
