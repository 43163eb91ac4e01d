#Requires -Modules MicroGrad

# 7. A playground of your own rows

# A page

Import-Module MicroGrad
$moons = New-GradDataset Moons 200 -Noise 0.1 -Seed 1 |
    Select-Object X1, X2, @{ Name = 'Moon'; Expression = { $_.Label -gt 0 ? 'lower' : 'upper' } }
$model = New-Mlp 2 8, 8, 1 -Seed 1
$moons | Export-MlpPlayground moons.html -Model $model -Target Moon -ValidationFraction 0.2 -Title 'Two moons'

# Three things to try

# The same numbers as in PowerShell

$epochs = $moons | Start-MlpTraining (New-Mlp 2 8, 8, 1 -Seed 1) -Target Moon -ValidationFraction 0.2 -Epoch 10
'{0:F4}, and {1:F4} of the rows held out' -f $epochs[-1].Loss, $epochs[-1].ValidationLoss

# From the page into a script

$null = $moons | Start-MlpTraining $model -Target Moon -Epoch 60
Export-Mlp Two-moons.json $model
$saved = Import-Mlp Two-moons.json
[pscustomobject]@{ X1 = 0; X2 = 1 } | Invoke-Mlp $saved | Format-Table

# Rows of your own

Import-Csv examples/iris.csv |
    Export-MlpPlayground iris.html -Model (New-Mlp 4 8, 3 -Seed 1) -Target Class -Standardize -ValidationFraction 0.2

# For a lesson

$lesson = @{
    Title = 'How large is a step?'
    Optimizer = 'Sgd'
    LearningRate = 0.03
    Hide = 'Optimizer', 'Momentum', 'BatchSize', 'Loss', 'L1', 'L2', 'Noise', 'ValidationFraction', 'Layers', 'Neurons', 'Activation', 'Weights'
}
$moons | Export-MlpPlayground step.html -Model (New-Mlp 2 8, 1 -Seed 1) -Target Moon @lesson
(Get-Item step.html).Length -lt 150kb
