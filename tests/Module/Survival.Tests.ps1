BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"

    $script:module = "$((Get-Module MicroGrad).ModuleBase)/MicroGrad.psd1"
    $script:rows = foreach ($i in 0..29) {
        [pscustomobject]@{ Size = 10 + 0.7 * $i; Kind = ('round', 'flat', 'long')[$i % 3]; Class = ('low', 'high')[$i % 2] }
    }
    $script:options = @{ Target = 'Class'; Categorical = 'Kind'; Standardize = $true }
    $script:model = New-Mlp 4 5, 2 -Seed 3
    $null = $rows | Start-MlpTraining $model @options -Epoch 3
    $script:probability = ($rows | Invoke-Mlp $model).Probability

    # That a model is the one that travelled: the same bits in its weights and answers, and the same memory.
    function Assert-Same($Copy) {
        , $Copy | Should -BeOfType MicroGrad.Mlp
        $Copy.Parameters.Data | Should -BeExactly $model.Parameters.Data
        $Copy.Classes | Should -BeExactly $model.Classes
        $Copy.FeatureNames | Should -BeExactly $model.FeatureNames
        $Copy.Schema.Features[0].Scale | Should -BeExactly $model.Schema.Features[0].Scale
        $Copy.Training | Should -Be $model.Training
        ($rows | Invoke-Mlp $Copy).Probability | Should -BeExactly $probability
    }
}

Describe 'A process that is killed' {
    BeforeAll {
        # Waits for a word, then trains with a checkpoint an epoch and writes the model in both formats after each,
        # which it says.
        $script:child = @'
            Import-Module '{0}'
            $rows = foreach ($i in 0..29) {{ [pscustomobject]@{{ X = $i; Z = $i % 5; Class = ('low', 'high')[$i % 2] }} }}
            $model = New-Mlp 2 40, 40, 2 -Seed 1
            $null = [Console]::In.ReadLine()
            $rows | Start-MlpTraining $model -Target Class -Epoch 1000000000 -Seed 1 -CheckpointPath '{1}/checkpoint.json' -CheckpointInterval 1 |
                ForEach-Object {{
                    Export-Mlp '{1}/model.json' $model -Force
                    Export-Mlp '{1}/model.safetensors' $model -Force
                    [Console]::WriteLine($_.Epoch)
                }}
'@

        function Open-Child([string] $Folder) {
            $null = New-Item -ItemType Directory $Folder -Force
            $start = [System.Diagnostics.ProcessStartInfo]::new((Get-Process -Id $PID).Path)
            foreach ($argument in '-NoProfile', '-NonInteractive', '-Command', ($child -f $module, $Folder)) {
                $start.ArgumentList.Add($argument)
            }
            $start.RedirectStandardInput = $start.RedirectStandardOutput = $true
            [pscustomobject]@{ Folder = $Folder; Process = [System.Diagnostics.Process]::Start($start) }
        }
    }

    It 'leaves whole files, fifty times at random moments' {
        $random = [random]::new(2024)
        $epochs = [System.Collections.Generic.HashSet[int]]::new()

        # Starting takes most of the time, so that the next ones start while one is killed.
        $waiting = [System.Collections.Generic.Queue[object]]::new()
        try {
            foreach ($number in 1..50) {
                while ($waiting.Count -lt [math]::Min(3, 51 - $number)) {
                    $waiting.Enqueue((Open-Child "$TestDrive/killed$number-$($waiting.Count)"))
                }
                $one = $waiting.Peek()
                $one.Process.StandardInput.WriteLine('go')
                foreach ($epoch in 1..$random.Next(1, 8)) {
                    $line = $one.Process.StandardOutput.ReadLineAsync()
                    $line.Wait(60000) | Should -BeTrue
                    $line.Result | Should -BeExactly "$epoch"
                }
                Start-Sleep -Milliseconds $random.Next(15)
                $one.Process.Kill()
                $one.Process.WaitForExit()
                $one.Process.ExitCode | Should -Not -Be 0
                foreach ($file in 'checkpoint.json', 'model.json', 'model.safetensors') {
                    $read = Import-Mlp -LiteralPath "$($one.Folder)/$file" -ErrorAction Stop
                    $read.ParameterCount | Should -Be 1842
                    $read.Classes | Should -BeExactly low, high
                    $null = $epochs.Add($read.Training.Epoch)
                }
                $waiting.Dequeue().Process.Dispose()
            }
        } finally {
            foreach ($left in $waiting) {
                $left.Process.Kill()
                $left.Process.Dispose()
            }
        }
        $epochs.Count | Should -BeGreaterThan 3

        # What is left of the last is gone on with, to the bits of a training that was never killed.
        $few = foreach ($i in 0..29) { [pscustomobject]@{ X = $i; Z = $i % 5; Class = ('low', 'high')[$i % 2] } }
        $checkpoint = "$($one.Folder)/checkpoint.json"
        $last = (Import-Mlp $checkpoint).Training.Epoch
        $whole, $rest = (New-Mlp 2 40, 40, 2 -Seed 1), (New-Mlp 2 40, 40, 2 -Seed 9)
        $null = $few | Start-MlpTraining $whole -Target Class -Epoch ($last + 3) -Seed 1
        $results = $few | Start-MlpTraining $rest -Target Class -Epoch ($last + 3) -Seed 1 -CheckpointPath $checkpoint -Resume
        $results.Epoch | Should -BeExactly (($last + 1)..($last + 3))
        $rest.Parameters.Data | Should -BeExactly $whole.Parameters.Data
    }
}

Describe 'A process that is killed while it writes a file of its kind' {
    BeforeAll {
        # What writes each kind, to a name that ends in its extension, of one of two contents.
        $script:kinds = @'
            Import-Module '{0}'
            $models = 1, 2 | ForEach-Object {{ New-Mlp 2 120, 120, 1 -Seed $_ }}
            $few = 1, 2 | ForEach-Object {{ New-Mlp 2 8, 1 -Seed $_ }}
            $rows = @(New-GradDataset Moons 60 -Seed 1)
            $epochs = 1, 2 | ForEach-Object {{ , @($rows | Start-MlpTraining $few[$_ - 1] -Target Label -Epoch 3 -Seed $_ -KeepParameter) }}
            $roots = 1, 2 | ForEach-Object {{ $sum = New-GradValue $_; foreach ($i in 1..60) {{ $sum = $sum + $i }}; $sum }}
            $matrices = 1, 2 | ForEach-Object {{ New-GradMatrix 150 150 -Label W -Seed $_ }}
            $kinds = [ordered] @{{
                'model.json' = {{ param($Path, $i) Export-Mlp $Path $models[$i] -Force }}
                'model.safetensors' = {{ param($Path, $i) Export-Mlp $Path $models[$i] -Force }}
                'model.onnx' = {{ param($Path, $i) Export-Mlp $Path $models[$i] -Force }}
                'model.ps1' = {{ param($Path, $i) Export-Mlp $Path $models[$i] -Force }}
                'model.cs' = {{ param($Path, $i) Export-Mlp $Path $models[$i] -Force }}
                'model.js' = {{ param($Path, $i) Export-Mlp $Path $models[$i] -Force }}
                'model.py' = {{ param($Path, $i) Export-Mlp $Path $models[$i] -Force }}
                'report.html' = {{ param($Path, $i) Export-Mlp $Path $few[$i] -Data $rows -History $epochs[$i] -Force }}
                'matrix.safetensors' = {{ param($Path, $i) $matrices[$i] | Export-GradMatrix $Path -Force }}
                'graph.svg' = {{ param($Path, $i) $roots[$i] | Export-GradGraph $Path -Force }}
                'graph.dot' = {{ param($Path, $i) $roots[$i] | Export-GradGraph $Path -Force }}
                'graph.mmd' = {{ param($Path, $i) $roots[$i] | Export-GradGraph $Path -Force }}
                'graph.json' = {{ param($Path, $i) $roots[$i] | Export-GradGraph $Path -Force }}
                'lesson.html' = {{ param($Path, $i) $roots[$i] | Export-GradGraph $Path -Force }}
                'training.html' = {{ param($Path, $i) $few[$i] | Export-GradGraph $Path -History $epochs[$i] -Force }}
                'playground.html' = {{ param($Path, $i) $rows | Export-MlpPlayground $Path -Model $few[$i] -Target Label -Force }}
                'plot.svg' = {{ param($Path, $i) $epochs[$i] | Export-MlpPlot $Path -Force }}
                'plot.html' = {{ param($Path, $i) $epochs[$i] | Export-MlpPlot $Path -Force }}
            }}
'@ -f $module

        $loop = @'
            $kind, $path = [Console]::In.ReadLine().Split('|')
            for ($i = 0; $true; $i = 1 - $i) { & $kinds[$kind] $path $i }
'@

        function Open-Writer {
            $start = [System.Diagnostics.ProcessStartInfo]::new((Get-Process -Id $PID).Path)
            foreach ($argument in '-NoProfile', '-NonInteractive', '-Command', "$script:kinds`n$loop") { $start.ArgumentList.Add($argument) }
            $start.RedirectStandardInput = $true
            [System.Diagnostics.Process]::Start($start)
        }
    }

    It 'leaves the old file or the new one, and by the target''s name a part that the next write removes' {
        . ([scriptblock]::Create($script:kinds))
        $seen = 0
        $waiting = [System.Collections.Generic.Queue[object]]::new()
        $names = @($kinds.Keys)
        try {
            foreach ($kind in $names) {
                while ($waiting.Count -lt [math]::Min(2, $names.Count - $names.IndexOf($kind))) { $waiting.Enqueue((Open-Writer)) }
                $folder = (New-Item -ItemType Directory "$TestDrive/$(New-Guid)").FullName
                $path = "$folder/$kind"
                $contents = foreach ($i in 0, 1) {
                    & $kinds[$kind] $path $i
                    (Get-FileHash $path).Hash
                }
                $contents[0] | Should -Not -Be $contents[1] -Because $kind
                $process = $waiting.Peek()
                $process.StandardInput.WriteLine("$kind|$path")

                # At the first sight of the second file: in the middle of a write, most times.
                $clock = [System.Diagnostics.Stopwatch]::StartNew()
                while ([IO.Directory]::GetFiles($folder).Length -lt 2 -and $clock.Elapsed.TotalSeconds -lt 60) { }
                $process.HasExited | Should -BeFalse -Because $kind
                $process.Kill()
                $process.WaitForExit()
                $waiting.Dequeue().Dispose()
                (Get-FileHash $path).Hash | Should -BeIn $contents -Because $kind
                foreach ($left in (Get-ChildItem -Force $folder).Name | Where-Object { $_ -ne $kind }) {
                    $left | Should -Match "^$([regex]::Escape($kind))\.[0-9a-f]{8}\.tmp$"
                    $seen++
                }
                & $kinds[$kind] $path 0
                (Get-FileHash $path).Hash | Should -Be $contents[0] -Because $kind
                (Get-ChildItem -Force $folder).Name | Should -BeExactly $kind
            }
            Write-Verbose "$seen of $($names.Count) left a part"
        } finally {
            foreach ($left in $waiting) {
                $left.Kill()
                $left.Dispose()
            }
        }
    }
}

Describe 'A model' {
    It 'survives Export-Clixml and Import-Clixml' {
        $model | Export-Clixml "$TestDrive/model.xml"
        Assert-Same (Import-Clixml "$TestDrive/model.xml")
    }

    It 'survives Export-Clixml within other objects' {
        @{ Name = 'best'; Model = $model; More = @($model, 5) } | Export-Clixml "$TestDrive/nested.xml"
        $read = Import-Clixml "$TestDrive/nested.xml"
        Assert-Same $read.Model
        Assert-Same $read.More[0]
    }

    It 'survives what remoting does to objects, at any depth: <_>' -ForEach 1, 2, 5 {
        Assert-Same ([System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($model, $_)))
    }

    It 'survives serialization under a comma culture' {
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'de-DE'
            $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($model))
        } finally {
            [cultureinfo]::CurrentCulture = $before
        }
        Assert-Same $copy
    }

    It 'keeps its weights though it was never trained' {
        $fresh = New-Mlp 3 4, 2 -Activation Relu -Seed 8
        $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($fresh))
        $copy.Parameters.Data | Should -BeExactly $fresh.Parameters.Data
        $copy.Layers[0].Activation | Should -Be 'Relu'
        $copy.Training | Should -BeNullOrEmpty
    }

    It 'goes into a job with $using: and comes back trained' {
        $job = Start-Job {
            Import-Module $using:module
            $rows = $using:rows
            $model = [MicroGrad.Mlp] $using:model
            ($rows | Invoke-Mlp $using:model).Probability
            $options = $using:options
            $null = $rows | Start-MlpTraining $model @options -Epoch 2
            $model
        }
        try {
            $received = $job | Receive-Job -Wait
        } finally {
            $job | Remove-Job -Force
        }
        $received[0..($rows.Count - 1)] | Should -BeExactly $probability
        $again = Import-Clixml "$TestDrive/model.xml"
        $null = $rows | Start-MlpTraining $again @options -Epoch 2
        $received[-1] | Should -BeOfType MicroGrad.Mlp
        $received[-1].Parameters.Data | Should -BeExactly $again.Parameters.Data
    }

    It 'goes into a job whose session has the module from the start' {
        $job = Start-Job -InitializationScript ([scriptblock]::Create("Import-Module '$module'")) {
            ($using:model).GetType().FullName
            ($using:rows | Invoke-Mlp $using:model).Probability
        }
        try {
            $received = $job | Receive-Job -Wait
        } finally {
            $job | Remove-Job -Force
        }
        $received[0] | Should -BeLike '*Mlp'
        $received[1..$rows.Count] | Should -BeExactly $probability
    }

    It 'predicts in ForEach-Object -Parallel' {
        $model, $rows, $module | Should -Not -BeNullOrEmpty
        $here, $data, $path = $model, $rows, $module
        $all = 1..4 | ForEach-Object -Parallel {
            Import-Module $using:path
            , ($using:data | Invoke-Mlp $using:here).Probability
        }
        $all.Count | Should -Be 4
        foreach ($one in $all) {
            $one | Should -BeExactly $probability
        }
    }

    It 'trains in ForEach-Object -Parallel to the bits that it has alone' {
        $data, $path, $given = $rows, $module, $options
        $swept = 1..4 | ForEach-Object -Parallel {
            Import-Module $using:path
            $given = $using:given
            $model = New-Mlp 4 5, 2 -Seed $_
            $null = $using:data | Start-MlpTraining $model @given -Epoch 3
            [pscustomobject]@{ Seed = $_; Model = $model; Loss = $model.Training.Loss }
        } | Sort-Object Loss
        $swept.Count | Should -Be 4
        Assert-Same ($swept | Where-Object Seed -EQ 3).Model
        $swept[0].Loss | Should -BeLessOrEqual $swept[3].Loss
    }
}

# Weights that are finite can be saved, whatever figures the training left: of a loss that overflows on the rows to validate with, of squares
# of gradients that overflow in the optimizer.
Describe 'A finite model with <Name>' -ForEach @(
    @{ Name = 'an infinite validation loss'; Train = @{ Target = 'y'; ValidationData = @{ a = 1e200; b = 1; y = 1 } } }
    @{ Name = 'an infinite validation loss and patience'; Train = @{ Target = 'y'; Patience = 2; ValidationData = @{ a = 1e200; b = 1; y = 1 } } }
    @{ Name = 'an infinite validation loss and a plateau'; Train = @{ Target = 'y'; Schedule = 'ReduceOnPlateau'; ScheduleInterval = 1; ValidationData = @{ a = -1e200; b = 1; y = 1 } } }
    @{ Name = 'infinite squares in Adam'; Train = @{ Target = 'y'; Loss = 'MeanAbsoluteError' }; Scale = 1e200 }
    @{ Name = 'infinite squares in AdamW'; Train = @{ Target = 'y'; Loss = 'MeanAbsoluteError'; Optimizer = 'AdamW' }; Scale = 1e200 }
    @{ Name = 'infinite squares in RmsProp'; Train = @{ Target = 'y'; Loss = 'MeanAbsoluteError'; Optimizer = 'RmsProp' }; Scale = 1e200 }
    @{ Name = 'infinite squares in Adagrad'; Train = @{ Target = 'y'; Loss = 'MeanAbsoluteError'; Optimizer = 'Adagrad'; LearningRate = 0.01 }; Scale = 1e200 }
    @{ Name = 'quantiles'; Size = 3; Train = @{ Target = 'y'; Quantile = 0.1, 0.5, 0.9; ValidationData = @{ a = 1e308; b = -1e308; y = 1e308 } } }
    @{ Name = 'labels'; Size = 2; Train = @{ Target = 'l', 'm'; Loss = 'BinaryCrossEntropy'; ValidationData = @{ a = 1e308; b = -1e308; l = 0; m = 1 } } }
    @{ Name = 'classes and weights'; Size = 2; Train = @{ Target = 'k'; WeightColumn = 'w'; ClassWeight = 'Balanced'; Standardize = $true; ValidationData = @{ a = 1e308; b = 1; w = 2; k = 'odd' } } }
    @{ Name = 'dropout'; Dropout = 0.4; Train = @{ Target = 'y'; Standardize = $true; ValidationData = @{ a = 1e250; b = 1; y = -1e250 } } }
) {
    BeforeAll {
        $factor = $Scale ?? 1
        $given = 1..8 | ForEach-Object { [pscustomobject]@{ a = $factor * $_; b = $_ % 3 + 1; y = $_ / 4; k = $_ % 2 ? 'odd' : 'even'; w = $_ % 3; l = $_ % 2; m = [int] ($_ -gt 4) } }
        function Get-Fresh { $Dropout ? (New-Mlp 2 4, 1 -Dropout $Dropout -Seed 1) : (New-Mlp 2 ($Size ?? 1) -Seed 1) }
        $script:finite = Get-Fresh
        $script:training = @{ Data = $given; Feature = 'a', 'b'; CheckpointPath = "$TestDrive/$(New-Guid)"; CheckpointInterval = 1; WarningAction = 'Ignore' } + $Train
        $null = Start-MlpTraining $finite @training -Epoch 3

        function Assert-Whole($Copy) {
            $Copy.Parameters.Data | Should -BeExactly $finite.Parameters.Data
            $Copy.Training | Should -Be $finite.Training
            $Copy.Dropout | Should -BeExactly $finite.Dropout
            "$($Copy.Schema.Features)" | Should -BeExactly "$($finite.Schema.Features)"
            "$($Copy.Schema.Targets)" | Should -BeExactly "$($finite.Schema.Targets)"
            $one = @{ a = 2; b = 1 }
            $one | Invoke-Mlp $Copy | Out-String | Should -BeExactly ($one | Invoke-Mlp $finite | Out-String)
        }
    }

    It 'has finite weights' {
        $finite.Parameters.Data | ForEach-Object { [double]::IsFinite($_) | Should -BeTrue }
    }

    It 'comes back equal from <_>' -ForEach 'a.json', 'a.safetensors' {
        Export-Mlp "$TestDrive/$_" $finite -Force
        Assert-Whole (Import-Mlp "$TestDrive/$_")
    }

    It 'comes back equal from Clixml and from its checkpoint' {
        $finite | Export-Clixml "$TestDrive/a.xml"
        Assert-Whole (Import-Clixml "$TestDrive/a.xml")
        Assert-Whole (Import-Mlp $training.CheckpointPath)
    }

    It 'is trained on from its checkpoint as if it had never ended' {
        $whole, $rest = (Get-Fresh), (Get-Fresh)
        $other = $training.Clone()
        $other.CheckpointPath = "$TestDrive/$(New-Guid)"
        $expected = Start-MlpTraining $whole @other -Epoch 5
        $after = Start-MlpTraining $rest @training -Epoch 5 -Resume
        $rest.Parameters.Data | Should -BeExactly $whole.Parameters.Data
        $after.Loss | Should -BeExactly @($expected | Where-Object Epoch -GT 3).Loss
    }
}
