<#
.SYNOPSIS
    Trains a network on iris flowers and shows what there is to see.
.PARAMETER Destination
    The folder for the picture and the pages.
#>
[CmdletBinding()]
param(
    [string] $Destination = "$PSScriptRoot/../output/demo"
)

$ErrorActionPreference = 'Stop'
$manifest = (Get-ChildItem "$PSScriptRoot/../output/MicroGrad/*/MicroGrad.psd1" | Select-Object -First 1).FullName
Import-Module $manifest
$modules = Split-Path (Split-Path (Split-Path $manifest))
$folder = (New-Item -ItemType Directory -Path $Destination -Force).FullName

# Every fifth flower is held out.
$flowers = Import-Csv "$PSScriptRoot/iris.csv"
$heldOut = for ($i = 4; $i -lt $flowers.Count; $i += 5) { $flowers[$i] }
$others = $flowers | Where-Object { $heldOut -notcontains $_ }
"Reading examples/iris.csv: $($others.Count) flowers to learn from, $($heldOut.Count) held out."

$model = New-Mlp 4 16, 3 -Seed 1
"Training a network of 4 inputs, 16 neurons and 3 outputs, $($model.ParameterCount) parameters. The loss, epoch by epoch:"
$epochs = $others | Start-MlpTraining $model -Feature Sepal*, Petal* -Target Class -KeepParameter
$epochs | Show-MlpPlot

$measured = $heldOut | Measure-Mlp $model
''
'Asking it about the {0} flowers that it never saw: {1:P0} are right.' -f $measured.Count, $measured.Accuracy
$measured.ConfusionMatrix | Out-String | ForEach-Object Trim

''
'Drawing the network, a graph to step through, and the training with a slider.'
$model | Export-GradGraph "$folder/network.svg" -Title 'Iris: four measurements, three species' -Force
$x1, $x2, $w1, $w2, $bias = New-GradValue 2, 0, -3, 1, 6.881373587019543 -Label x1, x2, w1, w2, b
($x1 * $w1 + $x2 * $w2 + $bias).Tanh() | Export-GradGraph "$folder/lesson.html" -Force
$model | Export-GradGraph "$folder/training.html" -History $epochs -Force

''
'To go on from here:'
"    `$env:PSModulePath = '$($modules -replace "'", "''")', `$env:PSModulePath -join [IO.Path]::PathSeparator; Import-Module MicroGrad"
'    $x = New-GradValue 3 -Label x; $x * $x | Invoke-Backward; $x'
'    Get-Help about_MicroGrad'

''
'What was drawn:'
foreach ($name in 'network.svg', 'lesson.html', 'training.html') {
    $path = Join-Path $folder $name
    "    $([Console]::IsOutputRedirected ? $path : $PSStyle.FormatHyperlink($path, ([uri] $path).AbsoluteUri))"
}
$desktop = $IsLinux ? (($env:DISPLAY -or $env:WAYLAND_DISPLAY) -and (Get-Command xdg-open -ErrorAction Ignore)) : [Environment]::UserInteractive
if ($desktop -and -not $env:CI) {
    Invoke-Item (Join-Path $folder training.html)
}
