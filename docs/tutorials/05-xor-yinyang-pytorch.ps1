#Requires -Modules MicroGrad

# 5. XOR, yin and yang, and what differs from PyTorch

# XOR, as the NumPy script has it

Import-Module MicroGrad
$xor = New-GradDataset Xor
$model = New-Mlp 2 4, 1 -Activation Sigmoid -OutputActivation Sigmoid -Initialization NumPy -Seed 1
$model

$model.Layers[0].Neurons

$settings = @{ Feature = 'X*'; Target = 'Label'; Loss = 'SumSquaredError'; Optimizer = 'Sgd'; BatchSize = 0 }
'{0,5} {1:F6}' -f 0, ($xor | Measure-Mlp $model -Feature X* -Target Label).MAE

$xor | Start-MlpTraining $model @settings -LearningRate 0.25 -Epoch 9999 | ForEach-Object {
    if ($_.Epoch -in 1000, 2000, 5000, 9000) { '{0,5} {1:F6}' -f $_.Epoch, ($xor | Measure-Mlp $model).MAE }
}

$xor | Invoke-Mlp $model | Format-Table X1, X2, Label, @{ n = 'Answer'; e = { $_.Prediction.ToString('F6') } }

$x = New-GradValue 0.7
$s = $x.Sigmoid()
$s | Invoke-Backward
[math]::Abs($x.Grad - $s.Data * (1 - $s.Data)) -lt 1e-15

# Yin and yang

$random = New-GradRandom EurekaLabs -Seed 42
$sets = New-GradDataset YinYang 100 -Seed $random | Group-Object Set -AsHashTable
$model = New-Mlp 2 8, 3 -Initialization EurekaLabs -Seed $random
'Train', 'Validation', 'Test' | ForEach-Object { '{0} {1}' -f $_, $sets[$_].Count }

$sets.Train | Select-Object -First 3

$costs = foreach ($row in $sets.Validation) {
    $scores = $model.Invoke($row.X1, $row.X2)
    [MicroGrad.GradValue]::LogSumExp($scores) - $scores[$row.Label]
}
'{0:F6}' -f [MicroGrad.GradValue]::Mean($costs).Data

$settings = @{ Loss = 'CrossEntropy'; Optimizer = 'AdamW'; LearningRate = 0.1; Beta2 = 0.95; WeightDecay = 1e-4 }
$sets.Train | Start-MlpTraining $model @settings -Feature X* -Target Label -BatchSize 0 | ForEach-Object {
    if ($_.Epoch % 30 -eq 0) { '{0,3} {1:F6} {2:F6}' -f $_.Epoch, $_.Loss, ($sets.Validation | Measure-Mlp $model).Loss }
}

$sets.Test | Measure-Mlp $model

# What differs from PyTorch

$x1, $x2, $w1, $w2, $b = New-GradValue 2, 0, -3, -1, 6.8813735870195432 -Label x1, x2, w1, w2, b
$o = ($x1 * $w1 + $x2 * $w2 + $b).Tanh()
$o | Invoke-Backward
'{0:F4}' -f $o.Data

foreach ($leaf in $x2, $w2, $x1, $w1) { '{0} {1,7:F4}' -f $leaf.Label, $leaf.Grad }

$o | Invoke-Backward
'{0:F4}' -f $x1.Grad

$o | Clear-Gradient

'Python', 'NumPy', 'EurekaLabs' | ForEach-Object { '{0,-10} {1:F6}' -f $_, (New-GradRandom $_ -Seed 1337).NextDouble() }

New-GradRandom Python -Seed 1.5

foreach ($source in 'Micrograd', 'Lecture') {
    $neurons = (New-Mlp 3 4, 4, 1 -Initialization $source -Seed 1337).Layers[0].Neurons
    '{0,-9} {1:F4} {2:F4}' -f $source, $neurons[0].Weights[0].Data, $neurons[1].Weights[0].Data
}
