# Trains a network on four fifths of the iris flowers and asks it about the fifth that it never saw.
$ErrorActionPreference = 'Stop'
Import-Module (Get-ChildItem "$PSScriptRoot/../output/MicroGrad/*/MicroGrad.psd1" | Select-Object -First 1).FullName

# Every fifth flower is held out.
$flowers = Import-Csv "$PSScriptRoot/iris.csv"
$heldOut = for ($i = 4; $i -lt $flowers.Count; $i += 5) { $flowers[$i] }
$training = $flowers | Where-Object { $heldOut -notcontains $_ }

$model = New-Mlp 4 16, 3 -Seed 1
$training | Start-MlpTraining $model -Feature Sepal*, Petal* -Target Class |
    Where-Object { $_.Epoch -eq 1 -or $_.Epoch % 10 -eq 0 } |
    Out-String | Write-Output

'On the flowers held out:'
$heldOut | Measure-Mlp $model | Out-String | Write-Output

$drawing = "$PSScriptRoot/../output/iris-network.dot"
$model | Export-GradGraph -Path $drawing -Title 'Iris: four measurements, three species' -Force
"The network is drawn in $(Resolve-Path $drawing)"
