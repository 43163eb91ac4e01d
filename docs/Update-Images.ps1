<#
.SYNOPSIS
    Makes the pictures that the README and the tutorials show.
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
$L | Export-GradGraph "$Destination/graph.svg" -Direction TopToBottom -Force

$moons = New-GradDataset Moons -Count 200 -Noise 0.1 -Seed 1
$model = New-Mlp 2 8, 8, 1 -Seed 1
$null = $moons | Start-MlpTraining $model -Target Label -Loss Hinge -Epoch 150
$besideAnother = @{ Width = 410; Height = 320; Force = $true }
$moons | Export-MlpPlot "$Destination/boundary.svg" -Model $model @besideAnother
$model | Export-GradGraph "$Destination/network.svg" -Force

# Tutorial 1: a function and its slope, a chain.
New-GradFunction { param($x) 3 * $x.Pow(2) - 4 * $x + 5 } | Export-MlpPlot "$Destination/parabola.svg" -From -3 -To 4 -Force
$x = New-GradValue 3 -Label x
$u = (2 * $x + 1).As('u')
$y = $u.Pow(2).As('y')
$y | Invoke-Backward
$y | Export-GradGraph "$Destination/chain.svg" -Direction TopToBottom -Force

# Tutorial 2: values that are used twice.
$a, $b = New-GradValue -2, 3 -Label a, b
$f = (($a * $b) * ($a + $b)).As('f')
$f | Invoke-Backward
$f | Export-GradGraph "$Destination/shared.svg" -Force

# Tutorial 3: a neuron and the lecture's network.
New-GradFunction { param($x) $x.Tanh() } | Export-MlpPlot "$Destination/tanh.svg" -From -5 -To 5 -Force
$x1, $x2, $w1, $w2, $b = New-GradValue 2, 0, -3, 1, 6.8813735870195432 -Label x1, x2, w1, w2, b
$n = ($x1 * $w1 + $x2 * $w2 + $b).As('n')
$o = $n.Tanh().As('o')
$o | Invoke-Backward
$o | Export-GradGraph "$Destination/neuron.svg" -Direction TopToBottom -Force
$lecture = New-Mlp 3 4, 4, 1 -OutputActivation Tanh -Initialization Lecture -Seed 1337
$lecture | Export-GradGraph "$Destination/lecture.svg" -Force

# Tutorial 4: the lecture's loss, the moons.
$settings = @{ Feature = 'X*'; Target = 'Label'; Loss = 'SumSquaredError'; Optimizer = 'Sgd'; BatchSize = 0 }
New-GradDataset Lecture | Start-MlpTraining $lecture @settings -LearningRate 0.05 -Epoch 30 |
    Export-MlpPlot "$Destination/lecture-loss.svg" -Force
$moons = New-GradDataset Moons 100 -Noise 0.1 -Seed 1337
$model = New-Mlp 2 16, 16, 1 -Activation Relu -Initialization Micrograd -Seed 1337
$hinge = @{
    Feature = 'X*'; Target = 'Label'; Loss = 'Hinge'; L2 = 1e-4; Epoch = 100; BatchSize = 0
    Optimizer = 'Sgd'; LearningRate = 1; Schedule = 'Linear'; FinalLearningRate = 0.1
}
$null = $moons | Start-MlpTraining $model @hinge
$moons | Export-MlpPlot "$Destination/moons.svg" -Model $model -Force

# Tutorial 5: XOR, yin and yang.
$xor = New-GradDataset Xor
$model = New-Mlp 2 4, 1 -Activation Sigmoid -OutputActivation Sigmoid -Initialization NumPy -Seed 1
$null = $xor | Start-MlpTraining $model @settings -LearningRate 0.25 -Epoch 9999
$xor | Export-MlpPlot "$Destination/xor.svg" -Model $model -Kind DecisionBoundary -Force
$random = New-GradRandom EurekaLabs -Seed 42
$sets = New-GradDataset YinYang 100 -Seed $random | Group-Object Set -AsHashTable
$model = New-Mlp 2 8, 3 -Initialization EurekaLabs -Seed $random
$adam = @{ Loss = 'CrossEntropy'; Optimizer = 'AdamW'; LearningRate = 0.1; Beta2 = 0.95; WeightDecay = 1e-4 }
$null = $sets.Train | Start-MlpTraining $model @adam -Feature X* -Target Label -BatchSize 0
$sets.Train | Export-MlpPlot "$Destination/yinyang.svg" -Model $model -Force

# Tutorial 6: what a model makes of the one column that a job sent back.
$points = 0..30 | ForEach-Object { [pscustomobject]@{ X = $_ / 10; Y = [math]::Sin($_ / 10) } }
$model = $points | New-Mlp -Target Y
$null = $points | Start-MlpTraining $model -Epoch 100
$points | Export-MlpPlot "$Destination/sine.svg" -Model $model -Kind PartialDependence -Force

# Tutorial 8: what the fit found.
New-GradFunction { param($time) 10.09 * (-0.508 * $time).Exp() } | Export-MlpPlot "$Destination/decay.svg" -From 0 -To 6 -Force

# Tutorial 9: what a small GPT looks at and makes up.
& "$PSScriptRoot/Update-MicrogptImages.ps1" -ModulePath $ModulePath -Destination $Destination

# Tutorial 10: where a classifier errs, what it decides over two of its columns, and what they are worth.
$train, $test = Import-Csv "$PSScriptRoot/../examples/iris.csv" | Split-MlpRow -Fraction 0.8 -Stratify Class -Seed 1
$search = @{ Target = 'Class'; Fold = 5; Training = @{ Epoch = 20; Standardize = $true }; Setting = @{ Size = 4, 16; LearningRate = 0.001, 0.003, 0.01 } }
Find-MlpSetting { New-Mlp 4 $_.Size, 3 } $train @search | Export-MlpPlot "$Destination/settings.svg" -Force
$model = New-Mlp 4 16, 3 -Seed 1
$null = $train | Start-MlpTraining $model -Target Class -Standardize -LearningRate 0.01 -Epoch 20
$test | Export-MlpPlot "$Destination/confusion.svg" -Model $model -Kind Confusion -Force
$test | Export-MlpPlot "$Destination/petals.svg" -Model $model -Feature PetalLength, PetalWidth -Force
$test | Measure-MlpFeature $model | Export-MlpPlot "$Destination/importance.svg" -Force

# Tutorial 11: learnt by heart.
$few = New-GradDataset Moons 20 -Noise 0.4 -Seed 1
$others = New-GradDataset Moons 500 -Noise 0.4 -Seed 2
New-Mlp 2 64, 64, 1 -Seed 1 |
    Start-MlpTraining -Data $few -Target Label -Loss Hinge -Epoch 200 -ValidationData $others |
    Export-MlpPlot "$Destination/heart.svg" @besideAnother

& "$PSScriptRoot/Update-Recording.ps1" -ModulePath $ModulePath -Path "$Destination/session.svg"
