BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"

    $script:line = foreach ($x in -5..5) { [pscustomobject]@{ X = $x; Y = 2 * $x + 1 } }
    $script:plain = @{ Optimizer = 'Sgd'; Target = 'Y'; BatchSize = 0 }

    # The warnings of a training.
    function Get-Remark([scriptblock] $Script) {
        & $Script 3>&1 | Where-Object { $_ -is [System.Management.Automation.WarningRecord] } | ForEach-Object Message
    }
}

Describe 'Start-MlpTraining -Verbose' {
    It 'tells the plan: rows, features, classes, parameters, loss, optimizer, batches' {
        $rows = foreach ($i in 0..49) { [pscustomobject]@{ A = $i % 7; B = $i % 3; Class = ('yes', 'no')[$i % 2] } }
        $said = $rows | Start-MlpTraining (New-Mlp 2 3, 2 -Seed 1) -Target Class -ValidationFraction 0.2 -Epoch 2 -BatchSize 16 -Optimizer AdamW -Verbose 4>&1 |
            Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        $said[0].Message | Should -BeLike (
            '40 rows to train on, 10 to validate with; features A, B; target Class (classes yes, no); 17 parameters; ' +
            'loss CrossEntropy; AdamW at 0.01; 2 epochs of 3 batches of 16.')
    }

    It 'says nothing without it' {
        $said = $line | Start-MlpTraining (New-Mlp 1 1 -Seed 1) -Epoch 1 @plain 4>&1
        $said | Should -BeOfType MicroGrad.EpochResult
    }
}

Describe 'Start-MlpTraining warns' {
    It 'of features on very different scales, and names both' {
        $rows = foreach ($i in 1..10) { [pscustomobject]@{ Metre = $i / 100; Gram = 1000 * ($i % 4); Y = $i } }
        $remarks = Get-Remark { $rows | Start-MlpTraining (New-Mlp 2 1 -Seed 1) -Target Y -Epoch 1 -LearningRate 1e-9 -Optimizer Sgd }
        @($remarks).Count | Should -Be 1
        $remarks | Should -BeLike "*'Gram'*'Metre'*-Standardize*"
        Get-Remark { $rows | Start-MlpTraining (New-Mlp 2 1 -Seed 1) -Target Y -Epoch 1 -LearningRate 1e-9 -Optimizer Sgd -Standardize } |
            Should -BeNullOrEmpty
    }

    It 'of a target whose size no first step reaches, and names it: <Size>' -ForEach @{ Size = 3e6 }, @{ Size = 1e-5 } {
        $rows = foreach ($x in -5..5) { [pscustomobject]@{ X = $x; Price = $Size * $x } }
        $given = @{ Target = 'Price'; Epoch = 1; LearningRate = 1e-9 }
        $remarks = Get-Remark { $rows | Start-MlpTraining (New-Mlp 1 1 -Seed 1) @given }
        @($remarks).Count | Should -Be 1
        $remarks | Should -BeLike "*'Price' is about * in size*Try -Standardize."
        Get-Remark { $rows | Start-MlpTraining (New-Mlp 1 1 -Seed 1) -Standardize @given } | Should -BeNullOrEmpty
    }

    It 'of such a target in words that fit: -Standardize is not advised where it was given, nor where it can''t be' {
        $rows = foreach ($x in -5..5) { [pscustomobject]@{ X = $x; Price = 3e6 * $x } }
        $given = @{ Target = 'Price'; Epoch = 1; LearningRate = 1e-9 }
        Get-Remark { $rows | Start-MlpTraining (New-Mlp 1 1 -OutputActivation Softplus -Seed 1) -Standardize @given } |
            Should -BeLike '*-Standardize leaves it as it is*Softplus*Try Identity there.'
        $model = New-Mlp 1 1 -Seed 1
        $null = $rows | Start-MlpTraining $model @given -WarningAction Ignore
        Get-Remark { $rows | Start-MlpTraining $model @given } | Should -BeLike '*Try a new model with -Standardize.'
    }

    It 'of a validation loss that is no number, once, and such an epoch is never the best' {
        $loss = { param($prediction, $target) ($prediction - $target).Pow(2.0) + 0 * ([MicroGrad.GradValue]$target).Log() }
        $rows = 1..10 | ForEach-Object { [pscustomobject]@{ x = $_; y = $_ } }
        $bad = [pscustomobject]@{ x = 0; y = -1 }, [pscustomobject]@{ x = 3; y = 3 }
        $model = New-Mlp 1 1 -Seed 1
        $epochs = $rows | Start-MlpTraining $model -Target y -Epoch 9 -Patience 4 -Loss $loss -ValidationData $bad -WarningVariable remarks -WarningAction SilentlyContinue
        @($epochs).Count | Should -Be 4
        @($remarks -like '*In epoch 1 the validation loss is NaN*').Count | Should -Be 1

        # Nothing is restored: the model has the weights of its last epoch.
        $alike = New-Mlp 1 1 -Seed 1
        $null = $rows | Start-MlpTraining $alike -Target y -Epoch 4 -Loss $loss
        $model.Parameters.Data | Should -BeExactly $alike.Parameters.Data
    }

    It 'of a rate that is too high, and of a gradient that explodes, once each' {
        # The steepest curvature of the line is 20, so that a rate above 0.1 makes the error grow at each step.
        $remarks = Get-Remark { $line | Start-MlpTraining (New-Mlp 1 1 -Seed 1) -Epoch 40 -LearningRate 0.12 @plain }
        @($remarks -like '*the learning rate 0.12 is too high. Try 0.012.').Count | Should -Be 1
        @($remarks -like '*gradient*explodes*-ClipNorm*').Count | Should -Be 1
    }

    It 'of training that gets nowhere' {
        $remarks = Get-Remark { $line | Start-MlpTraining (New-Mlp 1 1 -Seed 1) -Epoch 10 -LearningRate 1e-12 @plain }
        @($remarks).Count | Should -Be 1
        $remarks | Should -BeLike 'In 10 epochs the loss never fell*1E-12*'
    }

    It 'of training that gets nowhere only after ten epochs' {
        Get-Remark { $line | Start-MlpTraining (New-Mlp 1 1 -Seed 1) -Epoch 9 -LearningRate 1e-12 @plain } | Should -BeNullOrEmpty
    }

    It 'of relu units that are dead, and how many' {
        $model = New-Mlp 1 4, 1 -Activation Relu -Seed 1
        foreach ($n in 0..2) {
            $model.Layers[0].Neurons[$n].Bias.Data = -1000
        }
        $remarks = Get-Remark { $line | Start-MlpTraining $model -Epoch 3 -LearningRate 0.001 @plain }
        @($remarks).Count | Should -Be 1
        $remarks | Should -BeLike '3 of 4 relu units in layer 1 are dead*LeakyRelu*'
    }

    It 'of tanh units that are saturated, and how many' {
        $model = New-Mlp 1 4, 1 -Seed 1
        foreach ($n in 0..2) {
            $model.Layers[0].Neurons[$n].Weights[0].Data = 500
        }
        $remarks = Get-Remark { $line | Start-MlpTraining $model -Epoch 3 -LearningRate 0.001 @plain }
        @($remarks).Count | Should -Be 1
        $remarks | Should -BeLike '3 of 4 tanh units in layer 1 are saturated*-Standardize*'
    }

    It 'of nothing where all is well: <_>' -ForEach 'Tanh', 'Relu' {
        $activation = $_
        $flowers = Import-Csv "$PSScriptRoot/../../examples/iris.csv"
        Get-Remark { $flowers | Start-MlpTraining (New-Mlp 4 16, 3 -Activation $activation -Seed 1) -Target Class -Standardize -Epoch 20 } |
            Should -BeNullOrEmpty
    }
}

Describe 'The progress of Start-MlpTraining' {
    BeforeAll {
        # Trains for a third of a second, in a session of its own, and gives its progress records.
        function Get-Progress([string] $Option) {
            $shell = [powershell]::Create()
            try {
                $null = $shell.AddScript("
                    param(`$Module, `$Rows)
                    Import-Module `$Module
                    `$Rows | Start-MlpTraining (New-Mlp 1 1 -Seed 1) -Target Y -Optimizer Sgd -LearningRate 1e-6 -Epoch 1000000000 -TimeLimit 00:00:00.35 $Option
                ").AddArgument((Get-Module MicroGrad).Path).AddArgument($line)
                $results = $shell.Invoke()
                $shell.HadErrors | Should -BeFalse
                $results.Count | Should -BeGreaterThan 1
                , @($shell.Streams.Progress)
            } finally {
                $shell.Dispose()
            }
        }
    }

    It 'is one bar with epoch, loss and time left, which goes away at the end' {
        $records = Get-Progress ''
        $records.Count | Should -BeGreaterOrEqual 2
        $records.Count | Should -BeLessThan 10
        $records.ActivityId | Sort-Object -Unique | Should -Be 0
        $records[0].StatusDescription | Should -BeLike 'Epoch * of 1000000000, loss *'
        $records[0].SecondsRemaining | Should -BeGreaterThan 0
        $records[-1].RecordType | Should -Be 'Completed'
    }

    It 'is silent with -ProgressAction SilentlyContinue' {
        (Get-Progress '-ProgressAction SilentlyContinue').Count | Should -Be 0
    }
}

Describe 'Start-MlpTraining -AsJob' {
    BeforeAll {
        # Waits for what must come, for half a minute at most.
        function Wait-Until([scriptblock] $Condition) {
            for ($i = 0; $i -lt 600; $i++) {
                if (& $Condition) {
                    return
                }
                Start-Sleep -Milliseconds 50
            }
            throw "It never came to this: $Condition"
        }
    }

    AfterEach {
        Get-Job | Where-Object PSJobTypeName -EQ MlpTraining | Remove-Job -Force
    }

    It 'gives a job that trains the same bits, and its results' {
        $expected, $model = (New-Mlp 1 3, 1 -Seed 1), (New-Mlp 1 3, 1 -Seed 1)
        $a = $line | Start-MlpTraining $expected -Epoch 5 @plain
        $job = $line | Start-MlpTraining $model -Epoch 5 @plain -AsJob
        $job | Should -BeOfType System.Management.Automation.Job
        $job.PSJobTypeName | Should -BeExactly 'MlpTraining'
        Get-Job -Id $job.Id | Should -Be $job
        $b = $job | Receive-Job -Wait
        $job.State | Should -Be 'Completed'
        $b | Should -BeOfType MicroGrad.EpochResult
        $b.Loss | Should -BeExactly $a.Loss
        $model.Parameters.Data | Should -BeExactly $expected.Parameters.Data
        $job.HasMoreData | Should -BeFalse
    }

    It 'runs though nobody takes more than the job' {
        $job = $line | Start-MlpTraining (New-Mlp 1 1 -Seed 1) -Epoch 5 @plain -AsJob | Select-Object -First 1
        $null = Wait-Job $job -Timeout 30
        $job.State | Should -Be 'Completed'
    }

    It 'leaves a usable model when it is stopped' {
        $model = New-Mlp 1 3, 1 -Seed 1
        $start = $model.Parameters.Data
        $job = $line | Start-MlpTraining $model -Epoch 1000000000 -LearningRate 1e-4 @plain -AsJob
        $job.State | Should -Be 'Running'
        Wait-Until { $job.HasMoreData }
        Stop-Job $job
        $job.State | Should -Be 'Stopped'
        $weights = $model.Parameters.Data
        $weights | Should -Not -BeExactly $start
        $weights | Where-Object { -not [double]::IsFinite($_) } | Should -BeNullOrEmpty
        @($line | Invoke-Mlp $model).Count | Should -Be 11
        $model.Parameters.Data | Should -BeExactly $weights
    }

    It 'is received and removed in the pipeline that starts it, however short it is' {
        foreach ($i in 1..100) {
            $epochs = $line | Start-MlpTraining (New-Mlp 1 1 -Seed 1) -Epoch (1 + $i % 9) @plain -AsJob | Receive-Job -Wait -AutoRemoveJob -ErrorAction Stop
            $epochs | Should -HaveCount (1 + $i % 9)
        }
        Get-Job | Where-Object PSJobTypeName -EQ MlpTraining | Should -BeNullOrEmpty
    }

    It 'ends for those who wait for it while it is on its way' {
        $state = $line | Start-MlpTraining (New-Mlp 1 1 -Seed 1) -Epoch 1 @plain -AsJob | ForEach-Object {
            ($_ | Wait-Job -Timeout 30).State
            $_ | Remove-Job
        }
        $state | Should -Be 'Completed'
    }

    It 'fails with the error of the training' {
        $job = $line | Start-MlpTraining (New-Mlp 1 1 -Seed 1) -Epoch 1000 -LearningRate 1e6 @plain -AsJob
        $null = Wait-Job $job -Timeout 30
        $job.State | Should -Be 'Failed'
        $null = Receive-Job $job -ErrorVariable problems -ErrorAction SilentlyContinue 3>$null
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'TrainingDiverged*'
    }

    It 'is removed where its error ends the command that receives it' {
        foreach ($i in 1..50) {
            $failed = { $line | Start-MlpTraining (New-Mlp 1 1 -Seed 1) -Epoch 1000 -LearningRate 1e6 @plain -AsJob | Receive-Job -Wait -AutoRemoveJob -ErrorAction Stop 3>$null } |
                Should -Throw -ErrorId 'TrainingDiverged' -PassThru
            $failed.CategoryInfo.Category | Should -Be 'InvalidResult'
            $failed.ErrorDetails.RecommendedAction | Should -BeLike '*-LearningRate*'
            Get-Job | Where-Object PSJobTypeName -EQ MlpTraining | Should -BeNullOrEmpty
        }
    }

    It 'gives its error once <Name>' -ForEach @(
        @{ Name = 'to who follows it'; Receive = { $_ | Receive-Job -Wait @quiet } }
        @{ Name = 'to who follows and removes it'; Receive = { $_ | Receive-Job -Wait -AutoRemoveJob @quiet } }
        @{ Name = 'to who asks after its end'; Receive = { $_ | Wait-Job -Timeout 30 | Receive-Job @quiet } }
        @{ Name = 'to who asks twice'; Receive = { $_ | Wait-Job -Timeout 30 | Receive-Job @quiet; $_ | Receive-Job @quiet } }
        @{ Name = 'each time to who lets it keep it'; Receive = { $_ | Wait-Job -Timeout 30 | Receive-Job -Keep @quiet; $_.HasMoreData | Should -BeTrue; $problems.Clear(); $_ | Receive-Job @quiet } }
    ) {
        foreach ($i in 1..20) {
            $problems = [System.Collections.ArrayList]::new()
            $script:quiet = @{ ErrorVariable = '+problems'; ErrorAction = 'SilentlyContinue'; WarningAction = 'SilentlyContinue' }
            $line | Start-MlpTraining (New-Mlp 1 1 -Seed 1) -Epoch 1000 -LearningRate 1e6 @plain -AsJob | ForEach-Object {
                $null = . $Receive
                $_.State | Should -Be 'Failed'
                $_.HasMoreData | Should -BeFalse
                Get-Job | Where-Object PSJobTypeName -EQ MlpTraining | Remove-Job
            }
            $problems.FullyQualifiedErrorId | Should -Be 'TrainingDiverged'
        }
    }

    It 'refuses bad options at once' {
        { $line | Start-MlpTraining (New-Mlp 1 1) @plain -Epoch 0 -AsJob } |
            Should -Throw -ErrorId 'InvalidEpoch,MicroGrad.PowerShell.Commands.StartMlpTrainingCommand'
        Get-Job | Where-Object PSJobTypeName -EQ MlpTraining | Should -BeNullOrEmpty
    }

    It 'warns as training does' {
        $job = $line | Start-MlpTraining (New-Mlp 1 1 -Seed 1) -Epoch 10 -LearningRate 1e-12 @plain -AsJob
        $null = Wait-Job $job -Timeout 30
        $null = Receive-Job $job -WarningVariable remarks -WarningAction SilentlyContinue
        "$remarks" | Should -BeLike '*never fell*'
    }

    It 'takes a loss of its own, though the session is busy' {
        $expected, $model = (New-Mlp 1 1 -Seed 1), (New-Mlp 1 1 -Seed 1)
        $loss = { param($prediction, $target) ($prediction - $target).Pow(2) + (New-GradValue 0) }
        $null = $line | Start-MlpTraining $expected -Epoch 20 @plain -Loss $loss
        $job = $line | Start-MlpTraining $model -Epoch 20 @plain -Loss $loss -AsJob

        # This session does nothing but wait, and lends nobody its thread.
        $job.Finished.WaitOne(30000) | Should -BeTrue
        $job.State | Should -Be 'Completed'
        $model.Parameters.Data | Should -BeExactly $expected.Parameters.Data
    }

    It 'fails where a loss of its own fails' {
        $job = $line | Start-MlpTraining (New-Mlp 1 1 -Seed 1) -Epoch 20 @plain -Loss { throw 'no luck' } -AsJob
        $job.Finished.WaitOne(30000) | Should -BeTrue
        $job.State | Should -Be 'Failed'
        $null = Receive-Job $job -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'LossFailed*'
    }

    It 'writes checkpoints, from which others go on' {
        $path = "$TestDrive/job.json"
        $trained, $model = (New-Mlp 1 3, 1 -Seed 1), (New-Mlp 1 3, 1 -Seed 9)
        $null = $line | Start-MlpTraining $trained -Epoch 5 @plain -CheckpointPath $path -AsJob | Receive-Job -Wait
        $line | Start-MlpTraining $model -Epoch 5 @plain -CheckpointPath $path -Resume | Should -BeNullOrEmpty
        $model.Parameters.Data | Should -BeExactly $trained.Parameters.Data
    }

    It 'trains each model of the pipeline in a job' {
        $models = (New-Mlp 1 3, 1 -Seed 1), (New-Mlp 1 3, 1 -Seed 2)
        $jobs = $models | Start-MlpTraining -Data $line -Epoch 5 @plain -AsJob
        @($jobs).Count | Should -Be 2
        @($jobs | Receive-Job -Wait).Count | Should -Be 10
        $jobs.State | Should -Be 'Completed', 'Completed'
    }
}
