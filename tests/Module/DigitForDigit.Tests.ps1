# With the seed of a Python notebook, the figures of that notebook: cmdlets on one side, tests/reference on the other.

BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"
    . "$PSScriptRoot/../ReferenceFigures.ps1"
}

Describe 'The generators draw bit for bit' {
    BeforeAll {
        $script:reference = Get-Reference generators
    }

    It 'what Python draws after random.seed(1337), first by random() and then by uniform(-1, 1)' {
        $random = New-GradRandom Python -Seed 1337
        $draws = foreach ($i in 1..8) { $random.NextDouble() }
        $draws | Should -BeExactly $reference.python_random_seed_1337
        $draws = foreach ($i in 1..4) { $random.Uniform(-1, 1) }
        $draws | Should -BeExactly $reference.then_uniform_minus1_1
    }

    It 'what Python draws after random.seed(<Seed>)' -ForEach @{ Seed = 0 }, @{ Seed = 1099511627781 } {
        $random = New-GradRandom Python -Seed $Seed
        $draws = foreach ($i in 1..3) { $random.NextDouble() }
        $draws | Should -BeExactly $reference."python_random_seed_$Seed"
    }

    It 'what NumPy''s rand draws after seed(1337)' {
        $random = New-GradRandom NumPy -Seed 1337
        $draws = foreach ($i in 1..8) { $random.NextDouble() }
        $draws | Should -BeExactly $reference.numpy_rand_seed_1337
    }

    It 'what NumPy''s randn draws after seed(1337)' {
        $random = New-GradRandom NumPy -Seed 1337
        $draws = foreach ($i in 1..7) { $random.NextNormal() }
        $draws | Should -BeExactly $reference.numpy_randn_seed_1337
    }

    It 'what NumPy''s permutation(10) draws after seed(1337)' {
        $random = New-GradRandom NumPy -Seed 1337
        $random.Permutation(10) | Should -BeExactly $reference.numpy_permutation10_seed_1337
    }

    It 'what EurekaLabs'' generator draws from seed 42' {
        $random = New-GradRandom EurekaLabs -Seed 42
        $draws = foreach ($i in 1..8) { $random.NextDouble() }
        $draws | Should -BeExactly (Get-Reference yinyang).generator_first_draws
    }
}

Describe 'The moons demonstration' {
    BeforeAll {
        $script:reference = Get-Reference moons
        $script:moons = New-GradDataset Moons 100 -Noise 0.1 -Seed 1337
        $script:model = New-Mlp 2 16, 16, 1 -Activation Relu -Initialization Micrograd -Seed 1337
        $script:start = @($model.Parameters.Data)
        $training = @{
            Feature = 'X*'; Target = 'Label'; Loss = 'Hinge'; L2 = 1e-4
            Epoch = 100; BatchSize = 0; Optimizer = 'Sgd'
            LearningRate = 1; Schedule = 'Linear'; FinalLearningRate = 0.1
        }
        $script:epochs = $moons | Start-MlpTraining $model @training
    }

    It 'has the points and classes of scikit-learn' {
        $points = foreach ($row in $moons) { $row.X1, $row.X2 }
        $expected = foreach ($point in $reference.X) { $point }
        ($points.Count, $expected.Count) | Should -Be (200, 200)
        $largest = 0.0
        for ($i = 0; $i -lt 200; $i++) {
            $largest = [math]::Max($largest, [math]::Abs($points[$i] - $expected[$i]))
        }
        $largest | Should -BeLessOrEqual 1e-15
        $moons.Label | Should -Be $reference.y
    }

    It 'starts from the weights of micrograd, bit for bit' {
        $start.Count | Should -Be 337
        $start | Should -BeExactly @(Get-ReferenceParameter $reference.initial)
    }

    It 'has the loss of all 100 steps' {
        Get-LargestError $epochs.Loss $reference.steps.loss -Relative | Should -BeLessOrEqual 1e-9
    }

    It 'has the accuracy of all 100 steps' {
        $epochs.Accuracy | Should -BeExactly $reference.steps.accuracy
    }

    It 'ends at the weights of PyTorch' {
        Get-LargestError $model.Parameters.Data (Get-ReferenceParameter $reference.final) | Should -BeLessOrEqual 1e-9
    }
}

Describe 'The lecture''s network of 41 parameters, seed <Seed>' -ForEach @{ Seed = 1337 }, @{ Seed = 42 }, @{ Seed = 0 } {
    BeforeAll {
        $script:reference = (Get-Reference lecture).runs | Where-Object seed -EQ $Seed
        $script:model = New-Mlp 3 4, 4, 1 -OutputActivation Tanh -Initialization Lecture -Seed $Seed
        $script:start = @($model.Parameters.Data)
        $training = @{
            Feature = 'X*'; Target = 'Label'; Loss = 'SumSquaredError'
            Epoch = 30; BatchSize = 0; Optimizer = 'Sgd'; LearningRate = 0.05
        }
        $script:epochs = New-GradDataset Lecture | Start-MlpTraining $model @training
    }

    It 'starts from the lecture''s weights, bit for bit' {
        $start.Count | Should -Be 41
        $start | Should -BeExactly @(Get-ReferenceParameter $reference.initial)
    }

    It 'has the loss before each of 30 steps' {
        Get-LargestError $epochs.Loss $reference.loss_before_each_step | Should -BeLessOrEqual 1e-9
    }
}

Describe 'Exclusive or with NumPy''s seed' {
    BeforeAll {
        $script:reference = Get-Reference xor
        $script:xor = New-GradDataset Xor
        $script:model = New-Mlp 2 4, 1 -Activation Sigmoid -OutputActivation Sigmoid -Initialization NumPy -Seed 1
        $script:start = @($model.Parameters.Data)
        $script:log = @(($xor | Measure-Mlp $model -Feature X* -Target Label).MAE)
        # The notebook's step is 0.5 over half of the sum of squares: 0.25 over the whole sum.
        $training = @{
            Feature = 'X*'; Target = 'Label'; Loss = 'SumSquaredError'
            Epoch = 9999; BatchSize = 0; Optimizer = 'Sgd'; LearningRate = 0.25
        }
        $xor | Start-MlpTraining $model @training | Where-Object { $_.Epoch % 1000 -eq 0 } | ForEach-Object {
            $script:log += ($xor | Measure-Mlp $model).MAE
        }
    }

    It 'starts from rand(2, 4) and rand(4, 1), bit for bit' {
        $hidden, $output = $reference.initial
        $expected = foreach ($n in 0..3) { $hidden[0][$n], $hidden[1][$n] }
        $expected += foreach ($n in 0..3) { $output[$n][0] }
        $start | Should -BeExactly $expected
    }

    It 'has the mean absolute error of each logged epoch' {
        Get-LargestError $log $reference.log.mean_absolute_error | Should -BeLessOrEqual 1e-9
    }

    It 'answers what the notebook printed last' {
        $outputs = ($xor | Invoke-Mlp $model).Prediction
        Get-LargestError $outputs $reference.final_output | Should -BeLessOrEqual 1e-9
    }
}

Describe 'Yin and yang as EurekaLabs trains it' {
    BeforeAll {
        $script:reference = Get-Reference yinyang
        $random = New-GradRandom EurekaLabs -Seed 42
        $script:sets = New-GradDataset YinYang 100 -Seed $random | Group-Object Set -AsHashTable
        $script:model = New-Mlp 2 8, 3 -Initialization EurekaLabs -Seed $random
        $script:start = @($model.Parameters.Data)

        # The first validation loss is that of the fresh model: mean(log(sum(e^outputs)) - the right class's output).
        $costs = foreach ($row in $sets.Validation) {
            $outputs = $model.Invoke($row.X1, $row.X2)
            [MicroGrad.GradValue]::LogSumExp($outputs) - $outputs[$row.Label]
        }
        $script:validation = @([MicroGrad.GradValue]::Mean($costs).Data)

        $training = @{
            Feature = 'X*'; Target = 'Label'; Loss = 'CrossEntropy'
            Epoch = 100; BatchSize = 0; Optimizer = 'AdamW'; LearningRate = 0.1; Beta2 = 0.95; WeightDecay = 1e-4
        }
        $script:epochs = $sets.Train | Start-MlpTraining $model @training | ForEach-Object {
            $_
            if ($_.Epoch % 10 -eq 0 -and $_.Epoch -lt 100) {
                $script:validation += ($sets.Validation | Measure-Mlp $model).Loss
            }
        }
    }

    It 'draws the <Count> points of the <Set> set, bit for bit' -ForEach @(
        @{ Set = 'Train'; Count = 80 }
        @{ Set = 'Validation'; Count = 10 }
        @{ Set = 'Test'; Count = 10 }
    ) {
        $expected = foreach ($sample in $reference.$Set) { $sample[0][0], $sample[0][1], $sample[1] }
        $points = foreach ($row in $sets.$Set) { $row.X1, $row.X2, $row.Label }
        $points.Count | Should -Be (3 * $Count)
        $points | Should -BeExactly $expected
    }

    It 'draws the weights after the points from one generator, bit for bit' {
        $start.Count | Should -Be 51
        $start | Should -BeExactly $reference.initial
    }

    It 'has the loss of all 100 steps' {
        Get-LargestError $epochs.Loss $reference.train_loss | Should -BeLessOrEqual 1e-9
    }

    It 'has the validation loss before steps 1, 11, 21 and so on to 91' {
        $expected = foreach ($entry in $reference.validation_loss) { $entry[1] }
        Get-LargestError $validation $expected | Should -BeLessOrEqual 1e-9
    }

    It 'ends at the weights of EurekaLabs' {
        Get-LargestError $model.Parameters.Data $reference.final | Should -BeLessOrEqual 1e-9
    }
}

Describe 'The small GPT of tutorial 9 goes as a Python program of scalar values does' {
    BeforeAll {
        $script:reference = Get-Reference microgpt
        $script:before = $env:PSModulePath
        $env:PSModulePath = (Split-Path (Split-Path (Get-Module MicroGrad).ModuleBase)) + [IO.Path]::PathSeparator + $before
        Copy-Item "$PSScriptRoot/../../examples" $TestDrive -Recurse
        Push-Location $TestDrive
        . "$PSScriptRoot/../../docs/tutorials/09-microgpt.ps1" *> $null
    }

    AfterAll {
        Pop-Location
        $env:PSModulePath = $before
    }

    It 'has the losses of all 1,000 steps' {
        Get-LargestError $losses $reference.losses -Relative | Should -BeLessOrEqual 1e-9
    }

    It 'makes up the same names' {
        $made[0] | Should -BeExactly $reference.names
    }
}
