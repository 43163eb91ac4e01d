BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"
    $script:flowers = Import-Csv "$PSScriptRoot/../../examples/iris.csv"
    $script:recipe = { New-Mlp 4 $_.Size, 3 -Seed $_.Seed }
    $script:search = @{ Target = 'Class'; Setting = @{ Size = 4, 8; LearningRate = 0.001, 0.01 }; Training = @{ Epoch = 5 }; Fold = 3 }

    # The figures of trials, whatever the order in which they ended.
    function Get-Figure($Trials) {
        $Trials | Sort-Object Trial | ForEach-Object { "$($_.Trial) $($_.Size) $($_.LearningRate) $($_.Score) $($_.Deviation) $($_.MeanLoss) $($_.Epoch)" }
    }
}

Describe 'Find-MlpSetting' {
    It 'tries all combinations, and gives the settings as properties' {
        $trials = Find-MlpSetting $recipe $flowers @search | Sort-Object Trial
        $trials | Should -BeOfType MicroGrad.MlpTrial
        $trials.Trial | Should -Be 1, 2, 3, 4
        $trials.Size | Should -Be 4, 8, 4, 8
        $trials.LearningRate | Should -Be 0.001, 0.001, 0.01, 0.01
        $trials.Epoch | Should -Be 5, 5, 5, 5
        $trials[0].Seconds | Should -BeGreaterThan 0
        ($trials | Sort-Object Score -Descending)[0].LearningRate | Should -Be 0.01
    }

    It 'measures as Measure-Mlp -Fold does, each trial with the next seed' {
        $trials = $flowers | Find-MlpSetting $recipe @search -Seed 7 | Sort-Object Trial
        $folds = $flowers | Measure-Mlp { New-Mlp 4 8, 3 -Seed 8 } -Fold 3 -Seed 7 -Target Class -Training @{ Epoch = 5; LearningRate = 0.001; Seed = 8 }
        $trials[1].Score | Should -Be ($folds.Accuracy | Measure-Object -Average).Average
        $trials[1].MeanLoss | Should -Be ($folds.Loss | Measure-Object -Average).Average
        # Of the folds as a whole population.
        $deviation = ($folds.Accuracy | Measure-Object -StandardDeviation).StandardDeviation * [math]::Sqrt(2 / 3)
        [math]::Abs($trials[1].Deviation - $deviation) | Should -BeLessThan 1e-12
    }

    It 'scores numbers by R2' {
        $line = foreach ($x in 1..30) { [pscustomobject] @{ X = $x; Y = 2.5 * $x } }
        $trial = $line | Find-MlpSetting { New-Mlp 1 1 } -Target Y -Setting @{ LearningRate = 0.05 } -Training @{ Epoch = 60; Standardize = $true }
        $folds = $line | Measure-Mlp { New-Mlp 1 1 } -Fold 5 -Target Y -Training @{ Epoch = 60; Standardize = $true; LearningRate = 0.05 }
        $trial.Score | Should -Be ($folds.R2 | Measure-Object -Average).Average
    }

    It 'gives the same for any number of threads' {
        $one = Get-Figure (Find-MlpSetting $recipe $flowers @search -ThrottleLimit 1)
        $one.Count | Should -Be 4
        Get-Figure (Find-MlpSetting $recipe $flowers @search -ThrottleLimit 3) | Should -BeExactly $one
    }

    It 'reads the same from objects, dictionaries, lists and a file' {
        $names = 'SepalLength', 'SepalWidth', 'PetalLength', 'PetalWidth'
        $model = { New-Mlp 3 $_.Size, 1 }
        $few = @{ Setting = @{ Size = 4, 8 }; Training = @{ Epoch = 3 }; Fold = 2; Target = 'PetalWidth'; Feature = $names[0..2] }
        $rows = foreach ($flower in $flowers) {
            $row = @{}
            foreach ($name in $names) { $row[$name] = [double] $flower.$name }
            $row
        }
        $expected = Get-Figure ($rows | Find-MlpSetting $model @few)
        $expected.Count | Should -Be 2
        Get-Figure ($flowers | Find-MlpSetting $model @few) | Should -BeExactly $expected
        $lists = foreach ($row in $rows) { , [double[]] $names.ForEach({ $row[$_] }) }
        Get-Figure (Find-MlpSetting $model -Data $lists @few) | Should -BeExactly $expected
        $iris = "$PSScriptRoot/../../examples/iris.csv"
        Get-Figure (Find-MlpSetting $model -Path $iris @few) | Should -BeExactly $expected
        Get-Figure (Find-MlpSetting $model -LiteralPath $iris @few) | Should -BeExactly $expected
    }

    It 'takes models from rows, with categories, dates and missing values' {
        $rows = foreach ($i in 1..40) {
            [pscustomobject] @{
                Day = [DayOfWeek] ($i % 7); When = ([datetime] '2025-01-01').AddDays($i); Host = 'abc'[$i % 3]; Load = $i % 5 ? $i : $null; Y = $i % 7
            }
        }
        $model = { $rows | New-Mlp -Target Y -Categorical Host -MissingValue Mean -HiddenSize $_.Size }
        $trials = $rows | Find-MlpSetting $model -Categorical Host -MissingValue Mean -Setting @{ Size = 3, 5 } -Training @{ Epoch = 5 } -Fold 2 | Sort-Object Trial
        $trials.Count | Should -Be 2
        $folds = $rows | Measure-Mlp { $rows | New-Mlp -Target Y -Categorical Host -MissingValue Mean -HiddenSize 3 } -Target Y -Categorical Host -MissingValue Mean -Fold 2 -Training @{ Epoch = 5 }
        $trials[0].Score | Should -Be ($folds.R2 | Measure-Object -Average).Average
    }

    It 'keeps groups together, and goes in time' {
        $rows = foreach ($i in 1..40) { [pscustomobject] @{ X = $i; Y = 2 * $i; Machine = "m$($i % 4)" } }
        $fast = @{ Target = 'Y'; Feature = 'X'; Setting = @{ LearningRate = 0.01 }; Fold = 4; Training = @{ Epoch = 5; Standardize = $true } }
        $measure = @{ Target = 'Y'; Feature = 'X'; Fold = 4; Training = @{ Epoch = 5; Standardize = $true; LearningRate = 0.01 } }
        foreach ($way in @{ GroupColumn = 'Machine' }, @{ Ordered = $true }) {
            $folds = $rows | Measure-Mlp { New-Mlp 1 4, 1 } @measure @way
            ($rows | Find-MlpSetting { New-Mlp 1 4, 1 } @fast @way).Score | Should -Be ($folds.R2 | Measure-Object -Average).Average
        }
    }

    It 'runs the recipe in this session, and sets none of its variables' {
        $size = 6
        $trials = Find-MlpSetting { $size = $size + 1; New-Mlp 4 $size, 3 } $flowers -Target Class -Setting @{ LearningRate = 0.01 } -Training @{ Epoch = 1 } -Fold 2
        $trials.Trial | Should -Be 1
        $size | Should -Be 6
    }

    It 'takes a loss of the user''s own, and one of several' {
        $loss = { param($prediction, $target) [MicroGrad.GradValue]::CrossEntropy($prediction, [array]::IndexOf($target, 1.0)) }
        $trials = Find-MlpSetting { New-Mlp 4 4, 3 } $flowers -Target Class -Fold 2 -Setting ([ordered] @{ Loss = $loss, 'CrossEntropy' }) -Training @{ Epoch = 2 } |
            Sort-Object Trial
        $trials[0].Score | Should -Be $trials[1].Score
        $trials[0].MeanLoss | Should -BeNullOrEmpty
        $trials[1].MeanLoss | Should -BeGreaterThan 0
    }

    It 'draws from lists and ranges, the same for the same seed' {
        $setting = @{ Size = @{ From = 2; To = 9 }; LearningRate = @{ From = 0.001; To = 0.1; Logarithmic = $true }; BatchSize = 16, 32 }
        $draw = @{ Target = 'Class'; Setting = $setting; Fold = 2; Training = @{ Epoch = 1 } }
        $trials = Find-MlpSetting $recipe $flowers @draw -Trial 6 | Sort-Object Trial
        $trials.Count | Should -Be 6
        $trials.Size | ForEach-Object { $_ | Should -BeOfType int; $_ | Should -BeIn (2..9) }
        $trials.LearningRate | ForEach-Object { $_ | Should -BeGreaterOrEqual 0.001; $_ | Should -BeLessOrEqual 0.1 }
        $trials.BatchSize | ForEach-Object { $_ | Should -BeIn 16, 32 }
        Get-Figure (Find-MlpSetting $recipe $flowers @draw -Trial 6) | Should -BeExactly (Get-Figure $trials)
        (Find-MlpSetting $recipe $flowers @draw -Trial 6 -Seed 2 | Sort-Object Trial).LearningRate | Should -Not -Be $trials.LearningRate
    }

    It 'drops the worst early with -Halving' {
        $trials = Find-MlpSetting $recipe $flowers -Target Class -Fold 2 -Halving -Training @{ Epoch = 9 } -Setting @{ Size = 4, 8, 16; LearningRate = 0.0001, 0.01, 0.03 }
        $trials.Count | Should -Be 9
        ($trials | Group-Object Epoch | Sort-Object { [int] $_.Name }).ForEach({ "$($_.Count)x$($_.Name)" }) | Should -Be '6x1', '2x3', '1x9'
        # The last is the best of its round, with as many epochs as a search without halving has.
        $full = Find-MlpSetting $recipe $flowers -Target Class -Fold 2 -Training @{ Epoch = 9 } -Setting @{ Size = 4, 8, 16; LearningRate = 0.0001, 0.01, 0.03 }
        $last = $trials[-1]
        $last.Epoch | Should -Be 9
        ($full | Where-Object Trial -EQ $last.Trial).Score | Should -Be $last.Score
    }

    It 'gives a trial that diverges without a score, and goes on' {
        $line = foreach ($x in 1..20) { [pscustomobject] @{ X = $x; Y = 2.5 * $x } }
        $trials = $line | Find-MlpSetting { New-Mlp 1 1 } -Target Y -Fold 2 -Setting @{ LearningRate = 1000, 0.0001 } -Training @{ Optimizer = 'Sgd'; Epoch = 200 } |
            Sort-Object Trial
        $trials[0].Score | Should -BeNullOrEmpty
        $trials[0].Failure | Should -Match 'loss'
        $trials[1].Score | Should -Not -BeNullOrEmpty
        $trials[1].Failure | Should -BeNullOrEmpty
    }

    It 'warns once of classes with fewer rows than folds' {
        $rows = @($flowers[0..49]) + $flowers[50..51]
        $null = $rows | Find-MlpSetting { New-Mlp 4 $_.Size, 2 } -Target Class -Setting @{ Size = 2, 3 } -Training @{ Epoch = 1 } -Fold 3 -WarningVariable warnings -WarningAction SilentlyContinue
        @($warnings) | Should -HaveCount 1
        $warnings[0].Message | Should -Match "'versicolor' has 2 of 52 rows"
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'a setting that nothing reads'; Given = @{ Setting = @{ Size = 4; LearnRate = 0.1 } }; Id = 'UnknownSetting'; Says = 'LearnRate' }
        @{ Name = 'a recipe that reads a setting that is not there'; Given = @{ Setting = @{ LearningRate = 0.1 } }; Id = 'UnknownSetting'; Says = '\$_\.Size' }
        @{ Name = 'a training option that there is not'; Given = @{ Setting = @{ Size = 4 }; Training = @{ Epochs = 3 } }; Id = 'UnknownSetting'; Says = 'Epochs' }
        @{ Name = 'a training in the background'; Given = @{ Setting = @{ Size = 4 }; Training = @{ AsJob = $true } }; Id = 'UnknownSetting'; Says = 'AsJob' }
        @{ Name = 'a setting called as a figure'; Given = @{ Setting = @{ Size = 4; Score = 1 } }; Id = 'InvalidSetting'; Says = 'Score' }
        @{ Name = 'no setting'; Given = @{ Setting = @{} }; Id = 'UnknownSetting'; Says = 'none' }
        @{ Name = 'a setting without values'; Given = @{ Setting = @{ Size = @() } }; Id = 'InvalidSetting'; Says = 'Size' }
        @{ Name = 'a range without -Trial'; Given = @{ Setting = @{ Size = @{ From = 1; To = 3 } } }; Id = 'InvalidSetting'; Says = 'range' }
        @{ Name = 'a range that falls'; Given = @{ Setting = @{ Size = @{ From = 3; To = 1 } }; Trial = 2 }; Id = 'InvalidSetting'; Says = '3 to 1' }
        @{ Name = 'a range of text'; Given = @{ Setting = @{ Size = @{ From = 'small'; To = 3 } }; Trial = 2 }; Id = 'InvalidSetting'; Says = 'small' }
        @{ Name = 'a misspelt range'; Given = @{ Setting = @{ Size = @{ Min = 1; To = 3 } }; Trial = 2 }; Id = 'InvalidSetting'; Says = 'Min' }
        @{ Name = 'no trial'; Given = @{ Setting = @{ Size = 4 }; Trial = 0 }; Id = 'InvalidTrial'; Says = '0' }
        @{ Name = 'too many trials'; Given = @{ Setting = @{ Size = 4 }; Trial = 10000000 }; Id = 'TooManyTrials'; Says = '10,000,000' }
        @{ Name = 'no thread'; Given = @{ Setting = @{ Size = 4 }; ThrottleLimit = 0 }; Id = 'InvalidThrottleLimit'; Says = '0' }
        @{ Name = 'epochs among the settings of a halving'; Given = @{ Setting = @{ Size = 4; Epoch = 1, 2 }; Halving = $true }; Id = 'UnusedOption'; Says = 'Epoch' }
        @{ Name = 'a setting that the training refuses'; Given = @{ Setting = @{ Size = 4; Momentum = 2 } }; Id = 'TrialFailed'; Says = 'Momentum = 2' }
        @{ Name = 'an option of the training that is a setting too'; Given = @{ Setting = @{ Size = 4; LearningRate = 0.1 }; Training = @{ learningrate = 0.01 } }; Id = 'UnusedOption'; Says = 'LearningRate' }
        @{ Name = 'one fold'; Given = @{ Setting = @{ Size = 4 }; Fold = 1 }; Id = 'TrialFailed'; Says = 'fold' }
        @{ Name = 'a size that makes no model'; Given = @{ Setting = @{ Size = 0 } }; Id = 'InvalidRecipe'; Says = 'layer size' }
    ) {
        { Find-MlpSetting { New-Mlp 4 $_.Size, 3 } $flowers -Target Class @Given } | Should -Throw -ErrorId "$Id,*" -ExpectedMessage '*'
        try { Find-MlpSetting { New-Mlp 4 $_.Size, 3 } $flowers -Target Class @Given } catch { $_.Exception.Message | Should -Match $Says }
    }

    It 'does not look behind a recipe that hands $_ on' {
        $trials = Find-MlpSetting { & { param($all) New-Mlp 4 $all.Size, 3 } $_ } $flowers -Target Class -Setting @{ Size = 4, 5 } -Training @{ Epoch = 1 } -Fold 2
        $trials.Count | Should -Be 2
    }

    It 'stops as Ctrl+C stops it, with what it gave kept' {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript('
                param($Module, $Flowers, $Path)
                Import-Module $Module
                Find-MlpSetting { New-Mlp 4 8, 3 } $Flowers -Target Class -Setting ([ordered] @{ Epoch = 1, 1000000 }) -ThrottleLimit 1 -ResultPath $Path
            ').AddArgument((Get-Module MicroGrad).Path).AddArgument($flowers).AddArgument("$TestDrive/stopped.jsonl")
            $results = [System.Management.Automation.PSDataCollection[psobject]]::new()
            $nothing = [System.Management.Automation.PSDataCollection[psobject]]::new()
            $nothing.Complete()
            $running = $shell.BeginInvoke($nothing, $results)
            for ($i = 0; $results.Count -eq 0 -and $i -lt 600; $i++) {
                $running.AsyncWaitHandle.WaitOne(50) | Should -BeFalse
            }
            $shell.Streams.Progress[0].Activity | Should -Be 'Trying 2 settings'
            $shell.Stop()
            $shell.InvocationStateInfo.State | Should -Be 'Stopped'
            $shell.Streams.Error.Count | Should -Be 0
            $results.Count | Should -Be 1
            @(Get-Content "$TestDrive/stopped.jsonl") | Should -HaveCount 2
        } finally {
            $shell.Dispose()
        }
    }
}

Describe 'Find-MlpSetting -ResultPath' {
    BeforeEach {
        $script:path = Join-Path $TestDrive "$([guid]::NewGuid()).jsonl"
    }

    It 'keeps a line of JSON for each result, and a second run does nothing twice' {
        $trials = Find-MlpSetting $recipe $flowers @search -ResultPath $path
        $lines = Get-Content $path | ConvertFrom-Json
        $lines.Count | Should -Be 5
        $lines[1..4].score | Sort-Object | Should -Be ($trials.Score | Sort-Object)
        $before = Get-Content $path -Raw
        $again = Find-MlpSetting $recipe $flowers @search -ResultPath $path
        Get-Figure $again | Should -BeExactly (Get-Figure $trials)
        # As they are in the file, so are the times.
        ($again | Sort-Object Trial).Seconds | Should -Be ($trials | Sort-Object Trial).Seconds
        Get-Content $path -Raw | Should -BeExactly $before
    }

    It 'goes on where a run was killed, in the middle of a line too' {
        $trials = Find-MlpSetting $recipe $flowers @search -ResultPath $path
        $bytes = [IO.File]::ReadAllBytes($path)
        foreach ($length in 1, 40, 150, 400, ($bytes.Length - 1)) {
            [IO.File]::WriteAllBytes($path, $bytes[0..($length - 1)])
            Get-Figure (Find-MlpSetting $recipe $flowers @search -ResultPath $path) | Should -BeExactly (Get-Figure $trials)
            @(Get-Content $path | ConvertFrom-Json) | Should -HaveCount 5
        }
    }

    It 'goes on with a halving' {
        $halving = @{ Target = 'Class'; Fold = 2; Halving = $true; Training = @{ Epoch = 9 }; Setting = @{ Size = 4, 8, 16; LearningRate = 0.001, 0.01, 0.03 } }
        $trials = Find-MlpSetting $recipe $flowers @halving -ResultPath $path
        Get-Content $path -TotalCount 6 | Set-Content "$path.part"
        Get-Figure (Find-MlpSetting $recipe $flowers @halving -ResultPath "$path.part") | Should -BeExactly (Get-Figure $trials)
    }

    It 'takes more draws into the file of a shorter search' {
        $draw = @{ Target = 'Class'; Fold = 2; Training = @{ Epoch = 1 }; Setting = @{ Size = @{ From = 2; To = 9 } }; ResultPath = $path }
        $short = Find-MlpSetting $recipe $flowers @draw -Trial 2
        $long = Find-MlpSetting $recipe $flowers @draw -Trial 4
        $long.Count | Should -Be 4
        Get-Figure ($long | Where-Object Trial -LE 2) | Should -BeExactly (Get-Figure $short)
        @(Get-Content $path) | Should -HaveCount 5
    }

    It 'refuses the file of another search: other <_>' -ForEach 'rows', 'settings', 'options', 'seed', 'recipe', 'folds' {
        $small = @{ Target = 'Class'; Setting = @{ Size = 4 }; Training = @{ Epoch = 1 }; Fold = 2; ResultPath = $path }
        $null = Find-MlpSetting $recipe $flowers @small
        $before = Get-Content $path -Raw
        $rows, $script = $flowers, $recipe
        switch ($_) {
            'rows' { $rows = $flowers[0..148] }
            'settings' { $small.Setting = @{ Size = 5 } }
            'options' { $small.Training = @{ Epoch = 1; BatchSize = 16 } }
            'seed' { $small.Seed = 2 }
            'recipe' { $script = { New-Mlp 4 $_.Size, 3 -Activation Relu } }
            'folds' { $small.Fold = 3 }
        }
        { Find-MlpSetting $script $rows @small } | Should -Throw -ErrorId 'TrialFileMismatch,*'
        Get-Content $path -Raw | Should -BeExactly $before
    }

    It 'never replaces what is no such file: <Name>' -ForEach @(
        @{ Name = 'text'; Content = 'my diary' }
        @{ Name = 'other lines of JSON'; Content = "{`"a`":1}`n{`"b`":2}`n" }
        @{ Name = 'a list'; Content = "[1, 2]`n" }
    ) {
        [IO.File]::WriteAllText($path, $Content)
        { Find-MlpSetting $recipe $flowers @search -ResultPath $path } | Should -Throw -ErrorId 'NotATrialFile,*'
        Get-Content $path -Raw | Should -BeExactly $Content
    }

    It 'never takes a file in which a line is wrong, and leaves it as it is: <Name>' -ForEach @(
        @{ Name = 'a trial twice'; Change = { $lines + $lines[1] } }
        @{ Name = 'a trial from 0'; Change = { $lines[0]; $lines[1] -replace '"trial":\d+', '"trial":0' } }
        @{ Name = 'a trial beyond all numbers'; Change = { $lines[0]; $lines[1] -replace '"trial":\d+', '"trial":4294967297' } }
        @{ Name = 'a score beyond all numbers'; Change = { $lines[0]; $lines[1] -replace '"score":[^,]+', '"score":1e999' } }
        @{ Name = 'a score that is a list'; Change = { $lines[0]; $lines[1] -replace '"score":[^,]+', '"score":[1]' } }
        @{ Name = 'a score in words'; Change = { $lines[0]; $lines[1] -replace '"score":[^,]+', '"score":"0.9"' } }
        @{ Name = 'a name twice'; Change = { $lines[0]; $lines[1] -replace '"score":', '"score":1,"score":' } }
        @{ Name = 'no epochs'; Change = { $lines[0]; $lines[1] -replace '"epoch":\d+,' } }
        @{ Name = 'a failure that is a number'; Change = { $lines[0]; $lines[1] -replace '"setting":', '"failure":1,"setting":' } }
        @{ Name = 'lists in lists'; Change = { $lines[0]; '[' * 100000 } }
        @{ Name = 'objects in objects'; Change = { $lines[0]; '{"trial":' * 100000 } }
        @{ Name = 'a null'; Change = { $lines[0]; 'null' } }
        @{ Name = 'a NUL'; Change = { $lines[0]; "`0" } }
        @{ Name = 'another version'; Change = { $lines[0] -replace '"version":1', '"version":2'; $lines[1] } }
        @{ Name = 'a version in words'; Change = { $lines[0] -replace '"version":1', '"version":"1"'; $lines[1] } }
        @{ Name = 'another format'; Change = { $lines[0] -replace 'Trials', 'trials'; $lines[1] } }
        @{ Name = 'no search'; Change = { $lines[0] -replace ',"search":"\w+"'; $lines[1] } }
        @{ Name = 'a model'; Change = { '{"format":"MicroGrad.Mlp","version":1}' } }
    ) {
        $small = @{ Target = 'Class'; Setting = @{ Size = 4, 5 }; Training = @{ Epoch = 1 }; Fold = 2; ThrottleLimit = 1; ResultPath = $path }
        $null = Find-MlpSetting $recipe $flowers @small
        $script:lines = @(Get-Content $path)
        [IO.File]::WriteAllText($path, (@(. $Change) -join "`n") + "`n")
        $before = Get-Content $path -Raw
        { Find-MlpSetting $recipe $flowers @small } | Should -Throw -ErrorId 'NotATrialFile,*'
        Get-Content $path -Raw | Should -BeExactly $before
    }

    It 'refuses any file at the cost of its beginning: gigabytes of <Name>' -ForEach @(
        @{ Name = 'nothing'; Beginning = { @() } }
        @{ Name = 'nothing behind a good line'; Beginning = { [IO.File]::ReadAllBytes($path) } }
    ) {
        $small = @{ Target = 'Class'; Setting = @{ Size = 4 }; Training = @{ Epoch = 1 }; Fold = 2; ThrottleLimit = 1; ResultPath = $path }
        $null = Find-MlpSetting $recipe $flowers @small
        $bytes = [byte[]] @(. $Beginning)
        $file = [IO.File]::Create($path)
        $file.Write($bytes)
        $file.SetLength(3GB)
        $file.Dispose()
        $allocated = [GC]::GetTotalAllocatedBytes()
        { Find-MlpSetting $recipe $flowers @small } | Should -Throw -ErrorId 'NotATrialFile,*'
        [GC]::GetTotalAllocatedBytes() - $allocated | Should -BeLessThan 100MB
        (Get-Item $path).Length | Should -Be 3GB
        Remove-Item $path
    }

    It 'takes the first trials out of the file of a longer draw, and leaves the others in it' {
        $draw = @{ Target = 'Class'; Fold = 2; Training = @{ Epoch = 1 }; Setting = @{ Size = @{ From = 2; To = 9 } }; ThrottleLimit = 1; ResultPath = $path }
        $long = Find-MlpSetting $recipe $flowers @draw -Trial 4
        $before = Get-Content $path -Raw
        Get-Figure (Find-MlpSetting $recipe $flowers @draw -Trial 2) | Should -BeExactly (Get-Figure ($long | Where-Object Trial -LE 2))
        Get-Content $path -Raw | Should -BeExactly $before
    }

    It 'keeps figures that are not finite' {
        $rows = @(1..6 | ForEach-Object { @{ X = $_; Y = $_ } }) + @{ X = 1e120; Y = 1 }
        $far = @{ Target = 'Y'; Ordered = $true; Fold = 2; Setting = @{ LearningRate = 0.01, 0.02 }; Training = @{ Epoch = 1; Standardize = $false }; ThrottleLimit = 1; ResultPath = $path }
        $trials = Find-MlpSetting { New-Mlp 1 1 -Seed 1 } $rows @far
        $trials.Deviation | Should -Be ([double]::PositiveInfinity), ([double]::PositiveInfinity)
        $again = Find-MlpSetting { New-Mlp 1 1 -Seed 1 } $rows @far
        $again.Deviation | Should -Be $trials.Deviation
        $again.Score | Should -Be $trials.Score
    }

    It 'lets nobody else write to the file meanwhile' {
        $file = [IO.File]::Open($path, 'Create', 'ReadWrite', 'None')
        try {
            { Find-MlpSetting $recipe $flowers @search -ResultPath $path } | Should -Throw -ErrorId 'WriteFailed,*'
        } finally {
            $file.Dispose()
        }
    }
}

# On Windows, sshd serves nobody unless it runs as the system.
if (-not $IsWindows) {
    Describe 'Find-MlpSetting -Session' {
        BeforeAll {
            . "$PSScriptRoot/../../build/Browser.ps1"
            . "$PSScriptRoot/../../build/Ssh.ps1"
            $script:server = Open-SshServer (New-Item -ItemType Directory "$TestDrive/ssh").FullName
            $script:expected = Get-Figure (Find-MlpSetting $recipe $flowers @search -ThrottleLimit 1)

            # A squared error in whose middle one process ends: at once, or when there is a file.
            function Get-FatalLoss($Process, $File) {
                [scriptblock]::Create(@"
                    param(`$prediction, `$target)
                    if (`$PID -eq $Process$(if ($File) { " -and (Test-Path '$File')" })) { Stop-Process -Id `$PID -Force }
                    (`$prediction - `$target).Pow(2)
"@)
            }
        }

        AfterEach {
            Get-PSSession | Remove-PSSession
        }

        AfterAll {
            Stop-Process -Id $server.Process.Id
        }

        It 'gives the same over SSH, and leaves the sessions as they were' {
            $sessions = 1..2 | ForEach-Object { Open-SshSession $server }
            $trials = Find-MlpSetting $recipe $flowers @search -Session $sessions
            Get-Figure $trials | Should -BeExactly $expected
            Invoke-Command $sessions { (Get-Module MicroGrad).Name } | Should -Be MicroGrad, MicroGrad
            Invoke-Command $sessions { Get-Variable MicroGrad* -Scope Global } | Should -BeNullOrEmpty
        }

        It 'gives the trial of a session that dies in the middle to another' {
            $sessions = 1..2 | ForEach-Object { Open-SshSession $server }
            $numbers = @{ Target = 'PetalWidth'; Feature = '*Length'; Fold = 2; Setting = @{ Size = 3, 4; LearningRate = 0.01, 0.02 } }
            $numbers.Training = @{ Epoch = 2; Loss = Get-FatalLoss (Invoke-Command $sessions[0] { $PID }) }
            $model = { New-Mlp 2 $_.Size, 1 }
            $all = Get-Figure ($flowers | Find-MlpSetting $model @numbers)
            $trials = $flowers | Find-MlpSetting $model @numbers -Session $sessions -WarningVariable warnings -WarningAction SilentlyContinue
            Get-Figure $trials | Should -BeExactly $all
            @($warnings) | Should -HaveCount 1
            $warnings[0].Message | Should -Match "The session $($sessions[0].Name) on 127.0.0.1 ended; its trial \d+ goes to another"
            $sessions.State | Should -Be 'Broken', 'Opened'
        }

        It 'ends with an error where no session is left, and goes on from its file' {
            $session = Open-SshSession $server
            $numbers = @{ Target = 'PetalWidth'; Feature = '*Length'; Fold = 2; Setting = @{ Size = 3, 4; LearningRate = 0.01, 0.02 } }
            $numbers.Training = @{ Epoch = 2; Loss = Get-FatalLoss (Invoke-Command $session { $PID }) "$TestDrive/dies" }
            $numbers.ResultPath = "$TestDrive/lost.jsonl"
            $model = { New-Mlp 2 $_.Size, 1 }
            {
                $flowers | Find-MlpSetting $model @numbers -Session $session | ForEach-Object { Set-Content "$TestDrive/dies" now }
            } | Should -Throw -ErrorId 'NoWorkerLeft,*'
            { $flowers | Find-MlpSetting $model @numbers -Session $session } | Should -Throw -ErrorId 'SessionNotOpen,*'
            $kept = @(Get-Content $numbers.ResultPath)
            $kept.Count | Should -BeGreaterThan 1
            $trials = $flowers | Find-MlpSetting $model @numbers
            $numbers.Remove('ResultPath')
            Get-Figure $trials | Should -BeExactly (Get-Figure ($flowers | Find-MlpSetting $model @numbers))
            @(Get-Content "$TestDrive/lost.jsonl")[0..($kept.Count - 1)] | Should -BeExactly $kept
        }

        It 'goes with threads of this process' {
            $trials = Find-MlpSetting $recipe $flowers @search -Session (Open-SshSession $server) -ThrottleLimit 1
            Get-Figure $trials | Should -BeExactly $expected
        }

        It 'carries enums, dates, truth values and losses of the user''s own' {
            $rows = foreach ($i in 1..30) {
                [pscustomobject] @{ Day = [DayOfWeek] ($i % 7); When = ([datetime] '2025-01-01').AddDays($i); On = $i % 2 -eq 0; Y = $i % 7 }
            }
            $loss = { param($prediction, $target) ($prediction - $target).Pow(2) }
            $given = @{
                Target = 'Y'; Fold = 2; Setting = @{ Optimizer = [MicroGrad.OptimizerKind]::Adam, 'Sgd' }
                Training = @{ Epoch = 3; Loss = $loss; Standardize = [switch] $true; Seed = [bigint] 5 }
            }
            $model = { $rows | New-Mlp -Target Y -HiddenSize 3 }
            $local = Get-Figure ($rows | Find-MlpSetting $model @given)
            $local.Count | Should -Be 2
            Get-Figure ($rows | Find-MlpSetting $model @given -Session (Open-SshSession $server)) | Should -BeExactly $local
        }
    }
}
