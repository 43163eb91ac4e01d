#Requires -Modules MicroGrad

# 11. When it doesn't learn

# The step is too large, or too small

Import-Module MicroGrad
$flowers = Import-Csv ./examples/iris.csv
foreach ($rate in 10, 0.01, 0.000001) {
    $model = New-Mlp 4 16, 3 -Seed 1
    $epochs = $flowers | Start-MlpTraining $model -Target Class -LearningRate $rate -Epoch 30 -WarningAction Ignore
    '{0,8}  loss {1,7:F3}  {2,4:P0} right' -f $rate, $epochs[-1].Loss, $epochs[-1].Accuracy
}

# The numbers are too large

$houses = 1..60 | ForEach-Object {
    [pscustomobject]@{ Area = 40 + 3 * $_; Price = 3000 * (40 + 3 * $_) + 20000 * [math]::Sin($_) }
}
$model = New-Mlp 1 8, 1 -Seed 1
$epochs = $houses | Start-MlpTraining $model -Target Price -WarningAction Ignore -WarningVariable warnings
$warnings[0].Message

'R2 {0:F2}' -f ($houses | Measure-Mlp $model).R2

$model = New-Mlp 1 8, 1 -Seed 1
$epochs = $houses | Start-MlpTraining $model -Target Price -Standardize
'R2 {0:F2}' -f ($houses | Measure-Mlp $model).R2

'{0:N0}' -f ($model.Predict(100)[0])

# Learnt by heart

$few = New-GradDataset Moons 20 -Noise 0.4 -Seed 1
$others = New-GradDataset Moons 500 -Noise 0.4 -Seed 2
$model = New-Mlp 2 64, 64, 1 -Seed 1
$epochs = $few | Start-MlpTraining $model -Target Label -Loss Hinge -Epoch 500
'{0:P0} of its own, {1:P0} of others' -f ($few | Measure-Mlp $model).Accuracy, ($others | Measure-Mlp $model).Accuracy

# All weights are alike

$model = New-Mlp 2 8, 1 -Initialization Zero
$moons = New-GradDataset Moons 100 -Noise 0.1 -Seed 1
$epochs = $moons | Start-MlpTraining $model -Target Label -Loss Hinge -Epoch 50 -WarningAction Ignore
'{0:P0} right' -f ($moons | Measure-Mlp $model -WarningAction Ignore).Accuracy

$model = New-Mlp 2 8, 1 -Seed 1
$epochs = $moons | Start-MlpTraining $model -Target Label -Loss Hinge -Epoch 50
'{0:P0} right' -f ($moons | Measure-Mlp $model).Accuracy

# One class is rare

$rows = 1..200 | ForEach-Object {
    [pscustomobject]@{ Load = $_ % 20; Hour = $_ % 24; State = $_ % 20 -eq 19 ? 'fails' : 'works' }
}
$model = New-Mlp 2 4, 1 -Seed 1
$epochs = $rows | Start-MlpTraining $model -Target State -Epoch 5
$measured = $rows | Measure-Mlp $model
'accuracy {0:P0}, balanced {1:P0}' -f $measured.Accuracy, $measured.BalancedAccuracy

$model = New-Mlp 2 4, 1 -Seed 1
$epochs = $rows | Start-MlpTraining $model -Target State -ClassWeight Balanced -Standardize -Epoch 200
$measured = $rows | Measure-Mlp $model
'accuracy {0:P0}, balanced {1:P0}' -f $measured.Accuracy, $measured.BalancedAccuracy

# It is all in the picture

$model = New-Mlp 2 64, 64, 1 -Seed 1
$epochs = $few | Start-MlpTraining $model -Target Label -Loss Hinge -Epoch 200 -ValidationData $others
$epochs | Export-MlpPlot ./heart.svg
