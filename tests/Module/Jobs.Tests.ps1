# Trainings in the background, and what stops any training: in any order, more than once, at any moment.

BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"
    $script:module = "$((Get-Module MicroGrad).ModuleBase)/MicroGrad.psd1"
    $script:xor = @(New-GradDataset Xor)

    # What other files left behind is none of these jobs.
    Get-Job | Remove-Job -Force
    function Invoke-Endless { $xor | Start-MlpTraining (New-Mlp 2 2, 1 -Seed 1) -Target Label -Epoch 100000000 -AsJob @args }

    # The seconds that a script in another runspace takes to end once it is stopped; it says that it goes by making a file.
    function Measure-Stop([string] $Script, [double] $Second = 0.3) {
        $mark = "$TestDrive/$(New-Guid)"
        $shell = [powershell]::Create().AddScript("Import-Module '$module'; function Go { [IO.File]::WriteAllText('$mark', '') }; $Script")
        $null = $shell.BeginInvoke()
        for ($i = 0; $i -lt 600 -and -not [IO.File]::Exists($mark); $i++) { Start-Sleep -Milliseconds 50 }
        [IO.File]::Exists($mark) | Should -BeTrue
        Start-Sleep -Milliseconds (1000 * $Second)
        $shell.InvocationStateInfo.State | Should -Be 'Running'
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $shell.BeginStop($null, $null).AsyncWaitHandle.WaitOne(5000) | Should -BeTrue
        $clock.Elapsed.TotalSeconds
    }
}

AfterAll {
    Get-Job | Remove-Job -Force
}

Describe 'A job' {
    It 'ends without an error by <Name>' -ForEach @(
        @{ Name = 'Dispose, then Remove-Job -Force'; Do = { $job.Dispose(); $job | Remove-Job -Force } }
        @{ Name = 'Dispose twice'; Do = { $job.Dispose(); $job.Dispose(); $job | Remove-Job } }
        @{ Name = 'Stop-Job twice'; Do = { $job | Stop-Job; $job | Stop-Job; $job | Remove-Job } }
        @{ Name = 'Remove-Job -Force'; Do = { $job | Remove-Job -Force } }
        @{ Name = 'Stop-Job, Dispose, Remove-Job'; Do = { $job | Stop-Job; $job.Dispose(); $job | Remove-Job } }
        @{ Name = 'Remove-Job -Force, then Dispose and StopJob'; Do = { $job | Remove-Job -Force; $job.Dispose(); $job.StopJob() } }
        @{ Name = 'StopJob beside Dispose'; Do = { $copy = $job; 1..4 | ForEach-Object -Parallel { if ($_ % 2) { ($using:copy).StopJob() } else { ($using:copy).Dispose() } }; $job | Remove-Job } }
        @{ Name = 'a look after Dispose'; Do = { $job.Dispose(); $job | Out-String | Should -Match 'Stopped'; $job | Remove-Job } }
    ) {
        $script:job = Invoke-Endless
        Start-Sleep -Milliseconds 100
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        & $Do
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 2
        Get-Job | Should -BeNullOrEmpty
    }

    It 'is stopped by one who is told of its end' {
        $job = $xor | Start-MlpTraining (New-Mlp 2 1) -Target Label -Epoch 2 -AsJob
        $job | Wait-Job | ForEach-Object { $_.StopJob(); $_.State | Should -Be 'Completed'; Remove-Job $_ }
    }

    It 'keeps what it gave after it was stopped, and gives nothing more' {
        $job = Invoke-Endless
        while (-not $job.HasMoreData) { Start-Sleep -Milliseconds 20 }
        $job | Stop-Job
        $job.State | Should -Be 'Stopped'
        $count = $job.Output.Count
        $count | Should -BeGreaterThan 0
        Start-Sleep -Milliseconds 200
        $job.Output.Count | Should -Be $count
        (Receive-Job $job)[0].Epoch | Should -Be 1
        Remove-Job $job
    }

    It 'is stopped in time where script of the user is slow' {
        $job = $xor | Start-MlpTraining (New-Mlp 2 1) -Target Label -AsJob -Loss { param($prediction, $target) Start-Sleep -Seconds 1; $prediction * $target }
        Start-Sleep -Milliseconds 500
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $job | Remove-Job -Force
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 2
    }

    It 'does not keep the shell from ending' {
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $shell = (Get-Process -Id $PID).Path
        & $shell -NoProfile -NonInteractive -Command "Import-Module '$module'; `$null = New-GradDataset Xor | Start-MlpTraining (New-Mlp 2 1) -Target Label -Epoch 100000000 -AsJob; 'left'" | Should -BeExactly 'left'
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 20
    }
}

Describe 'A job that writes checkpoints' {
    BeforeEach {
        $script:folder = (New-Item -ItemType Directory "$TestDrive/$(New-Guid)").FullName
    }

    It 'leaves a whole one and nothing else, and lets go of the model, by <Name>' -ForEach @(
        @{ Name = 'Stop-Job'; Do = { $job | Stop-Job; $job | Remove-Job } }
        @{ Name = 'Remove-Job -Force'; Do = { $job | Remove-Job -Force } }
        @{ Name = 'Dispose, then Remove-Job -Force'; Do = { $job.Dispose(); $job | Remove-Job -Force } }
        @{ Name = 'Remove-Job -Force, then Dispose twice'; Do = { $job | Remove-Job -Force; $job.Dispose(); $job.Dispose() } }
        @{ Name = 'all at once'; Do = { $copy = $job; 1..6 | ForEach-Object -Parallel { if ($_ % 3) { ($using:copy).StopJob() } else { ($using:copy).Dispose() } } -ThrottleLimit 6; $job | Remove-Job -Force } }
    ) {
        $random = [random]::new(3)
        $model = New-Mlp 2 200, 200, 1 -Seed 1
        foreach ($i in 1..6) {
            $script:job = $xor | Start-MlpTraining $model -Target Label -Epoch 100000000 -CheckpointPath "$folder/c" -CheckpointInterval 1 -AsJob -Force
            while (-not [IO.File]::Exists("$folder/c")) { Start-Sleep -Milliseconds 5 }
            Start-Sleep -Milliseconds $random.Next(60)
            & $Do
            $job.State | Should -Be 'Stopped'
            (Get-ChildItem -Force $folder).Name | Should -BeExactly 'c'
            (Import-Mlp "$folder/c").ParameterCount | Should -Be $model.ParameterCount
            @($xor | Start-MlpTraining $model -Target Label -Epoch 1).Count | Should -Be 1
        }
        Get-Job | Should -BeNullOrEmpty
    }

    It 'leaves a whole one where the shell ends' {
        $shell = (Get-Process -Id $PID).Path
        foreach ($i in 1..2) {
            $script = "Import-Module '$module'; `$null = New-GradDataset Xor | Start-MlpTraining (New-Mlp 2 200, 200, 1 -Seed 1) -Target Label -Epoch 100000000 -CheckpointPath '$folder/c$i' -CheckpointInterval 1 -AsJob; while (-not [IO.File]::Exists('$folder/c$i')) { Start-Sleep -Milliseconds 5 }; 'left'"
            & $shell -NoProfile -NonInteractive -Command $script | Should -BeExactly 'left'
            (Import-Mlp "$folder/c$i").ParameterCount | Should -Be 41001
        }
        foreach ($left in (Get-ChildItem -Force $folder).Name -notmatch '^c\d$') { $left | Should -Match '^c\d\.[0-9a-f]{8}\.tmp$' }
    }

    It 'keeps the file to itself: another training with it is one more' {
        $first = $xor | Start-MlpTraining (New-Mlp 2 1 -Seed 1) -Target Label -Epoch 3 -CheckpointPath "$folder/c" -CheckpointInterval 1
        $first.Count | Should -Be 3
        { $xor | Start-MlpTraining (New-Mlp 2 1 -Seed 1) -Target Label -Epoch 3 -BatchSize 2 -CheckpointPath "$folder/c" } | Should -Throw -ErrorId 'CheckpointExists,*'
    }
}

Describe 'A model that is being trained' {
    It 'refuses every other training: <Name>' -ForEach @(
        @{ Name = 'in the same session'; Do = { $xor | Start-MlpTraining $model -Target Label -Epoch 1 } }
        @{ Name = 'as a job'; Do = { $xor | Start-MlpTraining $model -Target Label -Epoch 1 -AsJob } }
        @{ Name = 'from the pipeline'; Do = { $model | Start-MlpTraining -Data $xor -Target Label -Epoch 1 } }
        @{ Name = 'with a checkpoint'; Do = { $xor | Start-MlpTraining $model -Target Label -Epoch 1 -CheckpointPath "$TestDrive/c" } }
        @{ Name = 'that goes on from a checkpoint'; Do = { $xor | Start-MlpTraining $model -Target Label -Epoch 1 -CheckpointPath "$TestDrive/c" -Resume } }
        @{ Name = 'of one epoch in a thread'; Do = { $that, $path, $data = $model, $module, $xor; 1 | ForEach-Object -Parallel { Import-Module $using:path; $using:data | Start-MlpTraining $using:that -Target Label -Epoch 1 } } }
        @{ Name = 'in a thread job'; Do = { $job = Start-ThreadJob { Import-Module $using:module; $using:xor | Start-MlpTraining $using:model -Target Label -Epoch 1 }; try { $job | Receive-Job -Wait } finally { $job | Remove-Job -Force } } }
    ) {
        $script:model = New-Mlp 2 2, 1 -Seed 1
        $running = $xor | Start-MlpTraining $model -Target Label -Epoch 100000000 -AsJob
        try {
            $problem = try { & $Do 2>&1 | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] } } catch { $_ }
            @($problem).Count | Should -Be 1
            $problem.FullyQualifiedErrorId | Should -BeLike 'ModelInTraining*'
            $running.State | Should -Be 'Running'
        } finally {
            $running | Remove-Job -Force
        }
    }

    It 'is none of those that a search tries, which are new' {
        $script:model = New-Mlp 2 1 -Seed 1
        $running = $xor | Start-MlpTraining $model -Target Label -Epoch 100000000 -AsJob
        try {
            $given = $model
            $problem = try { $xor | Find-MlpSetting { $given } -Setting @{ LearningRate = 0.1 } -Training @{ Epoch = 1 } -Fold 2 -Target Label 2>&1 } catch { $_ }
            $problem.FullyQualifiedErrorId | Should -BeLike 'InvalidRecipe*'
            (Find-MlpLearningRate $model -Data $xor -Target Label -Step 10).Count | Should -BeGreaterThan 1
            $running.State | Should -Be 'Running'
        } finally {
            $running | Remove-Job -Force
        }
    }

    It 'refuses a second training, and takes one when the first has ended' {
        $model = New-Mlp 2 2, 1 -Seed 1
        $job = $xor | Start-MlpTraining $model -Target Label -Epoch 100000000 -AsJob
        try {
            foreach ($way in { $xor | Start-MlpTraining $model -Target Label -Epoch 1 }, { $xor | Start-MlpTraining $model -Target Label -Epoch 1 -AsJob }, { $model | Start-MlpTraining $xor -Target Label -Epoch 1 }) {
                $way | Should -Throw -ErrorId 'ModelInTraining,MicroGrad.PowerShell.Commands.StartMlpTrainingCommand'
            }
            { $xor | Invoke-Mlp $model } | Should -Not -Throw
        } finally {
            $job | Remove-Job -Force
        }
        ($xor | Start-MlpTraining $model -Target Label -Epoch 1).Epoch | Should -Be 1
    }

    It 'refuses one within its own pipeline, and takes one after that was left' {
        $model = New-Mlp 2 2, 1 -Seed 1
        { $xor | Start-MlpTraining $model -Target Label -Epoch 3 | ForEach-Object { $xor | Start-MlpTraining $model -Target Label -Epoch 1 } } |
            Should -Throw -ErrorId 'ModelInTraining,*'
        $null = $xor | Start-MlpTraining $model -Target Label -Epoch 100 | Select-Object -First 1
        @($xor | Start-MlpTraining $model -Target Label -Epoch 2).Count | Should -Be 2
    }

    It 'takes a training after one that could not begin' {
        $model = New-Mlp 2 2, 1 -Seed 1
        { $xor | Start-MlpTraining $model -Target Label -Epoch 1 -CheckpointPath "$TestDrive/none/c" } | Should -Throw -ErrorId 'PathNotFound,*'
        { $xor | Start-MlpTraining $model -Target Label -Epoch 3 -LearningRate 1e300 -Optimizer Sgd } | Should -Throw -ErrorId 'TrainingDiverged,*'

        # It may have diverged for good, but it is not held.
        $problem = try { $null = $xor | Start-MlpTraining $model -Target Label -Epoch 1 } catch { $_ }
        "$($problem.FullyQualifiedErrorId)" | Should -Not -BeLike 'ModelInTraining*'
    }
}

Describe 'Stopping' {
    It 'is heard within <Name>' -ForEach @(
        @{ Name = 'a step over all rows'; Script = '$m = New-Mlp 2 1500, 1500, 1 -Seed 1; $r = New-GradDataset Moons 6000 -Seed 1; Go; $r | Start-MlpTraining $m -Target Label -Loss Hinge -BatchSize 0 -Epoch 3' }
        @{ Name = 'a step in single precision'; Script = '$m = New-Mlp 2 1500, 1500, 1 -Seed 1; $r = New-GradDataset Moons 9000 -Seed 1; Go; $r | Start-MlpTraining $m -Target Label -Loss Hinge -BatchSize 0 -Epoch 3 -Precision Single' }
        @{ Name = 'validation'; Script = '$m = New-Mlp 2 1500, 1500, 1 -Seed 1; $r = New-GradDataset Moons 20 -Seed 1; $v = New-GradDataset Moons 20000 -Seed 2; Go; $r | Start-MlpTraining $m -Target Label -Loss Hinge -Epoch 3 -ValidationData $v' }
        @{ Name = 'a loss of the user'; Script = '$m = New-Mlp 2 1 -Seed 1; $r = New-GradDataset Moons 20000 -Seed 1; Go; $r | Start-MlpTraining $m -Target Label -BatchSize 0 -Epoch 10000 -Loss { param($p, $t) if ($p.Data -gt 0) { $p * $p } else { $p * 2 } }' }
        @{ Name = 'cross-validation'; Script = '$r = New-GradDataset Moons 2000 -Seed 1; Go; $r | Measure-Mlp { New-Mlp 2 600, 600, 1 -Seed 1 } -Fold 5 -Target Label -Training @{ Epoch = 50; Loss = "Hinge" }' }
    ) {
        Measure-Stop $Script | Should -BeLessThan 1
    }
}
