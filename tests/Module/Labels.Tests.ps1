BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"

    # Whether a number is large, and whether it is very large: learnt from it easily, to the row.
    $script:rows = 1..40 | ForEach-Object { [pscustomobject]@{ X = $_ / 20; Large = [int]($_ -gt 20); Huge = $_ -gt 30 } }
    $script:model = $rows | New-Mlp -Target Large, Huge -Seed 1
    $script:epochs = $rows | Start-MlpTraining $model -Epoch 200 -Optimizer Adam -LearningRate 0.05
}

Describe 'Several labels a row' {
    It 'are seen in rows with several targets of 0 and 1, or of truth values' {
        $plan = $rows | New-Mlp -Target Large, Huge -HiddenSize 3
        $plan.OutputCount | Should -Be 2
        $plan.Schema.Encoding | Should -Be Labels
        $plan.Schema.Loss | Should -Be BinaryCrossEntropy
        $plan.Classes | Should -HaveCount 0
        ($rows | New-Mlp -Target Large, Huge -Verbose 4>&1 | Out-String) | Should -Match 'target Large, Huge \(labels\)'
    }

    It 'are learnt, each by an output of its own' {
        $epochs[-1].Loss | Should -BeLessThan 0.05
        $epochs[-1].Accuracy | Should -Be 1
        $epochs[0].Accuracy | Should -BeLessThan 1
    }

    It 'are learnt by a model made by sizes where the loss says so' {
        $sized = New-Mlp 1 8, 2 -Seed 1
        $null = $rows | Start-MlpTraining $sized -Target Large, Huge -Loss BinaryCrossEntropy -Standardize -Epoch 200 -Optimizer Adam -LearningRate 0.05
        $sized.Schema.Encoding | Should -Be Labels
        ($rows | Measure-Mlp $sized).ExactMatch | Should -Be 1
    }

    It 'are what several truth values are without a word' {
        $truths = $rows | Select-Object X, Huge, @{ n = 'Small'; e = { -not $_.Large } }
        $sized = New-Mlp 1 4, 2
        $null = $truths | Start-MlpTraining $sized -Target Huge, Small -Epoch 1 -WarningAction Ignore
        $sized.Schema.Encoding | Should -Be Labels
    }

    It 'are numbers where that is said' {
        ($rows | New-Mlp -Target Large, Huge -Classification:$false).Schema.Encoding | Should -Be Numbers
        $sized = New-Mlp 1 4, 2
        $null = $rows | Start-MlpTraining $sized -Target Large, Huge -Loss MeanSquaredError -Epoch 1 -WarningAction Ignore
        $sized.Schema.Encoding | Should -Be Numbers
    }

    It 'stay labels when a model is trained on' {
        $copy = $rows | New-Mlp -Target Large, Huge
        $null = $rows | Start-MlpTraining $copy -Epoch 1
        $null = $rows | Start-MlpTraining $copy -Epoch 1
        $copy.Schema.Encoding | Should -Be Labels
        $copy.Schema.Loss | Should -Be BinaryCrossEntropy
    }

    It 'are answered with a decision and a probability each' {
        $answer = $rows[24] | Invoke-Mlp $model
        $answer.psobject.Properties.Name |
            Should -BeExactly X, Large, Huge, Prediction, Prediction_Large, Prediction_Huge, Probability_Large, Probability_Huge
        $answer.Prediction_Large | Should -BeOfType double
        $answer.Prediction_Large | Should -Be 1
        $answer.Prediction_Huge | Should -BeOfType bool
        $answer.Prediction_Huge | Should -BeFalse
        $answer.Prediction | Should -Be 1, $false
        $answer.Probability_Large | Should -BeGreaterThan 0.9
        $answer.Probability_Huge | Should -BeLessThan 0.1
        $outputs = Invoke-Mlp $model $rows[24] -AsGradValue
        [math]::Abs($answer.Probability_Huge * (1 + [math]::Exp(-$outputs[1].Data)) - 1) | Should -BeLessThan 1e-12
    }

    It 'are answered under names of their own' {
        ($rows[0] | Invoke-Mlp $model -Prefix My).psobject.Properties.Name | Select-Object -Last 5 |
            Should -BeExactly MyPrediction, MyPrediction_Large, MyPrediction_Huge, MyProbability_Large, MyProbability_Huge
        { $rows[0] | Select-Object *, Probability_Huge | Invoke-Mlp $model } |
            Should -Throw -ErrorId 'ColumnExists,*' -ExpectedMessage "*'Probability_Huge'*"
    }

    It 'are answered to numbers as a list' {
        $answer = Invoke-Mlp $model (, 1.9)
        $answer | Should -Be 1, $true
    }

    It 'are decided from a threshold on' {
        $p = ($rows[28] | Invoke-Mlp $model).Probability_Huge
        ($rows[28] | Invoke-Mlp $model -Threshold $p).Prediction_Huge | Should -BeTrue
        ($rows[28] | Invoke-Mlp $model -Threshold ([math]::BitIncrement($p))).Prediction_Huge | Should -BeFalse
        ($rows | Measure-Mlp $model -Threshold 0).ByLabel.Accuracy | Should -Be 0.5, 0.25
    }

    It 'are measured each and together' {
        $wrong = $rows | ForEach-Object { [pscustomobject]@{ X = $_.X; Large = $_.Large; Huge = $_.X -eq 0.05 ? $true : $_.Huge } }
        $measured = $wrong | Measure-Mlp $model
        $measured.Count | Should -Be 40
        $measured.ByLabel.Label | Should -Be Large, Huge
        $measured.ByLabel.Accuracy | Should -Be 1, (39 / 40)
        $measured.ByLabel[1].Recall | Should -Be (10 / 11)
        $measured.Accuracy | Should -Be (79 / 80)
        $measured.ExactMatch | Should -Be (39 / 40)
        [math]::Abs($measured.Loss - $measured.LogLoss) | Should -BeLessThan 1e-12
        $measured.ConfusionMatrix | Should -BeNullOrEmpty
        $measured.R2 | Should -BeNullOrEmpty
        $measured.ByLabel | ConvertTo-Csv | Select-Object -First 1 | Should -Match '"Label","Count","Accuracy"'
    }

    It 'are measured in folds' {
        $folds = $rows | Measure-Mlp { $_ | New-Mlp -Target Large, Huge } -Target Large, Huge -Fold 4 -Training @{ Epoch = 100; LearningRate = 0.05; Optimizer = 'Adam' }
        $folds | Should -HaveCount 4
        ($folds | Measure-Object Count -Sum).Sum | Should -Be 40
        $folds.ExactMatch | ForEach-Object { $_ | Should -BeGreaterThan 0.7 }
        ($folds | Out-String) | Should -Match 'Fold +Count +Loss +Accuracy +ExactMatch +AUC'
    }

    It 'come back from a file: <_>' -ForEach 'json', 'safetensors' {
        $path = Join-Path $TestDrive "labels.$_"
        $model | Export-Mlp $path
        $read = Import-Mlp $path
        $read.Schema.Encoding | Should -Be Labels
        ($rows | Invoke-Mlp $read | ConvertTo-Json) | Should -BeExactly ($rows | Invoke-Mlp $model | ConvertTo-Json)
    }

    It 'are read from text, with missing ones as any other' {
        $text = 'X,A,B', '1,0,False', '2,1,True', '3,1,False', '4,,True', '5,0,True' | ConvertFrom-Csv
        $made = $text | New-Mlp -Target A, B -MissingValue Skip
        $null = $text | Start-MlpTraining $made -Epoch 1 -WarningAction Ignore
        $answer = $text[0] | Invoke-Mlp $made
        $answer.Prediction_A | Should -BeOfType double
        $answer.Prediction_B | Should -BeOfType bool
        ($text | Measure-Mlp $made).Count | Should -Be 4
    }

    It 'weigh their features' {
        ($rows | Measure-MlpFeature $model -Repeat 2).ScoreDrop | Should -BeGreaterThan 0.2
    }
}

Describe 'Labels in pictures' {
    It 'have <_>' -ForEach 'Confusion', 'Roc', 'PrecisionRecall', 'Calibration', 'Importance', 'PartialDependence', 'Weights', 'GradientFlow' {
        $svg = [xml] ($rows | Export-MlpPlot -Model $model -Kind $_)
        $svg.svg | Should -Not -BeNullOrEmpty
        if ($_ -in 'Confusion', 'Roc', 'PrecisionRecall', 'Calibration', 'PartialDependence') {
            $svg.OuterXml | Should -Match 'Large'
            $svg.OuterXml | Should -Match 'Huge'
        }
        $rows | Show-MlpPlot -Model $model -Kind $_ -Width 70 | Should -Not -BeNullOrEmpty
    }

    It 'show where they are wrong, of rows and of a measurement, if nothing else is asked for' {
        $asked = $rows | Export-MlpPlot -Model $model -Kind Confusion
        $rows | Export-MlpPlot -Model $model | Should -BeExactly $asked
        $rows | Measure-Mlp $model | Export-MlpPlot | Should -BeExactly $asked
        $asked | Should -Match 'right 80'
    }

    It 'have curves with the area that Measure-Mlp tells' {
        $wrong = $rows | ForEach-Object { [pscustomobject]@{ X = $_.X; Large = $_.Large; Huge = $_.X -in 0.05, 1.95 ? -not $_.Huge : $_.Huge } }
        $area = ($wrong | Measure-Mlp $model).ByLabel[1].AUC
        $area | Should -BeLessThan 1
        $wrong | Export-MlpPlot -Model $model -Kind Roc | Should -Match "Huge \(AUC $($area.ToString('F3', [cultureinfo]::InvariantCulture))\)"
    }

    It 'have a report with their figures and pictures' {
        $page = Join-Path $TestDrive labels.html
        $model | Export-Mlp $page -Data $rows
        $text = Get-Content -Raw $page
        $text | Should -Match 'By label'
        $text | Should -Match 'Where labels are wrong'
        $text | Should -Match 'rows with all labels right'
    }
}

Describe 'What is no label' {
    It 'is refused by row: <Name>' -ForEach @(
        @{ Name = 'another number'; Value = 2; Message = "Row 3 has '2' in column 'B'.*" }
        @{ Name = 'a half'; Value = 0.5; Message = "Row 3 has '0.5' in column 'B'.*" }
    ) {
        $given = 0..9 | ForEach-Object { [pscustomobject]@{ X = $_; A = $_ % 2; B = $_ -eq 2 ? $Value : 1 } }
        { $given | Start-MlpTraining (New-Mlp 1 2, 2) -Target A, B -Loss BinaryCrossEntropy } |
            Should -Throw -ErrorId 'TargetMismatch,*' -ExpectedMessage $Message
        { $given | New-Mlp -Target A, B -Classification } | Should -Throw -ErrorId 'TargetMismatch,*' -ExpectedMessage $Message
        ($given | New-Mlp -Target A, B).Schema.Encoding | Should -Be Numbers
    }

    It 'leaves its row out where a model is measured' {
        $given = $rows | Select-Object *
        $given[2] = [pscustomobject]@{ X = 0.15; Large = 3; Huge = $false }
        $measured = $given | Measure-Mlp $model -ErrorAction SilentlyContinue -ErrorVariable errors
        $measured.Count | Should -Be 39
        $errors | Should -HaveCount 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'UnknownClass,*'
    }

    It 'is told by name, in whatever order the labels are named' {
        $measured = $rows | Measure-Mlp $model
        $turned = $rows | Measure-Mlp $model -Target Huge, Large
        $turned.Accuracy | Should -BeExactly $measured.Accuracy
        $turned.ByLabel.Label | Should -BeExactly $measured.ByLabel.Label
    }

    It 'is refused where outputs are fewer or more' {
        { $rows | Start-MlpTraining (New-Mlp 1 2, 3) -Target Large, Huge -Loss BinaryCrossEntropy } | Should -Throw -ErrorId 'SizeMismatch,*'
        { $rows | Measure-Mlp $model -Target Large } | Should -Throw -ErrorId 'TargetMismatch,*'
        { $rows | Start-MlpTraining (New-Mlp 1 2, 2) -Target Large, Huge -Loss Hinge } | Should -Throw -ErrorId 'TargetMismatch,*'
        { $rows | Start-MlpTraining (New-Mlp 1 2, 2) -Target Large, Huge -Loss BinaryCrossEntropy -ClassWeight Balanced } | Should -Throw -ErrorId 'UnusedOption,*'
    }

    It 'is not plotted as numbers, over a plane or in a page that trains' {
        { $rows | Export-MlpPlot -Model $model (Join-Path $TestDrive labels.svg) -Kind Residuals } | Should -Throw -ErrorId 'NotNumeric,*' -ExpectedMessage '*Large*'
        $plane = foreach ($i in 0..9) { [pscustomobject]@{ X = $i; Y = $i % 3; A = $i % 2; B = [int] ($i -gt 4) } }
        $both = $plane | New-Mlp -Target A, B -HiddenSize 2
        { $plane | Show-MlpPlot -Model $both -Kind DecisionBoundary } | Should -Throw -ErrorId 'LabelsNotSupported,*'
        { $rows | Export-MlpPlayground -Model $model (Join-Path $TestDrive labels.html) } | Should -Throw -ErrorId 'LabelsNotSupported,*'
    }
}
