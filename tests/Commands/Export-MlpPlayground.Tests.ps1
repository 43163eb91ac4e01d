BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"

    $script:moons = New-GradDataset Moons -Count 60 -Noise 0.1 -Seed 1
    $script:flowers = foreach ($i in 1..30) {
        [pscustomobject]@{
            Length = $i / 10
            Color = ('red', 'green', 'blue')[$i % 3]
            Kind = ('rose', 'tulip', 'lily')[[math]::Floor(($i - 1) / 10)]
        }
    }

    # What the page was made with.
    function Get-PlaygroundData($File) {
        $null = (Get-Content -Raw -LiteralPath $File) -match '(?s)<script type="application/json" id="data">(.*?)</script>'
        $Matches[1] | ConvertFrom-Json
    }

    # Writes a page, and reads what it was made with.
    function Export-Data {
        $file = "$TestDrive/page.html"
        $input | Export-MlpPlayground $file -Force @args
        Get-PlaygroundData $file
    }
}

Describe 'Export-MlpPlayground' {
    It 'writes one page that loads nothing, and emits it with -PassThru' {
        $file = $moons | Export-MlpPlayground "$TestDrive/one.html" -Model (New-Mlp 2 8, 1) -Target Label -PassThru
        $file | Should -BeOfType IO.FileInfo
        $text = Get-Content -Raw $file
        $text | Should -BeLike "<!DOCTYPE html>*default-src 'none'*"
        $text | Should -Not -Match '(src|href)="(?!#)'
        $moons | Export-MlpPlayground "$TestDrive/two.html" -Model (New-Mlp 2 8, 1) -Target Label | Should -BeNullOrEmpty
    }

    It 'is at most 80 KB beside rows and weights' {
        # A page of the smallest model and two rows.
        $rows = @{ X = 0; Y = 0 }, @{ X = 1; Y = 1 }
        $file = $rows | Export-MlpPlayground "$TestDrive/small.html" -Model (New-Mlp 1 1) -Target Y -PassThru
        $file.Length | Should -BeLessThan 80kb
    }

    It 'begins with the weights of the model, and leaves it as it is' {
        $model = New-Mlp 2 4, 1 -Seed 7
        $before = $model.Parameters.Data
        $data = $moons | Export-Data -Model $model -Target Label
        $written = foreach ($layer in $data.model.layers) {
            for ($n = 0; $n -lt $layer.biases.Count; $n++) { $layer.weights[$n]; $layer.biases[$n] }
        }
        $written | Should -Be $before
        $model.Parameters.Data | Should -Be $before
        $model.Schema | Should -BeNullOrEmpty
        $model.Training | Should -BeNullOrEmpty
    }

    It 'goes on from a trained model, with its columns' {
        $model = New-Mlp 2 4, 1 -Seed 7
        $null = $moons | Start-MlpTraining $model -Target Label -Feature X2, X1 -Loss Hinge -Epoch 2
        $data = $moons | Export-Data -Model $model
        $data.model.schema.features.name | Should -Be 'X2', 'X1'
        $data.settings.loss | Should -BeExactly 'Hinge'
    }

    It 'holds all digits of all rows' {
        $data = $moons | Export-Data -Model (New-Mlp 2 4, 1) -Target Label
        $data.rows.features[0] | Should -Be $moons.X1
        $data.rows.features[1] | Should -Be $moons.X2
        $data.rows.targets.ForEach({ $_[0] }) | Should -Be $moons.Label
        $data.classes | Should -Be '-1', '1'
    }

    It 'takes the settings of Start-MlpTraining, with its defaults' {
        $data = $moons | Export-Data -Model (New-Mlp 2 4, 1) -Target Label
        $data.settings | ConvertTo-Json -Compress | Should -BeExactly (
            '{"loss":"MeanSquaredError","optimizer":"Adam","rate":0.01,"momentum":0,"batch":32,"l2":0,"validation":0,"orderSeed":"1"}')
        $data = $moons | Export-Data -Model (New-Mlp 2 4, 1) -Target Label -Loss Hinge -Optimizer Sgd -Momentum 0.9 -BatchSize 0 -L2 0.001 -ValidationFraction 0.25 -Seed 3
        $data.settings | ConvertTo-Json -Compress | Should -BeExactly (
            '{"loss":"Hinge","optimizer":"Sgd","rate":0.1,"momentum":0.9,"batch":0,"l2":0.001,"validation":0.25,"orderSeed":"3"}')
    }

    It 'offers the losses that fit: <Name>' -ForEach @(
        @{ Name = 'two numbers'; Rows = { $moons }; Model = { New-Mlp 2 1 }; Target = 'Label'; Losses = 'MeanSquaredError', 'SumSquaredError', 'MeanAbsoluteError', 'Huber', 'Hinge', 'BinaryCrossEntropy' }
        @{ Name = 'a quantity'; Rows = { $moons }; Model = { New-Mlp 2 1 }; Target = 'X1'; Losses = 'MeanSquaredError', 'SumSquaredError', 'MeanAbsoluteError', 'Huber' }
        @{ Name = 'three classes'; Rows = { $flowers }; Model = { New-Mlp 4 3 }; Target = 'Kind'; Losses = 'CrossEntropy' }
        @{ Name = 'two classes'; Rows = { $flowers | Where-Object Kind -NE lily }; Model = { New-Mlp 4 1 }; Target = 'Kind'; Losses = 'Hinge', 'BinaryCrossEntropy' }
    ) {
        $categorical = $Target -eq 'Kind' ? @{ Categorical = 'Color' } : @{}
        (& $Rows | Export-Data -Model (& $Model) -Target $Target @categorical).losses | Should -Be $Losses
    }

    It 'writes categories as their places' {
        $data = $flowers | Export-Data -Model (New-Mlp 4 3) -Target Kind -Categorical Color
        $data.model.schema.features[1].categories | Should -Be 'green', 'blue', 'red'
        $data.rows.features[1][0..3] | Should -Be 0, 1, 2, 0
    }

    It 'holds out the rows that training would' {
        $data = $flowers | Export-Data -Model (New-Mlp 4 3) -Target Kind -Categorical Color -ValidationFraction 0.2 -Seed 5
        # The losses of training and validation rows tell which they are: a model that does not move.
        $model = New-Mlp 4 3 -Seed 1
        $result = $flowers | Start-MlpTraining $model -Target Kind -Categorical Color -ValidationFraction 0.2 -Seed 5 -Epoch 1 -LearningRate 1e-300
        $held = for ($i = 0; $i -lt 30; $i++) { if ($data.splits.'0.2'[$i] -eq '1') { $flowers[$i] } }
        @($held).Count | Should -Be 6
        (Measure-Mlp $model -InputObject $held).Loss | Should -BeExactly $result.ValidationLoss
    }

    It 'names the command that trains with the same numbers' {
        $data = $flowers | Export-Data -Model (New-Mlp 4 3) -Target Kind -Categorical Color -Standardize -MissingValue Skip
        $data.command.rows | Should -BeExactly "-Target 'Kind' -Feature 'Length', 'Color' -Categorical 'Color' -MissingValue Skip -Standardize"
    }

    It 'standardizes a model made from rows as its training does, unless that is turned off' {
        $rows = foreach ($i in 1..50) { [pscustomobject]@{ X = 100 * $i; Y = $i } }
        $model = $rows | New-Mlp -Target Y
        ($rows | Export-Data -Model $model -Target Y).command.rows | Should -BeLike '*-Standardize'
        $rows | Export-MlpPlayground "$TestDrive/raw.html" -Model $model -Standardize:$false
        (Get-PlaygroundData "$TestDrive/raw.html").command.rows | Should -Not -BeLike '*-Standardize*'
        $data = $rows | Export-Data -Model $model -Target Y
        $null = $rows | Start-MlpTraining $model -Epoch 1
        $data.model.schema.features[0].mean | Should -BeExactly $model.Schema.Features[0].Mean
    }

    It 'holds a sample of many rows, with a warning' {
        $many = foreach ($i in 1..50) { [pscustomobject]@{ X = $i; Y = 2 * $i } }
        $many | Export-MlpPlayground "$TestDrive/many.html" -Model (New-Mlp 1 1) -Target Y -MaximumRow 20 -WarningVariable warnings -WarningAction SilentlyContinue
        $data = Get-PlaygroundData "$TestDrive/many.html"
        $warnings | Should -BeLike '*50 rows*sample of 20*-MaximumRow*'
        $data.sampledFrom | Should -Be 50
        $data.rows.features[0].Count | Should -Be 20
        $data.rows.features[0] | Should -Be ($data.rows.features[0] | Sort-Object -Unique)
    }

    It 'leaves text that looks like markup as text' {
        $rows = @{ '</script>' = 1; Kind = '<b>"' }, @{ '</script>' = 2; Kind = "it's" }
        $file = $rows | Export-MlpPlayground "$TestDrive/marked.html" -Model (New-Mlp 1 1) -Target Kind -Title '</title><script>' -PassThru
        $data = Get-PlaygroundData $file
        $data.title | Should -BeExactly '</title><script>'
        $data.classes | Should -Be '<b>"', "it's"
        Get-Content -Raw $file | Should -Not -Match '</title><script>'
    }

    It 'leaves controls out' {
        $data = $moons | Export-Data -Model (New-Mlp 2 1) -Target Label -Hide Noise, learningrate
        $data.hide | Should -Be 'Noise', 'LearningRate'
        { $moons | Export-MlpPlayground "$TestDrive/x.html" -Model (New-Mlp 2 1) -Target Label -Hide Nothing } | Should -Throw -ErrorId 'CannotConvertArgumentNoMessage,*'
    }

    It 'writes nothing with -WhatIf, and replaces a file only with -Force' {
        $moons | Export-MlpPlayground "$TestDrive/what.html" -Model (New-Mlp 2 1) -Target Label -WhatIf
        "$TestDrive/what.html" | Should -Not -Exist
        Set-Content "$TestDrive/there.html" 'mine'
        { $moons | Export-MlpPlayground "$TestDrive/there.html" -Model (New-Mlp 2 1) -Target Label } | Should -Throw -ErrorId 'FileExists,*'
        Get-Content "$TestDrive/there.html" | Should -BeExactly 'mine'
        $moons | Export-MlpPlayground "$TestDrive/there.html" -Model (New-Mlp 2 1) -Target Label -Force
        Get-Content -Raw "$TestDrive/there.html" | Should -BeLike '<!DOCTYPE html>*'
    }

    It 'writes to a literal path' {
        $moons | Export-MlpPlayground -LiteralPath "$TestDrive/a[1].html" -Model (New-Mlp 2 1) -Target Label
        Test-Path -LiteralPath "$TestDrive/a[1].html" | Should -BeTrue
    }

    It 'refuses what training refuses: <Id>' -ForEach @(
        @{ Id = 'EmptyData'; Rows = { }; Arguments = @{ Target = 'Label' } }
        @{ Id = 'SizeMismatch'; Rows = { $flowers }; Arguments = @{ Target = 'Kind'; Feature = 'Length' } }
        @{ Id = 'TargetMissing'; Rows = { $moons }; Arguments = @{ Feature = 'X1', 'X2' } }
        @{ Id = 'InvalidValidationFraction'; Rows = { $moons }; Arguments = @{ Target = 'Label'; ValidationFraction = 1.5 } }
        @{ Id = 'InvalidLearningRate'; Rows = { $moons }; Arguments = @{ Target = 'Label'; LearningRate = -1 } }
        @{ Id = 'InvalidBatchSize'; Rows = { $moons }; Arguments = @{ Target = 'Label'; BatchSize = -1 } }
        @{ Id = 'InvalidL2'; Rows = { $moons }; Arguments = @{ Target = 'Label'; L2 = -1 } }
        @{ Id = 'InvalidSeed'; Rows = { $moons }; Arguments = @{ Target = 'Label'; Seed = 1.5 } }
        @{ Id = 'UnusedOption'; Rows = { $moons }; Arguments = @{ Target = 'Label'; Momentum = 0.9 } }
        @{ Id = 'InvalidCount'; Rows = { $moons }; Arguments = @{ Target = 'Label'; MaximumRow = 0 } }
    ) {
        { & $Rows | Export-MlpPlayground "$TestDrive/no.html" -Model (New-Mlp 2 1) @Arguments -ErrorAction Stop } | Should -Throw -ErrorId "$Id,*"
        "$TestDrive/no.html" | Should -Not -Exist
    }

    It 'refuses an extension of no page, and names those it takes: <_>' -ForEach 'page.svg', 'page' {
        { $moons | Export-MlpPlayground "$TestDrive/$_" -Model (New-Mlp 2 8, 1) -Target Label } |
            Should -Throw -ErrorId 'UnknownFormat,*' -ExpectedMessage '*playground*.html, .htm*'
        "$TestDrive/$_" | Should -Not -Exist
    }

    It 'refuses more classes than it has signs for' {
        $rows = foreach ($i in 1..20) { @{ X = $i; Kind = "k$($i % 10)" } }
        { $rows | Export-MlpPlayground "$TestDrive/ten.html" -Model (New-Mlp 1 10) -Target Kind } | Should -Throw -ErrorId 'TooManyClasses,*'
    }
}
