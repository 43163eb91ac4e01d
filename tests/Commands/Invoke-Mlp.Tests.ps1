BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"

    $script:flowers = Import-Csv "$PSScriptRoot/../../examples/iris.csv"
    $script:model = New-Mlp 4 8, 3 -Seed 1
    $null = $flowers | Start-MlpTraining $model -Feature Sepal*, Petal* -Target Class -Epoch 5 -LearningRate 0.01 -Seed 1

    # y = 2x - 3z + 1, set by hand.
    $script:plane = New-Mlp 2 1 -Initialization Zero
    $plane.Parameters[0].Data, $plane.Parameters[1].Data, $plane.Parameters[2].Data = 2, -3, 1
}

Describe 'Invoke-Mlp' {
    It 'gives a row back with its prediction behind its own columns' {
        $row = $flowers[0] | Invoke-Mlp $model
        $row.psobject.Properties.Name |
            Should -BeExactly SepalLength, SepalWidth, PetalLength, PetalWidth, Class, Prediction, Probability
        $row.SepalLength | Should -BeExactly $flowers[0].SepalLength
        $row.Prediction | Should -BeIn setosa, versicolor, virginica
        $row.Probability | Should -BeGreaterThan (1 / 3)
        $row.Probability | Should -BeLessOrEqual 1
    }

    It 'leaves the row itself as it is' {
        $null = $flowers[0] | Invoke-Mlp $model
        $flowers[0].psobject.Properties.Name | Should -Not -Contain 'Prediction'
    }

    It 'answers row by row as they come' {
        $script:taken = 0
        $null = $flowers | ForEach-Object { $script:taken++; $_ } | Invoke-Mlp $model | Select-Object -First 2
        $script:taken | Should -Be 2
    }

    It 'answers each row before the next is made, also after thousands' {
        $script:taken = 0
        $lags = 1..5000 | ForEach-Object { $script:taken = $_; , ($_, 0) } | Invoke-Mlp $plane | ForEach-Object { $script:taken - ($_ - 1) / 2 }
        $lags | Should -HaveCount 5000
        ($lags | Measure-Object -Maximum).Maximum | Should -Be 0
    }

    It 'keeps step with -PipelineVariable' {
        $steps = 1..300 | ForEach-Object -PipelineVariable current { $_ } | ForEach-Object { , ($_, 0) } |
            Invoke-Mlp $plane | ForEach-Object { 2 * $current + 1 - $_ }
        $steps | Should -HaveCount 300
        ($steps | Measure-Object -AllStats).Maximum | Should -Be 0
        ($steps | Measure-Object -AllStats).Minimum | Should -Be 0
    }

    It 'has answered all rows that came before the pipeline broke' {
        $answers = [Collections.Generic.List[object]]::new()
        { 1..200 | ForEach-Object { if ($_ -eq 200) { throw 'broken' }; , ($_, 0) } | Invoke-Mlp $plane | ForEach-Object { $answers.Add($_) } } |
            Should -Throw broken
        $answers | Should -HaveCount 199
    }

    It 'copies a property that fails as $null' {
        $answers = 1..3 | ForEach-Object {
            [pscustomobject]@{ A = $_; B = 0 } | Add-Member -PassThru ScriptProperty Broken { throw 'not for you' }
        } | Invoke-Mlp $plane -Feature A, B
        $answers.Prediction | Should -BeExactly 3, 5, 7
        $answers[0].psobject.Properties.Name | Should -BeExactly A, B, Broken, Prediction
        $answers[0].Broken | Should -BeNullOrEmpty
    }

    It 'answers rows that are objects of the system' {
        $answer = Get-Process -Id $PID | Invoke-Mlp $plane -Feature Id, HandleCount
        $answer.Id | Should -Be $PID
        $answer.Prediction | Should -BeOfType double
    }

    It 'refuses a column without a name, and answers the others' {
        $answers = @{ A = 1; B = 0 }, @{ A = 2; B = 0; '' = 'x' }, @{ A = 3; B = 0 } |
            Invoke-Mlp $plane -Feature A, B -ErrorVariable problems -ErrorAction SilentlyContinue
        $answers.Prediction | Should -BeExactly 3, 7
        $problems[0].FullyQualifiedErrorId | Should -BeExactly 'InvalidRow,MicroGrad.PowerShell.Commands.InvokeMlpCommand'
        $problems[0].Exception.Message | Should -BeLike 'Row 2*without a name*'
    }

    It 'gives thousands of rows the same answers as one by one, in order' {
        $random = [random]::new(3)
        $rows = foreach ($i in 1..3000) { [pscustomobject]@{ Id = $i; A = $random.NextDouble(); B = $random.NextDouble() } }
        $wide = New-Mlp 2 9, 3 -Seed 1
        $stream = @($rows | Invoke-Mlp $wide -Feature A, B)
        $list = @(Invoke-Mlp $wide $rows -Feature A, B)
        $stream.Id | Should -BeExactly $rows.Id
        $list.Id | Should -BeExactly $rows.Id
        foreach ($i in 0, 1, 254, 255, 256, 257, 1000, 2998, 2999) {
            $alone = $rows[$i] | Invoke-Mlp $wide -Feature A, B
            $stream[$i].Prediction | Should -BeExactly $alone.Prediction
            $list[$i].Prediction | Should -BeExactly $alone.Prediction
        }
    }

    It 'reports a bad row in its place among thousands' {
        $rows = foreach ($i in 1..2000) { [pscustomobject]@{ A = $i; B = if ($i -in 700, 701, 1500) { 'red' } else { 0 } } }
        $stream = $rows | Invoke-Mlp $plane -Feature A, B -ErrorAction Continue 2>&1
        $list = Invoke-Mlp $plane $rows -Feature A, B -ErrorAction Continue 2>&1
        foreach ($output in $stream, $list) {
            $output | Should -HaveCount 2000
            for ($i = 1; $i -le 2000; $i++) {
                $number = $output[$i - 1] -is [System.Management.Automation.ErrorRecord] ? [int] ($output[$i - 1] -replace '^Row (\d+) .*', '$1') : $output[$i - 1].A
                if ($number -ne $i) {
                    throw "In place $i stands row $number."
                }
            }
        }
        @($list | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }).Count | Should -Be 3
    }

    It 'answers what came before a bad row that ends the command' {
        $rows = foreach ($i in 1..1000) { , ($i, ($i -eq 900 ? 'red' : 0)) }
        $answers = [Collections.Generic.List[object]]::new()
        { $rows | Invoke-Mlp $plane -ErrorAction Stop | ForEach-Object { $answers.Add($_) } } |
            Should -Throw -ErrorId 'NotANumber,MicroGrad.PowerShell.Commands.InvokeMlpCommand'
        $answers | Should -HaveCount 899
    }

    It 'copies each row as it is when it comes, also one that is sent again and again' {
        $row = @{ A = 0; B = 0 }
        $answers = 1..600 | ForEach-Object { $row.A = $_; $row } | Invoke-Mlp $plane -Feature A, B
        $answers.A | Should -BeExactly (1..600)
        $answers[599].Prediction | Should -BeExactly 1201
    }

    It 'copies what each row has, though rows have different columns' {
        $rows = 1..40 | ForEach-Object { [pscustomobject]($_ % 2 ? [ordered]@{ A = $_; B = 0 } : [ordered]@{ Note = "n$_"; B = 0; A = $_ }) }
        $answers = $rows | Invoke-Mlp $plane -Feature A, B
        $answers[2].psobject.Properties.Name | Should -BeExactly A, B, Prediction
        $answers[3].psobject.Properties.Name | Should -BeExactly Note, B, A, Prediction
        $answers[3].Note | Should -BeExactly n4
    }

    It 'copies <Name>' -ForEach @(
        @{ Name = 'properties that are worked out'; Make = { [pscustomobject]@{ A = $_; B = 0 } | Add-Member -PassThru ScriptProperty Twice { 2 * $this.A } } }
        @{ Name = 'properties of objects with a type name of their own'; Make = { [pscustomobject]@{ A = $_; B = 0; Twice = 2 * $_ } | Select-Object * } }
        @{ Name = 'properties after something has listed them'; Make = { $row = [pscustomobject]@{ A = $_; B = 0; Twice = 2 * $_ }; $null = $row.psobject.Properties.Name; $row } }
        @{ Name = 'aliases'; Make = { [pscustomobject]@{ A = 2 * $_; B = 0 } | Add-Member -PassThru AliasProperty Twice A } }
    ) {
        $answers = 1..20 | ForEach-Object $Make | Invoke-Mlp $plane -Feature A, B
        $answers[9].psobject.Properties.Name | Should -BeExactly A, B, Twice, Prediction
        $answers.Twice | Should -BeExactly (1..20 | ForEach-Object { 2 * $_ })
    }

    It 'copies the same by PowerShell''s public way alone' {
        $copies = {
            param($manifest)
            Import-Module $manifest
            $plane = New-Mlp 2 1 -Seed 1
            Update-TypeData -TypeName MicroGradTest.Public -MemberType ScriptProperty -MemberName Twice -Value { 2 * $this.A } -Force
            $rows = @(
                [pscustomobject]@{ A = 1; B = 2; Note = 'n' }
                [pscustomobject]@{ Note = 'm'; B = 2; A = 3 }
                'A,B', '4,5' | ConvertFrom-Csv
                [pscustomobject]@{ PSTypeName = 'MicroGradTest.Public'; A = 6; B = 7 }
                [pscustomobject]@{ A = 8; B = 9 } | Add-Member -PassThru ScriptProperty Sum { $this.A + $this.B }
                [ordered]@{ B = 10; A = 11 }
            )
            $rows | Invoke-Mlp $plane -Feature A, B | ForEach-Object { $_ | ConvertTo-Json -Compress }
        }
        $manifest = "$((Get-Module MicroGrad).ModuleBase)/MicroGrad.psd1"
        $public = & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -Command (
            "[AppContext]::SetSwitch('MicroGrad.PublicWayToProperties', `$true); & { $copies } '$manifest'")
        $own = & $copies $manifest
        $own | Should -HaveCount 6
        $public | Should -BeExactly $own
    }

    It 'copies the properties that a type file adds' {
        Update-TypeData -TypeName MicroGradTest.Row -MemberType ScriptProperty -MemberName Twice -Value { 2 * $this.A } -Force
        try {
            $answers = 1..20 | ForEach-Object { [pscustomobject]@{ PSTypeName = 'MicroGradTest.Row'; A = $_; B = 0 } } | Invoke-Mlp $plane -Feature A, B
            $answers[9].psobject.Properties.Name | Should -BeExactly A, B, Twice, Prediction
            $answers.Twice | Should -BeExactly (1..20 | ForEach-Object { 2 * $_ })
            $mixed = [pscustomobject]@{ A = 1; B = 0 }, [pscustomobject]@{ PSTypeName = 'MicroGradTest.Row'; A = 1; B = 0 } | Invoke-Mlp $plane -Feature A, B
            $mixed[0].psobject.Properties.Name | Should -BeExactly A, B, Prediction
            $mixed[1].psobject.Properties.Name | Should -BeExactly A, B, Twice, Prediction
        } finally {
            Remove-TypeData -TypeName MicroGradTest.Row
        }
    }

    It 'takes model and rows by position and by name' {
        @(Invoke-Mlp $model $flowers[0..2]).Count | Should -Be 3
        @(Invoke-Mlp -InputObject $flowers[0..2] -Model $model).Count | Should -Be 3
    }

    It 'predicts the class of the largest output' {
        foreach ($row in $flowers[0, 60, 120] | Invoke-Mlp $model) {
            $outputs = $model.Predict(($row.SepalLength, $row.SepalWidth, $row.PetalLength, $row.PetalWidth))
            $largest = [array]::IndexOf($outputs, ($outputs | Measure-Object -Maximum).Maximum)
            $row.Prediction | Should -BeExactly ('setosa', 'versicolor', 'virginica')[$largest]
            $total = ($outputs | ForEach-Object { [math]::Exp($_) } | Measure-Object -Sum).Sum
            [math]::Abs($row.Probability - [math]::Exp($outputs[$largest]) / $total) | Should -BeLessThan 1e-12
        }
    }

    It 'gives numbers for a list of numbers' {
        , (1, 1) | Invoke-Mlp $plane | Should -BeExactly 0
        Invoke-Mlp $plane (3, -1) | Should -BeExactly 10
        (1, 1), (2, 0) | Invoke-Mlp $plane | Should -BeExactly 0, 5
    }

    It 'gives an array for many outputs' {
        $wide = New-Mlp 2 3 -Seed 1
        $output = , (1, 2) | Invoke-Mlp $wide | ForEach-Object { , $_ }
        $output | Should -HaveCount 3
        $output | Should -BeExactly $wide.Predict((1, 2))
    }

    It 'gives the class for a list of numbers where the model knows classes' {
        , (5.1, 3.5, 1.4, 0.2) | Invoke-Mlp $model | Should -BeIn setosa, versicolor, virginica
    }

    It 'reads the inputs of a list that has its target behind them' {
        (1, 1, 99), (2, 0, 99) | Invoke-Mlp $plane | Should -BeExactly 0, 5
    }

    It 'takes a single number for a model of one input' {
        $double = New-Mlp 1 1 -Initialization Zero
        $double.Parameters[0].Data = 2
        1, 2.5 | Invoke-Mlp $double | Should -BeExactly 2, 5
    }

    It 'takes the columns that -Feature names, in that order' {
        $row = [pscustomobject]@{ A = 1; B = 4; C = 'text' }
        ($row | Invoke-Mlp $plane -Feature A, B).Prediction | Should -BeExactly -9
        ($row | Invoke-Mlp $plane -Feature B, A).Prediction | Should -BeExactly 6
        ($row | Invoke-Mlp $plane -Feature [ab]).Prediction | Should -BeExactly -9
    }

    It 'takes hashtables' {
        $row = @{ B = '4'; A = 1 } | Invoke-Mlp $plane -Feature A, B
        $row.Prediction | Should -BeExactly -9
        $row.B | Should -BeExactly '4'
    }

    It 'needs no target column' {
        $row = $flowers[0] | Select-Object * -ExcludeProperty Class | Invoke-Mlp $model
        $row.Prediction | Should -BeIn $model.Classes
    }

    It 'finds the features of a trained model whatever the order of the columns' {
        $row = $flowers[0] | Select-Object PetalWidth, PetalLength, SepalWidth, SepalLength
        ($row | Invoke-Mlp $model).Probability | Should -BeExactly ($flowers[0] | Invoke-Mlp $model).Probability
    }

    It 'gives live outputs with -AsGradValue, whose graph reaches the parameters' {
        $plane | Clear-Gradient
        $output = Invoke-Mlp $plane (3, -1) -AsGradValue
        $output | Should -BeOfType MicroGrad.GradValue
        $output.Data | Should -BeExactly 10
        $output | Invoke-Backward
        $plane.Parameters.Grad | Should -BeExactly 3, -1, 1
    }

    It 'gives an array of live outputs for many, the same as without a graph' {
        $outputs = $flowers[7] | Invoke-Mlp $model -AsGradValue
        $outputs | Should -HaveCount 3
        $numbers = $model.Predict(($flowers[7].SepalLength, $flowers[7].SepalWidth, $flowers[7].PetalLength, $flowers[7].PetalWidth))
        for ($i = 0; $i -lt 3; $i++) {
            [math]::Abs($outputs[$i].Data - $numbers[$i]) | Should -BeLessThan 1e-12
        }
    }

    It 'answers in numbers where the classes were numbers' {
        $rows = foreach ($x in -4..4) { [pscustomobject]@{ X = $x; Label = if ($x -gt 0) { 1 } else { -1 } } }
        $sign = New-Mlp 1 1 -Seed 1
        $null = $rows | Start-MlpTraining $sign -Target Label -Loss BinaryCrossEntropy -Epoch 5 -LearningRate 0.01
        $answer = ($rows[0] | Invoke-Mlp $sign).Prediction
        $answer | Should -BeOfType double
        $answer | Should -BeIn -1, 1
    }

    It 'reads the same under a comma culture' {
        $expected = $flowers[0] | Invoke-Mlp $model
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'de-DE'
            ($flowers[0] | Invoke-Mlp $model).Probability | Should -BeExactly $expected.Probability
        } finally {
            [cultureinfo]::CurrentCulture = $before
        }
    }

    It 'emits nothing for no rows' {
        @() | Invoke-Mlp $model | Should -BeNullOrEmpty
        Invoke-Mlp $model @() | Should -BeNullOrEmpty
    }

    It 'names a row with text that is no number, and answers the others' {
        $rows = @{ A = 1; B = 1 }, @{ A = 'one'; B = 1 }, @{ A = 2; B = 1 }
        $answers = $rows | Invoke-Mlp $plane -Feature A, B -ErrorVariable problems -ErrorAction SilentlyContinue
        $answers.Prediction | Should -BeExactly 0, 2
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -BeExactly 'NotANumber,MicroGrad.PowerShell.Commands.InvokeMlpCommand'
        $problems[0].Exception.Message | Should -BeLike "Row 2*'one'*column 'A'*"
    }

    It 'names a row <Name>, and answers the others' -ForEach @(
        @{ Name = 'without a feature'; Row = @{ B = 1 }; Id = 'MissingFeature'; Message = "Row 2*no column 'A'*" }
        @{ Name = 'with nothing in a feature'; Row = @{ A = ''; B = 1 }; Id = 'MissingValue'; Message = "Row 2*'A'*" }
        @{ Name = 'with NaN in a feature'; Row = @{ A = [double]::NaN; B = 1 }; Id = 'MissingValue'; Message = "Row 2*'A'*" }
        @{ Name = 'with infinity in a feature'; Row = @{ A = [double]::PositiveInfinity; B = 1 }; Id = 'NotFinite'; Message = "Row 2*Infinity*'A'*" }
    ) {
        $answers = @{ A = 1; B = 1 }, $Row, @{ A = 2; B = 1 } |
            Invoke-Mlp $plane -Feature A, B -ErrorVariable problems -ErrorAction SilentlyContinue
        @($answers).Count | Should -Be 2
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -BeExactly "$Id,MicroGrad.PowerShell.Commands.InvokeMlpCommand"
        $problems[0].Exception.Message | Should -BeLike $Message
    }

    Context 'rows with missing values' {
        BeforeAll {
            $known = 1..20 | ForEach-Object { [pscustomobject]@{ X = $_; Z = $_ % 3; Y = 2 * $_ } }
            $train = { param($Policy) $made = $known | New-Mlp -Feature X, Z -Target Y -Seed 1 @Policy; $null = $known | Start-MlpTraining $made -Epoch 2; $made }
            $script:filling = & $train @{ MissingValue = 'Mean' }
            $script:bare = & $train @{}
            $script:asked = [pscustomobject]@{ X = 1; Z = 1 }, [pscustomobject]@{ X = $null; Z = 1 }, [pscustomobject]@{ X = 3; Z = 1 }
            $script:complete = [pscustomobject]@{ X = 10.5; Z = 1 }
            $asked | Export-Csv "$TestDrive/asked.csv"
            $script:ways = @{
                pipeline = { param($Model, $Given) $asked | Invoke-Mlp $Model @Given }
                Data     = { param($Model, $Given) Invoke-Mlp $Model -Data $asked @Given }
                Path     = { param($Model, $Given) Invoke-Mlp $Model -Path "$TestDrive/asked.csv" @Given }
            }
        }

        It 'are left out by Skip, filled in by Mean, and end the command by Error: <_>' -ForEach 'pipeline', 'Data', 'Path' {
            $way = $ways[$_]
            foreach ($model in $filling, $bare, @($filling, $filling), @($bare, $filling)) {
                (& $way $model @{ MissingValue = 'Skip' }).X | Should -Be 1, 3
                { & $way $model @{ MissingValue = 'Error' } } | Should -Throw -ErrorId 'MissingValue,*' -ExpectedMessage "Row 2*'X'*"
            }
            foreach ($model in $filling, @($filling, $filling)) {
                $expected = ($complete | Invoke-Mlp $model).Prediction
                foreach ($given in @{ MissingValue = 'Mean' }, @{}) {
                    [math]::Abs((& $way $model $given)[1].Prediction - $expected) | Should -BeLessThan 1e-9
                }
            }
            $answers = & $way $bare @{ MissingValue = 'Mean'; ErrorAction = 'Continue' } 2>&1
            $answers.X | Should -Be 1, 3
            $answers[1].FullyQualifiedErrorId | Should -BeLike 'MeanMissing,*'
        }

        It 'are counted where they are left out' {
            ($asked | Invoke-Mlp $filling -MissingValue Skip -Verbose 4>&1 | Out-String) | Should -Match '1 rows with missing values were left out'
        }
    }

    It 'names a ragged row, and answers the others' {
        (1, 1), (1, 2, 3), (2, 0) | Invoke-Mlp $plane -ErrorVariable problems -ErrorAction SilentlyContinue |
            Should -BeExactly 0, 5
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -BeExactly 'RaggedRow,MicroGrad.PowerShell.Commands.InvokeMlpCommand'
        $problems[0].Exception.Message | Should -BeLike 'Row 2 has 3 numbers*2*'
    }

    It 'names a row of a file with more cells than there are columns, and answers the others' {
        'A,B', '1,1', '1,5,2', '2,0,' | Set-Content "$TestDrive/ragged.csv"
        $answers = Invoke-Mlp $plane -Path "$TestDrive/ragged.csv" -ErrorVariable problems -ErrorAction SilentlyContinue
        $answers.Prediction | Should -BeExactly 0, 5
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -BeExactly 'RaggedRow,MicroGrad.PowerShell.Commands.InvokeMlpCommand'
        $problems[0].Exception.Message | Should -BeLike 'Row 2 has 3 cells*2 columns*'
    }

    It 'refuses rows that do not have as many columns as the model has inputs' {
        { [pscustomobject]@{ A = 1; B = 2; C = 3 } | Invoke-Mlp $plane } |
            Should -Throw -ErrorId 'SizeMismatch,MicroGrad.PowerShell.Commands.InvokeMlpCommand' -ExpectedMessage '*2 inputs*3*'
        { 1 | Invoke-Mlp $plane } |
            Should -Throw -ErrorId 'SizeMismatch,MicroGrad.PowerShell.Commands.InvokeMlpCommand' -ExpectedMessage '*2 inputs*1 was given*'
    }

    It 'refuses a feature that the rows lack, and lists their columns' {
        { [pscustomobject]@{ A = 1; B = 2 } | Invoke-Mlp $plane -Feature A, Z } |
            Should -Throw -ErrorId 'FeatureNotFound,MicroGrad.PowerShell.Commands.InvokeMlpCommand' -ExpectedMessage "*'Z'*A, B*"
    }
}

Describe 'Invoke-Mlp and the names of its answers' {
    BeforeAll {
        $script:weather = 1..20 | ForEach-Object { [pscustomobject]@{ Probability = $_ / 20; Rain = $_ -gt 10 ? 'yes' : 'no' } }
        $script:rainy = New-Mlp 1 4, 1 -Seed 1
        $null = $weather | Start-MlpTraining $rainy -Target Rain -Epoch 5
    }

    It 'never replaces a column of the row, and gives others with -Prefix' {
        { $weather[0] | Invoke-Mlp $rainy } | Should -Throw -ErrorId 'ColumnExists*' -ExpectedMessage '*-Prefix*'
        $answer = $weather[0] | Invoke-Mlp $rainy -Prefix My
        $answer.PSObject.Properties.Name | Should -BeExactly Probability, Rain, MyPrediction, MyProbability
        $answer.Probability | Should -BeExactly 0.05
    }

    It 'adds the probability of each class with -AllProbability' {
        foreach ($answer in $weather | Invoke-Mlp $rainy -Prefix My -AllProbability) {
            $answer.MyProbability_yes + $answer.MyProbability_no | Should -BeGreaterThan (1 - 1e-12)
            $answer."MyProbability_$($answer.MyPrediction)" | Should -BeExactly $answer.MyProbability
        }
    }

    It 'answers and measures rows of unknown categories with -UnknownCategory Ignore' {
        $seen = 1..12 | ForEach-Object { [pscustomobject]@{ Zone = ('n', 's')[$_ % 2]; Y = $_ % 2 } }
        $zones = New-Mlp 2 1 -Seed 1
        $null = $seen | Start-MlpTraining $zones -Target Y -Categorical Zone -Epoch 1
        $new = @([pscustomobject]@{ Zone = 'w'; Y = 1 }) + $seen
        ($new | Invoke-Mlp $zones -UnknownCategory Ignore).Count | Should -Be 13
        ($new | Measure-Mlp $zones -UnknownCategory Ignore).Count | Should -Be 13
        ($new | Invoke-Mlp $zones -ErrorAction SilentlyContinue).Count | Should -Be 12
    }

    It 'says of text that came in as a row what to do' {
        { './fruit.csv' | Start-MlpTraining $rainy } | Should -Throw -ErrorId 'TextAsRow*' -ExpectedMessage '*Import-Csv*-Path*'
        { 'a,b', '1,2' | Start-MlpTraining $rainy } | Should -Throw -ErrorId 'TextAsRow*' -ExpectedMessage '*ConvertFrom-Csv*'
    }
}

Describe 'Invoke-Mlp -Explain' {
    BeforeAll {
        $script:houses = 1..60 | ForEach-Object {
            [pscustomobject]@{ Area = 50 + $_; Kind = ('flat', 'house', 'hut')[$_ % 3]; Built = [datetime]::new(1950 + $_, 1 + $_ % 12, 3); Price = 3000 * $_ + 50000 * ($_ % 3) }
        }
        $script:prices = $houses | New-Mlp -Target Price -Categorical Kind -Seed 1
        $null = $houses | Start-MlpTraining $prices -Epoch 30 -LearningRate 0.01

        function Get-Contribution($Row) {
            ($Row.psobject.Properties | Where-Object Name -Like 'Contribution_*' | Measure-Object Value -Sum).Sum
        }
    }

    It 'gives each column its share of the difference to the baseline, and together they are the prediction' {
        $answers = $houses | Invoke-Mlp $prices -Explain
        $answers[0].psobject.Properties.Name |
            Should -BeExactly Area, Kind, Built, Price, Prediction, Baseline, Contribution_Area, Contribution_Kind, Contribution_Built
        $plain = $houses | Invoke-Mlp $prices
        for ($i = 0; $i -lt $houses.Count; $i++) {
            $answers[$i].Prediction | Should -Be $plain[$i].Prediction
            $sum = $answers[$i].Baseline + (Get-Contribution $answers[$i])
            [math]::Abs($sum / $answers[$i].Prediction - 1) | Should -BeLessThan 1e-8
        }
        ($answers.Baseline | Sort-Object -Unique) | Should -HaveCount 1
    }

    It 'explains the probability of the predicted class: <Name>' -ForEach @(
        @{ Name = 'of three'; Target = 'Kind' }
        @{ Name = 'of two'; Target = 'Large' }
    ) {
        $rows = $houses | Select-Object Area, Price, Kind, @{ n = 'Large'; e = { $_.Price -gt 150000 } }
        $classes = $rows | New-Mlp -Target $Target -Feature Area, Price -Seed 1
        $null = $rows | Start-MlpTraining $classes -Epoch 30 -LearningRate 0.05
        foreach ($answer in $rows | Invoke-Mlp $classes -Explain) {
            [math]::Abs($answer.Baseline + (Get-Contribution $answer) - $answer.Probability) | Should -BeLessThan 1e-8
        }
    }

    It 'gives a linear model its terms' {
        $answer = Invoke-Mlp $plane (5, 7) -Explain -Baseline (1, 1)
        $answer.Prediction, $answer.Baseline, $answer.Contribution_X1, $answer.Contribution_X2 | Should -Be -10, 0, 8, -18
    }

    It 'compares with a row that is given' {
        $row = $houses[7]
        $same = $row | Invoke-Mlp $prices -Explain -Baseline $row
        [math]::Abs($same.Baseline / $same.Prediction - 1) | Should -BeLessThan 1e-12
        $same.Contribution_Area, $same.Contribution_Kind, $same.Contribution_Built | Should -Be 0, 0, 0
        $other = $row | Select-Object *
        $other.Kind = 'hut'
        $one = $other | Invoke-Mlp $prices -Explain -Baseline $row
        $one.Contribution_Area, $one.Contribution_Built | Should -Be 0, 0
        [math]::Abs($one.Contribution_Kind / ($one.Prediction - $same.Prediction) - 1) | Should -BeLessThan 1e-8
    }

    It 'goes by its prefix, and takes no column of the row' {
        ($houses[0] | Invoke-Mlp $prices -Explain -Prefix My).psobject.Properties.Name | Should -Contain MyContribution_Area
        { $houses[0] | Select-Object *, Contribution_Area | Invoke-Mlp $prices -Explain } | Should -Throw -ErrorId 'ColumnExists,*'
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'a model that knows no means'; Call = { Invoke-Mlp $plane (5, 7) -Explain }; Id = 'BaselineMissing' }
        @{ Name = 'a baseline without an explanation'; Call = { Invoke-Mlp $plane (5, 7) -Baseline (0, 0) }; Id = 'UnusedOption' }
        @{ Name = 'live values'; Call = { Invoke-Mlp $plane (5, 7) -Explain -AsGradValue -Baseline (0, 0) }; Id = 'UnusedOption' }
        @{ Name = 'several numbers'; Call = { Invoke-Mlp (New-Mlp 2 2) (5, 7) -Explain -Baseline (0, 0) }; Id = 'UnusedOption' }
        @{ Name = 'a baseline of too few numbers'; Call = { $houses[0] | Invoke-Mlp $prices -Explain -Baseline 1, 2 }; Id = 'SizeMismatch' }
        @{ Name = 'a baseline without a column'; Call = { $houses[0] | Invoke-Mlp $prices -Explain -Baseline @{ Area = 1 } }; Id = 'FeatureNotFound' }
    ) {
        $Call | Should -Throw -ErrorId "$Id,*"
    }

    It 'says that it is the baseline which can''t be read' {
        { $houses[0] | Invoke-Mlp $prices -Explain -Baseline @{ Area = 'red'; Kind = 'hut'; Built = [datetime] '2000-01-01' } } |
            Should -Throw "*-Baseline*'red' in column 'Area'*" -ErrorId 'NotANumber,*'
    }

    It 'is shown as a table of columns, the largest contribution first' {
        $lines = ($houses[3] | Invoke-Mlp $prices -Explain | Out-String).Trim() -split '\r?\n'
        $lines[0] | Should -BeLike 'Prediction : *'
        $lines[1] | Should -BeLike 'Baseline   : *'
        $contributions = $lines[4..6].ForEach({ [double] ($_ -split ' +')[2] })
        $sizes = $contributions.ForEach({ [math]::Abs($_) })
        $sizes | Should -Be ($sizes | Sort-Object -Descending)
        $lines[4] | Should -Match '(\+{20}|-{20})$'
    }
}

Describe 'Invoke-Mlp with numbers' {
    It 'takes the names of -Feature for them, in any order' {
        $rows = foreach ($i in 1..9) { [pscustomobject]@{ Width = $i; Depth = $i % 3; Area = $i * ($i % 3) } }
        $known = New-Mlp 2 4, 1 -Seed 1
        $null = $rows | Start-MlpTraining $known -Target Area -Epoch 5
        $expected = Invoke-Mlp $known 5, 2
        Invoke-Mlp $known 2, 5 -Feature Depth, Width | Should -Be $expected
        Invoke-Mlp $known 5, 2 -Feature * | Should -Be $expected
        { Invoke-Mlp $known 5, 2 -Feature Width } | Should -Throw -ErrorId 'FeatureNotFound,*'
        { Invoke-Mlp $known 5, 2 -Feature Width, Width } | Should -Throw -ErrorId 'FeatureNotFound,*'
        { Invoke-Mlp $known 5, 2 -Feature Width, Height } | Should -Throw -ErrorId 'ColumnsDiffer,*'
    }
}
