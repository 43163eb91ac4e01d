BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"
    . "$PSScriptRoot/../TrainingTools.ps1"

    # Two features, a category, a number and a class, at forty places; three quarters of the classes are 'often'.
    $script:rows = foreach ($i in 0..39) {
        [pscustomobject]@{
            A = 0.5 * ($i % 7) - 1.3
            B = 10 + 3 * (($i * 5) % 11)
            Kind = ('x', 'y', 'z')[$i % 3]
            Y = 0.25 * ($i % 7) + 0.01 * $i
            Class = if ($i % 4 -eq 0) { 'rare' } else { 'often' }
            W = 1 + ($i % 3)
        }
    }

    # A training that no default changes; with one batch, the loss is that of the weights at the start.
    $script:plain = @{ Optimizer = 'Sgd'; Epoch = 1; BatchSize = 0; LearningRate = 0.001 }
}

Describe 'Start-MlpTraining -Standardize' {
    It 'brings features to mean 0 and deviation 1, and keeps both with the model' {
        $model = New-Mlp 2 1 -Seed 1
        $null = $rows | Start-MlpTraining $model -Feature A, B -Target Y -Standardize @plain
        foreach ($f in 0, 1) {
            $values = $rows.($model.FeatureNames[$f])
            $mean = ($values | Measure-Object -Average).Average
            $deviation = [math]::Sqrt(($values | ForEach-Object { ($_ - $mean) * ($_ - $mean) } | Measure-Object -Average).Average)
            Test-Close $model.Schema.Features[$f].Mean $mean | Should -BeTrue
            Test-Close $model.Schema.Features[$f].Scale $deviation | Should -BeTrue
        }

        # Predictions take the rows as they are, and scale them alike; the answer is in the units of the target.
        $weights = $model.Layers[0].Neurons[0].Weights.Data
        $a, $b = $model.Schema.Features
        $output = $weights[0] * ($rows[3].A - $a.Mean) / $a.Scale + $weights[1] * ($rows[3].B - $b.Mean) / $b.Scale + $model.Layers[0].Neurons[0].Bias.Data
        $expected = $output * $model.Schema.Targets[0].Scale + $model.Schema.Targets[0].Mean
        Test-Close ($rows[3] | Invoke-Mlp $model).Prediction $expected | Should -BeTrue
        Test-Close $model.Predict($rows[3].A, $rows[3].B)[0] $expected | Should -BeTrue
        Test-Close $model.Invoke($rows[3].A, $rows[3].B)[0].Data $expected | Should -BeTrue
    }

    It 'brings a numeric target to mean 0 and deviation 1, and makes small the loss of that' {
        $model = New-Mlp 2 1 -Seed 1
        $epoch = $rows | Start-MlpTraining $model -Feature A, B -Target Y -Standardize @plain
        $mean = ($rows.Y | Measure-Object -Average).Average
        $deviation = [math]::Sqrt(($rows.Y | ForEach-Object { ($_ - $mean) * ($_ - $mean) } | Measure-Object -Average).Average)
        Test-Close $model.Schema.Targets[0].Mean $mean | Should -BeTrue
        Test-Close $model.Schema.Targets[0].Scale $deviation | Should -BeTrue
        $epoch.IsTargetScaled | Should -BeTrue

        # The loss after the step is the mean squared error over the variance of the target.
        $measured = $rows | Measure-Mlp $model
        Test-Close $measured.Loss ($measured.RMSE * $measured.RMSE / ($deviation * $deviation)) | Should -BeTrue
        Test-Close $measured.Loss (1 - $measured.R2) | Should -BeTrue
    }

    It 'leaves classes, and targets behind an output activation, as they are' {
        $classes, $bounded = (New-Mlp 2 1 -Seed 1), (New-Mlp 2 1 -OutputActivation Sigmoid -Seed 1)
        $epochs = @($rows | Start-MlpTraining $classes -Feature A, B -Target Class -Standardize @plain)
        $epochs += $rows | Start-MlpTraining $bounded -Feature A, B -Target Y -Standardize @plain
        foreach ($target in $classes.Schema.Targets[0], $bounded.Schema.Targets[0]) {
            $target.Mean, $target.Scale | Should -Be 0, 1
        }
        $epochs.IsTargetScaled | Should -Be $false, $false
    }

    It 'reaches from the default call what a line in large units is' {
        $far = 0..119 | ForEach-Object { [pscustomobject]@{ Day = $_; Price = 256000 - 2500 * $_ } }
        $model = New-Mlp 1 1 -Seed 1
        $null = $far | Start-MlpTraining $model -Target Price -Standardize
        ($far | Measure-Mlp $model).R2 | Should -BeGreaterThan 0.99
    }

    It 'refuses a column whose spread is beyond what a number can be scaled by, and names it: <Name>' -ForEach @(
        @{ Name = 'a wide feature'; Row = { @{ Wide = $_ * 1e200; Y = $_ } } }
        @{ Name = 'a tiny feature'; Row = { @{ Wide = $_ * 1e-200; Y = $_ } } }
        @{ Name = 'a wide target'; Row = { @{ X = $_; Wide = $_ * 1e200 } }; Target = 'Wide' }
    ) {
        $given = 1..10 | ForEach-Object { [pscustomobject] (& $Row) }
        $model = New-Mlp 1 1 -Seed 1
        $failure = { $given | Start-MlpTraining $model -Target ($Target ?? 'Y') -Standardize -Epoch 1 } |
            Should -Throw -ErrorId 'SpreadOutOfRange,MicroGrad.PowerShell.Commands.StartMlpTrainingCommand' -PassThru
        $failure.Exception.Message | Should -BeLike "*'Wide'*"
        $model.Schema | Should -BeNullOrEmpty
    }

    It 'gives a column that is constant but for rounding a scale of 1' {
        $given = 1..10 | ForEach-Object { [pscustomobject]@{ C = $_ % 2 ? 0.3 : 0.1 + 0.2; X = $_ / 10; Y = $_ / 5 } }
        $model = New-Mlp 2 1 -Seed 1
        $null = $given | Start-MlpTraining $model -Target Y -Standardize @plain
        $model.Schema.Features[0].Scale | Should -BeExactly 1
        $model.Schema.Features[1].Scale | Should -Not -Be 1
    }

    It 'fits on the training rows only' {
        # Of ten rows in order, the validation rows are found by what they are not: the mean of the others is stored.
        $ten = 0..9 | ForEach-Object { [pscustomobject]@{ X = [math]::Pow(2, $_); Y = $_ } }
        $model = New-Mlp 1 1 -Seed 1
        $null = $ten | Start-MlpTraining $model -Target Y -Standardize -ValidationFraction 0.2 @plain
        $sum = [math]::Round(8 * $model.Schema.Features[0].Mean)
        Test-Close $model.Schema.Features[0].Mean ($sum / 8) | Should -BeTrue
        $trained = $ten | Where-Object { [int] $sum -band [int] $_.X }
        $trained.Count | Should -Be 8
        $deviation = [math]::Sqrt(($trained | ForEach-Object { [math]::Pow($_.X - $sum / 8, 2) } | Measure-Object -Average).Average)
        Test-Close $model.Schema.Features[0].Scale $deviation | Should -BeTrue
    }

    It 'leaves validation rows out of mean and deviation, with -ValidationData too' {
        $alone, $watched = (New-Mlp 2 1 -Seed 1), (New-Mlp 2 1 -Seed 1)
        $null = $rows[0..29] | Start-MlpTraining $alone -Feature A, B -Target Y -Standardize @plain
        $null = $rows[0..29] | Start-MlpTraining $watched -Feature A, B -Target Y -Standardize -ValidationData $rows[30..39] @plain
        $watched.Schema.Features.Mean | Should -BeExactly $alone.Schema.Features.Mean
        $watched.Schema.Features.Scale | Should -BeExactly $alone.Schema.Features.Scale
        $watched.Parameters.Data | Should -BeExactly $alone.Parameters.Data
    }

    It 'leaves a feature that never changes at a scale of 1' {
        $model = New-Mlp 1 1 -Seed 1
        $null = 1..5 | ForEach-Object { [pscustomobject]@{ X = 7; Y = $_ } } | Start-MlpTraining $model -Target Y -Standardize @plain
        $model.Schema.Features[0].Mean | Should -BeExactly 7
        $model.Schema.Features[0].Scale | Should -BeExactly 1
    }

    It 'keeps the scaling of a model that is trained again' {
        $model = New-Mlp 2 1 -Seed 1
        $null = $rows | Start-MlpTraining $model -Feature A, B -Target Y -Standardize @plain
        $mean = $model.Schema.Features.Mean
        $null = $rows[0..9] | Start-MlpTraining $model @plain
        $model.Schema.Features.Mean | Should -BeExactly $mean
        $null = $rows[0..9] | Start-MlpTraining $model -Standardize @plain
        $model.Schema.Features.Mean | Should -BeExactly $mean
    }

    It 'is refused for a model that was trained without' {
        $model = New-Mlp 2 1 -Seed 1
        $null = $rows | Start-MlpTraining $model -Feature A, B -Target Y @plain
        Get-Id { $rows | Start-MlpTraining $model -Standardize @plain } | Should -BeExactly 'AlreadyScaled'
    }
}

Describe 'Start-MlpTraining -Categorical' {
    It 'gives each category an input of its own, in order of first appearance' {
        $model, $byHand = (New-Mlp 4 1 -Seed 1), (New-Mlp 4 1 -Seed 1)
        $null = $rows | Start-MlpTraining $model -Feature A, Kind -Target Y -Categorical Kind @plain
        $null = $rows | ForEach-Object {
            [pscustomobject]@{ A = $_.A; X = [int] ($_.Kind -eq 'x'); Y = [int] ($_.Kind -eq 'y'); Z = [int] ($_.Kind -eq 'z'); T = $_.Y }
        } | Start-MlpTraining $byHand -Target T @plain
        $model.Parameters.Data | Should -BeExactly $byHand.Parameters.Data
        $model.Schema.Features[1].Categories | Should -BeExactly x, y, z
    }

    It 'takes numbers as categories too, and keeps them for later rows' {
        $model = New-Mlp 3 1 -Seed 1
        $null = 0..5 | ForEach-Object { [pscustomobject]@{ Code = 10 * ($_ % 3); Y = $_ } } | Start-MlpTraining $model -Target Y -Categorical Code @plain
        $model.Schema.Features[0].Categories | Should -BeExactly '0', '10', '20'
        ([pscustomobject]@{ Code = '20' } | Invoke-Mlp $model).Prediction |
            Should -BeExactly ($model.Layers[0].Neurons[0].Weights[2].Data + $model.Layers[0].Neurons[0].Bias.Data)
    }

    It 'is not scaled by -Standardize' {
        $model = New-Mlp 4 1 -Seed 1
        $null = $rows | Start-MlpTraining $model -Feature B, Kind -Target Y -Categorical Kind -Standardize @plain
        $model.Schema.Features[0].Mean | Should -Not -Be 0
        $model.Schema.Features[1].Mean | Should -Be 0
        $model.Schema.Features[1].Scale | Should -Be 1
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'a column that is no feature'; Given = @{ Feature = 'A'; Categorical = 'Kind' }; Inputs = 1; Id = 'FeatureNotFound' }
        @{ Name = 'more categories than inputs'; Given = @{ Feature = 'Kind'; Categorical = 'Kind' }; Inputs = 2; Id = 'SizeMismatch' }
    ) {
        Get-Id { $rows | Start-MlpTraining (New-Mlp $Inputs 1) -Target Y @Given @plain } | Should -BeExactly $Id
    }

    It 'reports text in a feature that is not named as categorical' {
        Get-Id { $rows | Start-MlpTraining (New-Mlp 1 1) -Feature Kind -Target Y @plain } | Should -BeExactly 'TextColumn'
    }
}

Describe 'Start-MlpTraining with weights' {
    It 'counts a row by its weight in -WeightColumn' {
        $weighted, $repeated = (New-Mlp 1 1 -Seed 1), (New-Mlp 1 1 -Seed 1)
        $a = $rows | Start-MlpTraining $weighted -Feature A -Target Y -WeightColumn W @plain
        $b = $rows | ForEach-Object { , $_ * $_.W } | Start-MlpTraining $repeated -Feature A -Target Y @plain
        Test-Close $a.Loss $b.Loss | Should -BeTrue
        foreach ($i in 0, 1) {
            Test-Close $weighted.Parameters[$i].Data $repeated.Parameters[$i].Data | Should -BeTrue
        }
    }

    It 'leaves the column of weights out of the features' {
        $model = New-Mlp 2 1 -Seed 1
        $null = $rows | Select-Object A, B, Y, W | Start-MlpTraining $model -Target Y -WeightColumn W @plain
        $model.FeatureNames | Should -BeExactly A, B
    }

    It 'forgets a row of weight 0' {
        $some, $all = (New-Mlp 1 1 -Seed 1), (New-Mlp 1 1 -Seed 1)
        $null = $rows[0..9] | Start-MlpTraining $some -Feature A -Target Y @plain
        $null = $rows | Select-Object A, Y, @{ Name = 'Use'; Expression = { [int] ($rows.IndexOf($_) -lt 10) } } |
            Start-MlpTraining $all -Feature A -Target Y -WeightColumn Use @plain
        foreach ($i in 0, 1) {
            Test-Close $all.Parameters[$i].Data $some.Parameters[$i].Data | Should -BeTrue
        }
    }

    It 'weighs classes as -ClassWeight says' {
        $given, $byRow = (New-Mlp 1 2 -Seed 1), (New-Mlp 1 2 -Seed 1)
        $a = $rows | Start-MlpTraining $given -Feature A -Target Class -ClassWeight @{ rare = 5; often = 2 } @plain
        $b = $rows | Select-Object A, Class, @{ Name = 'W'; Expression = { $_.Class -eq 'rare' ? 5 : 2 } } |
            Start-MlpTraining $byRow -Feature A -Target Class -WeightColumn W @plain
        $a.Loss | Should -BeExactly $b.Loss
        $given.Parameters.Data | Should -BeExactly $byRow.Parameters.Data
    }

    It 'gives a class that is not named the weight 1, and text in place of a number its number' {
        $some, $all = (New-Mlp 1 2 -Seed 1), (New-Mlp 1 2 -Seed 1)
        $null = $rows | Start-MlpTraining $some -Feature A -Target Class -ClassWeight @{ rare = '5' } @plain
        $null = $rows | Start-MlpTraining $all -Feature A -Target Class -ClassWeight @{ rare = 5; often = 1 } @plain
        $some.Parameters.Data | Should -BeExactly $all.Parameters.Data
    }

    It 'makes all classes count the same with -ClassWeight Balanced' {
        $balanced, $given, $none = (New-Mlp 1 2 -Seed 1), (New-Mlp 1 2 -Seed 1), (New-Mlp 1 2 -Seed 1)
        $null = $rows | Start-MlpTraining $balanced -Feature A -Target Class -ClassWeight Balanced @plain
        $null = $rows | Start-MlpTraining $given -Feature A -Target Class -ClassWeight @{ rare = 40 / (2 * 10); often = 40 / (2 * 30) } @plain
        $null = $rows | Start-MlpTraining $none -Feature A -Target Class @plain
        $balanced.Parameters.Data | Should -BeExactly $given.Parameters.Data
        $balanced.Parameters[0].Data | Should -Not -BeExactly $none.Parameters[0].Data
    }

    It 'multiplies the weights of rows and of classes' {
        $both, $byRow = (New-Mlp 1 2 -Seed 1), (New-Mlp 1 2 -Seed 1)
        $null = $rows | Start-MlpTraining $both -Feature A -Target Class -ClassWeight @{ rare = 4 } -WeightColumn W @plain
        $null = $rows | Select-Object A, Class, @{ Name = 'V'; Expression = { $_.W * ($_.Class -eq 'rare' ? 4 : 1) } } |
            Start-MlpTraining $byRow -Feature A -Target Class -WeightColumn V @plain
        $both.Parameters.Data | Should -BeExactly $byRow.Parameters.Data
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'a class that does not exist'; Given = @{ Target = 'Class'; ClassWeight = @{ seldom = 1 } }; Id = 'UnknownClass' }
        @{ Name = 'a negative class weight'; Given = @{ Target = 'Class'; ClassWeight = @{ rare = -1 } }; Id = 'InvalidWeight' }
        @{ Name = 'a class weight that is no number'; Given = @{ Target = 'Class'; ClassWeight = @{ rare = 'much' } }; Id = 'InvalidWeight' }
        @{ Name = 'a word other than Balanced'; Given = @{ Target = 'Class'; ClassWeight = 'Even' }; Id = 'InvalidWeight' }
        @{ Name = 'class weights for numbers'; Given = @{ Target = 'Y'; ClassWeight = 'Balanced' }; Id = 'UnusedOption' }
        @{ Name = 'a weight column that is not there'; Given = @{ Target = 'Y'; WeightColumn = 'V' }; Id = 'FeatureNotFound' }
    ) {
        $outputs = $Given.Target -eq 'Class' ? 2 : 1
        Get-Id { $rows | Start-MlpTraining (New-Mlp 1 $outputs) -Feature A @Given @plain } | Should -BeExactly $Id
    }

    It 'reports the row with a negative weight' {
        $bad = $rows[0..2] + [pscustomobject]@{ A = 1; Y = 1; W = -1 }
        $null = $bad | Start-MlpTraining (New-Mlp 1 1) -Feature A -Target Y -WeightColumn W @plain -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems.FullyQualifiedErrorId | Should -BeExactly 'InvalidWeight,MicroGrad.PowerShell.Commands.StartMlpTrainingCommand'
        $problems[0].Exception.Message | Should -BeLike 'Row 4*-1*W*'
    }

    It 'learns nothing from a batch whose rows all have the weight 0' {
        # The first batch of four weighs nothing.
        $half = $rows | Select-Object A, Y, @{ Name = 'W'; Expression = { [int] ($rows.IndexOf($_) -ge 4) } }
        $model, $expected = (New-Mlp 1 1 -Seed 1), (New-Mlp 1 1 -Seed 1)
        $options = @{ Feature = 'A'; Target = 'Y'; Optimizer = 'Sgd'; Epoch = 1; LearningRate = 0.01; BatchSize = 4; NoShuffle = $true }
        $null = $half | Start-MlpTraining $model -WeightColumn W @options
        $null = $half[4..39] | Start-MlpTraining $expected @options
        foreach ($i in 0, 1) {
            Test-Close $model.Parameters[$i].Data $expected.Parameters[$i].Data | Should -BeTrue
        }
    }

    It 'refuses a column of weights that are none: <Weight>' -ForEach @{ Weight = 'much' }, @{ Weight = -1 }, @{ Weight = [double]::PositiveInfinity }, @{ Weight = 1e308 } {
        $bad = $rows | Select-Object A, Y, @{ Name = 'W'; Expression = { $Weight } }
        { $bad | Start-MlpTraining (New-Mlp 1 1) -Feature A -Target Y -WeightColumn W @plain } |
            Should -Throw -ErrorId 'InvalidWeight,*' -ExpectedMessage "*'W'*weight*40 of 40 rows*"
        { $bad | Measure-Mlp (New-Mlp 1 1) -Feature A -Target Y -WeightColumn W } | Should -Throw -ErrorId 'InvalidWeight,*'
    }

    It 'says that a missing weight has no mean' {
        $bad = $rows[0..3] + [pscustomobject]@{ A = 1; Y = 1; W = $null }
        { $bad | Start-MlpTraining (New-Mlp 1 1) -Feature A -Target Y -WeightColumn W -MissingValue Mean @plain } |
            Should -Throw -ErrorId 'MissingValue,*' -ExpectedMessage '*(W). A missing target or weight has no mean*'
    }

    It 'refuses weights that are all 0' {
        $none = $rows | Select-Object A, Y, @{ Name = 'W'; Expression = { 0 } }
        Get-Id { $none | Start-MlpTraining (New-Mlp 1 1) -Feature A -Target Y -WeightColumn W @plain } | Should -BeExactly 'InvalidWeight'
    }
}

Describe 'Start-MlpTraining with validation' {
    It 'measures the held-out fraction after each epoch' {
        $model = New-Mlp 1 2 -Seed 1
        $results = $rows | Start-MlpTraining $model -Feature A -Target Class -ValidationFraction 0.2 -Epoch 3
        foreach ($result in $results) {
            $result.ValidationLoss | Should -BeGreaterThan 0
            $result.ValidationAccuracy * 8 % 1 | Should -Be 0
        }
        $model.Training.Rows | Should -Be 32
        $model.Training.ValidationLoss | Should -BeExactly $results[-1].ValidationLoss
    }

    It 'holds out of each class the same fraction' {
        # The rare class has 10 rows of 40, of which 0.2 are 2; then 8 of 32 are trained on, and 'Balanced' shows it.
        foreach ($seed in 1..5) {
            $split, $given = (New-Mlp 1 2 -Seed 1), (New-Mlp 1 2 -Seed 1)
            $null = $rows | Start-MlpTraining $split -Feature A -Target Class -ValidationFraction 0.2 -Seed $seed -ClassWeight Balanced @plain
            $null = $rows | Start-MlpTraining $given -Feature A -Target Class -ValidationFraction 0.2 -Seed $seed -ClassWeight @{ rare = 32 / (2 * 8); often = 32 / (2 * 24) } @plain
            $split.Parameters.Data | Should -BeExactly $given.Parameters.Data
        }
    }

    It 'holds out other rows for another seed, and the same for the same' {
        $losses = foreach ($seed in 1, 1, 2) {
            ($rows | Start-MlpTraining (New-Mlp 1 1 -Seed 1) -Feature A -Target Y -ValidationFraction 0.25 -Seed $seed @plain).ValidationLoss
        }
        $losses[1] | Should -BeExactly $losses[0]
        $losses[2] | Should -Not -BeExactly $losses[0]
    }

    It 'measures -ValidationData as Measure-Mlp does' {
        $model = New-Mlp 2 2 -Seed 1
        $results = $rows[0..29] | Start-MlpTraining $model -Feature A, B -Target Class -Standardize -ValidationData $rows[30..39] -Epoch 2
        $measured = $rows[30..39] | Measure-Mlp $model
        Test-Close $results[-1].ValidationLoss $measured.Loss | Should -BeTrue
        $results[-1].ValidationAccuracy | Should -BeExactly $measured.Accuracy
    }

    It 'refuses a -ValidationFraction of <_>' -ForEach 0, 1, -0.1, 1.5, 'NaN', 0.001, 0.999 {
        $fraction = $_
        Get-Id { $rows | Start-MlpTraining (New-Mlp 1 1) -Feature A -Target Y -ValidationFraction $fraction @plain } | Should -BeExactly 'InvalidValidationFraction'
    }

    It 'refuses both kinds of validation at once' {
        Get-Id { $rows | Start-MlpTraining (New-Mlp 1 1) -Feature A -Target Y -ValidationFraction 0.2 -ValidationData $rows @plain } | Should -BeExactly 'UnusedOption'
    }

    It 'refuses -ValidationData <Name>' -ForEach @(
        @{ Name = 'without rows'; Data = { , @() }; Id = 'EmptyData' }
        @{ Name = 'that lack the target'; Data = { [pscustomobject]@{ A = 1 } }; Id = 'TargetNotFound' }
        @{ Name = 'that lack a feature'; Data = { [pscustomobject]@{ Class = 'rare' } }; Id = 'FeatureNotFound' }
        @{ Name = 'with missing values'; Data = { [pscustomobject]@{ A = ''; Class = 'rare' }, [pscustomobject]@{ A = 1; Class = 'rare' } }; Id = 'MissingValue' }
    ) {
        Get-Id { $rows | Start-MlpTraining (New-Mlp 1 2) -Feature A -Target Class -ValidationData (& $Data) @plain } | Should -BeExactly $Id
    }

    It 'reports a class in -ValidationData that no training row has' {
        $null = $rows | Start-MlpTraining (New-Mlp 1 2) -Feature A -Target Class @plain -ErrorVariable problems -ErrorAction SilentlyContinue `
            -ValidationData ([pscustomobject]@{ A = 1; Class = 'new' }, [pscustomobject]@{ A = 1; Class = 'rare' })
        $problems.FullyQualifiedErrorId | Should -BeExactly 'UnknownClass,MicroGrad.PowerShell.Commands.StartMlpTrainingCommand'
    }
}

Describe 'Start-MlpTraining -MissingValue' {
    BeforeAll {
        $script:gaps = foreach ($i in 0..9) {
            [pscustomobject]@{ A = if ($i -eq 3) { '' } else { $i }; Kind = if ($i -eq 5) { $null } else { ('x', 'y')[$i % 2] }; Y = if ($i -eq 8) { ' ' } else { 2 * $i } }
        }
    }

    It 'counts and names the rows by default' {
        foreach ($given in @{}, @{ MissingValue = 'Error' }) {
            $model = New-Mlp 3 1 -Seed 1
            $start = $model.Parameters.Data
            { $gaps | Start-MlpTraining $model -Target Y -Categorical Kind @given @plain } |
                Should -Throw -ErrorId 'MissingValue,MicroGrad.PowerShell.Commands.StartMlpTrainingCommand' -ExpectedMessage '3 of 10 rows*row 4 (A), row 6 (Kind), row 9 (Y)*'
            $model.Parameters.Data | Should -BeExactly $start
        }
    }

    It 'names the first five of many' {
        $many = 0..8 | ForEach-Object { [pscustomobject]@{ A = $_ ? '' : 1; Y = $_ } }
        { $many | Start-MlpTraining (New-Mlp 1 1) -Target Y @plain } | Should -Throw -ExpectedMessage '8 of 9 rows*row 6 (A), …*'
    }

    It 'leaves the rows out with Skip' {
        $skipped, $without = (New-Mlp 3 1 -Seed 1), (New-Mlp 3 1 -Seed 1)
        $null = $gaps | Start-MlpTraining $skipped -Target Y -Categorical Kind -MissingValue Skip @plain
        $null = $gaps[0, 1, 2, 4, 6, 7, 9] | Start-MlpTraining $without -Target Y -Categorical Kind @plain
        $skipped.Parameters.Data | Should -BeExactly $without.Parameters.Data
        $skipped.Training.Rows | Should -Be 7
    }

    It 'fills in the mean of the training rows with Mean, and no category' {
        $filled, $byHand = (New-Mlp 3 1 -Seed 1), (New-Mlp 3 1 -Seed 1)
        $null = $gaps[0..7] | Start-MlpTraining $filled -Target Y -Categorical Kind -MissingValue Mean @plain
        $mean = (0, 1, 2, 4, 5, 6, 7 | Measure-Object -Average).Average
        $null = 0..7 | ForEach-Object {
            [pscustomobject]@{ A = $_ -eq 3 ? $mean : $_; X = [int] ($_ % 2 -eq 0); Y = [int] ($_ % 2 -eq 1 -and $_ -ne 5); T = 2 * $_ }
        } | Start-MlpTraining $byHand -Target T @plain
        $filled.Parameters.Data | Should -BeExactly $byHand.Parameters.Data
        $filled.Schema.Features[0].Fill | Should -BeExactly $mean

        # A row to predict may have gaps too.
        ([pscustomobject]@{ A = ''; Kind = 'x' } | Invoke-Mlp $filled).Prediction |
            Should -BeExactly ([pscustomobject]@{ A = $mean; Kind = 'x' } | Invoke-Mlp $filled).Prediction
    }

    It 'can fill in no target' {
        Get-Id { $gaps | Start-MlpTraining (New-Mlp 3 1) -Target Y -Categorical Kind -MissingValue Mean @plain } | Should -BeExactly 'MissingValue'
    }

    It 'refuses rows that are all left out' {
        $all = [pscustomobject]@{ A = ''; Y = 1 }, [pscustomobject]@{ A = 1; Y = '' }
        Get-Id { $all | Start-MlpTraining (New-Mlp 1 1) -Target Y -MissingValue Skip @plain } | Should -BeExactly 'EmptyData'
    }
}

Describe 'Start-MlpTraining -Path' {
    BeforeAll {
        function Test-SameAsImport([string] $Text, [int] $InputCount, [hashtable] $Given) {
            $path = Join-Path $TestDrive 'data.csv'
            [System.IO.File]::WriteAllText($path, $Text)
            $models = foreach ($i in 1..3) { New-Mlp $InputCount 1 -Seed 1 }
            $null = Import-Csv $path | Start-MlpTraining $models[0] @Given @plain
            $null = Start-MlpTraining $models[1] -Path $path @Given @plain
            $null = Start-MlpTraining $models[2] -LiteralPath $path @Given @plain
            $models[0].Schema | Should -Not -BeNullOrEmpty
            $models[1].Parameters.Data | Should -BeExactly $models[0].Parameters.Data
            $models[2].Parameters.Data | Should -BeExactly $models[0].Parameters.Data
            foreach ($model in $models[1, 2]) {
                $model.FeatureNames | Should -BeExactly $models[0].FeatureNames
                $model.Training.Rows | Should -Be $models[0].Training.Rows
                foreach ($f in 0..($model.FeatureNames.Count - 1)) {
                    $model.Schema.Features[$f].Categories | Should -BeExactly $models[0].Schema.Features[$f].Categories
                }
            }
        }
    }

    It 'learns the same bits as from Import-Csv: <Name>' -ForEach @(
        @{ Name = 'plain numbers'; Text = "A,B,Y`n1,2,3`n4,5.5,6`n-1e-3,0.1,7`n"; Inputs = 2 }
        @{ Name = 'no line break at the end'; Text = "A,B,Y`n1,2,3`n4,5,6"; Inputs = 2 }
        @{ Name = 'line breaks of Windows'; Text = "A,B,Y`r`n1,2,3`r`n4,5,6`r`n"; Inputs = 2 }
        @{ Name = 'empty lines'; Text = "A,B,Y`n1,2,3`n`n4,5,6`n`n`n"; Inputs = 2 }
        @{ Name = 'lines of blanks'; Text = "A,B,Y`n1,2,3`n   `n4,5,6`n"; Inputs = 2 }
        @{ Name = 'quoted numbers'; Text = "`"A`",`"B`",`"Y`"`n`"1`",`"2`",`"3`"`n`"4`",`"5`",`"6`"`n"; Inputs = 2 }
        @{ Name = 'blanks around numbers'; Text = "A, B, Y`n1, 2 , 3`n 4,5 ,6 `n"; Inputs = 2 }
        @{ Name = 'columns that nobody asked for'; Text = "Id,A,Note,Y`n1,2,`"a, b`",3`n2,4,`"c`",5`n"; Inputs = 1; Given = @{ Feature = 'A' } }
        @{ Name = 'quotes, commas and line breaks in quotes'; Text = "A,Kind,Y`n1,`"a, `"`"b`"`"`",3`n2,`"two`nlines`",4`n3,`"a, `"`"b`"`"`",5`n"; Inputs = 3; Given = @{ Categorical = 'Kind' } }
        @{ Name = 'blanks before words'; Text = "A, Kind, Y`n1, x, 3`n2,x, 4`n3, `"y`", 5`n"; Inputs = 3; Given = @{ Categorical = 'Kind' } }
        @{ Name = 'the type line of Export-Csv'; Text = "#TYPE System.Object`nA,B,Y`n1,2,3`n4,5,6`n"; Inputs = 2 }
        @{ Name = 'a column without a name'; Text = ",A,Y`n1,2,3`n2,4,5`n"; Inputs = 2 }
        @{ Name = 'two columns without a name'; Text = ",A,,Y`n1,2,7,3`n2,4,8,5`n"; Inputs = 3 }
        @{ Name = 'numbers with a plus, an exponent, many digits'; Text = "A,B,Y`n+1,2E3,0.30000000000000004`n.5,-0,123456789012345678901234567890`n"; Inputs = 2; Given = @{ LearningRate = 1e-70 } }
    ) {
        $options = $plain.Clone()
        $asked = @{ Target = 'Y' } + ($Given ?? @{})
        foreach ($name in @($asked.Keys)) {
            if ($options.ContainsKey($name)) {
                $options.Remove($name)
            }
        }
        $plain = $options
        Test-SameAsImport -Text $Text -InputCount $Inputs -Given $asked 3>$null
    }

    It 'learns classes and missing values the same way' {
        $path = "$TestDrive/classes.csv"
        $rows | Select-Object A, B, Kind, Class | Export-Csv $path
        Add-Content $path '"","1","x","rare"'
        $given = @{ Target = 'Class'; Categorical = 'Kind'; MissingValue = 'Mean'; Standardize = $true; ValidationFraction = 0.25; Epoch = 3; BatchSize = 8 }
        $piped, $read = (New-Mlp 5 4, 2 -Seed 1), (New-Mlp 5 4, 2 -Seed 1)
        $a = Import-Csv $path | Start-MlpTraining $piped @given
        $b = Start-MlpTraining $read -Path $path @given
        $b.ValidationLoss | Should -BeExactly $a.ValidationLoss
        $read.Parameters.Data | Should -BeExactly $piped.Parameters.Data
        $read.Classes | Should -BeExactly $piped.Classes
    }

    It 'reads the same under a comma culture' {
        $path = "$TestDrive/culture.csv"
        [System.IO.File]::WriteAllText($path, "A,Y`n1.5,2.5`n2.5,3`n")
        $expected, $model = (New-Mlp 1 1 -Seed 1), (New-Mlp 1 1 -Seed 1)
        $null = Start-MlpTraining $expected -Path $path -Target Y @plain
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'de-DE'
            $null = Start-MlpTraining $model -Path $path -Target Y @plain
        } finally {
            [cultureinfo]::CurrentCulture = $before
        }
        $model.Parameters.Data | Should -BeExactly $expected.Parameters.Data
    }

    It 'reports a row of too many cells by its number, and goes on; a row of too few has nothing in the others' {
        $path = "$TestDrive/ragged.csv"
        [System.IO.File]::WriteAllText($path, "A,B,Y`n1,2,3`n4,5`n6,7,8,9`n10,11,12`n")
        $model, $expected = (New-Mlp 2 1 -Seed 1), (New-Mlp 2 1 -Seed 1)
        $null = Start-MlpTraining $model -Path $path -Target Y -MissingValue Skip @plain -ErrorVariable problems -ErrorAction SilentlyContinue
        $null = (1, 2, 3), (10, 11, 12) | Start-MlpTraining $expected @plain
        $problems.FullyQualifiedErrorId | Should -BeExactly 'RaggedRow,MicroGrad.PowerShell.Commands.StartMlpTrainingCommand'
        $problems[0].Exception.Message | Should -BeLike 'Row 3 has 4 cells*3 columns*'
        $model.Parameters.Data | Should -BeExactly $expected.Parameters.Data
    }

    It 'finds the one file that wildcards mean, and takes a -LiteralPath as it stands' {
        $null = New-Item -ItemType Directory "$TestDrive/w" -Force
        [System.IO.File]::WriteAllText("$TestDrive/w/one[1].csv", "A,Y`n1,2`n2,3`n")
        (Start-MlpTraining (New-Mlp 1 1) -Path "$TestDrive/w/one*" -Target Y @plain).Epoch | Should -Be 1
        (Start-MlpTraining (New-Mlp 1 1) -LiteralPath "$TestDrive/w/one[1].csv" -Target Y @plain).Epoch | Should -Be 1
        (Start-MlpTraining (New-Mlp 1 1) -Path "$TestDrive/w/one[1].csv" -Target Y @plain).Epoch | Should -Be 1
        Get-Id { Start-MlpTraining (New-Mlp 1 1) -Path "$TestDrive/w/one[2].csv" -Target Y @plain } | Should -BeExactly 'PathNotFound'
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'a file that is missing'; Path = 'none.csv'; Id = 'PathNotFound' }
        @{ Name = 'an empty file'; Path = 'f.csv'; Text = ''; Id = 'EmptyData' }
        @{ Name = 'a header alone'; Path = 'f.csv'; Text = "A,Y`n"; Id = 'EmptyData' }
        @{ Name = 'a column twice'; Path = 'f.csv'; Text = "A,a,Y`n1,2,3`n"; Id = 'DuplicateColumn' }
        @{ Name = 'quotes that never close'; Path = 'f.csv'; Text = "A,Y`n`"1,2`n"; Id = 'InvalidCsv' }
        @{ Name = 'a cell without end'; Path = 'f.csv'; Text = "A,Y`n`"" + 'x' * 1100000 + "`",2`n"; Id = 'InvalidCsv' }
        @{ Name = 'a NUL in its path'; Path = "f`0.csv"; Id = 'PathNotFound' }
        @{ Name = 'a target that is no column'; Path = 'f.csv'; Text = "A,B`n1,2`n"; Id = 'TargetNotFound' }
        @{ Name = 'a missing value'; Path = 'f.csv'; Text = "A,Y`n,2`n1,2`n"; Id = 'MissingValue' }
    ) {
        if ($null -ne $Text) {
            [System.IO.File]::WriteAllText("$TestDrive/$Path", $Text)
        }
        Get-Id { Start-MlpTraining (New-Mlp 1 1) -Path "$TestDrive/$Path" -Target Y @plain } | Should -BeExactly $Id
    }
}

Describe 'Start-MlpTraining on columns that it can not learn from' {
    It 'gives one error, with the column, a value, how many rows, and what helps: <Id>' -ForEach @(
        @{ Id = 'TextColumn'; Cells = 'red', 'blue', 'red'; Given = @{}; Like = "*'C'*3 of 3 rows*'red'*-Categorical*" }
        @{ Id = 'TextDates'; Cells = '2025-04-01', '2025-04-02 10:00', '2025-04-03'; Given = @{}; Like = "*'C'*3 of 3 rows*'2025-04-01'*-Date*" }
        @{ Id = 'DecimalComma'; Cells = '1,5', '2,25', '3'; Given = @{}; Like = "*'C'*2 of 3 rows*'1,5'*-Culture*" }
        @{ Id = 'ThousandsSeparator'; Cells = '1,100', '12,250.5', '3'; Given = @{}; Like = "*'C'*2 of 3 rows*'1,100'*-replace ','*" }
        @{ Id = 'ThousandsSeparator'; Cells = '1.234,5', '12,25', '3'; Given = @{}; Like = "*'C'*2 of 3 rows*-replace '\.'*-Culture de-DE*" }
        @{ Id = 'ThousandsSeparator'; Cells = '1.234,5', '1.000,25', '3'; Given = @{ Culture = 'de-DE' }; Like = "*'C'*2 of 3 rows*-replace '\.'; `$_ }." }
        @{ Id = 'ThousandsSeparator'; Cells = '1.234', '2.500', '3'; Given = @{ Culture = 'de-DE' }; Like = "*'C'*2 of 3 rows*-replace '\.'*-Culture en-GB*" }
        @{ Id = 'ThousandsSeparator'; Cells = "1'234", '2 500', '3'; Given = @{}; Like = "*'C'*2 of 3 rows*-replace ''''*" }
        @{ Id = 'DecimalPoint'; Cells = '12.5', '1.25', '3'; Given = @{ Culture = 'de-DE' }; Like = "*'C'*a point where a comma is expected in 2 of 3 rows*-Culture en-GB*" }
        @{ Id = 'NumberWithUnit'; Cells = '12%', '7.5 %', '3'; Given = @{}; Like = "*'C'*2 of 3 rows*'12%'*-replace '%'*" }
        @{ Id = 'NumberWithUnit'; Cells = '$1,234', '$5', '3'; Given = @{}; Like = "*'C'*2 of 3 rows*-replace '\`$|,'*" }
        @{ Id = 'NumberWithUnit'; Cells = '0.5', '5%', '7.5 %'; Given = @{ Culture = 'de-DE' }; Like = "*'C'*'%'*3 of 3 rows*'5%'*-replace '%'*-Culture en-GB*" }
        @{ Id = 'DecimalPoint'; Cells = '5%', '0.5', '0.25'; Given = @{ Culture = 'de-DE' }; Like = "*'C'*a point where a comma is expected*'0.5'*-Culture en-GB*" }
        @{ Id = 'DecimalComma'; Cells = '0,123', '0,456', '0,789'; Given = @{}; Like = "*'C'*3 of 3 rows*'0,123'*-Culture*" }
        @{ Id = 'DecimalComma'; Cells = '1,100', '12,25', '3'; Given = @{}; Like = "*'C'*2 of 3 rows*-Culture*" }
        @{ Id = 'AmbiguousDate'; Cells = '03/05/2023', '20/10/2023', '04/08/2023'; Given = @{ Date = 'C' }; Like = "*'C'*'20/10/2023'*-Culture*" }
        @{ Id = 'NotADate'; Cells = 'soon', 'later', 'never'; Given = @{ Date = 'C' }; Like = "*'C'*'soon'*-Culture*" }
        @{ Id = 'NumberForDate'; Cells = 45000, 45001, 45002; Given = @{ Date = 'C' }; Like = "*'C'*'45000'*FromOADate*Unix*" }
        @{ Id = 'EmptyColumn'; Cells = '', $null, 'NA'; Given = @{}; Like = "*'C'*no value*3 rows*-Feature*" }
    ) {
        $cells = $Cells
        $seen = 0..2 | ForEach-Object { [pscustomobject]@{ C = $cells[$_]; Y = $_ } }
        $problem = try { $seen | Start-MlpTraining (New-Mlp 1 1) -Target Y @Given @plain 2>&1 } catch { $_ }
        $problem | Should -HaveCount 1
        $problem.FullyQualifiedErrorId | Should -BeExactly "$Id,MicroGrad.PowerShell.Commands.StartMlpTrainingCommand"
        "$problem $($problem.ErrorDetails.RecommendedAction)" | Should -BeLike $Like
    }

    It 'names all such columns in one error' {
        $seen = 0..2 | ForEach-Object { [pscustomobject]@{ A = "word $_"; B = '1,5'; Y = $_ } }
        { $seen | Start-MlpTraining (New-Mlp 2 1) -Target Y @plain } | Should -Throw -ErrorId 'UnreadableColumn*' -ExpectedMessage "2 columns*'A'*'B'*"
    }

    It 'sees that a file has other delimiters, and reads it with -Delimiter and -Culture to the same bits' {
        [System.IO.File]::WriteAllText("$TestDrive/semi.csv", "a;y`n1,5;2`n2,5;3`n3;4`n")
        { Start-MlpTraining (New-Mlp 1 1) -Path "$TestDrive/semi.csv" -Target y @plain } |
            Should -Throw -ErrorId 'WrongDelimiter*' -ExpectedMessage "*'a;y'*"
        $read, $given = (New-Mlp 1 1 -Seed 1), (New-Mlp 1 1 -Seed 1)
        $null = Start-MlpTraining $read -Path "$TestDrive/semi.csv" -Delimiter ';' -Culture de-DE -Target y @plain
        $null = Start-MlpTraining $given -Data (1.5, 2), (2.5, 3), (3, 4) @plain
        $read.Parameters.Data | Should -BeExactly $given.Parameters.Data
    }
}

Describe 'Start-MlpTraining on rows of other kinds' {
    BeforeAll {
        $script:table = [System.Data.DataTable]::new('stock')
        $null = $table.Columns.Add('Amount', [double]), $table.Columns.Add('Age', [int]), $table.Columns.Add('State', [string])
        1..12 | ForEach-Object { $null = $table.Rows.Add($_ / 2, 40 - $_, $_ -gt 6 ? 'keep' : 'sell') }
    }

    It 'learns from <Name> what it learns from objects' -ForEach @(
        @{ Name = 'a piped table'; Train = { param($model, $plain) $table | Start-MlpTraining $model -Target State @plain } }
        @{ Name = 'a table as -Data'; Train = { param($model, $plain) Start-MlpTraining $model -Data $table -Target State @plain } }
        @{ Name = 'its view'; Train = { param($model, $plain) Start-MlpTraining $model -Data $table.DefaultView -Target State @plain } }
        @{ Name = 'its rows'; Train = { param($model, $plain) $table.Rows | Start-MlpTraining $model -Target State @plain } }
        @{ Name = 'a data reader'; Train = { param($model, $plain) Start-MlpTraining $model -Data $table.CreateDataReader() -Target State @plain } }
        @{ Name = 'a piped data reader'; Train = { param($model, $plain) $table.CreateDataReader() | Start-MlpTraining $model -Target State @plain } }
    ) {
        $model, $expected = (New-Mlp 2 1 -Seed 1), (New-Mlp 2 1 -Seed 1)
        $null = & $Train $model $plain
        $null = 1..12 | ForEach-Object { [pscustomobject]@{ Amount = $_ / 2; Age = 40 - $_; State = $_ -gt 6 ? 'keep' : 'sell' } } |
            Start-MlpTraining $expected -Target State @plain
        $model.Parameters.Data | Should -BeExactly $expected.Parameters.Data
        $model.FeatureNames | Should -BeExactly Amount, Age
    }

    It 'reads text dates to the bits of [datetime], whatever their offset' {
        $days = 0..9 | ForEach-Object { [datetime]::new(2024, 9, 2).AddDays($_).AddHours((5 * $_) % 24) }
        $models = foreach ($cells in $days, $days.ForEach({ $_.ToString('s') }), $days.ForEach({ $_.ToString('s') + '+09:00' })) {
            $model = New-Mlp 7 1 -Seed 1
            $null = 0..9 | ForEach-Object { [pscustomobject]@{ When = $cells[$_]; Y = $_ } } | Start-MlpTraining $model -Target Y -Date When -Standardize @plain
            $model
        }
        $models[1].Parameters.Data | Should -BeExactly $models[0].Parameters.Data
        $models[2].Parameters.Data | Should -BeExactly $models[0].Parameters.Data
        $models[0].Schema.Features[0].DateParts | Should -BeExactly Trend, Hour, Weekday, DayOfYear
    }

    It 'gives columns of unordered dictionaries by name' {
        $model = New-Mlp 3 1
        $null = 1..4 | ForEach-Object { @{ zeta = $_; alpha = 0 - $_; mu = 1 / $_; Y = $_ } } | Start-MlpTraining $model -Target Y @plain
        $model.FeatureNames | Should -BeExactly alpha, mu, zeta
    }

    It 'learns from nothing that a job added' {
        $model = New-Mlp 1 1
        $seen = 1..4 | ForEach-Object { [pscustomobject]@{ A = $_; Y = $_; PSComputerName = 'localhost'; RunspaceId = [guid]::Empty; PSShowComputerName = $false } }
        $null = $seen | Start-MlpTraining $model -Target Y @plain
        $model.FeatureNames | Should -BeExactly A
    }
}

Describe 'Classes that are numbers' {
    It 'are pointed out where the model has an output for each' {
        $rows = 1..30 | ForEach-Object { [pscustomobject]@{ A = $_; Kind = $_ % 3 } }
        $problem = { $rows | Start-MlpTraining (New-Mlp 1 4, 3) -Target Kind } | Should -Throw -ErrorId 'NumbersForClasses,*' -ExpectedMessage "*'Kind'*0, 1, 2*" -PassThru
        $problem.ErrorDetails.RecommendedAction | Should -BeLike '*-Loss CrossEntropy*-Classification*'
    }
}

Describe 'Columns under other names' {
    It 'are refused by a model that was trained, which stays as it is' {
        $rows = 1..60 | ForEach-Object { [pscustomobject]@{ A = $_; B = 100 - $_; Y = $_ / 10; P = $_; Q = 100 - $_ } }
        $model = New-Mlp 2 4, 1 -Seed 1
        $null = $rows | Start-MlpTraining $model -Feature A, B -Target Y -Standardize -Epoch 20
        $before = $model.Predict(30, 70)
        foreach ($call in { $rows | Start-MlpTraining $model -Feature P, Q -Epoch 1 }, { $rows | Measure-Mlp $model -Feature P, Q }) {
            $problem = $call | Should -Throw -ErrorId 'ColumnsDiffer,*' -PassThru
            $problem.Exception.Message | Should -BeLike '*A, B*P, Q*'
        }
        $model.Predict(30, 70) | Should -Be $before
        $model.FeatureNames | Should -Be A, B
    }

    Context 'that are named on purpose' {
        BeforeAll {
            $script:own = 1..60 | ForEach-Object { [pscustomobject]@{ A = $_; B = 100 - $_; Y = $_ / 10 } }
            $script:others = $own | Select-Object @{ n = 'Q'; e = { $_.B } }, Y, @{ n = 'P'; e = { $_.A } }
            $script:known = New-Mlp 2 4, 1 -Seed 1
            $null = $own | Start-MlpTraining $known -Feature A, B -Target Y -Standardize -Epoch 20
            $script:names = @{ A = 'P'; B = 'Q' }
        }

        It 'are asked and measured as the known ones' {
            ($others | Invoke-Mlp $known -Feature $names).Prediction | Should -Be ($own | Invoke-Mlp $known).Prediction
            ($others[0] | Invoke-Mlp $known -Feature $names).psobject.Properties.Name | Should -BeExactly Q, Y, P, Prediction
            ($others | Measure-Mlp $known -Feature $names).Loss | Should -Be ($own | Measure-Mlp $known).Loss
            $others | Export-Csv "$TestDrive/others.csv"
            (Measure-Mlp $known -Path "$TestDrive/others.csv" -Feature $names).Loss | Should -Be ($own | Measure-Mlp $known).Loss
            (Invoke-Mlp $known -Path "$TestDrive/others.csv" -Feature $names).Prediction | Should -Be ($own | Invoke-Mlp $known).Prediction
            ($others | Measure-MlpFeature $known -Feature $names -Repeat 1).Feature | Should -Be ($own | Measure-MlpFeature $known -Repeat 1).Feature
        }

        It 'are trained on as the known ones, in rows to validate with too' {
            $here, $there = (New-Mlp 2 4, 1 -Seed 1), (New-Mlp 2 4, 1 -Seed 1)
            foreach ($model in $here, $there) {
                $null = $own | Start-MlpTraining $model -Feature A, B -Target Y -Standardize -Epoch 2
            }
            $expected = $own | Start-MlpTraining $here -Epoch 2 -ValidationData $own[0..9]
            $epochs = $others | Start-MlpTraining $there -Epoch 2 -Feature $names -ValidationData $others[0..9]
            $epochs.Loss | Should -Be $expected.Loss
            $epochs.ValidationLoss | Should -Be $expected.ValidationLoss
            $there.FeatureNames | Should -BeExactly A, B
        }

        It 'may be some of them, and stand beside names' {
            $half = $others | Select-Object Q, Y, @{ n = 'A'; e = { $_.P } }
            ($half | Invoke-Mlp $known -Feature @{ B = 'Q' }).Prediction | Should -Be ($own | Invoke-Mlp $known).Prediction
            ($half | Invoke-Mlp $known -Feature A, @{ B = 'Q' }).Prediction | Should -Be ($own | Invoke-Mlp $known).Prediction
        }

        It 'may be exchanged, and hide a column of the known name' {
            $exchanged = $own | Select-Object @{ n = 'A'; e = { $_.B } }, @{ n = 'B'; e = { $_.A } }, Y
            ($exchanged | Invoke-Mlp $known -Feature @{ A = 'B'; B = 'A' }).Prediction | Should -Be ($own | Invoke-Mlp $known).Prediction
            $both = $others | Select-Object *, @{ n = 'A'; e = { 0 } }
            ($both | Invoke-Mlp $known -Feature $names).Prediction | Should -Be ($own | Invoke-Mlp $known).Prediction
        }

        It 'name the columns of a model that knows none' {
            $model = $others | New-Mlp -Target Y -Feature $names
            $model.FeatureNames | Sort-Object | Should -BeExactly A, B
            $null = $others | Start-MlpTraining $model -Feature $names -Epoch 1
            $null = $own | Start-MlpTraining $model -Epoch 1
        }

        It 'are trained on in folds' {
            $folds = $others | Measure-Mlp { New-Mlp 2 2, 1 -Seed 1 } -Fold 2 -Target Y -Feature $names -Training @{ Epoch = 1 }
            $folds.Loss | Should -Be ($own | Measure-Mlp { New-Mlp 2 2, 1 -Seed 1 } -Fold 2 -Target Y -Feature $names.Keys.ForEach({ $_ }) -Training @{ Epoch = 1 }).Loss
        }

        It 'are refused: <Name>' -ForEach @(
            @{ Name = 'a column that no row has'; Feature = @{ A = 'P'; B = 'Nowhere' }; Id = 'FeatureNotFound'; Message = "*'Nowhere'*" }
            @{ Name = 'a name that the model does not know'; Feature = @{ A = 'P'; C = 'Q' }; Id = 'ColumnsDiffer'; Message = '*A, B*' }
            @{ Name = 'two names for a column'; Feature = @{ A = 'P'; B = 'P' }; Id = 'InvalidFeature'; Message = "*'P'*" }
            @{ Name = 'two columns for a name'; Feature = @{ A = 'P', 'Q' }; Id = 'InvalidFeature'; Message = "*'A'*" }
            @{ Name = 'no column'; Feature = @{ A = '' }; Id = 'InvalidFeature'; Message = "*'A'*" }
        ) {
            { $others | Measure-Mlp $known -Feature $Feature } | Should -Throw -ErrorId "$Id,*" -ExpectedMessage $Message
            { $others | Invoke-Mlp $known -Feature $Feature -ErrorAction Stop } | Should -Throw -ErrorId "$Id,*" -ExpectedMessage $Message
            { $others | Start-MlpTraining $known -Feature $Feature -Epoch 1 } | Should -Throw -ErrorId "$Id,*" -ExpectedMessage $Message
        }
    }
}

Describe 'Start-MlpTraining -WeightColumn with weights of any size' {
    BeforeAll {
        # All that a training tells, with weights of 1 to 7 times a factor.
        function Get-Training([double] $Factor, [hashtable] $Given) {
            $i = 0
            $rows = foreach ($row in New-GradDataset Moons -Count 40 -Noise 0.2 -Seed 1) {
                $i++
                [pscustomobject]@{ X1 = $row.X1; X2 = $row.X2; Label = $row.Label; Class = ('a', 'b', 'c')[$i % 3]; Size = 3 * $row.X1 + $row.Label; W = (1 + $i % 7) * $Factor }
            }
            $model = New-Mlp 2 3, ($Given.Target -eq 'Class' ? 3 : 1) -Seed 3
            $epochs = $rows | Start-MlpTraining $model -Feature X1, X2 -WeightColumn W -Epoch 20 -Seed 2 @Given -WarningAction Ignore
            $model.Parameters.Data
            foreach ($name in 'Loss', 'Accuracy', 'GradientNorm', 'ValidationLoss', 'ValidationAccuracy') { $epochs.$name }
        }
    }

    It 'gives the same bits as with weights near 1: <Name>' -ForEach @(
        @{ Name = 'Adam'; Given = @{ Target = 'Label' } }
        @{ Name = 'Sgd, all rows at once'; Given = @{ Target = 'Label'; Optimizer = 'Sgd'; BatchSize = 0 } }
        @{ Name = 'clipped gradients'; Given = @{ Target = 'Label'; ClipNorm = 0.1 } }
        @{ Name = 'hinge loss'; Given = @{ Target = 'Label'; Loss = 'Hinge' } }
        @{ Name = 'classes, with rows to validate'; Given = @{ Target = 'Class'; ValidationFraction = 0.25 } }
        @{ Name = 'balanced classes'; Given = @{ Target = 'Class'; ClassWeight = 'Balanced' } }
        @{ Name = 'numbers, standardized'; Given = @{ Target = 'Size'; Standardize = $true } }
        @{ Name = 'absolute errors'; Given = @{ Target = 'Size'; Loss = 'MeanAbsoluteError' } }
        @{ Name = 'single precision'; Given = @{ Target = 'Label'; Precision = 'Single' } }
        @{ Name = 'a loss of its own'; Given = @{ Target = 'Label'; Loss = { param($prediction, $target) ($prediction - $target).Pow(2) } } }
    ) {
        # A power of two changes no bit of a weight but those of its exponent. The factors come near the least weight and the largest.
        $expected = Get-Training 1 $Given
        $expected | Where-Object { $_ -ne $null -and -not [double]::IsFinite($_) } | Should -BeNullOrEmpty
        foreach ($exponent in -996, -600, 163) {
            Get-Training ([math]::Pow(2, $exponent)) $Given | Should -BeExactly $expected -Because "all weights times 2^$exponent are the same weights"
        }
    }

    It 'sums the loss by the weights themselves where it is a sum' {
        $sum = @{ Target = 'Size'; Loss = 'SumSquaredError'; Optimizer = 'Sgd'; LearningRate = 1e-300; BatchSize = 0; Epoch = 1 }
        $first = { param($Factor) $rows = 0..9 | ForEach-Object { [pscustomobject]@{ X = $_; Size = $_ * $_; W = (1 + $_) * $Factor } }; ($rows | Start-MlpTraining (New-Mlp 1 1 -Seed 1) -WeightColumn W @sum -WarningAction Ignore).Loss }
        foreach ($factor in [math]::Pow(2, -996), [math]::Pow(2, 160)) {
            & $first $factor | Should -BeExactly ((& $first 1) * $factor)
        }
    }

    It 'refuses <_>, which no mean could hold' -ForEach 1e-310, 1e-301, 1e51, 1e300, 1e308 {
        $weight = $_
        $rows = 1..4 | ForEach-Object { [pscustomobject]@{ X = $_; Y = 2 * $_; W = $weight } }
        $model = New-Mlp 1 1 -Seed 1
        $before = $model.Parameters.Data
        { $rows | Start-MlpTraining $model -Target Y -WeightColumn W -Epoch 1 } | Should -Throw -ErrorId 'InvalidWeight,*'
        $model.Parameters.Data | Should -BeExactly $before
    }
}
