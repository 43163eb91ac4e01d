#Requires -Modules MicroGrad

# 10. In a script: from a CSV to a scheduled task

# Rows, and rows kept apart

Import-Module MicroGrad
$flowers = Import-Csv ./examples/iris.csv
$train, $test = $flowers | Split-MlpRow -Fraction 0.8 -Stratify Class -Seed 1
'{0} rows to learn from, {1} to be measured by' -f $train.Count, $test.Count

# Choose

$trials = Find-MlpSetting { New-Mlp 4 $_.Size, 3 } $train -Target Class -Fold 5 -Seed 1 -Setting @{ Size = 4, 16; LearningRate = 0.001, 0.003, 0.01 } -Training @{ Epoch = 20; Standardize = $true }
$best = $trials | Sort-Object @{ e = 'Score'; Descending = $true }, Deviation | Select-Object -First 1
'{0} trials; the best has {1} neurons and a rate of {2}' -f $trials.Count, $best.Size, $best.LearningRate

$trials | Export-MlpPlot ./settings.svg

# Train, and measure once

$model = New-Mlp 4 $best.Size, 3 -Seed 1
$epochs = $train | Start-MlpTraining $model -Target Class -Standardize -LearningRate $best.LearningRate -Epoch 20
$measured = $test | Measure-Mlp $model
'{0:P0} right, AUC {1:F3}' -f $measured.Accuracy, $measured.AUC

$test | Export-MlpPlot ./confusion.svg -Model $model -Kind Confusion
$test | Export-MlpPlot ./petals.svg -Model $model -Feature PetalLength, PetalWidth
$test | Measure-MlpFeature $model | Export-MlpPlot ./importance.svg

$models = foreach ($seed in 1..5) { $one = New-Mlp 4 $best.Size, 3 -Seed $seed; $null = $train | Start-MlpTraining $one -Target Class -Standardize -Epoch 20; $one }
$test | Invoke-Mlp $models | Sort-Object Spread -Descending | Select-Object -First 3 | Format-Table PetalLength, PetalWidth, Class, Prediction, @{ n = 'Spread'; e = { $_.Spread.ToString('F3') } }

$model | Export-Mlp ./report.html -Data $test -History $epochs -Title 'Iris flowers'

# Ship

$model | Export-Mlp ./flower.json
$model | Export-Mlp ./flower.ps1

pwsh -NoProfile -Command {
    $env:PSModulePath = "$PSHOME/Modules"
    "New-Mlp is there: $([bool] (Get-Command New-Mlp -ErrorAction Ignore))"
    . ./flower.ps1
    Import-Csv ./examples/iris.csv | Select-Object -Skip 99 -First 2 | Invoke-Flower | ForEach-Object { "$($_.Class) taken for $($_.Prediction)" }
}

# The task

Set-Content ./task.ps1 @'
param([string] $Path, [string] $Destination)
try {
    $ErrorActionPreference = 'Stop'
    . "$PSScriptRoot/flower.ps1"
    $answers = @(Import-Csv $Path | Invoke-Flower)
    $answers | Export-Csv $Destination -NoTypeInformation
} catch {
    [Console]::Error.WriteLine($_)
    exit 2
}
exit [int] ($answers.Where{ $_.Probability -lt 0.6 }.Count -gt 0)
'@
pwsh -NoProfile -File ./task.ps1 ./examples/iris.csv ./answers.csv
"exit code $LASTEXITCODE, $((Import-Csv ./answers.csv).Count) answers"

Set-Content ./task.Tests.ps1 @'
Describe 'The task' {
    BeforeAll {
        . "$PSScriptRoot/flower.ps1"
        $script:rows = Import-Csv "$PSScriptRoot/examples/iris.csv"
        function Invoke-Task($Path) {
            pwsh -NoProfile -File "$PSScriptRoot/task.ps1" $Path "$TestDrive/answers.csv" 2> $null
            $LASTEXITCODE
        }
    }

    It 'knows nine flowers of ten' {
        $right = $rows | Invoke-Flower | Where-Object { $_.Class -eq $_.Prediction }
        $right.Count / $rows.Count | Should -BeGreaterThan 0.9
    }

    It 'ends with 0 where it is sure of all' {
        $rows | Select-Object -First 10 | Export-Csv "$TestDrive/sure.csv"
        Invoke-Task "$TestDrive/sure.csv" | Should -Be 0
    }

    It 'ends with 2 where there is no file, and where a column is missing' {
        Invoke-Task "$TestDrive/nothing.csv" | Should -Be 2
        $rows | Select-Object SepalLength, SepalWidth | Export-Csv "$TestDrive/half.csv"
        Invoke-Task "$TestDrive/half.csv" | Should -Be 2
    }
}
'@
$result = Invoke-Pester ./task.Tests.ps1 -Output None -PassThru
'{0} passed, {1} failed' -f $result.PassedCount, $result.FailedCount
