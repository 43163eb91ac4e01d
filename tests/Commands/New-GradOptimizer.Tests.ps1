BeforeDiscovery {
    $script:runs = (Get-Content -Raw "$PSScriptRoot/../reference/optimizers.json" | ConvertFrom-Json).runs
}

BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"
    . "$PSScriptRoot/../ReferenceFigures.ps1"
}

Describe 'New-GradOptimizer goes as PyTorch does' {
    It 'for 25 steps of <_.optimizer> over values of the graph' -ForEach $runs {
        $file, $run = (Get-Reference optimizers), $_
        $options = @{ Kind = $run.optimizer -replace '_.*' }
        switch ($run.settings.PSObject.Properties) {
            { $_.Name -eq 'momentum' } { $options.Momentum = $_.Value }
            { $_.Name -eq 'nesterov' } { $options.Nesterov = $_.Value }
            { $_.Name -eq 'weight_decay' } { $options.WeightDecay = $_.Value }
            { $_.Name -eq 'alpha' } { $options.Beta2 = $_.Value }
            { $_.Name -eq 'betas' } { $options.Beta1, $options.Beta2 = $_.Value }
            { $_.Name -eq 'eps' } { $options.Epsilon = $_.Value }
        }
        $model = New-Mlp 2 6, 3 -Seed 1
        $at = 0
        Get-ReferenceParameter ($file.W1, $file.b1, $file.W2, $file.b2) | ForEach-Object { $model.Parameters[$at++].Data = $_ }
        $optimizer = $model | New-GradOptimizer @options
        for ($step = 0; $step -lt 25; $step++) {
            $losses = for ($i = 0; $i -lt 20; $i++) {
                [MicroGrad.GradValue]::CrossEntropy($model.Invoke($file.X[$i]), $file.Y[$i])
            }
            $loss = [MicroGrad.GradValue]::Mean($losses)
            [math]::Abs($loss.Data / $run.loss_before_each_step[$step] - 1) | Should -BeLessThan 1e-9
            $loss | Invoke-Backward
            $optimizer | Step-Gradient -LearningRate $run.settings.lr
        }
        $final = Get-ReferenceParameter ($run.final.W1, $run.final.b1, $run.final.W2, $run.final.b2)
        Get-LargestError $model.Parameters.Data $final -Relative | Should -BeLessThan 1e-9
    }
}

Describe 'New-GradOptimizer' {
    It 'has Start-MlpTraining''s arithmetic: the same parameters after five epochs' {
        $rows = @(New-GradDataset Lecture)
        $trained, $stepped = (New-Mlp 3 4, 1 -Seed 3), (New-Mlp 3 4, 1 -Seed 3)
        $null = $rows | Start-MlpTraining $trained -Target Label -Epoch 5 -BatchSize 0 -LearningRate 0.02 -Optimizer AdamW -WeightDecay 0.1
        $adam = $stepped | New-GradOptimizer AdamW -WeightDecay 0.1
        foreach ($epoch in 1..5) {
            $errors = foreach ($row in $rows) { ($stepped.Invoke($row.X1, $row.X2, $row.X3)[0] - $row.Label).Pow(2) }
            [MicroGrad.GradValue]::Mean($errors) | Invoke-Backward
            $adam | Step-Gradient -LearningRate 0.02
        }
        Get-LargestError $stepped.Parameters.Data $trained.Parameters.Data | Should -BeLessThan 1e-13
    }

    It 'takes values, lists and models, by argument and from the pipeline, in order' {
        $values = New-GradValue 1, 2, 3
        $model = New-Mlp 1 1
        (New-GradOptimizer Sgd ($values[0], ($values[1], $values[2]))).Values | Should -BeExactly $values
        $optimizer = $values, $model | New-GradOptimizer
        $optimizer.Values | Should -BeExactly ($values + $model.Parameters)
        $optimizer.Count, $optimizer.Kind, $optimizer.StepCount | Should -BeExactly 5, 'Adam', 0
        "$optimizer" | Should -BeExactly 'GradOptimizer(Adam, 5 values, 0 steps)'
    }

    It 'leaves alone what is not in its list' {
        $a, $b = New-GradValue 1, 2
        $sgd = $a | New-GradOptimizer Sgd
        $a * $b | Invoke-Backward
        $sgd.Step(0.5)
        $a.Data, $b.Data, $a.Grad, $b.Grad | Should -BeExactly 0, 2, 0, 1
    }

    It 'refuses <Name> with <Id>' -ForEach @(
        @{ Name = 'a computed value'; Id = 'NotALeaf'; Do = { (New-GradValue 1) * 2 | New-GradOptimizer } }
        @{ Name = 'a value twice'; Id = 'DuplicateValue'; Do = { $a = New-GradValue 1; $a, $a | New-GradOptimizer } }
        @{ Name = 'text'; Id = 'InvalidInputObject'; Do = { 'text' | New-GradOptimizer } }
        @{ Name = 'no value'; Id = 'EmptyInput'; Do = { New-GradOptimizer Adam @() } }
        @{ Name = 'momentum with Adam'; Id = 'UnusedOption'; Do = { New-GradValue 1 | New-GradOptimizer Adam -Momentum 0.9 } }
        @{ Name = 'a beta of 1'; Id = 'InvalidBeta'; Do = { New-GradValue 1 | New-GradOptimizer Adam -Beta1 1 } }
        @{ Name = 'a negative decay'; Id = 'InvalidWeightDecay'; Do = { New-GradValue 1 | New-GradOptimizer -WeightDecay -1 } }
    ) {
        $Do | Should -Throw -ErrorId "$Id,MicroGrad.PowerShell.Commands.NewGradOptimizerCommand"
    }
}
