# What about_MicroGrad says of threads, each sentence under load by ForEach-Object -Parallel.

BeforeDiscovery {
    $script:sentences = @(
        @{ Sentence = 'One model answers in several threads at once, each as it does alone'; Do = {
                $expected = "$(($data | Invoke-Mlp $model).Probability)$(($data | Measure-Mlp $model -WarningAction Ignore).Loss)$($model.Predict([double[]] (0.3, 1, 0)))"
                1..8 | ForEach-Object -ThrottleLimit 8 -Parallel {
                    Import-Module $using:path
                    $model = $using:model
                    $data = $using:data
                    for ($i = 1; $i -le 25; $i++) { "$(($data | Invoke-Mlp $model).Probability)$(($data | Measure-Mlp $model -WarningAction Ignore).Loss)$($model.Predict([double[]] (0.3, 1, 0)))" }
                } | Sort-Object -Unique | Should -BeExactly $expected
            }
        }
        @{ Sentence = 'One model answers while another thread trains it'; Do = {
                # What the model answers after each epoch, from a training that nobody watches.
                $row = $data[4]
                $first, $second = (New-Mlp 3 6, 2 -Seed 7), (New-Mlp 3 6, 2 -Seed 7)
                $null = $data | Start-MlpTraining $first @options -Epoch 1
                $null = $data | Start-MlpTraining $second @options -Epoch 1
                $known = [System.Collections.Generic.HashSet[string]]::new()
                $null = $known.Add("$(($row | Invoke-Mlp $first -AllProbability | Select-Object Prob* | ConvertTo-Json))")
                $training = @{ Epoch = 400; Seed = 3 } + $options
                $data | Start-MlpTraining $first @training | ForEach-Object { $null = $known.Add("$(($row | Invoke-Mlp $first -AllProbability | Select-Object Prob* | ConvertTo-Json))") }
                $job = $data | Start-MlpTraining $second @training -AsJob
                try {
                    $seen = 1..4 | ForEach-Object -ThrottleLimit 4 -Parallel {
                        Import-Module $using:path
                        $second = $using:second
                        $row = $using:row
                        $job = $using:job
                        do { "$(($row | Invoke-Mlp $second -AllProbability | Select-Object Prob* | ConvertTo-Json))" } while ($job.State -eq 'Running')
                    }
                } finally {
                    $job | Remove-Job -Force
                }
                $seen | Where-Object { -not $known.Contains($_) } | Should -BeNullOrEmpty
                $second.Parameters.Data | Should -BeExactly $first.Parameters.Data
            }
        }
        @{ Sentence = 'A model that is being trained refuses a second training, from any thread'; Do = {
                $trained = New-Mlp 3 6, 2 -Seed 7
                $outcomes = 1..8 | ForEach-Object -ThrottleLimit 8 -Parallel {
                    Import-Module $using:path
                    $trained = $using:trained
                    $data = $using:data
                    $options = $using:options
                    for ($i = 1; $i -le 10; $i++) {
                        try { $null = $data | Start-MlpTraining $trained @options -Epoch 2; 'trained' } catch { ($_.FullyQualifiedErrorId -split ',')[0] }
                    }
                }
                $outcomes | Sort-Object -Unique | Should -BeIn 'ModelInTraining', 'trained'
                $alone = New-Mlp 3 6, 2 -Seed 7
                foreach ($i in 1..@($outcomes -eq 'trained').Count) { $null = $data | Start-MlpTraining $alone @options -Epoch 2 }
                $trained.Parameters.Data | Should -BeExactly $alone.Parameters.Data -Because 'trainings came one after the other'
            }
        }
        @{ Sentence = 'A compiled function is evaluated in several threads at once'; Do = {
                $function = New-GradFunction { param($x, $y) $x.Exp() * $y.Sin() + $x / $y }
                $expected = 1..200 | ForEach-Object { "$($function.Invoke($_ / 100, $_))" }
                $all = 1..8 | ForEach-Object -ThrottleLimit 8 -Parallel {
                    Import-Module $using:path
                    $function = $using:function
                    , @(1..200 | ForEach-Object { "$($function.Invoke($_ / 100, $_))" })
                }
                $all.Count | Should -Be 8
                foreach ($one in $all) { $one | Should -BeExactly $expected }
            }
        }
        @{ Sentence = 'Graphs of several threads have leaves in common'; Do = {
                $row = [double[]] (0.5, -1, 2)
                $expected = $network.Invoke($row)[0].Data
                $all = 1..8 | ForEach-Object -ThrottleLimit 8 -Parallel {
                    Import-Module $using:path
                    $network = $using:network
                    $row = $using:row
                    for ($i = 1; $i -le 50; $i++) {
                        $root = $network.Invoke($row)[0]
                        $root.Data
                        ($root | Get-GradNode).Count
                    }
                }
                $all | Sort-Object -Unique | Should -BeExactly (@($expected; ($network.Invoke($row)[0] | Get-GradNode).Count) | Sort-Object)
            }
        }
        @{ Sentence = 'A backward pass adds to the gradients of leaves. Passes that reach the same leaf come one after the other'; Do = {
                $leaf = New-GradValue 3
                $lock = [object]::new()
                1..8 | ForEach-Object -ThrottleLimit 8 -Parallel {
                    Import-Module $using:path
                    $leaf = $using:leaf
                    $lock = $using:lock
                    for ($i = 1; $i -le 50; $i++) {
                        $root = $leaf * $leaf
                        [System.Threading.Monitor]::Enter($lock)
                        try { $root | Invoke-Backward } finally { [System.Threading.Monitor]::Exit($lock) }
                    }
                }
                $leaf.Grad | Should -BeExactly (8 * 50 * 6)

                # A model for each, and the gradients added up.
                $sum = (1..8 | ForEach-Object -ThrottleLimit 8 -Parallel {
                        Import-Module $using:path
                        $own = New-GradValue 3
                        for ($i = 1; $i -le 50; $i++) { $own * $own | Invoke-Backward }
                        $own.Grad
                    } | Measure-Object -Sum).Sum
                $sum | Should -BeExactly $leaf.Grad
            }
        }
        @{ Sentence = '`Test-Gradient` moves the data of leaves for a moment, and a step for good'; Do = {
                # With leaves of their own, threads disturb nobody; data comes back to the bit.
                $all = 1..8 | ForEach-Object -ThrottleLimit 8 -Parallel {
                    Import-Module $using:path
                    for ($i = 1; $i -le 25; $i++) {
                        $a = New-GradValue (0.1 * $_)
                        $b = New-GradValue (1 / 3)
                        $root = ($a * $b).Tanh() + $b.Exp()
                        $root | Invoke-Backward
                        $checks = @($root | Test-Gradient)
                        ($checks.Passed -notcontains $false) -and $a.Data -eq 0.1 * $_ -and $b.Data -eq 1 / 3
                        Step-Gradient $a -LearningRate 0.5
                        $a.Data -eq 0.1 * $_ - 0.5 * $a.Grad
                    }
                }
                $all.Count | Should -Be 400
                $all | Should -Not -Contain $false

                # In the midst of a check, a leaf has another number than before and after: what another thread must not read.
                $leaf = New-GradValue 2
                $during = [System.Collections.Generic.List[double]]::new()
                $root = $leaf * 3
                $reader = [powershell]::Create().AddScript('param($leaf, $during, $stop) while (-not $stop.IsSet) { $during.Add($leaf.Data) }').AddArgument($leaf).AddArgument($during)
                $stop = [System.Threading.ManualResetEventSlim]::new()
                $reading = $reader.AddArgument($stop).BeginInvoke()
                foreach ($i in 1..200) { $null = $root | Test-Gradient }
                $stop.Set()
                $null = $reader.EndInvoke($reading)
                $leaf.Data | Should -BeExactly 2
                $during.ForEach({ [math]::Abs($_ - 2) -lt 0.1 }) | Should -Not -Contain $false
            }
        }
        @{ Sentence = 'A graph, which is a root with all that was computed for it, belongs to one thread at a time'; Do = {
                # Handed from thread to thread, one at a time, it is as whole as in one.
                $graph = @{ Root = (New-GradValue 1.5 -Label a) }
                $leaf = $graph.Root
                foreach ($i in 1..40) {
                    $null = 1 | ForEach-Object -Parallel {
                        Import-Module $using:path
                        $graph = $using:graph
                        $graph.Root = ($graph.Root * 1.01 + 0.25).Tanh()
                        $graph.Root | Invoke-Backward
                    }
                }
                $alone = $root = New-GradValue 1.5
                foreach ($i in 1..40) {
                    $root = ($root * 1.01 + 0.25).Tanh()
                    $root | Invoke-Backward
                }
                $graph.Root.Data | Should -BeExactly $root.Data
                $leaf.Grad | Should -BeExactly $alone.Grad

                # Numbers and leaves go to all.
                $leaf.Grad = 0
                $roots = 1..8 | ForEach-Object -ThrottleLimit 8 -Parallel {
                    Import-Module $using:path
                    for ($i = 1; $i -le 50; $i++) { $using:leaf * $_ }
                }
                $roots.Count | Should -Be 400
                $roots | Invoke-Backward
                $leaf.Grad | Should -BeExactly (50 * 36)
            }
        }
    )
}

BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"
    $script:path = "$((Get-Module MicroGrad).ModuleBase)/MicroGrad.psd1"
    $script:options = @{ Target = 'Class'; Categorical = 'Kind'; Standardize = $true; BatchSize = 8 }
    $script:data = @(foreach ($i in 0..29) { [pscustomobject]@{ Size = 10 + 0.7 * $i; Kind = ('round', 'flat')[$i % 2]; Class = ('low', 'high')[$i % 3 -eq 0] } })
    $script:model = New-Mlp 3 6, 2 -Seed 3
    $null = $data | Start-MlpTraining $model @options -Epoch 3
    $script:network = New-Mlp 3 4, 1 -Seed 2
    $about = Get-Content -Raw "$PSScriptRoot/../../docs/en-US/about_MicroGrad.md"
    $script:said = [regex]::Matches([regex]::Match($about, '(?s)## Threads(.+?)\n## ').Groups[1].Value, '(?m)^- (?<text>.+(?:\n  .+)*)').ForEach({ $_.Groups['text'].Value -replace '\s+', ' ' })
}

Describe 'Threads' {
    It 'hold what is said: <Sentence>' -ForEach $sentences {
        @($said.Where({ $_.StartsWith($Sentence) })).Count | Should -Be 1
        . $Do
    }

    It 'are said nothing of that is not under load here' -ForEach @{ Sentences = $sentences } {
        $said.Count | Should -Be $Sentences.Count
        foreach ($one in $said) { @($Sentences.Where({ $one.StartsWith($_.Sentence) })).Count | Should -Be 1 -Because $one }
    }
}
