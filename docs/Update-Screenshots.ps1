<#
.SYNOPSIS
    Makes the pictures of pages that the tutorials show, in Chromium.
.PARAMETER ModulePath
    The manifest of the packaged module.
.PARAMETER Destination
    The folder of the pictures.
.EXAMPLE
    ./docs/Update-Screenshots.ps1 -ModulePath ./output/MicroGrad/0.1.0/MicroGrad.psd1 -Destination ./docs/screenshots
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $ModulePath,
    [Parameter(Mandatory)] [string] $Destination
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
Import-Module $ModulePath
. "$PSScriptRoot/../build/Browser.ps1"

$folder = (New-Item -ItemType Directory ([IO.Path]::GetTempPath() + [guid]::NewGuid())).FullName
try {
    # Tutorial 7.
    $moons = New-GradDataset Moons 200 -Noise 0.1 -Seed 1 |
        Select-Object X1, X2, @{ Name = 'Moon'; Expression = { $_.Label -gt 0 ? 'lower' : 'upper' } }
    $moons | Export-MlpPlayground "$folder/moons.html" -Model (New-Mlp 2 8, 8, 1 -Seed 1) -Target Moon -ValidationFraction 0.2 -Title 'Two moons'
    $options = '--headless=new', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--window-size=1280,800', '--virtual-time-budget=10000'
    & (Find-Chromium) @options "--user-data-dir=$folder/profile" "--screenshot=$folder/playground.png" "file://$folder/moons.html#epoch=60" 2> $null
    $null = New-Item -ItemType Directory -Force $Destination
    Copy-Item "$folder/playground.png" "$Destination/playground.png"
} finally {
    Remove-Item -LiteralPath $folder -Recurse -Force
}
