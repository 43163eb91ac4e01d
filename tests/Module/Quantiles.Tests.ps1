# Quantiles of a number, from the model to the file.

BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"

    # 19 numbers for each X, from X + 1 to X + 19: the q-quantile is X + 20 q where that is a whole number.
    $script:rows = foreach ($x in 0, 10) { foreach ($i in 1..19) { [pscustomobject] @{ X = $x; Y = $x + $i; Weight = 1 } } }
    function Assert-Near([double[]] $Actual, [double[]] $Expected) {
        for ($i = 0; $i -lt $Expected.Count; $i++) {
            [math]::Abs($Actual[$i] - $Expected[$i]) | Should -BeLessThan (1e-12 * [math]::Max(1, [math]::Abs($Expected[$i])))
        }
    }

    $script:quantiles = 0.1, 0.5, 0.9
    $script:model = $rows | New-Mlp -Target Y -Feature X -Quantile 0.9, 0.1, 0.5 -HiddenSize 4
    $null = $rows | Start-MlpTraining $model -Epoch 800 -LearningRate 0.02 -Schedule Linear -FinalLearningRate 0.0001 -BatchSize 0
}

Describe 'Quantiles' {
    It 'are outputs of a model from rows, learnt in its first training without another word' {
        $model.OutputCount | Should -Be 3
        $model.Schema.Loss | Should -Be Quantile
        $model.Schema.Quantiles | Should -Be $quantiles
        $answers = @{ X = 0 }, @{ X = 10 } | Invoke-Mlp $model
        foreach ($answer in $answers) {
            [math]::Abs($answer.'Quantile_0.1' - $answer.X - 2) | Should -BeLessThan 0.3
            [math]::Abs($answer.'Quantile_0.5' - $answer.X - 10) | Should -BeLessThan 0.3
            [math]::Abs($answer.'Quantile_0.9' - $answer.X - 18) | Should -BeLessThan 0.3
            $answer.Prediction | Should -Be $answer.'Quantile_0.5'
        }
    }

    It 'are learnt by a model of sizes too, by -Quantile alone or with the loss by name' {
        $losses = foreach ($loss in @{}, @{ Loss = 'Quantile' }) {
            ($rows | Start-MlpTraining (New-Mlp 1 4, 3) -Target Y -Feature X -Quantile $quantiles -Epoch 2 -Standardize @loss)[-1].Loss
        }
        $losses[0] | Should -Be $losses[1]
        $losses[0] | Should -BeGreaterThan 0
    }

    It 'never cross in answers, though outputs may' {
        $untrained = New-Mlp 1 8, 3 -Seed 3
        $null = $rows | Start-MlpTraining $untrained -Target Y -Feature X -Quantile $quantiles -Epoch 1 -LearningRate 1e-9
        $points = foreach ($x in -30..30) { [pscustomobject] @{ X = $x } }
        $crossing = 0
        foreach ($point in $points) {
            $raw = (Invoke-Mlp $untrained (, $point.X) -AsGradValue).Data
            $crossing += $raw[0] -gt $raw[1] -or $raw[1] -gt $raw[2]
            $answer = $point | Invoke-Mlp $untrained
            Assert-Near $answer.'Quantile_0.1', $answer.'Quantile_0.5', $answer.'Quantile_0.9' ($raw | Sort-Object)
            $untrained.Predict($point.X) | Should -Be $answer.'Quantile_0.1', $answer.'Quantile_0.5', $answer.'Quantile_0.9'
        }
        $crossing | Should -BeGreaterThan 0
        (Invoke-Mlp $untrained (, 1)).ForEach({ $_ }) | Should -Be $untrained.Predict(1)
    }

    It 'are measured by coverage and pinball loss in the units of the target' {
        $measured = $rows | Measure-Mlp $model
        $measured.ByQuantile.Quantile | Should -Be $quantiles
        $answers = $rows | Invoke-Mlp $model
        foreach ($one in $measured.ByQuantile) {
            $name = "Quantile_$($one.Quantile)"
            # By hand, as scikit-learn's mean_pinball_loss has it.
            $costs = $answers.ForEach({ [math]::Max($one.Quantile * ($_.Y - $_.$name), ($one.Quantile - 1) * ($_.Y - $_.$name)) })
            [math]::Abs($one.PinballLoss - ($costs | Measure-Object -Average).Average) | Should -BeLessThan 1e-12
            $one.Coverage | Should -Be ($answers.Where({ $_.Y -le $_.$name }).Count / 38)
        }
        $measured.PinballLoss | Should -Be ($measured.ByQuantile.PinballLoss | Measure-Object -Average).Average
        $measured.Coverage | Should -Be ($answers.Where({ $_.Y -ge $_.'Quantile_0.1' -and $_.Y -le $_.'Quantile_0.9' }).Count / 38)
        $measured.MAE | Should -Be ($answers.ForEach({ [math]::Abs($_.Y - $_.Prediction) }) | Measure-Object -Average).Average
        ($rows | Measure-Mlp $model | Out-String) | Should -Match 'Coverage : \d'
    }

    It 'are measured by folds' {
        $folds = $rows | Measure-Mlp { New-Mlp 1 4, 3 } -Target Y -Feature X -Fold 2 -Training @{ Quantile = $quantiles; Epoch = 2; Standardize = $true }
        $folds[0].ByQuantile.Count | Should -Be 3
        $folds = $rows | Measure-Mlp { $_ | New-Mlp -Target Y -Feature X -Quantile 0.2, 0.8 } -Target Y -Feature X -Fold 2 -Training @{ Epoch = 2 }
        $folds[1].ByQuantile.Quantile | Should -Be 0.2, 0.8
    }

    It 'are kept in a file, a checkpoint and a copy' {
        Export-Mlp "$TestDrive/model.json" $model
        $back = Import-Mlp "$TestDrive/model.json"
        $back.Schema.Quantiles | Should -Be $quantiles
        ($rows[0] | Invoke-Mlp $back | ConvertTo-Json) | Should -BeExactly ($rows[0] | Invoke-Mlp $model | ConvertTo-Json)
        Export-Mlp "$TestDrive/model.safetensors" $model
        (Import-Mlp "$TestDrive/model.safetensors").Schema.Quantiles | Should -Be $quantiles
        $training = @{ Target = 'Y'; Feature = 'X'; Quantile = $quantiles; Standardize = $true }
        $half = New-Mlp 1 4, 3
        $null = $rows | Start-MlpTraining $half @training -Epoch 2 -CheckpointPath "$TestDrive/half.json" -CheckpointInterval 1
        $null = $rows | Start-MlpTraining $half @training -Epoch 4 -CheckpointPath "$TestDrive/half.json" -Resume
        $whole = New-Mlp 1 4, 3
        $null = $rows | Start-MlpTraining $whole @training -Epoch 4
        $half.Parameters.Data | Should -Be $whole.Parameters.Data
        $training.Quantile = 0.1, 0.5, 0.8
        { $rows | Start-MlpTraining $half @training -Epoch 5 -CheckpointPath "$TestDrive/half.json" -Resume } | Should -Throw -ErrorId 'CheckpointMismatch,*'
    }

    It 'in a damaged file are refused' {
        Export-Mlp "$TestDrive/whole.json" $model
        $text = Get-Content -Raw "$TestDrive/whole.json"
        foreach ($wrong in '[0.1, 0.5]', '[0.1, 0.5, 1.5]', '[0.5, 0.5, 0.5]') {
            $text -replace '("quantiles": )\[[^]]*\]', "`$1$wrong" | Set-Content "$TestDrive/broken.json"
            { Import-Mlp "$TestDrive/broken.json" } | Should -Throw -ErrorId 'InvalidModelFile,*'
        }
    }

    It 'go on with the quantiles that the model knows' {
        $copy = $model | ForEach-Object { Export-Mlp "$TestDrive/again.json" $_ -Force; Import-Mlp "$TestDrive/again.json" }
        ($rows | Start-MlpTraining $copy -Epoch 1).Loss | Should -BeGreaterThan 0
        $copy.Schema.Quantiles | Should -Be $quantiles
    }

    It 'give columns of another name with -Prefix, and replace none' {
        ($rows[0] | Invoke-Mlp $model -Prefix My).'MyQuantile_0.9' | Should -BeGreaterThan 0
        { [pscustomobject] @{ X = 1; 'Quantile_0.5' = 2 } | Invoke-Mlp $model } | Should -Throw -ErrorId 'ColumnExists,*'
    }

    It 'have plots, of the one nearest to the median where a plot is of a prediction: <_>' -ForEach 'Predictions', 'Residuals', 'Importance', 'PartialDependence', 'Weights', 'GradientFlow' {
        $svg = $rows | Export-MlpPlot -Model $model -Kind $_
        ([xml] $svg).svg | Should -Not -BeNullOrEmpty
        $rmse = ($rows | Measure-Mlp $model).RMSE.ToString('F3', [cultureinfo]::InvariantCulture)
        switch ($_) {
            Residuals { $svg | Should -Match "quantile 0\.5 \(RMSE $rmse\)" }
            PartialDependence { $svg | Should -Match 'quantile 0\.9' }
            Predictions { $rows | Export-MlpPlot -Model $model | Should -BeExactly $svg }
        }
    }

    It 'have a report with their figures' {
        $model | Export-Mlp "$TestDrive/quantiles.html" -Data $rows
        $text = Get-Content -Raw "$TestDrive/quantiles.html"
        $text | Should -Match 'By quantile'
        $text | Should -Match 'pinball loss'
        $text | Should -Match 'the quantiles 0\.1, 0\.5, 0\.9 of a number'
        $text | Should -Match 'What the quantile 0\.5 misses'
    }

    It 'are refused: <Name>' -ForEach @(
        @{ Name = 'below 0'; Given = { New-Mlp -Data $rows -Target Y -Quantile -0.1 }; Id = 'InvalidQuantile' }
        @{ Name = '1'; Given = { Start-MlpTraining (New-Mlp 1 1) -Data $rows -Feature X -Target Y -Quantile 1 }; Id = 'InvalidQuantile' }
        @{ Name = 'twice'; Given = { New-Mlp -Data $rows -Target Y -Quantile 0.5, 0.5 }; Id = 'InvalidQuantile' }
        @{ Name = 'the loss without them'; Given = { Start-MlpTraining (New-Mlp 1 1) -Data $rows -Feature X -Target Y -Loss Quantile }; Id = 'InvalidQuantile' }
        @{ Name = 'with another loss'; Given = { Start-MlpTraining (New-Mlp 1 1) -Data $rows -Feature X -Target Y -Quantile 0.5 -Loss Huber }; Id = 'UnusedOption' }
        @{ Name = 'with a loss of the user''s own'; Given = { Start-MlpTraining (New-Mlp 1 1) -Data $rows -Feature X -Target Y -Quantile 0.5 -Loss { 1 } }; Id = 'UnusedOption' }
        @{ Name = 'of two targets'; Given = { New-Mlp -Data $rows -Target X, Y -Feature Weight -Quantile 0.5 }; Id = 'TargetMismatch' }
        @{ Name = 'of classes'; Given = { New-Mlp -Data (Import-Csv "$PSScriptRoot/../../examples/iris.csv") -Target Class -Quantile 0.5 }; Id = 'TargetMismatch' }
        @{ Name = 'of another count than outputs'; Given = { Start-MlpTraining (New-Mlp 1 2) -Data $rows -Feature X -Target Y -Quantile 0.5 }; Id = 'SizeMismatch' }
        @{ Name = 'without rows'; Given = { New-Mlp 1 1 -Quantile 0.5 }; Id = 'UnusedOption' }
        @{ Name = 'in a playground'; Given = { $rows | Export-MlpPlayground "$TestDrive/page.html" -Model $model }; Id = 'QuantilesNotSupported' }
        @{ Name = 'in a plot of classes'; Given = { $rows | Export-MlpPlot "$TestDrive/plot.svg" -Model $model -Kind Roc }; Id = 'NotClasses' }
        @{ Name = 'over a plane'; Given = { $plane = $rows | Select-Object *, @{ n = 'Z'; e = { $_.Y % 3 } }; $plane | Show-MlpPlot -Model ($plane | New-Mlp -Feature X, Z -Target Y -Quantile 0.5) -Kind DecisionBoundary }; Id = 'QuantilesNotSupported' }
    ) {
        $Given | Should -Throw -ErrorId "$Id,*"
    }
}
