BeforeDiscovery {
    . "$PSScriptRoot/../ReferenceFigures.ps1"
    $script:classCases = (Get-Reference classification).cases.Where({ -not $_.PSObject.Properties['weights'] })
    $script:numberCases = (Get-Reference regression).cases.Where({ -not $_.PSObject.Properties['weights'] })
}

BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"
    . "$PSScriptRoot/../ReferenceFigures.ps1"

    # A model whose outputs are its inputs, which knows the classes in their order.
    function Get-LogitModel {
        param([string[]] $Class)

        $width = $Class.Count -eq 2 ? 1 : $Class.Count
        $model = New-Mlp $width $width -Initialization Zero
        for ($i = 0; $i -lt $width; $i++) {
            $model.Layers[0].Neurons[$i].Weights[$i].Data = 1
        }
        $known = foreach ($name in $Class) {
            Get-LogitRow ((1..$width).ForEach({ [array]::IndexOf($Class, $name) - 0.5 })) $name
        }
        $null = $known | Start-MlpTraining $model -Target Label -Epoch 1 -LearningRate 1e-300
        $model
    }

    function Get-LogitRow {
        param([double[]] $Logit, [string] $Label)

        $row = [ordered]@{}
        for ($i = 0; $i -lt $Logit.Count; $i++) {
            $row["L$i"] = $Logit[$i]
        }
        $row.Label = $Label
        [pscustomobject] $row
    }

    function Assert-Figure {
        param($Actual, $Expected)

        if ($null -eq $Expected) {
            $Actual | Should -BeNullOrEmpty
        } else {
            Get-LargestError $Actual $Expected | Should -BeLessOrEqual 1e-12
        }
    }

    $script:flowers = Import-Csv "$PSScriptRoot/../../examples/iris.csv"
    $script:model = New-Mlp 4 8, 3 -Seed 1
    $null = $flowers | Start-MlpTraining $model -Feature Sepal*, Petal* -Target Class -Epoch 5 -LearningRate 0.01 -Seed 1

    # y = 2x + 1 as a model, and rows that miss it by 1, -1 and 0.
    $script:double = New-Mlp 1 1 -Initialization Zero
    $double.Parameters[0].Data, $double.Parameters[1].Data = 2, 1
    $script:rows = [pscustomobject]@{ X = 0; Y = 2 }, [pscustomobject]@{ X = 1; Y = 2 }, [pscustomobject]@{ X = 2; Y = 5 }
}

Describe 'Measure-Mlp' {
    It 'takes one model or several by position beside rows of -Data' {
        $piped = $flowers | Measure-Mlp -Model $model
        (Measure-Mlp $model -Data $flowers).Loss | Should -Be $piped.Loss
        [Math]::Abs((Measure-Mlp $model, $model -Data $flowers).Loss / $piped.Loss - 1) | Should -BeLessThan 1e-12
    }

    It 'gives one measurement for all rows' {
        $result = $flowers | Measure-Mlp $model
        $result | Should -BeOfType MicroGrad.MlpMeasurement
        @($result).Count | Should -Be 1
        $result.Count | Should -Be 150
    }

    It 'takes model and rows by position and by name' {
        (Measure-Mlp $model $flowers).Count | Should -Be 150
        (Measure-Mlp -InputObject $flowers -Model $model).Count | Should -Be 150
    }

    It 'tells the accuracy and the confusion that the predictions give' {
        $result = $flowers | Measure-Mlp $model
        $predicted = $flowers | Invoke-Mlp $model
        $right = @($predicted | Where-Object { $_.Prediction -eq $_.Class }).Count
        [math]::Abs($result.Accuracy - $right / 150) | Should -BeLessThan 1e-15
        $result.ConfusionMatrix.Classes | Should -BeExactly setosa, versicolor, virginica
        foreach ($actual in $result.ConfusionMatrix.Classes) {
            foreach ($answer in $result.ConfusionMatrix.Classes) {
                $result.ConfusionMatrix.Count($actual, $answer) |
                    Should -Be @($predicted | Where-Object { $_.Class -eq $actual -and $_.Prediction -eq $answer }).Count
            }
        }
    }

    It 'tells the cross entropy that the probabilities give' {
        $result = $flowers | Measure-Mlp $model
        $outputs = $flowers | ForEach-Object { , $model.Predict(($_.SepalLength, $_.SepalWidth, $_.PetalLength, $_.PetalWidth)) }
        $total = 0
        for ($i = 0; $i -lt 150; $i++) {
            $sum = ($outputs[$i] | ForEach-Object { [math]::Exp($_) } | Measure-Object -Sum).Sum
            $total += [math]::Log($sum) - $outputs[$i][[array]::IndexOf([string[]] $model.Classes, $flowers[$i].Class)]
        }
        [math]::Abs($result.Loss - $total / 150) | Should -BeLessThan 1e-12
    }

    It 'tells the errors of numbers' {
        $result = $rows | Measure-Mlp $double -Feature X -Target Y
        $result.Count | Should -Be 3
        $result.Loss, $result.MAE | ForEach-Object { [math]::Abs($_ - 2 / 3) | Should -BeLessThan 1e-15 }
        [math]::Abs($result.RMSE - [math]::Sqrt(2 / 3)) | Should -BeLessThan 1e-15
        # The targets 2, 2 and 5 lie 6 around their mean in squares.
        [math]::Abs($result.R2 - (1 - 2 / 6)) | Should -BeLessThan 1e-15
        $result.Accuracy | Should -BeNullOrEmpty
        $result.ConfusionMatrix | Should -BeNullOrEmpty
    }

    It 'has no R2 of a single row, as scikit-learn has none, and nothing of rows that do not count' {
        $one = $rows[0] | Measure-Mlp $double -Feature X -Target Y
        $one.R2 | Should -BeNullOrEmpty
        $one.MAE | Should -Be 1
        $none = $flowers[0, 60] | Select-Object *, @{ n = 'Weight'; e = { 0 } }
        { $none | Measure-Mlp $model -WeightColumn Weight } | Should -Throw -ErrorId 'EmptyData,*'
        { $none | Measure-MlpFeature $model -WeightColumn Weight } | Should -Throw -ErrorId 'EmptyData,*'
        { $none | Export-MlpPlot -Model $model -Kind Confusion -WeightColumn Weight } | Should -Throw -ErrorId 'EmptyData,*'
        { $rows | Select-Object *, @{ n = 'Weight'; e = { 0 } } | Measure-Mlp $double -Feature X -Target Y -WeightColumn Weight } | Should -Throw -ErrorId 'EmptyData,*'
    }

    It 'ties rows whose outputs differ by a constant, as softmax takes them for the same' {
        $three = Get-LogitModel a, b, c
        $tied = foreach ($shift in 0, 1, 2, 3, 5, 7) { Get-LogitRow (1 + $shift), (0 + $shift), (2 + $shift) ('a', 'b', 'c')[$shift % 3] }
        ($tied | Measure-Mlp $three).AUC | Should -Be 0.5
    }

    It "tells scikit-learn's figures of classes: <_.name>" -ForEach $classCases {
        $model = Get-LogitModel $_.classes
        $rows = for ($i = 0; $i -lt $_.labels.Count; $i++) {
            Get-LogitRow $_.logits[$i] $_.classes[$_.labels[$i]]
        }
        $result = $rows | Measure-Mlp $model

        Assert-Figure $result.AUC $_.figures.auc
        Assert-Figure $result.AveragePrecision $_.figures.averagePrecision
        Assert-Figure $result.LogLoss $_.figures.logLoss
        Assert-Figure $result.Brier $_.figures.brier
        Assert-Figure $result.Accuracy $_.decided.accuracy
        Assert-Figure $result.BalancedAccuracy $_.decided.balancedAccuracy
        Assert-Figure $result.Kappa $_.decided.cohenKappa
        Assert-Figure $result.Matthews $_.decided.matthews
        foreach ($name in 'Macro', 'Weighted') {
            Assert-Figure $result.$name.Precision $_.decided.$name.precision
            Assert-Figure $result.$name.Recall $_.decided.$name.recall
            Assert-Figure $result.$name.F1 $_.decided.$name.f1
        }
        for ($c = 0; $c -lt $_.classes.Count; $c++) {
            $result.ByClass[$c].Class | Should -BeExactly $_.classes[$c]
            $result.ByClass[$c].Count | Should -Be $_.decided.byClass[$c].support
            Assert-Figure $result.ByClass[$c].F1 $_.decided.byClass[$c].f1
            Assert-Figure $result.ByClass[$c].AUC $_.oneAgainstRest[$c].auc
            Assert-Figure $result.ByClass[$c].AveragePrecision $_.oneAgainstRest[$c].averagePrecision
            Assert-Figure $result.ByClass[$c].Brier $_.oneAgainstRest[$c].brier
        }
    }

    It "tells scikit-learn's figures of numbers: <_.name>" -ForEach $numberCases {
        $line = New-Mlp 1 1 -Initialization Zero
        $line.Parameters[0].Data = 1
        $rows = for ($i = 0; $i -lt $_.actual.Count; $i++) {
            [pscustomobject]@{ X = $_.predicted[$i]; Y = $_.actual[$i] }
        }
        $result = $rows | Measure-Mlp $line -Feature X -Target Y

        Assert-Figure $result.R2 $_.figures.r2
        Assert-Figure $result.MAE $_.figures.mae
        Assert-Figure $result.RMSE $_.figures.rmse
        Assert-Figure $result.MedianAE $_.figures.medianAbsoluteError
        Assert-Figure $result.ExplainedVariance $_.figures.explainedVariance
        Assert-Figure $result.MAPE $_.figures.mape
    }

    It 'ranks by the outputs, and has no figure of probabilities, where outputs are no probabilities' {
        $model = New-Mlp 1 1 -Initialization Zero
        $model.Parameters[0].Data = 1
        $rows = (-2, 'a'), (-1, 'b'), (1, 'a'), (2, 'b') | ForEach-Object { [pscustomobject]@{ X = $_[0]; Y = $_[1] } }
        $null = $rows | Start-MlpTraining $model -Target Y -Loss Hinge -Epoch 1 -LearningRate 1e-300
        $result = $rows | Measure-Mlp $model
        $result.AUC | Should -Be 0.75
        $result.LogLoss | Should -BeNullOrEmpty
        $result.Brier | Should -BeNullOrEmpty
    }

    It 'needs neither -Feature nor -Target of a trained model, whatever other columns there are' {
        $wide = $flowers | Select-Object @{ n = 'Note'; e = { 'text' } }, *
        ($wide | Measure-Mlp $model).Loss | Should -BeExactly ($flowers | Measure-Mlp $model).Loss
    }

    It 'measures another column that -Target names' {
        $other = $flowers | Select-Object *Length, *Width, @{ n = 'Guess'; e = { 'setosa' } }
        $result = $other | Measure-Mlp $model -Target Guess
        $result.ConfusionMatrix.Count('versicolor', 'versicolor') | Should -Be 0
        $result.Accuracy | Should -BeLessThan 1
    }

    It 'measures columns that -Feature names' {
        $renamed = $rows | Select-Object @{ n = 'Place'; e = { $_.X } }, Y
        ($renamed | Measure-Mlp $double -Feature Place -Target Y).MAE | Should -BeExactly ($rows | Measure-Mlp $double -Feature X -Target Y).MAE
    }

    It 'takes hashtables and arrays of numbers' {
        $expected = ($rows | Measure-Mlp $double -Target Y).RMSE
        (@{ X = 0; Y = 2 }, @{ X = 1; Y = 2 }, @{ X = 2; Y = 5 } | Measure-Mlp $double -Target Y).RMSE | Should -BeExactly $expected
        ((0, 2), (1, 2), (2, 5) | Measure-Mlp $double).RMSE | Should -BeExactly $expected
    }

    It 'changes nothing of the model' {
        $data = $double.Parameters.Data
        $null = $rows | Measure-Mlp $double -Target Y
        $double.Parameters.Data | Should -BeExactly $data
        $double.Schema | Should -BeNullOrEmpty
    }

    It 'leaves out a row of a class that the model does not know, names it, and measures the others' {
        $tulip = $flowers[0].psobject.Copy()
        $tulip.Class = 'tulip'
        $result = $flowers[0], $tulip, $flowers[1] | Measure-Mlp $model -ErrorVariable problems -ErrorAction SilentlyContinue
        $result.Count | Should -Be 2
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -BeExactly 'UnknownClass,MicroGrad.PowerShell.Commands.MeasureMlpCommand'
        $problems[0].Exception.Message | Should -BeLike "Row 2*'tulip'*'Class'*setosa, versicolor, virginica*"
    }

    It 'leaves out a row that can not be read, names it, and measures the others' {
        $bad = [pscustomobject]@{ X = 'one'; Y = 1 }
        $result = $rows[0], $bad, $rows[1] | Measure-Mlp $double -Target Y -ErrorVariable problems -ErrorAction SilentlyContinue
        $result.Count | Should -Be 2
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -BeExactly 'NotANumber,MicroGrad.PowerShell.Commands.MeasureMlpCommand'
        $problems[0].Exception.Message | Should -BeLike "Row 2*'one'*column 'X'*"
    }

    It 'refuses an empty data set' {
        foreach ($measurement in { @() | Measure-Mlp $double -Target Y }, { Measure-Mlp $double @() -Target Y }, { Measure-Mlp $double $null }) {
            $measurement | Should -Throw -ErrorId 'EmptyData,MicroGrad.PowerShell.Commands.MeasureMlpCommand' -ExpectedMessage '*at least one*'
        }
    }

    It 'refuses rows without the features of the model' {
        { $rows | Measure-Mlp $model } |
            Should -Throw -ErrorId 'TargetNotFound,MicroGrad.PowerShell.Commands.MeasureMlpCommand' -ExpectedMessage "*'Class'*X, Y*"
        { $flowers | Select-Object Class | Measure-Mlp $model } |
            Should -Throw -ErrorId 'FeatureNotFound,MicroGrad.PowerShell.Commands.MeasureMlpCommand' -ExpectedMessage "*'SepalLength'*Class*"
    }

    It 'asks for a target where neither the model nor the caller names one' {
        { $flowers | Measure-Mlp (New-Mlp 4 3) -ErrorAction SilentlyContinue } |
            Should -Throw -ErrorId 'TargetMissing,MicroGrad.PowerShell.Commands.MeasureMlpCommand' -ExpectedMessage '*No target was named*'
    }

    It 'refuses sizes that do not match the model' {
        { $flowers | Measure-Mlp (New-Mlp 3 3) -Target Class } |
            Should -Throw -ErrorId 'SizeMismatch,MicroGrad.PowerShell.Commands.MeasureMlpCommand' -ExpectedMessage '*3 inputs*4*'
    }

    It 'refuses text where the model predicts numbers' {
        $line = New-Mlp 1 1 -Seed 1
        $null = $rows | Start-MlpTraining $line -Target Y -Epoch 1 -LearningRate 0.01
        { [pscustomobject]@{ X = 1; Y = 'many' } | Measure-Mlp $line } |
            Should -Throw -ErrorId 'TargetMismatch,MicroGrad.PowerShell.Commands.MeasureMlpCommand' -ExpectedMessage "*'Y'*'many'*"
    }

    Context 'thresholds' {
        BeforeAll {
            $script:two = foreach ($i in 1..40) { [pscustomobject]@{ X = $i / 40; Y = $i % 4 -gt 0 -and $i -gt 10 ? 'yes' : 'no' } }
            $script:yes = $two | New-Mlp -Target Y -Seed 1
            $null = $two | Start-MlpTraining $yes -Epoch 20 -LearningRate 0.05
            $script:positive = $yes.Classes[1]
        }

        It 'decide for the second class from a probability on' {
            $answers = $two | Invoke-Mlp $yes -AllProbability
            foreach ($threshold in 0, 0.3, $answers[7]."Probability_$positive", 0.6, 1) {
                $measured = $two | Measure-Mlp $yes -Threshold $threshold
                $expected = @($answers | Where-Object { $_."Probability_$positive" -ge $threshold })
                $decided = $measured.Confusion | Where-Object Predicted -CEQ $positive
                ($decided | Measure-Object Count -Sum).Sum | Should -Be $expected.Count
                ($two | Invoke-Mlp $yes -Threshold $threshold | Where-Object Prediction -CEQ $positive).Count | Should -Be $expected.Count
            }
        }

        It 'leave figures over all thresholds as they are' {
            $plain, $high = ($two | Measure-Mlp $yes), ($two | Measure-Mlp $yes -Threshold 0.9)
            $high.AUC, $high.LogLoss, $high.Brier, $high.Loss | Should -Be $plain.AUC, $plain.LogLoss, $plain.Brier, $plain.Loss
            $high.Accuracy | Should -Not -Be $plain.Accuracy
        }

        It 'hold in folds' {
            $folds = $two | Measure-Mlp { $_ | New-Mlp -Target Y } -Target Y -Fold 2 -Threshold 0 -Training @{ Epoch = 1 }
            foreach ($fold in $folds) {
                ($fold.Confusion | Where-Object Predicted -CEQ $fold.ConfusionMatrix.Classes[0] | Measure-Object Count -Sum).Sum | Should -Be 0
            }
        }

        It 'are refused: <Name>' -ForEach @(
            @{ Name = 'no probability'; Value = 1.5; Id = 'InvalidThreshold' }
            @{ Name = 'a number that is none'; Value = 'NaN'; Id = 'InvalidThreshold' }
        ) {
            { $two | Measure-Mlp $yes -Threshold $Value } | Should -Throw -ErrorId "$Id,*"
            { $two | Invoke-Mlp $yes -Threshold $Value } | Should -Throw -ErrorId "$Id,*"
        }

        It 'are refused where nothing is decided by one probability' {
            $three = foreach ($i in 1..30) { [pscustomobject]@{ X = $i; Y = ('a', 'b', 'c')[$i % 3] } }
            $classes, $numbers = ($three | New-Mlp -Target Y), ($three | New-Mlp -Target X -Feature Y -Categorical Y)
            { $three | Invoke-Mlp $classes -Threshold 0.5 } | Should -Throw -ErrorId 'UnusedOption,*' -ExpectedMessage '*3 classes*'
            { $three | Measure-Mlp $numbers -Threshold 0.5 } | Should -Throw -ErrorId 'UnusedOption,*' -ExpectedMessage '*numbers*'
            { Invoke-Mlp (New-Mlp 2 1) (1, 2) -Threshold 0.5 } | Should -Throw -ErrorId 'UnusedOption,*'
        }
    }

    Context 'the confusion as rows' {
        BeforeAll {
            $script:confused = foreach ($i in 1..30) { [pscustomobject]@{ X = $i; Y = ('a', 'b', 'c')[$i % 3] } }
            $script:judge = $confused | New-Mlp -Target Y
            $script:measurement = $confused | Measure-Mlp $judge
        }

        It 'has a row for each pair of classes, with the counts of the matrix' {
            $measurement.Confusion | Should -HaveCount 9
            foreach ($row in $measurement.Confusion) {
                $row.Count | Should -Be $measurement.ConfusionMatrix.Count($row.Actual, $row.Predicted)
            }
            ($measurement.Confusion | Measure-Object Count -Sum).Sum | Should -Be 30
        }

        It 'goes through ConvertTo-Json, at its own depth too' {
            $read = $measurement.Confusion | ConvertTo-Json | ConvertFrom-Json
            $read | Should -HaveCount 9
            $read[0].psobject.Properties.Name | Should -BeExactly Actual, Predicted, Count
            $whole = $measurement | ConvertTo-Json -WarningVariable cut -WarningAction SilentlyContinue | ConvertFrom-Json
            $cut | Should -BeNullOrEmpty
            $whole.Confusion[8].Count | Should -Be $measurement.Confusion[8].Count
            $whole.Confusion[8].Actual | Should -Be $measurement.Confusion[8].Actual
        }

        It 'goes through Export-Csv and Format-Table' {
            $path = Join-Path $TestDrive confusion.csv
            $measurement.Confusion | Export-Csv $path
            $rows = Import-Csv $path
            $rows | Should -HaveCount 9
            $rows[4].Actual, $rows[4].Predicted, $rows[4].Count | Should -Be $measurement.Confusion[4].Actual, $measurement.Confusion[4].Predicted, $measurement.Confusion[4].Count
            $measurement.Confusion | Format-Table | Out-String | Should -Match 'Actual +Predicted +Count'
        }
    }

    Context 'rows with missing values' {
        BeforeAll {
            $script:gaps = foreach ($i in 1..20) { [pscustomobject]@{ X = $i % 5 ? $i : $null; Z = $i % 3; Y = 2 * $i } }
        }

        It 'are counted where they are skipped' {
            $skipping = $gaps | New-Mlp -Target Y -MissingValue Skip
            $null = $gaps | Start-MlpTraining $skipping -Epoch 1 -WarningAction Ignore
            $measured = $gaps | Measure-Mlp $skipping
            $measured.Count, $measured.Skipped, $measured.Filled | Should -Be 16, 4, 0
            $measured | Out-String | Should -Match 'Skipped +: 4'
            ($gaps | Measure-Mlp $skipping -Verbose 4>&1 | Out-String) | Should -Match '16 rows were measured; 4 rows with missing values were skipped, and 0 filled in'
        }

        It 'are counted where they are filled in' {
            $filling = $gaps | New-Mlp -Target Y -MissingValue Mean
            $null = $gaps | Start-MlpTraining $filling -Epoch 1 -WarningAction Ignore
            $measured = $gaps | Measure-Mlp $filling
            $measured.Count, $measured.Skipped, $measured.Filled | Should -Be 20, 0, 4
        }

        It 'are refused where the model keeps no mean to fill in' {
            $whole = $gaps | Where-Object X
            $plain = $whole | New-Mlp -Target Y
            $null = $whole | Start-MlpTraining $plain -Epoch 1
            { $gaps | Measure-Mlp $plain -MissingValue Mean } | Should -Throw -ErrorId 'MeanMissing,*' -ExpectedMessage "Row 5*'X'*"
        }
    }

    Context 'weights of rows' {
        BeforeAll {
            # What scikit-learn gives with sample_weight is, for whole weights, what it gives for rows that often; the figures
            # of weighted scores themselves are held against its own in the engine's tests.
            $script:weighed = foreach ($i in 1..24) { [pscustomobject]@{ X = $i / 24; Y = $i % 3 -eq 0 ? 'yes' : 'no'; N = [math]::Sin($i); W = $i % 4 } }
            $script:repeated = foreach ($row in $weighed) { if ($row.W) { (1..$row.W).ForEach({ $row }) } }
        }

        It 'count as often as they say: classes' {
            $classes = $weighed | New-Mlp -Target Y -Feature X
            $null = $weighed | Start-MlpTraining $classes -Epoch 3
            $once, $often = ($weighed | Measure-Mlp $classes -WeightColumn W), ($repeated | Measure-Mlp $classes)
            foreach ($figure in 'Loss', 'Accuracy', 'BalancedAccuracy', 'Kappa', 'Matthews', 'AUC', 'AveragePrecision', 'LogLoss', 'Brier') {
                [math]::Abs($once.$figure - $often.$figure) | Should -BeLessThan 1e-12 -Because $figure
            }
            $once.Count | Should -Be 24
            $once.Accuracy | Should -Not -Be ($weighed | Measure-Mlp $classes).Accuracy
        }

        It 'count as often as they say: numbers' {
            $numbers = $weighed | New-Mlp -Target N -Feature X
            $null = $weighed | Start-MlpTraining $numbers -Epoch 3
            $once, $often = ($weighed | Measure-Mlp $numbers -WeightColumn W), ($repeated | Measure-Mlp $numbers)
            foreach ($figure in 'Loss', 'MAE', 'RMSE', 'R2', 'MAPE', 'ExplainedVariance') {
                [math]::Abs($once.$figure - $often.$figure) | Should -BeLessThan 1e-12 -Because $figure
            }
        }

        It 'hold in folds, in the training too, and leave the table of options as it is' {
            $options = @{ Epoch = 2 }
            $given = $weighed | Measure-Mlp { New-Mlp 1 2, 1 -Seed 1 } -Feature X -Target N -Fold 2 -WeightColumn W -Training $options
            $inside = $weighed | Measure-Mlp { New-Mlp 1 2, 1 -Seed 1 } -Feature X -Target N -Fold 2 -Training @{ Epoch = 2; WeightColumn = 'W' }
            $given.Loss | Should -Be $inside.Loss
            $options.Keys | Should -Be Epoch
        }

        It 'are refused where they are none: <_>' -ForEach -1, 'much', ([double]::PositiveInfinity) {
            $bad = $weighed | Select-Object *
            $bad[3].W = $_
            $numbers = $weighed | New-Mlp -Target N -Feature X
            $measured = $bad | Measure-Mlp $numbers -WeightColumn W -ErrorVariable errors -ErrorAction SilentlyContinue
            $errors.Count | Should -BeGreaterThan 0
            $measured.Count | Should -BeIn $null, 23
        }
    }

    Context 'folds' {
        BeforeAll {
            $script:hosts = 0..59 | ForEach-Object { [pscustomobject]@{ X = $_ / 60; Host = "h$($_ % 7)"; Y = 2 * $_ / 60 } }
        }

        It 'measures each group by a model that saw none of it' {
            $script:seen = [Collections.Generic.List[object]]::new()
            $folds = $hosts | Measure-Mlp { $seen.Add($_); New-Mlp 1 2, 1 } -Fold 3 -GroupColumn Host -Feature X -Target Y -Training @{ Epoch = 1 } -WarningAction Ignore
            ($folds | Measure-Object Count -Sum).Sum | Should -Be 60
            foreach ($i in 0..2) {
                $trained = $seen[$i].Host | Sort-Object -Unique
                @($hosts | Where-Object Host -NotIn $trained).Count | Should -Be $folds[$i].Count
            }
        }

        It 'measures behind what it was trained on where rows are a course of time' {
            $script:seen = [Collections.Generic.List[object]]::new()
            $folds = $hosts | Measure-Mlp { $seen.Add($_); New-Mlp 1 2, 1 } -Fold 4 -Ordered -Feature X -Target Y -Training @{ Epoch = 1 } -WarningAction Ignore
            $folds.ForEach({ $_.Count }) | Should -Be 12, 12, 12, 12
            @($seen).ForEach({ $_.Count }) | Should -Be 12, 24, 36, 48
            $seen[3].X | Should -Be $hosts[0..47].X
        }

        It 'takes target and columns from a recipe that names them, and leaves the options of the caller as they are' {
            $options = @{ Epoch = 3 }
            $named = $hosts | Measure-Mlp { $_ | New-Mlp -Target Y -Feature 'X' -HiddenSize 2 -Seed 1 } -Fold 3 -Training $options -WarningAction Ignore
            $given = $hosts | Measure-Mlp { $_ | New-Mlp -Target Y -Feature X -HiddenSize 2 -Seed 1 } -Fold 3 -Feature X -Target Y -Training $options -WarningAction Ignore
            $named.R2 | Should -Be $given.R2
            $options.Keys | Should -Be 'Epoch'

            $labels = $hosts | Select-Object X, @{ n = 'Late'; e = { [int]($_.X -gt 0.5) } }, @{ n = 'Even'; e = { [int]($_.X * 60 % 2 -lt 1) } }
            $folds = $labels | Measure-Mlp { $_ | New-Mlp -Target 'Late', 'Even' -HiddenSize 4 } -Fold 3 -Training $options
            $folds[0].ByLabel.Label | Should -Be 'Late', 'Even'
        }

        It 'asks for the target where the recipe does not tell it' {
            $column = 'Y'
            { $hosts | Measure-Mlp { $_ | New-Mlp -Target $column } -Fold 3 } | Should -Throw -ErrorId 'TargetMissing,*'
        }

        It 'warns of classes with fewer rows than folds, and goes on' {
            $rows = 0..29 | ForEach-Object { [pscustomobject]@{ X = $_; Y = $_ -eq 7 ? 'rare' : ('a', 'b')[$_ % 2] } }
            $folds = $rows | Measure-Mlp { New-Mlp 1 4, 3 } -Fold 3 -Target Y -Training @{ Epoch = 2 } -WarningAction SilentlyContinue -WarningVariable warnings
            $folds | Should -HaveCount 3
            $warnings[0].Message | Should -BeLike "The class 'rare' has 1 of 30 rows*"
        }

        It 'shows a row each, then the mean and the deviation' {
            $folds = $hosts | Measure-Mlp { New-Mlp 1 2, 1 -Seed 1 } -Fold 3 -Feature X -Target Y -Training @{ Epoch = 5 }
            $text = ($folds | Out-String).Trim() -split '\r?\n' | Where-Object { $_ }
            $text | Should -HaveCount 7
            $text[0] | Should -Match '^Fold +Count +Loss +MAE +RMSE +R2$'
            $mean = ($folds.MAE | Measure-Object -Average).Average
            $text[5] | Should -Match ('^mean .* ' + [regex]::Escape($mean.ToString('G7', [cultureinfo]::InvariantCulture)))
            $text[6] | Should -BeLike 'deviation *'
        }

        It 'refuses <Name>' -ForEach @(
            @{ Name = 'a job'; Given = @{ Training = @{ AsJob = $true } }; Id = 'UnusedOption' }
            @{ Name = 'groups in order'; Given = @{ GroupColumn = 'Host'; Ordered = $true }; Id = 'UnusedOption' }
            @{ Name = 'more folds than groups'; Given = @{ GroupColumn = 'Host'; Fold = 8 }; Id = 'TooFewGroups' }
            @{ Name = 'one fold'; Given = @{ Fold = 1 }; Id = 'InvalidFold' }
        ) {
            $settings = @{ Fold = 3; Feature = 'X'; Target = 'Y' } + @{}
            foreach ($key in $Given.Keys) { $settings[$key] = $Given[$key] }
            { $hosts | Measure-Mlp { New-Mlp 1 2, 1 } @settings } | Should -Throw -ErrorId "$Id,*"
        }
    }
}

Describe 'A target under another name' {
    It 'is given with -Target, which the error about -Feature says' {
        $model = 1..6 | ForEach-Object { [pscustomobject] @{ X = $_; Y = 2 * $_ } } | New-Mlp -Target Y -HiddenSize 2 -Seed 1
        $other = 1..6 | ForEach-Object { [pscustomobject] @{ X = $_; Q = 2 * $_ } }
        { $other | Measure-Mlp $model -Feature @{ Y = 'Q' } } | Should -Throw -ErrorId 'FeatureIsTarget,*' -ExpectedMessage '*-Target Q.'
        ($other | Measure-Mlp $model -Target Q).Count | Should -Be 6
    }
}

Describe 'Measure-Mlp -WeightColumn with weights of any size' {
    It 'gives the figures of the same weights near 1: <Factor>' -ForEach @{ Factor = 1e-300 }, @{ Factor = 1e49 } {
        $rows = New-GradDataset Moons -Count 40 -Seed 1
        $model = $rows | New-Mlp -Target Label -Classification -Seed 1
        $null = $rows | Start-MlpTraining $model -Target Label -Epoch 5
        $weighed = foreach ($i in 0..39) { $rows[$i] | Select-Object *, @{ n = 'One'; e = { 1 + $i % 7 } }, @{ n = 'Scaled'; e = { (1 + $i % 7) * $Factor } } }
        $expected, $measured = ($weighed | Measure-Mlp $model -WeightColumn One), ($weighed | Measure-Mlp $model -WeightColumn Scaled)
        $expected.Matthews | Should -Not -Be 0
        foreach ($name in 'Loss', 'Accuracy', 'BalancedAccuracy', 'Kappa', 'Matthews', 'AUC', 'AveragePrecision', 'LogLoss', 'Brier') {
            [math]::Abs($measured.$name - $expected.$name) | Should -BeLessOrEqual (1e-12 * [math]::Abs($expected.$name)) -Because $name
        }
    }

    It 'refuses weights that have lost their digits' {
        $model = New-Mlp 1 1 -Seed 1
        { 1..3 | ForEach-Object { [pscustomobject]@{ X = $_; Y = $_; W = 3e-320 } } | Measure-Mlp $model -Feature X -Target Y -WeightColumn W } |
            Should -Throw -ErrorId 'InvalidWeight,*' -ExpectedMessage '*1E-300*'
    }
}
