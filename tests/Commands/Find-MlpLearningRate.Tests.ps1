BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"
    $script:flowers = Import-Csv "$PSScriptRoot/../../examples/iris.csv"
}

Describe 'Find-MlpLearningRate' {
    It 'gives rates that rise, and marks one' {
        $points = $flowers | Find-MlpLearningRate (New-Mlp 4 16, 3 -Seed 1) -Target Class
        $points | Should -BeOfType MicroGrad.LearningRatePoint
        $points[0].LearningRate | Should -Be 1e-5
        $points.LearningRate | Should -Be ($points.LearningRate | Sort-Object)
        $points.Step | Should -Be (1..$points.Count)
        @($points | Where-Object IsSuggested) | Should -HaveCount 1
    }

    It 'suggests a rate that learns better than one far below' {
        $rate = ($flowers | Find-MlpLearningRate (New-Mlp 4 16, 3 -Seed 1) -Target Class | Where-Object IsSuggested).LearningRate
        $loss = foreach ($try in $rate, ($rate / 100)) {
            ($flowers | Start-MlpTraining (New-Mlp 4 16, 3 -Seed 1) -Target Class -LearningRate $try -Epoch 20)[-1].Loss
        }
        $loss[0] | Should -BeLessThan $loss[1]
    }

    It 'standardizes a model made from rows as its training does' {
        $model = $flowers | New-Mlp -Target Class -Seed 1
        $points = $flowers | Find-MlpLearningRate $model
        $points.Loss | Should -BeExactly ($flowers | Find-MlpLearningRate $model -Standardize).Loss
        $points[0].Loss | Should -Not -Be ($flowers | Find-MlpLearningRate $model -Standardize:$false)[0].Loss
    }

    It 'leaves the model as it is, untrained' {
        $model = New-Mlp 4 16, 3 -Seed 1
        $before = $model.Parameters.Data
        $null = $flowers | Find-MlpLearningRate $model -Target Class -Standardize
        $model.Parameters.Data | Should -Be $before
        $model.Schema | Should -BeNullOrEmpty
    }

    It 'goes over the range that is asked for' {
        $points = $flowers | Find-MlpLearningRate (New-Mlp 4 8, 3) -Target Class -FirstLearningRate 0.001 -LastLearningRate 0.1 -Step 21 -Optimizer Sgd -BatchSize 0
        $points.Count | Should -Be 21
        [math]::Abs($points[-1].LearningRate - 0.1) | Should -BeLessThan 1e-12
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'a range that falls'; Given = @{ FirstLearningRate = 1; LastLearningRate = 0.1 }; Id = 'InvalidLearningRate' }
        @{ Name = 'a rate of 0'; Given = @{ FirstLearningRate = 0 }; Id = 'InvalidLearningRate' }
        @{ Name = 'too few steps'; Given = @{ Step = 9 }; Id = 'InvalidStep' }
    ) {
        { $flowers | Find-MlpLearningRate (New-Mlp 4 8, 3) -Target Class @Given } | Should -Throw -ErrorId "$Id,*"
    }
}
