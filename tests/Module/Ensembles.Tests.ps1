# Several models that answer together. What is expected is worked out by hand from the answers of each.

BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"

    $script:flowers = Import-Csv "$PSScriptRoot/../../examples/iris.csv"

    # Each saw other rows, and another class first.
    $script:three = foreach ($seed in 1..3) {
        $model = New-Mlp 4 5, 3 -Seed $seed
        $null = $flowers | Get-Random -Count 120 -SetSeed $seed | Start-MlpTraining $model -Target Class -Epoch 8 -LearningRate 0.02 -Seed $seed -Standardize
        $model
    }

    function Get-Mean($Numbers) { ($Numbers | Measure-Object -Average).Average }

    # As NumPy's std: divided by the number of models.
    function Get-Spread($Numbers) {
        $mean = Get-Mean $Numbers
        [math]::Sqrt((Get-Mean $Numbers.ForEach({ ($_ - $mean) * ($_ - $mean) })))
    }

    function Assert-Near($Actual, $Expected) {
        [math]::Abs($Actual - $Expected) | Should -BeLessThan (1e-12 * [math]::Max(1, [math]::Abs($Expected)))
    }
}

Describe 'Several models' {
    It 'give the mean probability of each class, and the spread of the one that wins' {
        ($three.ForEach({ $_.Classes -join ' ' }) | Sort-Object -Unique).Count | Should -BeGreaterThan 1 -Because 'classes are to be told by name'
        $together = $flowers | Invoke-Mlp $three -AllProbability
        $alone = foreach ($model in $three) { , @($flowers | Invoke-Mlp $model -AllProbability) }
        for ($i = 0; $i -lt $flowers.Count; $i += 7) {
            $best = ''
            foreach ($class in 'setosa', 'versicolor', 'virginica') {
                $column = "Probability_$class"
                $mean = Get-Mean $alone.ForEach({ $_[$i].$column })
                Assert-Near $together[$i].$column $mean
                if (-not $best -or $mean -gt $bestMean) { $best, $bestMean = $class, $mean }
            }
            $together[$i].Prediction | Should -BeExactly $best
            Assert-Near $together[$i].Probability $bestMean
            Assert-Near $together[$i].Spread (Get-Spread $alone.ForEach({ $_[$i]."Probability_$best" }))
        }
    }

    It 'answer alike from the pipeline, an argument, a file, and numbers' {
        $expected = ($flowers | Invoke-Mlp $three).Spread
        (Invoke-Mlp -Model $three[0], $three[1], $three[2] $flowers).Spread | Should -BeExactly $expected
        (Invoke-Mlp $three -Data $flowers).Spread | Should -BeExactly $expected
        (Invoke-Mlp $three -Path "$PSScriptRoot/../../examples/iris.csv").Spread | Should -BeExactly $expected
        $one = Invoke-Mlp $three 5.1, 3.5, 1.4, 0.2
        $one.psobject.Properties.Name | Should -BeExactly X1, X2, X3, X4, Prediction, Probability, Spread
        $one.Spread | Should -Be $expected[0]
    }

    It 'have no spread where all are the same, or there is one' {
        $same = $flowers[0] | Invoke-Mlp $three[1], $three[1]
        $same.Spread | Should -Be 0
        Assert-Near $same.Probability ($flowers[0] | Invoke-Mlp $three[1]).Probability
        ($flowers[0] | Invoke-Mlp @($three[0])).psobject.Properties.Name | Should -Not -Contain Spread
    }

    It 'decide between two classes by the mean, also of a threshold' {
        $rows = foreach ($i in 1..40) { [pscustomobject] @{ X = $i; Late = ('no', 'yes')[$i * $i % 61 -gt 25] } }
        $models = foreach ($seed in 1..3) {
            $model = New-Mlp 1 6, 1 -Seed $seed
            $null = @($rows[($seed - 1)..39]; $rows[0..($seed - 2)]) | Start-MlpTraining $model -Target Late -Loss BinaryCrossEntropy -Epoch 30 -LearningRate 0.05 -Standardize -WarningAction Ignore
            $model
        }
        $together = $rows | Invoke-Mlp $models -AllProbability
        $strict = $rows | Invoke-Mlp $models -Threshold 0.3
        $alone = foreach ($model in $models) { , @($rows | Invoke-Mlp $model -AllProbability) }
        for ($i = 0; $i -lt $rows.Count; $i++) {
            $yes = Get-Mean $alone.ForEach({ $_[$i].Probability_yes })
            Assert-Near $together[$i].Probability_yes $yes
            $together[$i].Prediction | Should -BeExactly ('no', 'yes')[$yes -gt 0.5]
            $strict[$i].Prediction | Should -BeExactly ('no', 'yes')[$yes -ge 0.3]
            Assert-Near $together[$i].Spread (Get-Spread $alone.ForEach({ $_[$i]."Probability_$($together[$i].Prediction)" }))
        }
    }

    It 'give the mean of numbers in the units of the target, each with its own scaling' {
        $rows = foreach ($i in 1..50) { [pscustomobject] @{ A = $i; B = $i * 7 % 50; Price = 1000 + 30 * $i; Weight = 5000 - $i } }
        $models = foreach ($seed in 1..3) {
            $model = New-Mlp 2 5, 2 -Seed $seed
            $null = $rows | Select-Object -Last (30 + 5 * $seed) | Start-MlpTraining $model -Feature A, B -Target Price, Weight -Epoch 10 -Standardize
            $model
        }
        foreach ($row in $rows[0, 20, 49]) {
            $together = $row | Invoke-Mlp $models
            $alone = foreach ($model in $models) { , ($row | Invoke-Mlp $model).Prediction }
            foreach ($target in 0, 1) {
                Assert-Near $together.Prediction[$target] (Get-Mean $alone.ForEach({ $_[$target] }))
                Assert-Near $together.Spread[$target] (Get-Spread $alone.ForEach({ $_[$target] }))
            }
        }
    }

    It 'give the mean of each label and of each quantile' {
        $rows = foreach ($i in 1..40) { [pscustomobject] @{ X = $i; Big = $i -gt 20; Odd = $i % 3; Y = $i + $i % 7 } }
        $rows.ForEach({ $_.Odd = $_.Odd -eq 1 })
        $labels = foreach ($seed in 1..2) { $model = $rows | New-Mlp -Feature X -Target Big, Odd -Seed $seed; $null = $rows | Start-MlpTraining $model -Epoch 20; $model }
        $quantiles = foreach ($seed in 1..2) { $model = $rows | New-Mlp -Feature X -Target Y -Quantile 0.1, 0.5, 0.9 -Seed $seed; $null = $rows | Start-MlpTraining $model -Epoch 20; $model }
        foreach ($row in $rows[0, 19, 39]) {
            $together = $row | Invoke-Mlp $labels
            $alone = $labels.ForEach({ $row | Invoke-Mlp $_ })
            foreach ($label in 'Big', 'Odd') {
                $p = Get-Mean $alone."Probability_$label"
                Assert-Near $together."Probability_$label" $p
                Assert-Near $together."Spread_$label" (Get-Spread $alone."Probability_$label")
                $together."Prediction_$label" | Should -BeExactly ($p -gt 0.5)
            }
            $together = $row | Invoke-Mlp $quantiles
            $alone = $quantiles.ForEach({ $row | Invoke-Mlp $_ })
            foreach ($quantile in '0.1', '0.5', '0.9') {
                Assert-Near $together."Quantile_$quantile" (Get-Mean $alone."Quantile_$quantile")
                Assert-Near $together."Spread_$quantile" (Get-Spread $alone."Quantile_$quantile")
            }
            $together.Prediction | Should -Be $together.'Quantile_0.5'
            $together.Spread | Should -Be $together.'Spread_0.5'
        }
    }

    It 'are explained together: contributions are the means, and add up' {
        $answer = $flowers[60] | Invoke-Mlp $three -Explain
        $sum = $answer.Baseline + ($answer.psobject.Properties | Where-Object Name -Like 'Contribution_*' | Measure-Object Value -Sum).Sum
        [math]::Abs($sum - $answer.Probability) | Should -BeLessThan 1e-8
    }

    It 'read categories and tell classes by name, where each model met them in another order' {
        $rows = foreach ($i in 1..60) { [pscustomobject] @{ Colour = ('red', 'green', 'blue')[$i % 3]; Size = ('S', 'L')[$i % 2]; X = $i * 13 % 60; Kind = ('low', 'middle', 'high')[($i % 3 + [math]::Floor($i * 13 % 60 / 20)) % 3] } }
        $models = foreach ($start in 0, 1, 2) {
            $turned = @($rows[$start..59]; if ($start) { $rows[0..($start - 1)] })
            $model = $turned | New-Mlp -Target Kind -Categorical Colour, Size -HiddenSize 6 -Seed ($start + 1)
            $null = $turned | Start-MlpTraining $model -Epoch 15 -Seed ($start + 1)
            $model
        }
        ($models.ForEach({ $_.Schema.Features.Where({ $_.Name -eq 'Colour' }).Categories -join ' ' }) | Sort-Object -Unique).Count | Should -Be 3
        ($models.ForEach({ $_.Classes -join ' ' }) | Sort-Object -Unique).Count | Should -BeGreaterThan 1

        $alone = foreach ($model in $models) { , @($rows | Invoke-Mlp $model -AllProbability) }
        $together = $rows | Invoke-Mlp $models -AllProbability
        $other = $rows | Invoke-Mlp $models[2], $models[0], $models[1] -AllProbability
        for ($i = 0; $i -lt $rows.Count; $i++) {
            foreach ($class in 'low', 'middle', 'high') {
                Assert-Near $together[$i]."Probability_$class" (Get-Mean $alone.ForEach({ $_[$i]."Probability_$class" }))
                Assert-Near $other[$i]."Probability_$class" $together[$i]."Probability_$class"
            }
            $other[$i].Prediction | Should -BeExactly $together[$i].Prediction
        }

        $measured, $turned = ($rows | Measure-Mlp $models), ($rows | Measure-Mlp $models[1], $models[2], $models[0])
        Assert-Near $turned.LogLoss $measured.LogLoss
        Assert-Near $measured.LogLoss (Get-Mean $together.ForEach({ - [math]::Log($_."Probability_$($_.Kind)") }))
        $turned.Accuracy | Should -Be $measured.Accuracy
        $measured.Accuracy | Should -Be ($together.Where({ $_.Prediction -eq $_.Kind }).Count / 60)
    }

    It 'answer by their scores where the loss gives no probabilities' {
        $rows = foreach ($i in 1..20) { [pscustomobject] @{ X = $i; Side = ('left', 'right')[$i -gt 10] } }
        $models = foreach ($seed in 1..2) { $model = New-Mlp 1 4, 1 -Seed $seed; $null = $rows | Start-MlpTraining $model -Target Side -Loss Hinge -Epoch 20 -Standardize; $model }
        foreach ($row in $rows[0, 9, 10, 19]) {
            $together = $row | Invoke-Mlp $models
            $scores = $models.ForEach({ ($row | Invoke-Mlp $_ -AsGradValue).Data })
            $together.Prediction | Should -BeExactly ('left', 'right')[(Get-Mean $scores) -gt 0]
            Assert-Near $together.Spread (Get-Spread $scores)
        }
    }

    It 'are measured by their mean' {
        $measured = $flowers | Measure-Mlp $three
        $answers = $flowers | Invoke-Mlp $three -AllProbability
        $measured.Accuracy | Should -Be ($answers.Where({ $_.Prediction -eq $_.Class }).Count / 150)
        Assert-Near $measured.LogLoss (Get-Mean $answers.ForEach({ - [math]::Log($_."Probability_$($_.Class)") }))
        Assert-Near $measured.Loss $measured.LogLoss
        $single = $flowers | Measure-Mlp $three[0]
        $measured.psobject.Properties.Name | Should -BeExactly $single.psobject.Properties.Name

        $line = foreach ($i in 1..30) { [pscustomobject] @{ X = $i; Y = 100 * $i } }
        $lines = foreach ($seed in 1..2) { $model = New-Mlp 1 4, 1 -Seed $seed; $null = $line | Select-Object -Last (20 + $seed) | Start-MlpTraining $model -Target Y -Epoch 20 -Standardize; $model }
        $numbers = $line | Measure-Mlp $lines
        Assert-Near $numbers.MAE (Get-Mean ($line | Invoke-Mlp $lines).ForEach({ [math]::Abs($_.Y - $_.Prediction) }))
        $numbers.Loss | Should -BeNullOrEmpty -Because 'each scaled the target by itself, so that their losses have no unit in common'
        Assert-Near ($line | Measure-Mlp $lines[0], $lines[0]).Loss ($line | Measure-Mlp $lines[0]).Loss
    }

    It 'are refused where they differ: <Name>' -ForEach @(
        @{ Name = 'columns'; Other = { $flowers | New-Mlp -Target Class -Feature Petal* }; Message = '*reads PetalLength, PetalWidth*' }
        @{ Name = 'targets'; Other = { $flowers | New-Mlp -Target PetalWidth -Feature SepalLength, SepalWidth, PetalLength, Class -Categorical Class }; Message = '*reads*' }
        @{ Name = 'classes'; Other = { $flowers | Select-Object -First 100 | New-Mlp -Target Class }; Message = '*classes setosa, versicolor apart*' }
        @{ Name = 'losses'; Other = { $m = New-Mlp 4 4, 3; $null = $flowers | Start-MlpTraining $m -Target Class -Loss { param($p, $t) [MicroGrad.GradValue]::CrossEntropy($p, [array]::IndexOf($t, 1.0)) } -Epoch 1; $m }; Message = '*loss one of its own*' }
        @{ Name = 'a kind'; Other = { $flowers | Select-Object *, @{ n = 'PetalWidth'; e = { "w$($_.PetalWidth)" } } -ExcludeProperty PetalWidth | New-Mlp -Feature SepalLength, SepalWidth, PetalLength, PetalWidth -Target Class -Categorical PetalWidth }; Message = '*PetalWidth*Category*' }
        @{ Name = 'training'; Other = { New-Mlp 4 4, 3 }; Message = '*never trained*' }
    ) {
        $other = & $Other
        { $flowers | Invoke-Mlp $three[0], $other } | Should -Throw $Message -ErrorId 'ModelsDiffer,*'
        if ($Name -ne 'training') {
            { $flowers | Measure-Mlp $three[0], $other } | Should -Throw -ErrorId 'ModelsDiffer,*'
        }
    }

    It 'tell text from numbers as classes' {
        $ofNumbers = 1..6 | ForEach-Object { [pscustomobject] @{ X = $_; Y = 5 + $_ % 2 } } | New-Mlp -Target Y -Classification -HiddenSize 2 -Seed 1
        $ofWords = 1..6 | ForEach-Object { [pscustomobject] @{ X = $_; Y = "$(5 + $_ % 2)" } } | New-Mlp -Target Y -Classification -HiddenSize 2 -Seed 1
        { [pscustomobject] @{ X = 1 } | Invoke-Mlp $ofNumbers, $ofWords } |
            Should -Throw -ErrorId 'ModelsDiffer,*' -ExpectedMessage '*its classes are text (*5*), and those of model 1 are numbers (*5*)*'
    }

    It 'have the mean of numbers whose sum is beyond all numbers' {
        $large = foreach ($answer in 1.7e308, 1.5e308) {
            $model = New-Mlp 1 1 -Seed 1
            $model.Parameters[0].Data, $model.Parameters[1].Data = 0, $answer
            $model
        }
        $together = 0 | Invoke-Mlp $large
        Assert-Near ($together.Prediction / 1e308) 1.6
        Assert-Near ($together.Spread / 1e308) 0.1
    }

    It 'have no graph in common' {
        { Invoke-Mlp $three 1, 2, 3, 4 -AsGradValue } | Should -Throw -ErrorId 'UnusedOption,*'
    }

    It 'that were never trained give the mean of their outputs' {
        $models = (New-Mlp 2 3, 1 -Seed 1), (New-Mlp 2 3, 1 -Seed 2)
        Assert-Near (Invoke-Mlp $models 1, 2).Prediction (Get-Mean $models.ForEach({ Invoke-Mlp $_ 1, 2 }))
        { Invoke-Mlp $models[0], (New-Mlp 2 3, 2) 1, 2 } | Should -Throw '*2 inputs and 2 outputs*' -ErrorId 'ModelsDiffer,*'
    }
}
