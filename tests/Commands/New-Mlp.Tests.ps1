BeforeDiscovery {
    $script:lectures = (Get-Content -Raw "$PSScriptRoot/../reference/lecture.json" | ConvertFrom-Json -AsHashtable).runs
}

BeforeAll { . "$PSScriptRoot/../Import-TestModule.ps1" }

Describe 'New-Mlp' {
    It 'makes the network of the lecture with 41 parameters' {
        $model = New-Mlp 3 4, 4, 1
        $model | Should -BeOfType MicroGrad.Mlp
        $model.InputCount | Should -Be 3
        $model.OutputCount | Should -Be 1
        $model.Layers.Count | Should -Be 3
        $model.ParameterCount | Should -Be 41
        $model.Parameters.Count | Should -Be 41
        $model.Layers[0].Neurons.Count | Should -Be 4
        $model.Layers[0].Neurons[0].Weights.Count | Should -Be 3
    }

    It 'takes sizes by name' {
        (New-Mlp -LayerSize 5, 2 -InputCount 7).Sizes | Should -BeExactly 7, 5, 2
    }

    It 'uses tanh in hidden layers and nothing at the output by default' {
        $model = New-Mlp 2 3, 3, 1
        $model.Layers.Activation | Should -BeExactly Tanh, Tanh, Identity
    }

    It 'takes the activation of hidden layers by position and that of the output by name' {
        $model = New-Mlp 2 3, 1 Relu -OutputActivation Sigmoid
        $model.Layers.Activation | Should -BeExactly Relu, Sigmoid
        $model.HiddenActivation | Should -Be 'Relu'
        $model.OutputActivation | Should -Be 'Sigmoid'
    }

    It 'applies <_> in its neurons' -ForEach Identity, Tanh, Sigmoid, Relu, LeakyRelu, Elu, Gelu, Silu, Softplus {
        $model = New-Mlp 2 1 -OutputActivation $_ -Seed 2
        $output = Invoke-Mlp $model (0.5, -1) -AsGradValue
        $neuron = $model.Layers[0].Neurons[0]
        $sum = $neuron.Bias + $neuron.Weights[0] * 0.5 + $neuron.Weights[1] * -1
        $expected = if ($_ -eq 'Identity') { $sum.Data } else { $sum.$_().Data }
        [math]::Abs($output.Data - $expected) | Should -BeLessThan 1e-14
    }

    It 'draws the same parameters from the same seed' {
        (New-Mlp 4 8, 3 -Seed 5).Parameters.Data | Should -BeExactly (New-Mlp 4 8, 3 -Seed 5).Parameters.Data
    }

    It 'draws other parameters from another seed' {
        (New-Mlp 4 8, 3 -Seed 5).Parameters[0].Data | Should -Not -BeExactly (New-Mlp 4 8, 3 -Seed 6).Parameters[0].Data
    }

    It 'takes a seed of any size' {
        $seed = [bigint]::Pow(10, 40)
        (New-Mlp 1 1 -Seed $seed).Parameters[0].Data | Should -BeExactly (New-Mlp 1 1 -Seed "$seed").Parameters[0].Data
    }

    It 'draws the parameters of the lecture from the seed <seed>' -ForEach $lectures {
        $model = New-Mlp 3 4, 4, 1 -Initialization Lecture -Seed $seed
        # The reference has a layer's weights by neuron, then its biases.
        for ($l = 0; $l -lt 3; $l++) {
            $neurons = $model.Layers[$l].Neurons
            $neurons.Count | Should -Be $initial[2 * $l].Count
            for ($n = 0; $n -lt $neurons.Count; $n++) {
                $neurons[$n].Weights.Data | Should -BeExactly $initial[2 * $l][$n]
                $neurons[$n].Bias.Data | Should -BeExactly $initial[2 * $l + 1][$n]
            }
        }
    }

    It 'draws within the bounds of <Name>' -ForEach @(
        @{ Name = 'Micrograd'; Bound = 1; Bias = $false }
        @{ Name = 'Lecture'; Bound = 1; Bias = $true }
        @{ Name = 'EurekaLabs'; Bound = 0.5; Bias = $false }
        @{ Name = 'Default'; Bound = [math]::Sqrt(6 / 12); Bias = $false }
    ) {
        $model = New-Mlp 4 8 -Initialization $Name -Seed 1
        foreach ($neuron in $model.Layers[0].Neurons) {
            foreach ($weight in $neuron.Weights) {
                [math]::Abs($weight.Data) | Should -BeLessOrEqual $Bound
            }
        }
        @($model.Layers[0].Neurons.Bias.Data | Where-Object { $_ -ne 0 }).Count -gt 0 | Should -Be $Bias
    }

    It 'sets every parameter to 0 with the initialization Zero' {
        (New-Mlp 3 4, 1 -Initialization Zero).Parameters.Data | Where-Object { $_ -ne 0 } | Should -BeNullOrEmpty
    }

    It 'makes neurons without a bias with -NoBias and with the initialization NumPy' {
        foreach ($model in (New-Mlp 2 4, 1 -NoBias), (New-Mlp 2 4, 1 -Initialization NumPy)) {
            $model.HasBias | Should -BeFalse
            $model.ParameterCount | Should -Be 12
            $model.Layers[0].Neurons[0].Bias | Should -BeNullOrEmpty
        }
    }

    It 'makes one object that the pipeline does not take apart' {
        @(New-Mlp 3 4, 1 | ForEach-Object { $_ }).Count | Should -Be 1
    }

    It 'refuses the input count <_>' -ForEach 0, -2 {
        { New-Mlp $_ 1 } |
            Should -Throw -ErrorId 'InvalidInputCount,MicroGrad.PowerShell.Commands.NewMlpCommand' -ExpectedMessage "*$_*at least 1*"
    }

    It 'refuses a layer of <_> neurons' -ForEach 0, -3 {
        { New-Mlp 2 4, $_ } |
            Should -Throw -ErrorId 'InvalidLayerSize,MicroGrad.PowerShell.Commands.NewMlpCommand' -ExpectedMessage "*$_*at least 1*"
    }

    It 'refuses a network without layers' {
        { New-Mlp 2 @() } |
            Should -Throw -ErrorId 'InvalidLayerSize,MicroGrad.PowerShell.Commands.NewMlpCommand' -ExpectedMessage '*no layer*give the size*'
    }

    It 'refuses the seed <Name>' -ForEach @(
        @{ Name = '-1'; Seed = -1 }
        @{ Name = '1.5'; Seed = 1.5 }
        @{ Name = 'abc'; Seed = 'abc' }
        @{ Name = 'empty'; Seed = $null }
    ) {
        { New-Mlp 2 1 -Seed $Seed } |
            Should -Throw -ErrorId 'InvalidSeed,MicroGrad.PowerShell.Commands.NewMlpCommand' -ExpectedMessage "*$Name*whole number from 0*"
    }

    It 'writes the seed that it refuses the same under a comma culture' {
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'de-DE'
            { New-Mlp 2 1 -Seed 1.5 } | Should -Throw -ExpectedMessage '*1.5;*'
        } finally {
            [cultureinfo]::CurrentCulture = $before
        }
    }

    It 'refuses an activation that there is not, and lists those that there are' {
        { New-Mlp 2 1 -Activation Step } |
            Should -Throw -ErrorId 'CannotConvertArgumentNoMessage,MicroGrad.PowerShell.Commands.NewMlpCommand' -ExpectedMessage '*Step*Tanh*'
    }
}

Describe 'New-Mlp from rows' {
    BeforeAll {
        $script:fruit = foreach ($i in 1..45) {
            $kind = ('apple', 'plum', 'melon')[$i % 3]
            [pscustomobject]@{ Weight = @{ apple = 150; plum = 40; melon = 1500 }[$kind] + $i; Round = @{ apple = 0.8; plum = 0.6; melon = 0.95 }[$kind] + $i / 1000; Kind = $kind }
        }
    }

    It 'makes the inputs and outputs that the rows need, and knows columns and classes' {
        $model = $fruit | New-Mlp -Target Kind -HiddenSize 8, 4
        $model.Sizes | Should -BeExactly 2, 8, 4, 3
        $model.FeatureNames | Should -BeExactly Weight, Round
        $model.Classes | Should -BeExactly plum, melon, apple
        ($fruit | Where-Object Kind -NE melon | New-Mlp -Target Kind).OutputCount | Should -Be 1
        ($fruit | New-Mlp -Target Weight, Round -Categorical Kind).Sizes | Should -BeExactly 3, 8, 2
    }

    It 'is standardized by its first training, which needs no word of columns, unless it is turned off' {
        $model, $raw = ($fruit | New-Mlp -Target Kind), ($fruit | New-Mlp -Target Kind)
        $null = $fruit | Start-MlpTraining $model -Epoch 150
        $null = $fruit | Start-MlpTraining $raw -Epoch 1 -Standardize:$false -WarningAction SilentlyContinue
        $model.Schema.Features[0].Scale | Should -BeGreaterThan 100
        $raw.Schema.Features[0].Scale | Should -BeExactly 1
        ($fruit | Measure-Mlp $model).Accuracy | Should -BeGreaterThan 0.95
    }

    It 'takes numbers for classes with -Classification, and answers with them' {
        $rows = 1..30 | ForEach-Object { [pscustomobject]@{ X = $_; Side = $_ -gt 15 ? 1 : -1 } }
        $model = $rows | New-Mlp -Target Side -Classification
        $null = $rows | Start-MlpTraining $model -Epoch 100
        $model.OutputCount | Should -Be 1
        ($rows[0, -1] | Invoke-Mlp $model).Prediction | Should -BeExactly -1, 1
    }

    It 'warns of categories that hardly repeat, once' {
        $rows = 1..20 | ForEach-Object { [pscustomobject]@{ Id = "k$_"; Kind = "a$($_ % 3)"; Y = $_ } }
        $model = $rows | New-Mlp -Target Y -Categorical Id, Kind -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike "The column 'Id' has 20 different texts in 20 rows.*leave the column out*"
        $null = $rows | Start-MlpTraining $model -Epoch 1 -WarningVariable later -WarningAction SilentlyContinue
        "$later" | Should -Not -Match 'different texts'
    }

    It 'asks whether a column of a near name was meant: <Given>' -ForEach @(
        @{ Given = @{ Target = 'Clas' }; Meant = 'Class' }
        @{ Given = @{ Target = 'Class'; Feature = 'SepalLenght' }; Meant = 'SepalLength' }
    ) {
        { Import-Csv "$PSScriptRoot/../../examples/iris.csv" | New-Mlp @Given } | Should -Throw -ExpectedMessage "*Did you mean '$Meant'?"
    }

    It 'goes through a file before it is trained' {
        $model = $fruit | New-Mlp -Target Kind -MissingValue Skip
        Export-Mlp "$TestDrive/planned.json" $model
        $again = Import-Mlp "$TestDrive/planned.json"
        $null = $fruit | Start-MlpTraining $model -Epoch 2
        $null = $fruit | Start-MlpTraining $again -Epoch 2
        $again.Parameters.Data | Should -BeExactly $model.Parameters.Data
    }

    It 'refuses what is about rows where sizes are given' {
        { New-Mlp 2 1 -Target Y } | Should -Throw -ErrorId 'UnusedOption*'
    }
}

Describe 'New-Mlp -Dropout' {
    BeforeAll {
        $script:moons = New-GradDataset Moons 60 -Seed 1
        function Invoke-Training($Model, $Epoch, $Options = @{}) {
            $null = $moons | Start-MlpTraining $Model -Target Label -Loss CrossEntropy -Epoch $Epoch -BatchSize 16 @Options
        }
    }

    It 'makes a model whose training drops units, the same for the same seed' {
        $models = foreach ($rate in 0.3, 0.3, 0) { New-Mlp 2 8, 2 -Dropout $rate }
        $models.Dropout | Should -Be 0.3, 0.3, 0
        $models | ForEach-Object { Invoke-Training -Model $_ -Epoch 3 }
        $models[0].Parameters.Data | Should -Be $models[1].Parameters.Data
        $models[0].Parameters.Data | Should -Not -Be $models[2].Parameters.Data
    }

    It 'answers, measures and draws graphs with all units' {
        $model = New-Mlp 2 8, 2 -Dropout 0.5
        $plain = New-Mlp 2 8, 2
        $model.Predict(1, 2) | Should -Be $plain.Predict(1, 2)
        $model.Invoke(1, 2).Data | Should -Be $plain.Invoke(1, 2).Data
        ($moons | Measure-Mlp $model -Target Label -Loss CrossEntropy).Loss | Should -Be ($moons | Measure-Mlp $plain -Target Label -Loss CrossEntropy).Loss
    }

    It 'is kept in files, and goes on to the same bits from a checkpoint' {
        $model = New-Mlp 2 8, 2 -Dropout 0.3
        foreach ($extension in 'json', 'safetensors') {
            Export-Mlp "$TestDrive/dropout.$extension" $model
            (Import-Mlp "$TestDrive/dropout.$extension").Dropout | Should -Be 0.3
        }
        $whole, $half = 1..2 | ForEach-Object { New-Mlp 2 8, 2 -Dropout 0.3 }
        Invoke-Training -Model $whole -Epoch 4
        $path = "$TestDrive/dropout-checkpoint.json"
        Invoke-Training -Model $half -Epoch 2 -Options @{ CheckpointPath = $path; CheckpointInterval = 1 }
        $other = New-Mlp 2 8, 2 -Dropout 0.3
        Invoke-Training -Model $other -Epoch 4 -Options @{ CheckpointPath = $path; Resume = $true }
        $other.Parameters.Data | Should -Be $whole.Parameters.Data
        { Invoke-Training -Model (New-Mlp 2 8, 2 -Dropout 0.4) -Epoch 4 -Options @{ CheckpointPath = $path; Resume = $true } } | Should -Throw -ErrorId 'CheckpointMismatch,*'
    }

    It 'runs in other languages as it answers' {
        $model = New-Mlp 2 4, 1 -Dropout 0.3
        $model | Export-Mlp "$TestDrive/Dropped.ps1"
        Get-Content -Raw "$TestDrive/Dropped.ps1" | Should -Not -Match 'dropout'
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'a rate of 1'; Given = { New-Mlp 2 8, 2 -Dropout 1 }; Id = 'InvalidDropout' }
        @{ Name = 'a rate below 0'; Given = { New-Mlp 2 8, 2 -Dropout -0.1 }; Id = 'InvalidDropout' }
        @{ Name = 'a network without hidden layers'; Given = { New-Mlp 2 2 -Dropout 0.1 }; Id = 'InvalidDropout' }
        @{ Name = 'a playground'; Given = { $moons | Export-MlpPlayground "$TestDrive/page.html" -Model (New-Mlp 2 8, 2 -Dropout 0.1) -Target Label -Loss CrossEntropy }; Id = 'DropoutNotSupported' }
    ) {
        $Given | Should -Throw -ErrorId "$Id,*"
    }
}

Describe 'Rows with several faults' {
    It 'have their columns of text and of gaps told in one error' {
        $rows = foreach ($i in 1..20) { [pscustomobject]@{ Name = "n$i"; Kind = ('a', 'b')[$i % 2]; Size = $i -eq 4 ? '' : "$i"; Y = $i } }
        { $rows | New-Mlp -Target Y } | Should -Throw -ErrorId 'TextColumn,*' -ExpectedMessage "*'Name'*'Kind'*missing in Size."
        $problem = { $rows | New-Mlp -Target Y -MissingValue Mean } | Should -Throw -ErrorId 'TextColumn,*' -PassThru
        "$problem" | Should -Not -BeLike '*missing*'
    }

    It 'have one column of text and gaps told in one error: <Name>' -ForEach @(
        @{ Name = 'gaps in another column'; Text = "A,B,Y`n1,x,1`n,y,2`n3,z,3"; Says = "*'B' holds text*missing in A." }
        @{ Name = 'gaps in the same column'; Text = "A,B,Y`n1,x,1`n2,,2`n3,z,3"; Says = "*'B' holds text*missing in B." }
        @{ Name = 'gaps in the target'; Text = "A,B,Y`n1,x,1`n2,y,`n3,z,3"; Says = "*'B' holds text*missing in Y." }
        @{ Name = 'no gap'; Text = "A,B,Y`n1,x,1`n2,y,2`n3,z,3"; Says = "*'B' holds text*(such as 'x')." }
        @{ Name = 'a column that is all gaps'; Text = "A,B,Y`n1,,1`n2,,2`n3,,3"; Says = "*'B' has no value in any of the 3 rows." }
    ) {
        $path = "$TestDrive/gaps.csv"
        Set-Content $path $Text
        foreach ($way in { New-Mlp -Path $path -Target Y }, { Import-Csv $path | New-Mlp -Target Y }) {
            $problem = $way | Should -Throw -PassThru
            "$problem" | Should -BeLike $Says
        }
    }

    It 'keep the advice on numbers of another form beside gaps' {
        $rows = foreach ($i in 1..20) { [pscustomobject]@{ Share = "$i%"; Size = $i -eq 4 ? '' : "$i"; Y = $i } }
        $problem = { $rows | New-Mlp -Target Y } | Should -Throw -ErrorId 'NumberWithUnit,*' -PassThru
        "$problem" | Should -BeLike '*missing in Size.'
        $problem.ErrorDetails.RecommendedAction | Should -BeLike '*$_.Share -replace*'
    }
}
