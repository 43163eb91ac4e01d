BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"
    . "$PSScriptRoot/../TrainingTools.ps1"

    $random = [random]::new(5)
    $script:rows = foreach ($i in 0..29) {
        [pscustomobject]@{ A = $random.NextDouble(); B = $random.NextDouble() - 0.5; W = 1 + $i % 2; Class = ('p', 'q', 'r')[$i % 3] }
    }
    $script:common = @{ Feature = 'A', 'B'; Target = 'Class'; BatchSize = 8; Seed = 3; LearningRate = 0.03; Epoch = 10; WarningAction = 'SilentlyContinue' }

    # Trains in one go, and in two with a model of other weights for the second, and compares.
    function Test-Resume($Given) {
        $options = $common + $Given
        $path = Join-Path $TestDrive "$([guid]::NewGuid()).json"
        $straight, $first, $second = (New-Mlp 2 4, 3 -Seed 1), (New-Mlp 2 4, 3 -Seed 1), (New-Mlp 2 4, 3 -Seed 99)
        $expected = $rows | Start-MlpTraining $straight @options
        $begun = $rows | Start-MlpTraining $first @options -CheckpointPath $path -CheckpointInterval 1 | Select-Object -First 5
        $rest = $rows | Start-MlpTraining $second @options -CheckpointPath $path -CheckpointInterval 1 -Resume
        $all = @($begun) + @($rest)
        $all.Epoch | Should -BeExactly (1..10)
        foreach ($property in 'Loss', 'ValidationLoss', 'Accuracy', 'LearningRate', 'GradientNorm') {
            $all.$property | Should -BeExactly $expected.$property
        }
        $second.Parameters.Data | Should -BeExactly $straight.Parameters.Data
        $second.Training.Loss | Should -BeExactly $straight.Training.Loss
        $second.Classes | Should -BeExactly $straight.Classes
    }
}

Describe 'Start-MlpTraining -Resume' {
    It 'goes on to the bits of an uninterrupted training with the optimizer <Name>' -ForEach @(
        @{ Name = 'Sgd'; Given = @{ Optimizer = 'Sgd' } }
        @{ Name = 'Sgd with momentum'; Given = @{ Optimizer = 'Sgd'; Momentum = 0.9 } }
        @{ Name = 'Sgd with Nesterov'; Given = @{ Optimizer = 'Sgd'; Momentum = 0.9; Nesterov = $true; WeightDecay = 0.01 } }
        @{ Name = 'RmsProp'; Given = @{ Optimizer = 'RmsProp' } }
        @{ Name = 'Adagrad'; Given = @{ Optimizer = 'Adagrad' } }
        @{ Name = 'Adam'; Given = @{ Optimizer = 'Adam' } }
        @{ Name = 'AdamW'; Given = @{ Optimizer = 'AdamW'; WeightDecay = 0.1 } }
    ) {
        Test-Resume $Given
    }

    It 'goes on to the bits of an uninterrupted training with the schedule <Name>' -ForEach @(
        @{ Name = 'Constant'; Given = @{ Schedule = 'Constant' } }
        @{ Name = 'Linear'; Given = @{ Schedule = 'Linear'; FinalLearningRate = 0.001 } }
        @{ Name = 'Step'; Given = @{ Schedule = 'Step'; ScheduleInterval = 3; ScheduleFactor = 0.5 } }
        @{ Name = 'Exponential'; Given = @{ Schedule = 'Exponential' } }
        @{ Name = 'Cosine'; Given = @{ Schedule = 'Cosine' } }
        @{ Name = 'ReduceOnPlateau'; Given = @{ Schedule = 'ReduceOnPlateau'; ScheduleInterval = 1; ScheduleFactor = 0.5; ValidationFraction = 0.3; LearningRate = 1e-6 } }
        @{ Name = 'Constant after a warm-up'; Given = @{ WarmupEpoch = 7 } }
    ) {
        if ($Given.ContainsKey('LearningRate')) {
            $common = $common.Clone()
            $common.Remove('LearningRate')
        }
        Test-Resume $Given
    }

    It 'goes on to the bits of an uninterrupted training with <Name>' -ForEach @(
        @{ Name = 'scaling, validation and patience'; Given = @{ Standardize = $true; ValidationFraction = 0.3; Patience = 50 } }
        @{ Name = 'weights, L2 and clipping'; Given = @{ WeightColumn = 'W'; ClassWeight = @{ p = 3 }; L2 = 0.01; ClipNorm = 0.5; ClipValue = 0.4 } }
        @{ Name = 'a loss of its own'; Given = @{ Loss = { param($p, $t) ($p[0] - $t[0]).Pow(2) + ($p[1] - $t[1]).Pow(2) + ($p[2] - $t[2]).Pow(2) } } }
        @{ Name = 'rows in their order'; Given = @{ NoShuffle = $true } }
    ) {
        Test-Resume $Given
    }

    It 'makes a finished training longer' {
        $path = "$TestDrive/longer.json"
        $straight, $model = (New-Mlp 2 4, 3 -Seed 1), (New-Mlp 2 4, 3 -Seed 1)
        $five = $common.Clone()
        $five.Epoch = 5
        $null = $rows | Start-MlpTraining $straight @common
        $null = $rows | Start-MlpTraining $model @five -CheckpointPath $path
        $results = $rows | Start-MlpTraining $model @common -CheckpointPath $path -Resume
        $results.Epoch | Should -BeExactly (6..10)
        $model.Parameters.Data | Should -BeExactly $straight.Parameters.Data
    }

    It 'has nothing to do after the last epoch, and gives the model what it learnt' {
        $path = "$TestDrive/done.json"
        $trained, $model = (New-Mlp 2 4, 3 -Seed 1), (New-Mlp 2 4, 3 -Seed 99)
        $null = $rows | Start-MlpTraining $trained @common -CheckpointPath $path
        $rows | Start-MlpTraining $model @common -CheckpointPath $path -Resume | Should -BeNullOrEmpty
        $model.Parameters.Data | Should -BeExactly $trained.Parameters.Data
        $model.Classes | Should -BeExactly $trained.Classes
        $model.Training | Should -Be $trained.Training
    }

    It 'stays at an end that the training found by itself: <Name>' -ForEach @(
        @{ Name = 'patience'; Given = @{ Patience = 2; MinimumImprovement = 0.5 } }
        @{ Name = 'target'; Given = @{ TargetLoss = 100 } }
    ) {
        $path = Join-Path $TestDrive "$([guid]::NewGuid()).json"
        $trained, $model = (New-Mlp 2 4, 3 -Seed 1), (New-Mlp 2 4, 3 -Seed 99)
        $results = $rows | Start-MlpTraining $trained @common @Given -CheckpointPath $path
        $results.Count | Should -BeLessThan 10
        $rows | Start-MlpTraining $model @common @Given -CheckpointPath $path -Resume | Should -BeNullOrEmpty
        $model.Parameters.Data | Should -BeExactly $trained.Parameters.Data
        (Import-Mlp $path).Parameters.Data | Should -BeExactly $trained.Parameters.Data
    }

    It 'starts anew where there is no checkpoint yet, and says so' {
        $path = "$TestDrive/new.json"
        $said = $rows | Start-MlpTraining (New-Mlp 2 3 -Seed 1) @common -CheckpointPath $path -Resume -Verbose 4>&1
        @($said | Where-Object { $_ -is [MicroGrad.EpochResult] }).Count | Should -Be 10
        "$($said | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] })" | Should -BeLike '*no checkpoint*new.json*starting anew*'
        $path | Should -Exist
    }

    It 'starts anew without -Resume, and replaces the checkpoint' {
        $path = "$TestDrive/anew.json"
        $null = $rows | Start-MlpTraining (New-Mlp 2 3 -Seed 1) @common -CheckpointPath $path
        $model = New-Mlp 2 3 -Seed 2
        $results = $rows | Start-MlpTraining $model @common -CheckpointPath $path
        $results.Epoch | Should -BeExactly (1..10)
        (Import-Mlp $path).Parameters.Data | Should -BeExactly $model.Parameters.Data
    }

    It 'goes on after <Name> changed, which changes no bit' -ForEach @(
        @{ Name = 'a time limit'; Given = @{ TimeLimit = '01:00:00' } }
        @{ Name = 'a target'; Given = @{ TargetLoss = 1e-9 } }
        @{ Name = 'the interval'; Given = @{ CheckpointInterval = 7 } }
    ) {
        $path = Join-Path $TestDrive "$([guid]::NewGuid()).json"
        $null = $rows | Start-MlpTraining (New-Mlp 2 3 -Seed 1) @common -CheckpointPath $path -CheckpointInterval 1 | Select-Object -First 2
        ($rows | Start-MlpTraining (New-Mlp 2 3 -Seed 1) @common @Given -CheckpointPath $path -Resume).Epoch | Should -BeExactly (3..10)
    }

    It 'refuses to go on with <Name>' -ForEach @(
        @{ Name = 'fewer rows'; Change = { $rows[0..28] } }
        @{ Name = 'a changed row'; Change = { $rows[0..28] + [pscustomobject]@{ A = 0.5; B = 0.5; W = 1; Class = 'r' } } }
        @{ Name = 'rows in another order'; Change = { $rows[1, 0] + $rows[2..29] } }
        @{ Name = 'another feature'; Given = @{ Feature = 'A', 'W' } }
        @{ Name = 'another rate'; Given = @{ LearningRate = 0.02 } }
        @{ Name = 'another batch size'; Given = @{ BatchSize = 9 } }
        @{ Name = 'another seed'; Given = @{ Seed = 4 } }
        @{ Name = 'another optimizer'; Given = @{ Optimizer = 'AdamW' } }
        @{ Name = 'another beta'; Given = @{ Beta1 = 0.8 } }
        @{ Name = 'weight decay'; Given = @{ WeightDecay = 0.1 } }
        @{ Name = 'another schedule'; Given = @{ Schedule = 'Step' } }
        @{ Name = 'a warm-up'; Given = @{ WarmupEpoch = 1 } }
        @{ Name = 'L2'; Given = @{ L2 = 0.1 } }
        @{ Name = 'clipping'; Given = @{ ClipNorm = 1 } }
        @{ Name = 'weights'; Given = @{ WeightColumn = 'W' } }
        @{ Name = 'class weights'; Given = @{ ClassWeight = @{ p = 2 } } }
        @{ Name = 'scaling'; Given = @{ Standardize = $true } }
        @{ Name = 'validation'; Given = @{ ValidationFraction = 0.3 } }
        @{ Name = 'other names of classes'; Change = { $rows | Select-Object A, B, W, @{ Name = 'Class'; Expression = { $_.Class.ToUpperInvariant() } } } }
        @{ Name = 'patience'; Given = @{ Patience = 5 } }
        @{ Name = 'rows in their order'; Given = @{ NoShuffle = $true } }
        @{ Name = 'a loss of its own'; Given = @{ Loss = { param($p) $p[0] } } }
        @{ Name = 'another network'; Layers = 5, 3 }
        @{ Name = 'other activations'; Activation = 'Relu' }
    ) {
        $path = "$TestDrive/mismatch.json"
        $null = $rows | Start-MlpTraining (New-Mlp 2 4, 3 -Seed 1) @common -CheckpointPath $path -CheckpointInterval 1 | Select-Object -First 2
        $before = [System.IO.File]::ReadAllText($path)
        $others = $Change ? (& $Change) : $rows
        $options = $common.Clone()
        foreach ($key in $Given.Keys) {
            $options[$key] = $Given[$key]
        }
        $model = New-Mlp 2 ($Layers ?? (4, 3)) -Activation ($Activation ?? 'Tanh') -Seed 1
        $start = $model.Parameters.Data
        Get-Id { $others | Start-MlpTraining $model @options -CheckpointPath $path -Resume } | Should -BeExactly 'CheckpointMismatch'
        $model.Parameters.Data | Should -BeExactly $start
        [System.IO.File]::ReadAllText($path) | Should -BeExactly $before
    }

    It 'refuses other weights of validation rows' {
        $path = "$TestDrive/validation.json"
        $weighed = $common + @{ WeightColumn = 'W'; CheckpointPath = $path; ValidationData = $rows[0..4] }
        $null = $rows | Start-MlpTraining (New-Mlp 2 3 -Seed 1) @weighed
        $weighed.ValidationData = $rows[0..4] | Select-Object A, B, Class, @{ Name = 'W'; Expression = { 2 * $_.A } }
        Get-Id { $rows | Start-MlpTraining (New-Mlp 2 3 -Seed 1) @weighed -Resume } | Should -BeExactly 'CheckpointMismatch'
    }

    It 'goes on after epochs whose validation loss was no number, as if it had not stopped' {
        $line = foreach ($x in -5..5) { [pscustomobject]@{ X = $x; Y = 2 * $x } }
        $given = @{
            Target = 'Y'; Epoch = 10; Patience = 3; CheckpointPath = "$TestDrive/waited.json"; CheckpointInterval = 1
            ValidationData = [pscustomobject]@{ X = 1e200; Y = 1 }; WarningAction = 'Ignore'
        }
        $begun = $line | Start-MlpTraining (New-Mlp 1 1 -Seed 1) @given | Select-Object -First 2
        $begun.ValidationLoss | Should -Be ([double]::PositiveInfinity), ([double]::PositiveInfinity)
        ($line | Start-MlpTraining (New-Mlp 1 1 -Seed 1) @given -Resume).Epoch | Should -Be 3
    }

    It 'refuses another number of epochs where the schedule depends on it' {
        $path = "$TestDrive/epochs.json"
        $null = $rows | Start-MlpTraining (New-Mlp 2 3 -Seed 1) @common -Schedule Cosine -CheckpointPath $path -CheckpointInterval 1 | Select-Object -First 2
        $options = $common.Clone()
        $options.Epoch = 20
        Get-Id { $rows | Start-MlpTraining (New-Mlp 2 3 -Seed 1) @options -Schedule Cosine -CheckpointPath $path -Resume } | Should -BeExactly 'CheckpointMismatch'
    }

    It 'refuses a checkpoint that <Name>' -ForEach @(
        @{ Name = 'is cut off'; Damage = { $text.Substring(0, $text.Length / 2) } }
        @{ Name = 'is empty'; Damage = { '' } }
        @{ Name = 'is a model file'; Damage = { '{"format":"MicroGrad.Mlp","version":1}' } }
        @{ Name = 'has no plateau'; Damage = { $text -replace '"plateau": \[[^\]]*\]', '"plateau": []' } }
        @{ Name = 'has too few parameters'; Damage = { $text -replace '"parameters": \[[^\]]*\]', '"parameters": [1, 2]' } }
        @{ Name = 'has no memory of the optimizer'; Damage = { $text -replace '(?s)"optimizerMemory": \[.*?\]\s*\]', '"optimizerMemory": []' } }
        @{ Name = 'has an epoch before the first'; Damage = { $text -replace '"epoch": 2', '"epoch": -2' } }
        @{ Name = 'has no model'; Damage = { $text -replace '"model"', '"else"' } }
        @{ Name = 'is of another version'; Damage = { $text -replace '^(\{\s*"format": "MicroGrad.Checkpoint",\s*"version": )1', '${1}7' }; Id = 'UnknownFileVersion' }
    ) {
        $path = Join-Path $TestDrive "$([guid]::NewGuid()).json"
        $null = $rows | Start-MlpTraining (New-Mlp 2 3 -Seed 1) @common -CheckpointPath $path -CheckpointInterval 1 | Select-Object -First 2
        $text = [System.IO.File]::ReadAllText($path)
        $damaged = & $Damage
        $damaged | Should -Not -BeExactly $text
        [System.IO.File]::WriteAllText($path, $damaged)
        $model = New-Mlp 2 3 -Seed 1
        $start = $model.Parameters.Data
        Get-Id { $rows | Start-MlpTraining $model @common -CheckpointPath $path -Resume } | Should -BeExactly ($Id ?? 'InvalidModelFile')
        $model.Parameters.Data | Should -BeExactly $start
    }
}

Describe 'Start-MlpTraining -CheckpointPath' {
    It 'writes every so many epochs, and at the end' {
        $path = "$TestDrive/interval.json"
        $epochs = $rows | Start-MlpTraining (New-Mlp 2 3 -Seed 1) @common -CheckpointPath $path -CheckpointInterval 4 |
            ForEach-Object { (Test-Path $path) ? (Get-Content -Raw $path | ConvertFrom-Json).epoch : 0 }
        $epochs | Should -BeExactly 0, 0, 0, 4, 4, 4, 4, 8, 8, 10
    }

    It 'writes every ten epochs where no number is given' {
        $path = "$TestDrive/default.json"
        $options = $common.Clone()
        $options.Epoch = 15
        $null = $rows | Start-MlpTraining (New-Mlp 2 3 -Seed 1) @options -CheckpointPath $path | Select-Object -First 12
        (Get-Content -Raw $path | ConvertFrom-Json).epoch | Should -Be 10
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'a folder that does not exist'; Path = 'none/c.json'; Id = 'PathNotFound' }
        @{ Name = 'a folder in place of a file'; Path = '.'; Id = 'NotAFilePath' }
        @{ Name = 'an interval of 0'; Path = 'c.json'; Given = @{ CheckpointInterval = 0 }; Id = 'InvalidCheckpointInterval' }
        @{ Name = 'a negative interval'; Path = 'c.json'; Given = @{ CheckpointInterval = -1 }; Id = 'InvalidCheckpointInterval' }
    ) {
        $options = $Given ?? @{}
        Get-Id { $rows | Start-MlpTraining (New-Mlp 2 3 -Seed 1) @common @options -CheckpointPath "$TestDrive/$Path" } | Should -BeExactly $Id
    }

    It 'never replaces what is no checkpoint: <Name>' -ForEach @(
        @{ Name = 'data'; Content = "A,B`n1,2`n" }
        @{ Name = 'a model'; Content = '{"format":"MicroGrad.Mlp","version":1}' }
        @{ Name = 'JSON of another kind'; Content = '["format","MicroGrad.Checkpoint"]' }
        @{ Name = 'blanks'; Content = ' ' }
    ) {
        $path = "$TestDrive/precious"
        [System.IO.File]::WriteAllText($path, $Content)
        foreach ($force in @{}, @{ Force = $true }) {
            Get-Id { $rows | Start-MlpTraining (New-Mlp 2 3 -Seed 1) @common @force -CheckpointPath $path } | Should -BeExactly 'NotACheckpoint'
        }
        [System.IO.File]::ReadAllText($path) | Should -BeExactly $Content
    }

    It 'replaces the checkpoint of another training with -Force alone, and an empty file' {
        $path = "$TestDrive/other.json"
        $null = New-Item $path
        $null = $rows | Start-MlpTraining (New-Mlp 2 3 -Seed 1) @common -CheckpointPath $path
        $before = [System.IO.File]::ReadAllText($path)
        $model = New-Mlp 2 3 -Seed 1
        Get-Id { $rows | Start-MlpTraining $model @common -L2 0.1 -CheckpointPath $path } | Should -BeExactly 'CheckpointExists'
        [System.IO.File]::ReadAllText($path) | Should -BeExactly $before
        $null = $rows | Start-MlpTraining $model @common -L2 0.1 -CheckpointPath $path -Force
        (Import-Mlp $path).Parameters.Data | Should -BeExactly $model.Parameters.Data
    }

    It 'takes -Force with a file alone' {
        Get-Id { $rows | Start-MlpTraining (New-Mlp 2 3 -Seed 1) @common -Force } | Should -BeExactly 'UnusedOption'
    }

    It 'refuses a path on another provider' {
        Get-Id { $rows | Start-MlpTraining (New-Mlp 2 3 -Seed 1) @common -CheckpointPath Env:c.json } | Should -BeExactly 'NotAFilePath'
    }
}

# Each thing that decides the result, changed alone.
Describe 'A training that is resumed with another <Name>' -ForEach @(
    @{ Name = 'size of batches'; Change = @{ BatchSize = 5 } }
    @{ Name = 'optimizer'; Change = @{ Optimizer = 'RmsProp' } }
    @{ Name = 'learning rate'; Change = @{ LearningRate = 0.02 } }
    @{ Name = 'weight decay'; With = @{ Optimizer = 'AdamW' }; Change = @{ WeightDecay = 0.01 } }
    @{ Name = 'share of past gradients'; Change = @{ Beta1 = 0.8 } }
    @{ Name = 'share of past squares'; Change = @{ Beta2 = 0.9 } }
    @{ Name = 'epsilon'; Change = @{ Epsilon = 1e-5 } }
    @{ Name = 'momentum'; With = @{ Optimizer = 'Sgd' }; Change = @{ Momentum = 0.5 } }
    @{ Name = 'kind of momentum'; With = @{ Optimizer = 'Sgd'; Momentum = 0.5 }; Change = @{ Nesterov = $true } }
    @{ Name = 'L2'; Change = @{ L2 = 0.1 } }
    @{ Name = 'largest norm'; Change = @{ ClipNorm = 1 } }
    @{ Name = 'largest gradient'; Change = @{ ClipValue = 1 } }
    @{ Name = 'schedule'; Change = @{ Schedule = 'Cosine' } }
    @{ Name = 'last learning rate'; With = @{ Schedule = 'Linear' }; Change = @{ FinalLearningRate = 0.001 } }
    @{ Name = 'length of a schedule'; With = @{ Schedule = 'Linear' }; Change = @{ Epoch = 9 } }
    @{ Name = 'drop of a schedule'; With = @{ Schedule = 'Step' }; Change = @{ ScheduleFactor = 0.3 } }
    @{ Name = 'interval of a schedule'; With = @{ Schedule = 'Step' }; Change = @{ ScheduleInterval = 3 } }
    @{ Name = 'warmup'; Change = @{ WarmupEpoch = 1 } }
    @{ Name = 'patience'; Change = @{ Patience = 3 } }
    @{ Name = 'improvement'; With = @{ Patience = 3 }; Change = @{ MinimumImprovement = 0.5 } }
    @{ Name = 'seed'; Change = @{ Seed = 2 } }
    @{ Name = 'order'; Change = @{ NoShuffle = $true } }
    @{ Name = 'precision'; Change = @{ Precision = 'Single' } }
    @{ Name = 'scaling'; Change = @{ Standardize = $true } }
    @{ Name = 'loss'; Change = @{ Loss = 'Huber' } }
    @{ Name = 'loss of its own'; With = @{ Loss = { param($p, $t) ($p - $t).Pow(2) } }; Change = @{ Loss = { param($p, $t) 2 * ($p - $t).Pow(2) } } }
    @{ Name = 'variable in its loss'; With = @{ Loss = { param($p, $t) ($p - $t).Pow(2) * $script:factorOfLoss } }; Change = @{}; Before = { $script:factorOfLoss = 2.0 } }
    @{ Name = 'variable in a loss that runs row by row'; With = @{ Loss = { param($p, $t) if ($p.Data -gt 1e9) { $p } else { ($p - $t).Pow(2) * $script:factorOfLoss } } }; Change = @{}; Before = { $script:factorOfLoss = 2.0 } }
    @{ Name = 'quantile'; Size = 2; With = @{ Quantile = 0.1, 0.5 }; Change = @{ Quantile = 0.1, 0.6 } }
    @{ Name = 'order of features'; Change = @{ Feature = 'b', 'a' } }
    @{ Name = 'cell'; Edit = { $rows[7].a = 8.0000001 } }
    @{ Name = 'target'; Edit = { $rows[7].y += 1e-9 } }
    @{ Name = 'number of rows'; Edit = { $rows = $rows[0..18] } }
    @{ Name = 'order of rows'; Edit = { $rows = $rows[19..0] } }
    @{ Name = 'weight'; With = @{ WeightColumn = 'w' }; Edit = { $rows[7].w = 3 } }
    @{ Name = 'fraction to validate with'; With = @{ ValidationFraction = 0.2 }; Change = @{ ValidationFraction = 0.4 } }
    @{ Name = 'cell to validate with'; Validate = $true; Edit = { $validation[1].a = 9 } }
    @{ Name = 'target to validate with'; Validate = $true; Edit = { $validation[1].y = 9 } }
    @{ Name = 'weight to validate with'; Validate = $true; With = @{ WeightColumn = 'w' }; Edit = { $validation[1].w = 9 } }
    @{ Name = 'class of a row'; Size = 2; With = @{ Target = 'k' }; Edit = { $rows[7].k = 'o' } }
    @{ Name = 'name of a class'; Size = 2; With = @{ Target = 'k' }; Edit = { foreach ($row in $rows) { $row.k = $row.k.Replace('o', 'n') } } }
    @{ Name = 'class to validate with'; Size = 2; Validate = $true; With = @{ Target = 'k' }; Edit = { $validation[1].k = 'o' } }
    @{ Name = 'weight of classes'; Size = 2; With = @{ Target = 'k' }; Change = @{ ClassWeight = 'Balanced' } }
    @{ Name = 'weight of a class'; Size = 2; With = @{ Target = 'k'; ClassWeight = @{ o = 1; e = 2 } }; Change = @{ ClassWeight = @{ o = 1; e = 3 } } }
    @{ Name = 'category'; Inputs = 4; With = @{ Feature = 'a', 'c'; Categorical = 'c' }; Edit = { foreach ($row in $rows) { $row.c = $row.c.Replace('c1', 'c9') } } }
    @{ Name = 'order of labels'; Size = 2; With = @{ Target = 'l', 'm'; Loss = 'BinaryCrossEntropy' }; Change = @{ Target = 'm', 'l' } }
    @{ Name = 'treatment of missing values'; With = @{ MissingValue = 'Mean' }; Empty = $true; Change = @{ MissingValue = 'Skip' } }
    @{ Name = 'width'; Other = { New-Mlp 2 4, 1 -Seed 1 } }
    @{ Name = 'activation'; Other = { New-Mlp 2 3, 1 -Seed 1 -Activation Relu } }
    @{ Name = 'activation at the output'; Other = { New-Mlp 2 3, 1 -Seed 1 -OutputActivation Tanh } }
    @{ Name = 'share of dropout'; Other = { New-Mlp 2 3, 1 -Seed 1 -Dropout 0.2 } }
    @{ Name = 'use of biases'; Other = { New-Mlp 2 3, 1 -Seed 1 -NoBias } }
    @{ Name = 'unit of the target'; Other = { $rows | New-Mlp -Target y -Feature a, b -HiddenSize 3 -Seed 1 } }
) {
    It 'is refused, and goes on as it was' {
        $script:factorOfLoss = 1.0
        $newRows = { 1..20 | ForEach-Object { [pscustomobject]@{ a = $Empty -and $_ -eq 4 ? $null : $_; b = $_ % 3; w = 1 + $_ % 2; k = $_ % 2 ? 'o' : 'e'; c = "c$($_ % 2)"; y = $_ / 4; l = $_ % 2; m = [int] ($_ -gt 9) } } }
        $newModel = { New-Mlp ($Inputs ?? 2) 3, ($Size ?? 1) -Seed 1 }
        $rows = & $newRows
        $validation = & $newRows | Select-Object -First 4
        $training = @{ Data = $rows; Feature = 'a', 'b'; Target = 'y'; Epoch = 2; CheckpointPath = "$TestDrive/$(New-Guid)"; CheckpointInterval = 1; WarningAction = 'Ignore' }
        if ($Inputs) { $newModel = { New-Mlp 3 3, 1 -Seed 1 } }
        if ($Validate) { $training.ValidationData = $validation }
        foreach ($name in $With.Keys) { $training[$name] = $With[$name] }
        $first = & $newModel
        $null = Start-MlpTraining $first @training
        if ($training.Schedule -ne 'Linear') { $training.Epoch = 3 }
        $again = $training.Clone()
        foreach ($name in $Change.Keys) { $again[$name] = $Change[$name] }
        if ($Edit) {
            . $Edit
            $again.Data = $rows
            if ($Validate) { $again.ValidationData = $validation }
        }
        if ($Before) { . $Before }
        { Start-MlpTraining (. ($Other ?? $newModel)) @again -Resume } | Should -Throw -ErrorId 'CheckpointMismatch,*'

        # What was changed is the only cause.
        $script:factorOfLoss = 1.0
        $training.Data = & $newRows
        if ($Validate) { $training.ValidationData = & $newRows | Select-Object -First 4 }
        { Start-MlpTraining (& $newModel) @training -Resume } | Should -Not -Throw
    }
}

Describe 'A training that is resumed' {
    It 'may be longer, and differ in columns that it does not read' {
        $rows = 1..9 | ForEach-Object { [pscustomobject]@{ a = $_; y = $_ / 4; z = "z$_" } }
        $training = @{ Feature = 'a'; Target = 'y'; CheckpointPath = "$TestDrive/$(New-Guid)"; CheckpointInterval = 1; WarningAction = 'Ignore' }
        $null = $rows | Start-MlpTraining (New-Mlp 1 1 -Seed 1) @training -Epoch 2
        foreach ($row in $rows) { $row.z = 'none' }
        ($rows | Start-MlpTraining (New-Mlp 1 1 -Seed 1) @training -Epoch 5 -Resume).Epoch | Should -BeExactly 3, 4, 5
    }

    It 'may have a loss that draws by chance' {
        $training = @{ Target = 'Label'; CheckpointPath = "$TestDrive/$(New-Guid)"; CheckpointInterval = 1; Loss = { param($p, $t) ($p - $t).Pow(2) * (1 + 0.01 * (Get-Random -Maximum 1.0)) } }
        $null = New-GradDataset Xor | Start-MlpTraining (New-Mlp 2 1 -Seed 1) @training -Epoch 1
        (New-GradDataset Xor | Start-MlpTraining (New-Mlp 2 1 -Seed 1) @training -Epoch 2 -Resume).Epoch | Should -Be 2
    }
}
