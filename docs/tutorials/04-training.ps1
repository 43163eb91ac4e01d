#Requires -Modules MicroGrad

# 4. Training

# Data, predictions, loss

Import-Module MicroGrad
$rows = New-GradDataset Lecture
$rows

$model = New-Mlp 3 4, 4, 1 -OutputActivation Tanh -Initialization Lecture -Seed 1337
$rows | ForEach-Object { '{0,7:F4} wanted {1,2}' -f $model.Predict($_.X1, $_.X2, $_.X3)[0], $_.Label }

function Get-Loss {
    $misses = foreach ($row in $rows) {
        ($model.Invoke($row.X1, $row.X2, $row.X3)[0] - $row.Label).Pow(2)
    }
    [MicroGrad.GradValue]::Sum($misses)
}
$loss = Get-Loss
'{0:F6}' -f $loss.Data

($loss | Get-GradNode).Count

# One step by hand

$loss | Invoke-Backward
$weight = $model.Layers[0].Neurons[0].Weights[0]
$weight

$model | Step-Gradient -LearningRate 0.01
'{0:F6}' -f $weight.Data

'{0:F6}' -f $loss.Data

'{0:F6}' -f (Get-Loss).Data

(Get-Loss) | Invoke-Backward
$twice = $weight.Grad
$model | Clear-Gradient
(Get-Loss) | Invoke-Backward
'{0:F4} instead of {1:F4}' -f $twice, $weight.Grad

# The loop

$model = New-Mlp 3 4, 4, 1 -OutputActivation Tanh -Initialization Lecture -Seed 1337
$byHand = foreach ($k in 1..30) {
    $loss = Get-Loss
    $model | Clear-Gradient
    $loss | Invoke-Backward
    $model | Step-Gradient -LearningRate 0.05
    $loss.Data
}
foreach ($k in 1, 2, 10, 20, 30) { '{0,2} {1:F6}' -f $k, $byHand[$k - 1] }

$rows | ForEach-Object { '{0,7:F4} wanted {1,2}' -f $model.Predict($_.X1, $_.X2, $_.X3)[0], $_.Label }

# The same in one line

$model = New-Mlp 3 4, 4, 1 -OutputActivation Tanh -Initialization Lecture -Seed 1337
$settings = @{ Feature = 'X*'; Target = 'Label'; Loss = 'SumSquaredError'; Optimizer = 'Sgd'; BatchSize = 0 }
$epochs = $rows | Start-MlpTraining $model @settings -LearningRate 0.05 -Epoch 30
$epochs[0, 9, 29] | Format-Table Epoch, @{ n = 'Loss'; e = { $_.Loss.ToString('F6') } }

$apart = 0..29 | ForEach-Object { [math]::Abs($epochs[$_].Loss - $byHand[$_]) } | Measure-Object -Maximum
$apart.Maximum -lt 1e-12

$rows | Invoke-Mlp $model | Format-Table X1, X2, X3, Label, @{ n = 'Answer'; e = { $_.Prediction.ToString('F3') } }

foreach ($rate in 0.001, 0.05, 0.3, 3) {
    $model = New-Mlp 3 4, 4, 1 -OutputActivation Tanh -Initialization Lecture -Seed 1337
    $epochs = $rows | Start-MlpTraining $model @settings -LearningRate $rate -Epoch 30
    '{0,5}  first {1:F3}  last {2:F3}' -f $rate, $epochs[0].Loss, $epochs[-1].Loss
}

$four = (2, 3, 1), (1, 2, 0), (2, 2, 1), (3, 3, 0) | ForEach-Object { [pscustomobject]@{ A = $_[0]; B = $_[1]; Y = $_[2] } }
foreach ($optimizer in 'Sgd', 'Adam') {
    $model = New-Mlp 2 4, 4, 1 -OutputActivation Tanh -Initialization Micrograd -Seed 1
    $epochs = $four | Start-MlpTraining $model -Target Y -Loss SumSquaredError -Optimizer $optimizer `
        -LearningRate 0.01 -BatchSize 0
    '{0,-4}  first {1:F3}  last {2:F3}' -f $optimizer, $epochs[0].Loss, $epochs[-1].Loss
}

# The moons

$moons = New-GradDataset Moons 100 -Noise 0.1 -Seed 1337
$model = New-Mlp 2 16, 16, 1 -Activation Relu -Initialization Micrograd -Seed 1337
$settings = @{
    Feature = 'X*'; Target = 'Label'; Loss = 'Hinge'; L2 = 1e-4; Epoch = 100; BatchSize = 0
    Optimizer = 'Sgd'; LearningRate = 1; Schedule = 'Linear'; FinalLearningRate = 0.1
}
$epochs = $moons | Start-MlpTraining $model @settings
$epochs | Where-Object Epoch -In 1, 2, 10, 50, 100 | Format-Table Epoch, LearningRate,
    @{ n = 'Loss'; e = { $_.Loss.ToString('F5') } }, @{ n = 'Accuracy'; e = { $_.Accuracy.ToString('P0') } }

$moons | Measure-Mlp $model

foreach ($y in 5..-3) {
    -join (-6..10 | ForEach-Object { $model.Predict(($_ / 4), ($y / 4))[0] -gt 0 ? '#' : '.' })
}
