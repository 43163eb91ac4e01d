BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"

    $script:flowers = Import-Csv "$PSScriptRoot/../../examples/iris.csv"
    $script:heldOut = for ($i = 4; $i -lt $flowers.Count; $i += 5) { $flowers[$i] }
    $script:trained = for ($i = 0; $i -lt $flowers.Count; $i++) { if ($i % 5 -ne 4) { $flowers[$i] } }

    # The straight line y = 2x + 1 at eleven places.
    $script:line = foreach ($x in -5..5) { [pscustomobject]@{ X = $x; Y = 2 * $x + 1 } }

    # Plain gradient descent, and the training that tells the flowers apart with it.
    $script:sgd = @{ Optimizer = 'Sgd' }
    $script:iris = $sgd + @{ Epoch = 150; LearningRate = 0.05; BatchSize = 16 }

    # A training that no default changes.
    $script:gentle = $sgd + @{ Epoch = 5; LearningRate = 0.01; BatchSize = 4; Seed = 1 }

    # The error that training a straight line on these rows reports for the row that can't be used.
    function Get-RowError($Row) {
        try {
            $null = $Row | Start-MlpTraining (New-Mlp 1 1) -Feature X -Target Y @gentle -ErrorVariable problems -ErrorAction SilentlyContinue
        } catch {
            $problems = @($_)
        }
        $problems
    }
}

Describe 'Start-MlpTraining on the iris flowers' {
    It 'reaches 95% on the held-out fifth with the seed <_>' -ForEach 1, 2, 3, 4, 5 {
        $model = New-Mlp 4 16, 3 -Seed $_
        $null = $trained | Start-MlpTraining $model -Feature Sepal*, Petal* -Target Class -Seed $_ @iris
        $result = $heldOut | Measure-Mlp $model
        $result.Count | Should -Be 30
        $result.Accuracy | Should -BeGreaterOrEqual 0.95
    }

    It 'remembers features and classes in order of first appearance' {
        $model = New-Mlp 4 3 -Seed 1
        $null = $trained | Start-MlpTraining $model -Target Class @gentle
        $model.FeatureNames | Should -BeExactly SepalLength, SepalWidth, PetalLength, PetalWidth
        $model.Classes | Should -BeExactly setosa, versicolor, virginica
    }
}

Describe 'Start-MlpTraining' {
    It 'emits one result an epoch, numbered from 1' {
        $results = $line | Start-MlpTraining (New-Mlp 1 1) -Target Y @gentle
        $results | Should -BeOfType MicroGrad.EpochResult
        $results.Epoch | Should -BeExactly (1..5)
        $results[4].Loss | Should -BeLessThan $results[0].Loss
        $results[0].GradientNorm | Should -BeGreaterThan 0
        $results[0].LearningRate | Should -BeExactly 0.01
        $results[0].Accuracy | Should -BeNullOrEmpty
    }

    It 'tells the accuracy of classes' {
        $results = $trained | Start-MlpTraining (New-Mlp 4 3 -Seed 1) -Target Class @gentle
        foreach ($result in $results) {
            $result.Accuracy | Should -BeGreaterOrEqual 0
            $result.Accuracy | Should -BeLessOrEqual 1
        }
    }

    It 'hands a result to the next command before the next epoch starts' {
        $model = New-Mlp 1 4, 1 -Seed 1
        $start = $model.Parameters.Data
        $seen = $line | Start-MlpTraining $model -Target Y @gentle |
            ForEach-Object { , $model.Parameters.Data }
        $end = $model.Parameters.Data
        $seen.Count | Should -Be 5
        # Each result arrived while the model had the weights of just that epoch.
        $seen[4] | Should -BeExactly $end
        for ($i = 0; $i -lt 4; $i++) {
            $seen[$i] | Should -Not -BeExactly $seen[$i + 1]
        }
        $seen[0] | Should -Not -BeExactly $start
    }

    It 'stops when the next command has enough, with the weights of the epoch it saw last' {
        $full = New-Mlp 1 4, 1 -Seed 1
        $seen = $line | Start-MlpTraining $full -Target Y @gentle | ForEach-Object { , $full.Parameters.Data }
        $model = New-Mlp 1 4, 1 -Seed 1
        $results = $line | Start-MlpTraining $model -Target Y @gentle | Select-Object -First 3
        $results.Epoch | Should -BeExactly 1, 2, 3
        $model.Parameters.Data | Should -BeExactly $seen[2]
        $model.FeatureNames | Should -BeExactly 'X'
        @($line | Invoke-Mlp $model).Count | Should -Be 11
        ($line | Measure-Mlp $model).Count | Should -Be 11
    }

    It 'gives the same bits for the same seed' {
        $first, $second = (New-Mlp 4 5, 3 -Seed 9), (New-Mlp 4 5, 3 -Seed 9)
        $a = $trained | Start-MlpTraining $first -Target Class @gentle
        $b = $trained | Start-MlpTraining $second -Target Class @gentle
        $first.Parameters.Data | Should -BeExactly $second.Parameters.Data
        $a.Loss | Should -BeExactly $b.Loss
        $a.GradientNorm | Should -BeExactly $b.GradientNorm
    }

    It 'gives other bits for another seed of the order or of the model' {
        $models = (New-Mlp 4 5, 3 -Seed 9), (New-Mlp 4 5, 3 -Seed 9), (New-Mlp 4 5, 3 -Seed 10)
        $null = $trained | Start-MlpTraining $models[0] -Target Class @gentle
        $other = $gentle.Clone()
        $other.Seed = 2
        $null = $trained | Start-MlpTraining $models[1] -Target Class @other
        $null = $trained | Start-MlpTraining $models[2] -Target Class @gentle
        $models[1].Parameters[0].Data | Should -Not -BeExactly $models[0].Parameters[0].Data
        $models[2].Parameters[0].Data | Should -Not -BeExactly $models[0].Parameters[0].Data
    }

    It 'keeps the rows in their order with -NoShuffle, whatever the seed' {
        $first, $second = (New-Mlp 1 3, 1 -Seed 9), (New-Mlp 1 3, 1 -Seed 9)
        $other = $gentle.Clone()
        $other.Seed = 77
        $null = $line | Start-MlpTraining $first -Target Y -NoShuffle @gentle
        $null = $line | Start-MlpTraining $second -Target Y -NoShuffle @other
        $first.Parameters.Data | Should -BeExactly $second.Parameters.Data
        $null = $line | Start-MlpTraining ($third = New-Mlp 1 3, 1 -Seed 9) -Target Y @other
        $third.Parameters.Data | Should -Not -BeExactly $second.Parameters.Data
    }

    It 'takes all rows at once with -BatchSize 0' {
        $zero, $whole = (New-Mlp 1 1 -Seed 1), (New-Mlp 1 1 -Seed 1)
        $start = ($line | Measure-Mlp $zero -Feature X -Target Y).Loss
        $results = $line | Start-MlpTraining $zero -Target Y @sgd -Epoch 3 -BatchSize 0 -LearningRate 0.01
        $null = $line | Start-MlpTraining $whole -Target Y @sgd -Epoch 3 -BatchSize 11 -LearningRate 0.01
        $zero.Parameters.Data | Should -BeExactly $whole.Parameters.Data
        # With one batch, the loss of an epoch is that before its step.
        [math]::Abs($results[0].Loss - $start) | Should -BeLessThan (1e-12 * $start)
    }

    It 'learns the straight line' {
        $model = New-Mlp 1 1 -Seed 1
        $null = $line | Start-MlpTraining $model -Target Y @sgd -Epoch 300 -BatchSize 0 -LearningRate 0.05
        $measured = $line | Measure-Mlp $model
        $measured.R2 | Should -BeGreaterThan 0.99
    }

    It 'makes small what -Loss says: <Loss>' -ForEach @(
        @{ Loss = 'MeanSquaredError'; Outputs = 1 }
        @{ Loss = 'SumSquaredError'; Outputs = 1 }
        @{ Loss = 'Hinge'; Outputs = 1 }
        @{ Loss = 'BinaryCrossEntropy'; Outputs = 1 }
        @{ Loss = 'CrossEntropy'; Outputs = 2 }
    ) {
        $rows = foreach ($x in -4..4) { [pscustomobject]@{ X = $x; Label = if ($x -gt 0) { 1 } else { -1 } } }
        $model = New-Mlp 1 $Outputs -Seed 1
        $results = $rows | Start-MlpTraining $model -Target Label -Loss $Loss @sgd -Epoch 60 -BatchSize 0 -LearningRate 0.005
        $model.Schema.Loss | Should -Be $Loss
        $results[-1].Loss | Should -BeLessThan $results[0].Loss
    }

    It 'measures the sum of squared errors as the mean times the numbers' {
        $sum = $line | Start-MlpTraining (New-Mlp 1 1 -Seed 1) -Target Y -Loss SumSquaredError @sgd -Epoch 1 -BatchSize 0 -LearningRate 1e-4
        $mean = $line | Start-MlpTraining (New-Mlp 1 1 -Seed 1) -Target Y -Loss MeanSquaredError @sgd -Epoch 1 -BatchSize 0 -LearningRate 1e-4
        [math]::Abs($sum.Loss - 11 * $mean.Loss) | Should -BeLessThan (1e-12 * $sum.Loss)
    }

    It 'takes cross entropy for text of many classes, and binary cross entropy for one output' {
        $model = New-Mlp 4 3 -Seed 1
        $null = $trained | Start-MlpTraining $model -Target Class @gentle
        $model.Schema.Loss | Should -Be 'CrossEntropy'
        $model = New-Mlp 4 1 -Seed 1
        $null = $trained | Where-Object Class -NE virginica | Start-MlpTraining $model -Target Class @gentle
        $model.Schema.Loss | Should -Be 'BinaryCrossEntropy'
        $model.Classes | Should -BeExactly setosa, versicolor
        $model = New-Mlp 1 1 -Seed 1
        $null = $line | Start-MlpTraining $model -Target Y @gentle
        $model.Schema.Loss | Should -Be 'MeanSquaredError'
    }

    It 'takes every column that is no target where no feature is named' {
        $model = New-Mlp 4 3 -Seed 1
        $null = $trained | Start-MlpTraining $model -Target Class @gentle
        $model.FeatureNames.Count | Should -Be 4
    }

    It 'takes features by wildcard, in the order of the names given' {
        $model = New-Mlp 4 3 -Seed 1
        $null = $trained | Start-MlpTraining $model -Feature petal*, *Width, SepalLength -Target Class @gentle
        $model.FeatureNames | Should -BeExactly PetalLength, PetalWidth, SepalWidth, SepalLength
    }

    It 'takes many targets, one output each' {
        $rows = foreach ($x in -3..3) { [pscustomobject]@{ X = $x; Y = 2 * $x; Z = 1 - $x } }
        $model = New-Mlp 1 2 -Seed 1
        $null = $rows | Start-MlpTraining $model -Feature X -Target Y, Z @gentle
        $model.Schema.TargetNames | Should -BeExactly Y, Z
    }

    It 'goes on with the features, targets and classes of a trained model' {
        $model = New-Mlp 4 3 -Seed 1
        $first = $trained | Start-MlpTraining $model -Target Class @gentle
        # Other rows come first, yet the classes keep their places.
        $second = $trained[-1..-120] | Start-MlpTraining $model @gentle
        $model.Classes | Should -BeExactly setosa, versicolor, virginica
        $second[0].Loss | Should -BeLessThan $first[0].Loss
    }

    It 'takes a model from the pipeline' {
        $byModel, $byRows = (New-Mlp 1 4, 1 -Seed 1), (New-Mlp 1 4, 1 -Seed 1)
        $results = $byModel | Start-MlpTraining -Data $line -Target Y @gentle
        $results.Count | Should -Be 5
        $null = $line | Start-MlpTraining $byRows -Target Y @gentle
        $byModel.Parameters.Data | Should -BeExactly $byRows.Parameters.Data
    }

    It 'takes a model from the pipeline and rows by position' {
        (New-Mlp 1 1 | Start-MlpTraining $line -Target Y @gentle).Count | Should -Be 5
    }

    It 'trains each model from the pipeline on the same rows' {
        $models = (New-Mlp 1 4, 1 -Seed 1), (New-Mlp 1 4, 1 -Seed 1)
        $results = $models | Start-MlpTraining -Data $line -Target Y @gentle
        $results.Epoch | Should -BeExactly (@(1..5) + @(1..5))
        $models[0].Parameters.Data | Should -BeExactly $models[1].Parameters.Data
    }

    It 'takes model and rows by name' {
        (Start-MlpTraining -Model (New-Mlp 1 1) -InputObject $line -Target Y @gentle).Count | Should -Be 5
    }

    It 'learns the same from <Name>' -ForEach @(
        @{ Name = 'hashtables'; Rows = { foreach ($x in -5..5) { @{ X = $x; Y = 2 * $x + 1 } } } }
        @{ Name = 'ordered dictionaries with keys in other letters'; Rows = { foreach ($x in -5..5) { [ordered]@{ y = 2 * $x + 1; x = $x } } } }
        @{ Name = 'arrays of numbers'; Rows = { foreach ($x in -5..5) { , @($x, (2 * $x + 1)) } } }
        @{ Name = 'arrays of doubles'; Rows = { foreach ($x in -5..5) { , [double[]]@($x, (2 * $x + 1)) } } }
        @{ Name = 'text'; Rows = { foreach ($x in -5..5) { [pscustomobject]@{ X = "$x"; Y = "$(2 * $x + 1).0" } } } }
        @{ Name = 'objects with more properties'; Rows = { foreach ($x in -5..5) { [pscustomobject]@{ Note = 'n'; X = $x; Y = 2 * $x + 1 } } } }
    ) {
        $expected, $model = (New-Mlp 1 4, 1 -Seed 1), (New-Mlp 1 4, 1 -Seed 1)
        $null = $line | Start-MlpTraining $expected -Feature X -Target Y @gentle
        $null = & $Rows | Start-MlpTraining $model -Feature X -Target Y @gentle
        $model.Parameters.Data | Should -BeExactly $expected.Parameters.Data
    }

    It 'takes the numbers behind the inputs as targets where rows are arrays without names' {
        $model = New-Mlp 2 1 -Seed 1
        $results = (1, 2, 3), (4, 5, 9), (0, 1, 1) | Start-MlpTraining $model @gentle
        $results.Count | Should -Be 5
        $model.FeatureNames.Count | Should -Be 2
        $model.Schema.TargetNames.Count | Should -Be 1
    }

    It 'learns the same under a comma culture' {
        $expected, $model = (New-Mlp 4 5, 3 -Seed 1), (New-Mlp 4 5, 3 -Seed 1)
        $null = $trained | Start-MlpTraining $expected -Target Class @gentle
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'de-DE'
            (1.5).ToString() | Should -BeExactly '1,5'
            $null = $trained | Start-MlpTraining $model -Target Class @gentle
        } finally {
            [cultureinfo]::CurrentCulture = $before
        }
        $model.Parameters.Data | Should -BeExactly $expected.Parameters.Data
    }

    It 'says with -Verbose what it trains on' {
        $text = $line | Start-MlpTraining (New-Mlp 1 1) -Target Y @gentle -Verbose 4>&1 |
            Where-Object { $_ -is [System.Management.Automation.VerboseRecord] } | Out-String
        $text | Should -BeLike '*11 rows*X*Y*MeanSquaredError*5 epochs*'
    }
}

Describe 'Optimizers of Start-MlpTraining' {
    BeforeAll {
        # The parameters after a number of steps over the whole line, and what they were before.
        function Get-Weight($Given, $Epoch = 1) {
            $model = New-Mlp 1 1 -Seed 4
            $null = $line | Start-MlpTraining $model -Target Y -Epoch $Epoch -BatchSize 0 -LearningRate 0.01 @Given
            $model.Parameters.Data
        }

        . "$PSScriptRoot/../TrainingTools.ps1"
        $script:start = (New-Mlp 1 1 -Seed 4).Parameters.Data
        $script:plain = Get-Weight $sgd
    }

    It 'make the loss smaller: <_>' -ForEach 'Sgd', 'RmsProp', 'Adagrad', 'Adam', 'AdamW' {
        $results = $line | Start-MlpTraining (New-Mlp 1 1 -Seed 4) -Target Y -Optimizer $_ -Epoch 20 -BatchSize 0 -LearningRate 0.01
        $results[-1].Loss | Should -BeLessThan $results[0].Loss
        $results.LearningRate | Sort-Object -Unique | Should -BeExactly 0.01
    }

    It 'start from a rate that suits them where none is given: <_>' -ForEach 'Sgd', 'RmsProp', 'Adagrad', 'Adam', 'AdamW' {
        $results = $line | Start-MlpTraining (New-Mlp 1 1 -Seed 4) -Target Y -Optimizer $_ -Epoch 1 -BatchSize 0
        $results[0].LearningRate | Should -BeGreaterThan 0
    }

    It 'step by rate times gradient: Sgd' {
        $model = New-Mlp 1 1 -Seed 4
        $loss = [MicroGrad.GradValue]::Mean(@($line | ForEach-Object { ((Invoke-Mlp $model $_.X -AsGradValue) - $_.Y).Pow(2) }))
        $loss | Invoke-Backward
        $model | Step-Gradient -LearningRate 0.01
        foreach ($i in 0, 1) {
            Test-Close $plain[$i] $model.Parameters[$i].Data | Should -BeTrue
        }
    }

    It 'step by the rate at first, whatever the gradient: Adam' {
        $weights = Get-Weight @{ Optimizer = 'Adam' }
        foreach ($i in 0, 1) {
            [math]::Abs([math]::Abs($weights[$i] - $start[$i]) - 0.01) | Should -BeLessThan 1e-9
        }
    }

    It 'add the last step with -Momentum, and look ahead with -Nesterov' {
        $momentum = @{ Optimizer = 'Sgd'; Momentum = 0.5 }
        Get-Weight $momentum | Should -BeExactly $plain
        (Get-Weight $momentum 2)[0] | Should -Not -BeExactly (Get-Weight $sgd 2)[0]
        $ahead = Get-Weight ($momentum + @{ Nesterov = $true })
        Test-Close ($ahead[0] - $start[0]) (1.5 * ($plain[0] - $start[0])) | Should -BeTrue
    }

    It 'take a share of each parameter off with -WeightDecay' {
        $weights = Get-Weight ($sgd + @{ WeightDecay = 0.5 })
        foreach ($i in 0, 1) {
            Test-Close $weights[$i] ($plain[$i] - 0.01 * 0.5 * $start[$i]) | Should -BeTrue
        }
    }

    It 'count the squares of all parameters into the loss with -L2' {
        $weights = Get-Weight ($sgd + @{ L2 = 0.5 })
        foreach ($i in 0, 1) {
            Test-Close $weights[$i] ($plain[$i] - 0.01 * 2 * 0.5 * $start[$i]) | Should -BeTrue
        }
        $with = $line | Start-MlpTraining (New-Mlp 1 1 -Seed 4) -Target Y @sgd -Epoch 1 -BatchSize 0 -LearningRate 0.01 -L2 0.5
        $without = $line | Start-MlpTraining (New-Mlp 1 1 -Seed 4) -Target Y @sgd -Epoch 1 -BatchSize 0 -LearningRate 0.01
        Test-Close ($with.Loss - $without.Loss) (0.5 * ($start[0] * $start[0] + $start[1] * $start[1])) | Should -BeTrue
    }

    It 'are changed by -<Name>' -ForEach @(
        @{ Name = 'Beta1'; Value = 0.5 }
        @{ Name = 'Beta2'; Value = 0.5 }
        @{ Name = 'Epsilon'; Value = 1 }
    ) {
        $given = @{ Optimizer = 'Adam'; $Name = $Value }
        (Get-Weight $given 3)[0] | Should -Not -BeExactly (Get-Weight @{ Optimizer = 'Adam' } 3)[0]
    }
}

Describe 'Schedules of Start-MlpTraining' {
    It 'give each epoch its rate: <Name>' -ForEach @(
        @{ Name = 'Constant'; Given = @{ Schedule = 'Constant' }; Rates = 0.01, 0.01, 0.01, 0.01 }
        @{ Name = 'Linear'; Given = @{ Schedule = 'Linear'; FinalLearningRate = 0.002 }; Rates = 0.01, 0.008, 0.006, 0.004 }
        @{ Name = 'Linear to 0'; Given = @{ Schedule = 'Linear' }; Rates = 0.01, 0.0075, 0.005, 0.0025 }
        @{ Name = 'Step'; Given = @{ Schedule = 'Step'; ScheduleFactor = 0.5; ScheduleInterval = 2 }; Rates = 0.01, 0.01, 0.005, 0.005 }
        @{ Name = 'Exponential'; Given = @{ Schedule = 'Exponential'; FinalLearningRate = 0.000625 }; Rates = 0.01, 0.005, 0.0025, 0.00125 }
        @{ Name = 'Cosine'; Given = @{ Schedule = 'Cosine' }; Rates = 0.01, 0.00853553390593274, 0.005, 0.00146446609406726 }
        @{ Name = 'after a warm-up'; Given = @{ Schedule = 'Constant'; WarmupEpoch = 2 }; Rates = 0.005, 0.01, 0.01, 0.01 }
    ) {
        $results = $line | Start-MlpTraining (New-Mlp 1 1 -Seed 4) -Target Y @sgd -Epoch 4 -BatchSize 0 -LearningRate 0.01 @Given
        for ($i = 0; $i -lt 4; $i++) {
            [math]::Abs($results[$i].LearningRate - $Rates[$i]) | Should -BeLessThan 1e-15
        }
    }

    It 'drop the rate where the loss no longer falls: ReduceOnPlateau' {
        $given = @{ Schedule = 'ReduceOnPlateau'; ScheduleFactor = 0.5; ScheduleInterval = 1 }
        $results = $line | Start-MlpTraining (New-Mlp 1 1 -Seed 4) -Target Y @sgd -Epoch 4 -BatchSize 0 -LearningRate 1e-9 @given
        $results.LearningRate | Should -BeExactly 1e-9, 1e-9, 5e-10, 2.5e-10
    }
}

Describe 'Start-MlpTraining while it runs' {
    BeforeEach {
        $script:model = New-Mlp 4 8, 3 -Seed 1
        $script:shell = [powershell]::Create()
        $script:results = [System.Management.Automation.PSDataCollection[psobject]]::new()

        # A billion epochs, of which the second comes out.
        $null = $shell.AddScript('
            param($Module, $Model, $Rows)
            Import-Module $Module
            $Rows | Start-MlpTraining $Model -Target Class -Epoch 1000000000 -Optimizer Sgd -LearningRate 0.001 -BatchSize 8 |
                Where-Object Epoch -EQ 2
        ').AddArgument((Get-Module MicroGrad).Path).AddArgument($model).AddArgument($trained)
        $nothing = [System.Management.Automation.PSDataCollection[psobject]]::new()
        $nothing.Complete()
        $script:running = $shell.BeginInvoke($nothing, $results)

        # Waits until there is something in a collection, for half a minute at most.
        function Wait-Item($Collection) {
            for ($i = 0; $Collection.Count -eq 0 -and $i -lt 600; $i++) {
                if ($running.AsyncWaitHandle.WaitOne(50)) {
                    throw "The training ended: $($shell.InvocationStateInfo.Reason)"
                }
            }
        }
    }

    AfterEach {
        $shell.Stop()
        $shell.Dispose()
    }

    It 'stops as Ctrl+C stops it, and leaves finite weights and a model that predicts' {
        $start = (New-Mlp 4 8, 3 -Seed 1).Parameters.Data
        Wait-Item $results
        $results.Count | Should -Be 1
        $shell.Stop()
        $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        $shell.Streams.Error.Count | Should -Be 0
        $model.Parameters.Data | Should -Not -BeExactly $start
        $model.Parameters.Data | Where-Object { -not [double]::IsFinite($_) } | Should -BeNullOrEmpty
        ($heldOut | Invoke-Mlp $model)[0].Prediction | Should -BeIn $model.Classes
    }

    It 'tells its progress: epoch and loss' {
        Wait-Item $shell.Streams.Progress
        $record = $shell.Streams.Progress[0]
        $record.Activity | Should -BeLike 'Training*4-8-3*'
        $record.StatusDescription | Should -BeLike 'Epoch * of 1000000000, loss *'
        $record.PercentComplete | Should -Be 0
        $record.RecordType | Should -Be 'Processing'
    }
}

Describe 'Start-MlpTraining -KeepParameter' {
    BeforeAll {
        $script:keptRows = New-GradDataset Moons -Count 20 -Seed 1
        $script:keptModel = New-Mlp 2 3, 1 -Seed 1
        $script:start = $keptModel.Parameters.Data
        $script:kept = $keptRows | Start-MlpTraining $keptModel -Target Label -Epoch 3 -KeepParameter
    }

    It 'gives each result the parameters as its epoch left them' {
        $kept[-1].Parameters | Should -BeExactly $keptModel.Parameters.Data
        foreach ($epoch in $kept) {
            $epoch.Parameters.Count | Should -Be $keptModel.ParameterCount
            $epoch.Parameters | Should -Not -Be $start
        }
        $kept[0].Parameters | Should -Not -Be $kept[1].Parameters
        $again = New-Mlp 2 3, 1 -Seed 1
        $null = $keptRows | Start-MlpTraining $again -Target Label -Epoch 1
        $kept[0].Parameters | Should -BeExactly $again.Parameters.Data
    }

    It 'changes nothing else' {
        $bare = $keptRows | Start-MlpTraining (New-Mlp 2 3, 1 -Seed 1) -Target Label -Epoch 3
        $bare.Loss | Should -BeExactly $kept.Loss
    }

    It 'is off unless asked for' {
        ($keptRows | Start-MlpTraining (New-Mlp 2 3, 1 -Seed 1) -Target Label -Epoch 1).Parameters | Should -BeNullOrEmpty
    }
}

Describe 'Start-MlpTraining on what can not be learnt from' {
    It 'leaves out text that is no number, names row and column, and goes on' {
        $rows = $line[0..3] + [pscustomobject]@{ X = 'many'; Y = 1 } + $line[4..10]
        $model, $expected = (New-Mlp 1 1 -Seed 1), (New-Mlp 1 1 -Seed 1)
        $results = $rows | Start-MlpTraining $model -Target Y @gentle -ErrorVariable problems -ErrorAction SilentlyContinue
        $null = $line | Start-MlpTraining $expected -Target Y @gentle
        $results.Count | Should -Be 5
        $model.Parameters.Data | Should -BeExactly $expected.Parameters.Data
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -BeExactly 'NotANumber,MicroGrad.PowerShell.Commands.StartMlpTrainingCommand'
        $problems[0].Exception.Message | Should -BeLike "Row 5*'many'*column 'X'*number*1.5*"
        $problems[0].TargetObject.X | Should -BeExactly 'many'
    }

    It 'leaves out a row with <Name>' -ForEach @(
        @{ Name = 'a decimal comma'; X = '1,5'; Y = 1; Id = 'DecimalComma'; Message = "Row 2*'1,5'*'X'*" }
        @{ Name = 'infinity in a feature'; X = '-Infinity'; Y = 1; Id = 'NotFinite'; Message = "Row 2*-Infinity*'X'*finite*" }
    ) {
        $problems = Get-RowError ($line[0], [pscustomobject]@{ X = $X; Y = $Y }, $line[1])
        @($problems).Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -BeExactly "$Id,MicroGrad.PowerShell.Commands.StartMlpTrainingCommand"
        $problems[0].CategoryInfo.Category | Should -Be 'InvalidData'
        $problems[0].Exception.Message | Should -BeLike $Message
    }

    It 'names row and column of a missing value: <Name>' -ForEach @(
        @{ Name = 'empty text in a feature'; X = ''; Y = 1; Column = 'X' }
        @{ Name = 'null in a feature'; X = $null; Y = 1; Column = 'X' }
        @{ Name = 'white space in the target'; X = 1; Y = ' '; Column = 'Y' }
        @{ Name = 'NaN in a feature'; X = [double]::NaN; Y = 1; Column = 'X' }
        @{ Name = 'a mark in the target'; X = 1; Y = 'n/a'; Column = 'Y' }
    ) {
        $problems = Get-RowError ($line[0], [pscustomobject]@{ X = $X; Y = $Y }, $line[1])
        @($problems).Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -BeExactly 'MissingValue,MicroGrad.PowerShell.Commands.StartMlpTrainingCommand'
        $problems[0].Exception.Message | Should -Match "(?i)row 2\b.*\b$Column\b"
    }

    It 'takes a column that a row lacks for a missing value: <Name>' -ForEach @(
        @{ Name = 'in objects'; Rows = [pscustomobject]@{ X = 1; Y = 1 }, [pscustomobject]@{ Y = 1 }, [pscustomobject]@{ X = 2; Y = 1 } }
        @{ Name = 'in hashtables'; Rows = @{ X = 1; Y = 1 }, @{ Y = 1 }, @{ X = 2; Y = 1 } }
    ) {
        $problems = Get-RowError $Rows
        @($problems).Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -BeExactly 'MissingValue,MicroGrad.PowerShell.Commands.StartMlpTrainingCommand'
        $problems[0].Exception.Message | Should -BeLike '1 of 3 rows*row 2 (X)*'
    }

    It 'leaves out a ragged row, and says how long it is' {
        $problems = Get-RowError ((1, 3), (2, 5, 6), (3, 7))
        @($problems).Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -BeExactly 'RaggedRow,MicroGrad.PowerShell.Commands.StartMlpTrainingCommand'
        $problems[0].Exception.Message | Should -BeLike 'Row 2 has 3 numbers*2*expected*'
    }

    It 'names each of several bad rows' {
        $problems = Get-RowError ($line[0], [pscustomobject]@{ X = 'a'; Y = 1 }, $line[1], [pscustomobject]@{ X = 'b'; Y = 1 })
        $problems.Count | Should -Be 2
        $problems[0].Exception.Message | Should -BeLike "Row 2*'a'*"
        $problems[1].Exception.Message | Should -BeLike "Row 4*'b'*"
    }

    It 'refuses an empty data set' {
        foreach ($training in @(
                { @() | Start-MlpTraining (New-Mlp 1 1) -Target Y }
                { Start-MlpTraining (New-Mlp 1 1) -InputObject @() -Target Y }
                { New-Mlp 1 1 | Start-MlpTraining -Data @() -Target Y }
                { New-Mlp 1 1 | Start-MlpTraining -Data $null -Target Y })) {
            $training | Should -Throw -ErrorId 'EmptyData,MicroGrad.PowerShell.Commands.StartMlpTrainingCommand' -ExpectedMessage '*no rows came*at least one*'
        }
    }

    It 'refuses a data set whose every row is bad' {
        $bad = [pscustomobject]@{ X = 1; Y = 1 }, [pscustomobject]@{ X = [double]::PositiveInfinity; Y = 1 } | Select-Object -Last 1
        { $bad | Start-MlpTraining (New-Mlp 1 1) -Target Y -ErrorAction SilentlyContinue } |
            Should -Throw -ErrorId 'EmptyData,MicroGrad.PowerShell.Commands.StartMlpTrainingCommand'
    }

    It 'refuses a feature that the rows lack, and lists their columns' {
        { $line | Start-MlpTraining (New-Mlp 1 1) -Feature Height -Target Y } |
            Should -Throw -ErrorId 'FeatureNotFound,MicroGrad.PowerShell.Commands.StartMlpTrainingCommand' -ExpectedMessage "*'Height'*X, Y*"
    }

    It 'refuses a target that the rows lack, and lists their columns' {
        { $line | Start-MlpTraining (New-Mlp 1 1) -Target Height } |
            Should -Throw -ErrorId 'TargetNotFound,MicroGrad.PowerShell.Commands.StartMlpTrainingCommand' -ExpectedMessage "*'Height'*X, Y*"
    }

    It 'asks for a target where none was named, before it complains of any row' {
        { $trained | Start-MlpTraining (New-Mlp 4 3) -ErrorAction SilentlyContinue -ErrorVariable script:complaints } |
            Should -Throw -ErrorId 'TargetMissing,MicroGrad.PowerShell.Commands.StartMlpTrainingCommand' -ExpectedMessage '*No target was named*'
        @($complaints | Where-Object FullyQualifiedErrorId -Like 'NotANumber*').Count | Should -Be 0
    }

    It 'refuses more features than the model has inputs, and names them' {
        { $trained | Start-MlpTraining (New-Mlp 3 3) -Target Class } |
            Should -Throw -ErrorId 'SizeMismatch,MicroGrad.PowerShell.Commands.StartMlpTrainingCommand' -ExpectedMessage '*3 inputs*4*PetalWidth*'
    }

    It 'refuses more classes than the model has outputs, and names them' {
        { $trained | Start-MlpTraining (New-Mlp 4 2) -Target Class } |
            Should -Throw -ErrorId 'SizeMismatch,MicroGrad.PowerShell.Commands.StartMlpTrainingCommand' -ExpectedMessage '*2 outputs*3 classes*virginica*3 wide*'
    }

    It 'refuses more targets than the model has outputs' {
        { $trained | Start-MlpTraining (New-Mlp 2 1) -Feature Sepal* -Target Petal* } |
            Should -Throw -ErrorId 'SizeMismatch,MicroGrad.PowerShell.Commands.StartMlpTrainingCommand' -ExpectedMessage '*1 output,*2 targets*2 wide*'
    }

    It 'refuses text where the loss compares numbers' {
        { $trained | Start-MlpTraining (New-Mlp 4 1) -Target Class -Loss MeanSquaredError } |
            Should -Throw -ErrorId 'TargetMismatch,MicroGrad.PowerShell.Commands.StartMlpTrainingCommand' -ExpectedMessage "*'Class'*numbers*'setosa'*CrossEntropy*"
    }

    It 'refuses three classes where the loss tells two apart' {
        foreach ($loss in 'BinaryCrossEntropy', 'Hinge') {
            { $trained | Start-MlpTraining (New-Mlp 4 1) -Target Class -Loss $loss } |
                Should -Throw -ErrorId 'TargetMismatch,MicroGrad.PowerShell.Commands.StartMlpTrainingCommand' -ExpectedMessage "*$loss*3 classes*3 outputs*"
        }
    }

    It 'refuses <Parameter> <Value>' -ForEach @(
        @{ Parameter = 'Epoch'; Value = 0; Id = 'InvalidEpoch' }
        @{ Parameter = 'Epoch'; Value = -5; Id = 'InvalidEpoch' }
        @{ Parameter = 'BatchSize'; Value = -1; Id = 'InvalidBatchSize' }
        @{ Parameter = 'LearningRate'; Value = 0; Id = 'InvalidLearningRate' }
        @{ Parameter = 'LearningRate'; Value = 'NaN'; Id = 'InvalidLearningRate' }
        @{ Parameter = 'Momentum'; Value = 1; Id = 'InvalidMomentum' }
        @{ Parameter = 'Momentum'; Value = -0.5; Id = 'InvalidMomentum' }
        @{ Parameter = 'WeightDecay'; Value = -1; Id = 'InvalidWeightDecay' }
        @{ Parameter = 'L2'; Value = -1; Id = 'InvalidL2' }
        @{ Parameter = 'Beta1'; Value = 1; Id = 'InvalidBeta' }
        @{ Parameter = 'Beta2'; Value = 1.5; Id = 'InvalidBeta' }
        @{ Parameter = 'Epsilon'; Value = 0; Id = 'InvalidEpsilon' }
        @{ Parameter = 'ScheduleFactor'; Value = 2; Id = 'InvalidScheduleFactor' }
        @{ Parameter = 'ScheduleInterval'; Value = 0; Id = 'InvalidScheduleInterval' }
        @{ Parameter = 'FinalLearningRate'; Value = -1; Id = 'InvalidFinalLearningRate' }
        @{ Parameter = 'WarmupEpoch'; Value = -1; Id = 'InvalidWarmup' }
        @{ Parameter = 'Seed'; Value = 1.5; Id = 'InvalidSeed' }
        @{ Parameter = 'Seed'; Value = -1; Id = 'InvalidSeed' }
    ) {
        $model = New-Mlp 1 1 -Seed 1
        $start = $model.Parameters.Data
        $given = @{ $Parameter = $Value }
        { $line | Start-MlpTraining $model -Target Y @given } |
            Should -Throw -ErrorId "$Id,MicroGrad.PowerShell.Commands.StartMlpTrainingCommand" -ExpectedMessage "*$Value*"
        $model.Parameters.Data | Should -BeExactly $start
        $model.Schema | Should -BeNullOrEmpty
    }

    It 'refuses what goes with another choice: <Name>' -ForEach @(
        @{ Name = 'momentum with Adam'; Given = @{ Optimizer = 'Adam'; Momentum = 0.9 }; Message = '*Momentum*Sgd*Adam*' }
        @{ Name = 'Nesterov without momentum'; Given = @{ Optimizer = 'Sgd'; Nesterov = $true }; Message = '*Nesterov*momentum*0.9*' }
        @{ Name = 'a final rate with a constant one'; Given = @{ Schedule = 'Constant'; FinalLearningRate = 0.1 }; Message = '*final*Linear*Constant*' }
    ) {
        { $line | Start-MlpTraining (New-Mlp 1 1) -Target Y @Given } |
            Should -Throw -ErrorId 'UnusedOption,MicroGrad.PowerShell.Commands.StartMlpTrainingCommand' -ExpectedMessage $Message
    }

    It 'refuses a script block as the model, by name and by position' {
        foreach ($call in { $trained | Start-MlpTraining -Model { New-Mlp 4 3 } -Target Class }, { $trained | Start-MlpTraining { New-Mlp 4 3 } -Target Class }) {
            $call | Should -Throw -ErrorId 'InvalidInputObject,MicroGrad.PowerShell.Commands.StartMlpTrainingCommand' -ExpectedMessage '*script block*New-Mlp*'
        }
    }

    It 'changes nothing of a model that does not fit the rows' {
        $model = New-Mlp 3 3 -Seed 1
        $start = $model.Parameters.Data
        { $trained | Start-MlpTraining $model -Target Class } | Should -Throw
        $model.Parameters.Data | Should -BeExactly $start
        $model.Schema | Should -BeNullOrEmpty
    }
}

Describe 'Start-MlpTraining at a rate that is too large' {
    It 'stops, names the epoch and the rate, and keeps the last finite weights' {
        $model = New-Mlp 1 1 -Seed 1
        $seen = @{}
        $caught = try {
            $line | Start-MlpTraining $model -Target Y @sgd -Epoch 1000 -BatchSize 0 -LearningRate 1e6 |
                ForEach-Object { $seen[$_.Epoch] = $model.Parameters.Data }
        } catch {
            $_
        }
        $caught.FullyQualifiedErrorId | Should -BeExactly 'TrainingDiverged,MicroGrad.PowerShell.Commands.StartMlpTrainingCommand'
        $caught.CategoryInfo.Category | Should -Be 'InvalidResult'
        $last = $seen.Count
        $last | Should -BeGreaterThan 0
        $last | Should -BeLessThan 1000
        $caught.Exception.Epoch | Should -Be ($last + 1)
        $caught.Exception.Message | Should -BeLike "*epoch $($last + 1) at a learning rate of 1000000*weights of epoch $last*smaller*"
        $model.Parameters.Data | Should -BeExactly $seen[$last]
        $model.Parameters.Data | Where-Object { -not [double]::IsFinite($_) } | Should -BeNullOrEmpty
    }

    It 'keeps the weights it started with where the first epoch diverges' {
        $model = New-Mlp 1 1 -Seed 1
        $start = $model.Parameters.Data
        { $line | Start-MlpTraining $model -Target Y @sgd -BatchSize 0 -LearningRate 1e308 } |
            Should -Throw -ErrorId 'TrainingDiverged,MicroGrad.PowerShell.Commands.StartMlpTrainingCommand' -ExpectedMessage '*epoch 1 *started with*'
        $model.Parameters.Data | Should -BeExactly $start
    }
}

Describe 'A model that comes to Start-MlpTraining without rows' {
    It 'is one error that says where rows go' {
        $problem = try { (New-Mlp 2 1), (New-Mlp 2 1) | Start-MlpTraining -Target Label 2>&1 } catch { $_ }
        $problem | Should -HaveCount 1
        $problem.FullyQualifiedErrorId | Should -BeExactly 'InvalidInputObject,MicroGrad.PowerShell.Commands.StartMlpTrainingCommand'
        "$problem" | Should -BeLike '*-Data or -Path*'
    }
}
