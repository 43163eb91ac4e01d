BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"
    . "$PSScriptRoot/../TrainingTools.ps1"

    # The straight line y = 2x + 1, and a training on it that no default changes.
    $script:line = foreach ($x in -5..5) { [pscustomobject]@{ X = $x; Y = 2 * $x + 1 } }
    $script:plain = @{ Optimizer = 'Sgd'; Epoch = 1; BatchSize = 0; LearningRate = 0.01 }

    # How far a training moves weight and bias.
    function Get-Step($Given) {
        $model = New-Mlp 1 1 -Seed 4
        $start = $model.Parameters.Data
        $null = $line | Start-MlpTraining $model -Target Y @Given
        ($model.Parameters[0].Data - $start[0]), ($model.Parameters[1].Data - $start[1])
    }
}

Describe 'A step that does not fit the memory' {
    It 'is refused with its sizes, and leaves the model free for the next training' {
        $model = New-Mlp 1 50000, 1 -Initialization Zero
        $rows = foreach ($i in 1..50000) { , ($i, $i) }
        foreach ($try in 1, 2) {
            Get-Id { Start-MlpTraining $model -Data $rows -BatchSize 0 } | Should -Be 'BatchTooLarge'
        }

        $line | Start-MlpTraining $model -Target Y -Epoch 1 | Should -HaveCount 1
    }
}

Describe 'Start-MlpTraining goes as PyTorch does' {
    BeforeDiscovery {
        $script:runs = (Get-Content -Raw "$PSScriptRoot/../reference/optimizers.json" | ConvertFrom-Json).runs
    }

    It 'for 25 steps of <_.optimizer>' -ForEach $runs {
        $file = Get-Content -Raw "$PSScriptRoot/../reference/optimizers.json" | ConvertFrom-Json
        $run = $_
        $rows = for ($i = 0; $i -lt 20; $i++) { , @($file.X[$i][0], $file.X[$i][1], $file.Y[$i]) }
        $options = @{ LearningRate = $run.settings.lr; Optimizer = $run.optimizer -replace '_.*' }
        switch ($run.settings.PSObject.Properties) {
            { $_.Name -eq 'momentum' } { $options.Momentum = $_.Value }
            { $_.Name -eq 'nesterov' } { $options.Nesterov = $_.Value }
            { $_.Name -eq 'weight_decay' } { $options.WeightDecay = $_.Value }
            { $_.Name -eq 'alpha' } { $options.Beta2 = $_.Value }
            { $_.Name -eq 'betas' } { $options.Beta1, $options.Beta2 = $_.Value }
            { $_.Name -eq 'eps' } { $options.Epsilon = $_.Value }
        }

        # A neuron's weights, then its bias.
        function Get-Flat($Numbers) {
            for ($n = 0; $n -lt 6; $n++) { $Numbers.W1[$n]; $Numbers.b1[$n] }
            for ($n = 0; $n -lt 3; $n++) { $Numbers.W2[$n]; $Numbers.b2[$n] }
        }
        # The rows have two classes of three: those that the model knows stay.
        $model = New-Mlp 2 6, 3 -Seed 1
        $null = (1, 1, 0), (1, 1, 1), (1, 1, 2) | Start-MlpTraining $model -Loss CrossEntropy -Epoch 1
        $at = 0
        foreach ($number in Get-Flat $file) {
            $model.Parameters[$at++].Data = $number
        }
        $at | Should -Be $model.ParameterCount

        $results = $rows | Start-MlpTraining $model -Loss CrossEntropy -Epoch 25 -BatchSize 0 @options
        $results.Count | Should -Be $run.loss_before_each_step.Count
        for ($i = 0; $i -lt 25; $i++) {
            [math]::Abs($results[$i].Loss / $run.loss_before_each_step[$i] - 1) | Should -BeLessThan 1e-9
        }
        $at = 0
        foreach ($number in Get-Flat $run.final) {
            [math]::Abs($model.Parameters[$at++].Data - $number) | Should -BeLessOrEqual (1e-9 * [math]::Abs($number))
        }
    }
}

Describe 'Start-MlpTraining clips gradients' {
    BeforeAll {
        $script:free = Get-Step $plain
        $script:norm = [math]::Sqrt($free[0] * $free[0] + $free[1] * $free[1]) / 0.01
    }

    It 'to a norm, in their direction' {
        $norm | Should -BeGreaterThan 2
        $step = Get-Step ($plain + @{ ClipNorm = 2 })
        Test-Close ([math]::Sqrt($step[0] * $step[0] + $step[1] * $step[1])) (0.01 * 2) | Should -BeTrue
        Test-Close ($step[0] / $step[1]) ($free[0] / $free[1]) -Tolerance 1e-9 | Should -BeTrue
    }

    It 'to a size each' {
        $small = [math]::Min([math]::Abs($free[0]), [math]::Abs($free[1])) / 0.01
        $step = Get-Step ($plain + @{ ClipValue = $small / 2 })
        foreach ($i in 0, 1) {
            Test-Close $step[$i] ([math]::Sign($free[$i]) * 0.01 * $small / 2) | Should -BeTrue
        }
    }

    It 'to a size first and then to a norm' {
        $step = Get-Step ($plain + @{ ClipValue = 1e-3; ClipNorm = 1e-3 })
        Test-Close ([math]::Abs($step[0])) (1e-5 / [math]::Sqrt(2)) | Should -BeTrue
        Test-Close ([math]::Abs($step[1])) (1e-5 / [math]::Sqrt(2)) | Should -BeTrue
    }

    It 'not at all where they are smaller, and tells their norm from before' {
        Get-Step ($plain + @{ ClipNorm = 1e6; ClipValue = 1e6 }) | Should -BeExactly $free
        $result = $line | Start-MlpTraining (New-Mlp 1 1 -Seed 4) -Target Y -ClipNorm 1 @plain
        Test-Close $result.GradientNorm $norm -Tolerance 1e-9 | Should -BeTrue
    }
}

Describe 'Losses of Start-MlpTraining' {
    BeforeAll {
        function Get-Difference {
            $model = New-Mlp 1 1 -Seed 4
            $line | ForEach-Object { (Invoke-Mlp $model $_.X) - $_.Y }
        }
    }

    It 'MeanAbsoluteError is the mean of distances' {
        $result = $line | Start-MlpTraining (New-Mlp 1 1 -Seed 4) -Target Y -Loss MeanAbsoluteError @plain
        $expected = (Get-Difference | ForEach-Object { [math]::Abs($_) } | Measure-Object -Average).Average
        Test-Close $result.Loss $expected | Should -BeTrue
    }

    It 'Huber is half the square up to 1, and linear beyond' {
        $result = $line | Start-MlpTraining (New-Mlp 1 1 -Seed 4) -Target Y -Loss Huber @plain
        $differences = Get-Difference | ForEach-Object { [math]::Abs($_) }
        ($differences | Where-Object { $_ -le 1 }).Count | Should -BeGreaterThan 0
        ($differences | Where-Object { $_ -gt 1 }).Count | Should -BeGreaterThan 0
        $expected = ($differences | ForEach-Object { $_ -le 1 ? $_ * $_ / 2 : $_ - 0.5 } | Measure-Object -Average).Average
        Test-Close $result.Loss $expected | Should -BeTrue
    }

    It 'as a script block are as the named: <Name>' -ForEach @(
        @{ Name = 'MeanSquaredError'; Script = { param($prediction, $target) ($prediction - $target).Pow(2) } }
        @{ Name = 'MeanAbsoluteError'; Script = { param($prediction, $target) ($prediction - $target).Abs() } }
        @{ Name = 'Huber'; Script = { param($p, $t) $d = ($p - $t).Abs(); if ($d.Data -le 1) { $d * $d / 2 } else { $d - 0.5 } } }
    ) {
        $named, $own = (New-Mlp 1 3, 1 -Seed 4), (New-Mlp 1 3, 1 -Seed 4)
        $a = $line | Start-MlpTraining $named -Target Y -Loss $Name -Epoch 4 -BatchSize 4
        $b = $line | Start-MlpTraining $own -Target Y -Loss $Script -Epoch 4 -BatchSize 4
        for ($i = 0; $i -lt 4; $i++) {
            Test-Close $b[$i].Loss $a[$i].Loss | Should -BeTrue
        }
        for ($i = 0; $i -lt $own.ParameterCount; $i++) {
            Test-Close $own.Parameters[$i].Data $named.Parameters[$i].Data -Tolerance 1e-9 | Should -BeTrue
        }
        $own.Schema.Loss | Should -BeNullOrEmpty
    }

    It 'as a script block get all outputs and all targets where there are many' {
        $rows = foreach ($x in -3..3) { [pscustomobject]@{ X = $x; Y = 2 * $x; Z = 1 - $x } }
        $named, $own = (New-Mlp 1 2 -Seed 4), (New-Mlp 1 2 -Seed 4)
        $a = $rows | Start-MlpTraining $named -Feature X -Target Y, Z @plain
        $b = $rows | Start-MlpTraining $own -Feature X -Target Y, Z @plain -Loss {
            param($prediction, $target)
            (($prediction[0] - $target[0]).Pow(2) + ($prediction[1] - $target[1]).Pow(2)) / 2
        }
        Test-Close $b.Loss $a.Loss | Should -BeTrue
        Test-Close $own.Parameters[0].Data $named.Parameters[0].Data | Should -BeTrue
    }

    It 'as a script block see the variables around them' {
        $factor = 3
        $a = $line | Start-MlpTraining (New-Mlp 1 1 -Seed 4) -Target Y @plain
        $b = $line | Start-MlpTraining (New-Mlp 1 1 -Seed 4) -Target Y @plain -Loss { param($p, $t) $factor * ($p - $t).Pow(2) }
        Test-Close $b.Loss (3 * $a.Loss) | Should -BeTrue
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'a script block that fails'; Loss = { throw 'no luck' }; Id = 'LossFailed'; Message = '*no luck*' }
        @{ Name = 'a script block that asks for a method that is not there'; Loss = { param($p) $p.Cube() }; Id = 'LossFailed'; Message = '*Cube*' }
        @{ Name = 'a script block that gives a number'; Loss = { 1.5 }; Id = 'LossNotAGradValue'; Message = '*1.5*GradValue*$prediction*' }
        @{ Name = 'a script block that gives nothing'; Loss = {}; Id = 'LossNotAGradValue'; Message = '*nothing*GradValue*' }
        @{ Name = 'a script block that gives two values'; Loss = { param($p) $p; $p }; Id = 'LossNotAGradValue'; Message = '*2 objects*' }
        @{ Name = 'a name that no loss has'; Loss = 'Cube'; Id = 'UnknownLoss'; Message = "*'Cube'*MeanSquaredError*" }
        @{ Name = 'a number'; Loss = 99; Id = 'UnknownLoss'; Message = '*99*' }
        @{ Name = 'a number as text'; Loss = '99'; Id = 'UnknownLoss'; Message = '*99*' }
    ) {
        $model = New-Mlp 1 1 -Seed 4
        $start = $model.Parameters.Data
        { $line | Start-MlpTraining $model -Target Y -Loss $Loss @plain } |
            Should -Throw -ErrorId "$Id,MicroGrad.PowerShell.Commands.StartMlpTrainingCommand" -ExpectedMessage $Message
        $model.Parameters.Data | Should -BeExactly $start
    }
}

Describe 'Start-MlpTraining ends' {
    BeforeAll {
        # Rows with noise that no model can learn, so that losses go up and down.
        $random = [random]::new(7)
        $script:noisy = foreach ($i in 1..40) { [pscustomobject]@{ X = $random.NextDouble() * 4 - 2; Y = $random.NextDouble() } }
        $script:bumpy = @{ Target = 'Y'; Optimizer = 'Adam'; LearningRate = 0.05; BatchSize = 8 }

        # What a long training did, epoch by epoch.
        function Get-Course($Given) {
            $model = New-Mlp 1 8, 1 -Seed 2
            $noisy | Start-MlpTraining $model -Epoch 60 @bumpy @Given | ForEach-Object {
                [pscustomobject]@{ Watched = $_.ValidationLoss ?? $_.Loss; Weights = $model.Parameters.Data }
            }
        }
    }

    It 'with -TargetLoss once the <Name> loss is not above it' -ForEach @(
        @{ Name = 'training'; Given = @{} }
        @{ Name = 'validation'; Given = @{ ValidationFraction = 0.3 } }
    ) {
        $course = Get-Course $Given
        $target = $course[11].Watched
        $expected = 1 + $course.Watched.IndexOf(($course.Watched | Where-Object { $_ -le $target } | Select-Object -First 1))
        $model = New-Mlp 1 8, 1 -Seed 2
        $results = $noisy | Start-MlpTraining $model -Epoch 60 -TargetLoss $target @bumpy @Given
        $results.Count | Should -Be $expected
        $model.Parameters.Data | Should -BeExactly $course[$expected - 1].Weights
    }

    It 'with -Patience after so many epochs without improvement, and restores the best weights: <Name>' -ForEach @(
        @{ Name = 'of the validation loss'; Given = @{ ValidationFraction = 0.3 }; Patience = 4; Least = 0 }
        @{ Name = 'of the training loss'; Given = @{}; Patience = 2; Least = 0 }
        @{ Name = 'by -MinimumImprovement'; Given = @{ ValidationFraction = 0.3 }; Patience = 3; Least = 0.01 }
    ) {
        $course = Get-Course $Given
        $best, $waited, $at = 0, 0, 0
        while ($waited -lt $Patience) {
            $at++
            if ($course[$at].Watched -lt $course[$best].Watched - $Least) {
                $best, $waited = $at, 0
            } else {
                $waited++
            }
        }
        $at | Should -BeLessThan 59
        $model = New-Mlp 1 8, 1 -Seed 2
        $results = $noisy | Start-MlpTraining $model -Epoch 60 -Patience $Patience -MinimumImprovement $Least @bumpy @Given
        $results.Count | Should -Be ($at + 1)
        $model.Parameters.Data | Should -BeExactly $course[$best].Weights
        $model.Parameters[0].Data | Should -Not -BeExactly $course[$at].Weights[0]
    }

    It 'with the best weights where patience lasts to the end' {
        $course = Get-Course @{ ValidationFraction = 0.3 }
        $best = $course.Watched.IndexOf(($course.Watched | Measure-Object -Minimum).Minimum)
        $best | Should -BeLessThan 59
        $model = New-Mlp 1 8, 1 -Seed 2
        $results = $noisy | Start-MlpTraining $model -Epoch 60 -Patience 1000 -ValidationFraction 0.3 @bumpy
        $results.Count | Should -Be 60
        $model.Parameters.Data | Should -BeExactly $course[$best].Weights
    }

    It 'with -TimeLimit after the first epoch that passes it' {
        $results = $noisy | Start-MlpTraining (New-Mlp 1 8, 1 -Seed 2) -Epoch 1000000000 -TimeLimit 00:00:00.1 @bumpy
        $results[-1].Elapsed.TotalSeconds | Should -BeGreaterOrEqual 0.1
        @($results | Where-Object { $_.Elapsed.TotalSeconds -ge 0.1 }).Count | Should -Be 1
    }

    It 'and says why with -Verbose: <Message>' -ForEach @(
        @{ Given = @{ TargetLoss = 1000 }; Message = '*reached its target*' }
        @{ Given = @{ TimeLimit = '00:00:00.0000001' }; Message = '*time limit*' }
        @{ Given = @{ Patience = 1; MinimumImprovement = 1000 }; Message = '*no improvement for 1 epochs*best weights*' }
        @{ Given = @{}; Message = '*All epochs are done*' }
    ) {
        $said = $noisy | Start-MlpTraining (New-Mlp 1 8, 1 -Seed 2) -Epoch 5 @bumpy @Given -Verbose 4>&1
        "$(@($said | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] })[-1])" | Should -BeLike $Message
    }
}

Describe 'Start-MlpTraining refuses' {
    It '-<Parameter> <Value>' -ForEach @(
        @{ Parameter = 'ClipNorm'; Value = 0; Id = 'InvalidClip' }
        @{ Parameter = 'ClipNorm'; Value = -1; Id = 'InvalidClip' }
        @{ Parameter = 'ClipNorm'; Value = 'NaN'; Id = 'InvalidClip' }
        @{ Parameter = 'ClipValue'; Value = 0; Id = 'InvalidClip' }
        @{ Parameter = 'ClipValue'; Value = -1; Id = 'InvalidClip' }
        @{ Parameter = 'TargetLoss'; Value = 'NaN'; Id = 'InvalidTargetLoss' }
        @{ Parameter = 'TargetLoss'; Value = 'Infinity'; Id = 'InvalidTargetLoss' }
        @{ Parameter = 'TimeLimit'; Value = [timespan]::Zero; Id = 'InvalidTimeLimit' }
        @{ Parameter = 'TimeLimit'; Value = [timespan]::FromSeconds(-3); Id = 'InvalidTimeLimit' }
        @{ Parameter = 'Patience'; Value = 0; Id = 'InvalidPatience' }
        @{ Parameter = 'Patience'; Value = -1; Id = 'InvalidPatience' }
        @{ Parameter = 'MinimumImprovement'; Value = -1; Id = 'InvalidMinimumImprovement' }
        @{ Parameter = 'MinimumImprovement'; Value = 0.1; Id = 'UnusedOption' }
        @{ Parameter = 'L2'; Value = 'Infinity'; Id = 'InvalidL2' }
        @{ Parameter = 'WeightDecay'; Value = 'NaN'; Id = 'InvalidWeightDecay' }
        @{ Parameter = 'Epsilon'; Value = 'NaN'; Id = 'InvalidEpsilon' }
        @{ Parameter = 'Beta1'; Value = 'NaN'; Id = 'InvalidBeta' }
        @{ Parameter = 'LearningRate'; Value = 'Infinity'; Id = 'InvalidLearningRate' }
        @{ Parameter = 'ScheduleFactor'; Value = 1; Id = 'InvalidScheduleFactor' }
        @{ Parameter = 'ScheduleFactor'; Value = 0; Id = 'InvalidScheduleFactor' }
        @{ Parameter = 'FinalLearningRate'; Value = 'NaN'; Id = 'InvalidFinalLearningRate' }
        @{ Parameter = 'Resume'; Value = $true; Id = 'UnusedOption' }
        @{ Parameter = 'CheckpointInterval'; Value = 5; Id = 'UnusedOption' }
        @{ Parameter = 'Optimizer'; Value = 'Lion'; Id = 'CannotConvertArgumentNoMessage' }
        @{ Parameter = 'Schedule'; Value = 'Zigzag'; Id = 'CannotConvertArgumentNoMessage' }
        @{ Parameter = 'MissingValue'; Value = 'Guess'; Id = 'CannotConvertArgumentNoMessage' }
    ) {
        $model = New-Mlp 1 1 -Seed 1
        $start = $model.Parameters.Data
        $given = @{ $Parameter = $Value }
        Get-Id { $line | Start-MlpTraining $model -Target Y @given } | Should -BeExactly $Id
        $model.Parameters.Data | Should -BeExactly $start
    }

    It 'a final rate of 0 where the rate falls by a factor' {
        Get-Id { $line | Start-MlpTraining (New-Mlp 1 1) -Target Y -Schedule Exponential -FinalLearningRate 0 } | Should -BeExactly 'InvalidFinalLearningRate'
    }
}
