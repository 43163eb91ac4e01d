BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"

    # A trained model with all that a file has to carry: categories, scaling, filled gaps, classes and a training record.
    $script:rows = foreach ($i in 0..29) {
        [pscustomobject]@{
            Size = if ($i -eq 7) { '' } else { 100 + 3.7 * $i }
            Kind = ('round', 'flat', 'long "x"')[$i % 3]
            Class = ('low', 'high')[$i -ge 15]
        }
    }
    $script:model = New-Mlp 4 5, 2 -Activation Gelu -Seed 3
    $null = $rows | Start-MlpTraining $model -Target Class -Categorical Kind -MissingValue Mean -Standardize -ValidationFraction 0.2 -Epoch 3 -Seed 12345678901234567890
    $script:trainingRecord = $model.Training

    function Get-Safetensor($Path) {
        $bytes = [System.IO.File]::ReadAllBytes($Path)
        $length = [System.BitConverter]::ToInt64($bytes, 0)
        [pscustomobject]@{
            Length = $length
            Header = [System.Text.Encoding]::UTF8.GetString($bytes, 8, $length) | ConvertFrom-Json -AsHashtable
            Data = $bytes[(8 + $length)..($bytes.Count - 1)]
        }
    }
}

Describe 'Export-Mlp' {
    BeforeEach {
        $script:folder = Join-Path $TestDrive ([guid]::NewGuid())
        $null = New-Item -ItemType Directory $folder
    }

    It 'writes a JSON file that a person can read: sizes, activations, features, classes, scaling, training' {
        Export-Mlp "$folder/m.json" $model | Should -BeNullOrEmpty
        $text = Get-Content -Raw "$folder/m.json"
        $file = $text | ConvertFrom-Json
        $file.format | Should -BeExactly 'MicroGrad.Mlp'
        $file.version | Should -Be 1
        $file.inputCount | Should -Be 4
        $file.layerSizes | Should -Be 5, 2
        $file.activation | Should -BeExactly 'Gelu'
        $file.outputActivation | Should -BeExactly 'Identity'
        $file.schema.features.name | Should -BeExactly Size, Kind
        $file.schema.features[0].mean | Should -BeExactly $model.Schema.Features[0].Mean
        $file.schema.features[0].scale | Should -BeExactly $model.Schema.Features[0].Scale
        $file.schema.features[0].fill | Should -BeExactly $model.Schema.Features[0].Fill
        $file.schema.features[1].categories | Should -BeExactly 'round', 'flat', 'long "x"'
        $file.schema.targets | Should -BeExactly 'Class'
        $file.schema.classes | Should -BeExactly 'low', 'high'
        $file.schema.loss | Should -BeExactly 'CrossEntropy'
        $file.training.epoch | Should -Be 3
        $file.training.loss | Should -BeExactly $trainingRecord.Loss
        $file.training.seed | Should -BeExactly '12345678901234567890'
        $file.layers.Count | Should -Be 2
        $file.layers[0].weights.Count | Should -Be 5
        $file.layers[0].biases.Count | Should -Be 5

        # A neuron's weights stand on one line, and lines end in \n whatever the system.
        ($text -split "`n" | Where-Object { $_ -match '^\s*\[-?\d' }).Count | Should -BeGreaterThan 6
        $text | Should -Not -Match "`r"
        $text | Should -Match "`n$"
    }

    It 'writes weights that read back to the bit, however small, large or odd' {
        $odd = New-Mlp 3 2 -Seed 1
        $numbers = [double]::Epsilon, 1.7976931348623157e308, (0.1 + 0.2), -7e-10, 1e-300, [math]::PI, 123456789.123456789, (1 / 3)
        for ($i = 0; $i -lt 8; $i++) {
            $odd.Parameters[$i].Data = $numbers[$i]
        }
        Export-Mlp "$folder/m.json" $odd
        $layer = (Get-Content -Raw "$folder/m.json" | ConvertFrom-Json).layers[0]
        $written = @($layer.weights[0]) + $layer.biases[0] + @($layer.weights[1]) + $layer.biases[1]
        for ($i = 0; $i -lt 8; $i++) {
            [System.BitConverter]::DoubleToInt64Bits($written[$i]) | Should -BeExactly ([System.BitConverter]::DoubleToInt64Bits($numbers[$i]))
        }
    }

    It 'writes the same file under a comma culture' {
        Export-Mlp "$folder/a.json" $model
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'de-DE'
            Export-Mlp "$folder/b.json" $model
        } finally {
            [cultureinfo]::CurrentCulture = $before
        }
        Get-Content -Raw "$folder/b.json" | Should -BeExactly (Get-Content -Raw "$folder/a.json")
    }

    It 'writes safetensors by the extension, as the format says' -ForEach '.safetensors', '.SafeTensors' {
        Export-Mlp "$folder/m$_" $model
        $file = Get-Safetensor "$folder/m$_"
        $file.Length % 8 | Should -Be 0
        $file.Header.Keys | Sort-Object | Should -BeExactly '__metadata__', 'layers.0.bias', 'layers.0.weight', 'layers.1.bias', 'layers.1.weight'
        $file.Header.'layers.0.weight'.dtype | Should -BeExactly 'F64'
        $file.Header.'layers.0.weight'.shape | Should -Be 5, 4
        $file.Header.'layers.0.bias'.shape | Should -Be 5
        $file.Header.'layers.1.weight'.shape | Should -Be 2, 5

        # Metadata may hold nothing but text.
        $file.Header.__metadata__.Values | Should -BeOfType string
        $file.Header.__metadata__.format | Should -BeExactly 'pt'

        # The tensors fill the rest of the file, one behind the other.
        $at = 0
        foreach ($offsets in ($file.Header.Keys -ne '__metadata__' | ForEach-Object { , $file.Header[$_].data_offsets } | Sort-Object { $_[0] })) {
            $offsets[0] | Should -Be $at
            $at = $offsets[1]
        }
        $file.Data.Count | Should -Be $at
        $start = $file.Header.'layers.1.weight'.data_offsets[0]
        [System.BitConverter]::ToDouble($file.Data, $start) | Should -BeExactly $model.Layers[1].Neurons[0].Weights[0].Data
        [System.BitConverter]::ToDouble($file.Data, $start + 5 * 8) | Should -BeExactly $model.Layers[1].Neurons[1].Weights[0].Data
    }

    It 'folds the scaling into the tensors, for programs that know nothing of it' {
        $line = 1..40 | ForEach-Object { [pscustomobject]@{ Year = 1980 + $_; Price = 200000 + 3000 * $_ } }
        $scaled = New-Mlp 1 3, 1 -Seed 1
        $null = $line | Start-MlpTraining $scaled -Target Price -Standardize -Epoch 20
        Export-Mlp "$folder/m.safetensors" $scaled
        $file = Get-Safetensor "$folder/m.safetensors"
        $tensor = @{}
        foreach ($name in $file.Header.Keys -ne '__metadata__') {
            $start, $end = $file.Header[$name].data_offsets
            $tensor[$name] = @(for ($at = $start; $at -lt $end; $at += 8) { [System.BitConverter]::ToDouble($file.Data, $at) })
        }

        # What PyTorch makes of it: y = W2 tanh(W1 x + b1) + b2, over the year as it is.
        $price = $tensor.'layers.1.bias'[0]
        foreach ($n in 0..2) {
            $price += $tensor.'layers.1.weight'[$n] * [math]::Tanh($tensor.'layers.0.weight'[$n] * 1999 + $tensor.'layers.0.bias'[$n])
        }
        [math]::Abs($price / $scaled.Predict(1999)[0] - 1) | Should -BeLessThan 1e-12

        $again = Import-Mlp "$folder/m.safetensors"
        $again.Parameters.Data | Should -BeExactly $scaled.Parameters.Data
        $again.Predict(1999) | Should -BeExactly $scaled.Predict(1999)
    }

    It 'saves finite weights whatever the history holds: <_>' -ForEach 'json', 'safetensors', 'xml' {
        $one = New-Mlp 1 1 -Seed 1
        $null = @(1, 2), @(2, 3) | Start-MlpTraining $one -Target Y -Epoch 2 -ValidationData @(, @(1e200, 1)) -WarningAction Ignore
        $one.Training.ValidationLoss | Should -Be ([double]::PositiveInfinity)
        $path = "$folder/m.$_"
        if ($_ -eq 'xml') {
            $one | Export-Clixml $path
            $again = Import-Clixml $path
        } else {
            Export-Mlp $path $one
            $again = Import-Mlp $path
        }
        $again.Parameters.Data | Should -BeExactly $one.Parameters.Data
        $again.Training | Should -Be $one.Training
    }

    It 'replaces a file with -Force only' {
        Set-Content "$folder/m.json" 'precious'
        { Export-Mlp "$folder/m.json" $model -ErrorAction Stop } |
            Should -Throw -ErrorId 'FileExists,MicroGrad.PowerShell.Commands.ExportMlpCommand' -ExpectedMessage '*exists already*'
        Get-Content "$folder/m.json" | Should -BeExactly 'precious'
        Export-Mlp "$folder/m.json" $model -Force
        (Import-Mlp "$folder/m.json").Parameters.Data | Should -BeExactly $model.Parameters.Data
    }

    It 'leaves nothing but the file behind' {
        Export-Mlp "$folder/m.json" $model
        Export-Mlp "$folder/m.json" $model -Force
        (Get-ChildItem -Force $folder).Name | Should -BeExactly 'm.json'
    }

    It 'writes nothing with -WhatIf' {
        Export-Mlp "$folder/m.json" $model -WhatIf -PassThru | Should -BeNullOrEmpty
        "$folder/m.json" | Should -Not -Exist
    }

    It 'emits the file with -PassThru' {
        $file = Export-Mlp "$folder/m.json" $model -PassThru
        $file | Should -BeOfType System.IO.FileInfo
        $file.FullName | Should -BeExactly (Get-Item "$folder/m.json").FullName
        $file.Length | Should -BeGreaterThan 0
    }

    It 'refuses an extension that stands for no format of a model, and lists those that do: <_>' -ForEach 'm.txt', 'm' {
        { Export-Mlp "$folder/$_" $model } |
            Should -Throw -ErrorId 'UnknownFormat,MicroGrad.PowerShell.Commands.ExportMlpCommand' -ExpectedMessage '*model*.json*.safetensors*'
        "$folder/$_" | Should -Not -Exist
    }

    It 'takes the model from the pipeline' {
        $model | Export-Mlp "$folder/m.json"
        "$folder/m.json" | Should -Exist
    }

    It 'takes a -LiteralPath as it stands' {
        $model | Export-Mlp -LiteralPath "$folder/m[1].json"
        [System.IO.File]::Exists("$folder/m[1].json") | Should -BeTrue
    }

    It 'writes beside the current location of the session' {
        Push-Location $folder
        try {
            Export-Mlp here.json $model
        } finally {
            Pop-Location
        }
        "$folder/here.json" | Should -Exist
    }

    It 'refuses a folder that does not exist' {
        { Export-Mlp "$folder/none/m.json" $model } |
            Should -Throw -ErrorId 'PathNotFound,MicroGrad.PowerShell.Commands.ExportMlpCommand' -ExpectedMessage '*none*does not exist*'
    }

    It 'refuses a folder in place of a file' {
        { Export-Mlp $folder $model -Force } | Should -Throw -ErrorId 'NotAFilePath,MicroGrad.PowerShell.Commands.ExportMlpCommand'
    }

    It 'refuses a path on another provider' {
        { Export-Mlp 'Env:m.json' $model } | Should -Throw -ErrorId 'NotAFilePath,MicroGrad.PowerShell.Commands.ExportMlpCommand' -ExpectedMessage '*Environment*'
    }

    It 'reports a file system that refuses, and leaves no temporary file' {
        # A name longer than the file system allows: the temporary file can be written, but not renamed.
        { Export-Mlp "$folder/$('n' * 300).json" $model } |
            Should -Throw -ErrorId 'WriteFailed,MicroGrad.PowerShell.Commands.ExportMlpCommand'
        Get-ChildItem -Force $folder | Should -BeNullOrEmpty
    }

    It 'refuses weights that are not finite, and keeps the file that was there: <Extension>' -ForEach @(
        @{ Extension = 'json' }
        @{ Extension = 'safetensors' }
    ) {
        $broken = New-Mlp 2 1 -Seed 1
        Export-Mlp "$folder/m.$Extension" $broken
        $expected = $broken.Parameters.Data
        $broken.Parameters[1].Data = [double]::NaN
        { Export-Mlp "$folder/m.$Extension" $broken -Force } |
            Should -Throw -ErrorId 'NotFinite,MicroGrad.PowerShell.Commands.ExportMlpCommand' -ExpectedMessage '*NaN*'
        (Import-Mlp "$folder/m.$Extension").Parameters.Data | Should -BeExactly $expected
    }

    It 'lists all extensions where one is unknown' {
        { Export-Mlp "$folder/m.pkl" $model } | Should -Throw -ErrorId 'UnknownFormat,*' `
            -ExpectedMessage "*'.pkl'*.json, .safetensors, .onnx, .ps1, .cs, .js, .py*"
    }

    It 'refuses weights that are not finite in code and in ONNX too: <_>' -ForEach 'onnx', 'ps1', 'cs', 'js', 'py' {
        $broken = New-Mlp 2 1 -Seed 1
        $broken.Parameters[1].Data = [double]::NaN
        { Export-Mlp "$folder/m.$_" $broken } | Should -Throw -ErrorId 'NotFinite,*'
        "$folder/m.$_" | Should -Not -Exist
    }
}

Describe 'A model exported as a script' {
    BeforeAll {
        # In processes without the module, where Import-Module would find none.
        function Invoke-Bare([string] $Code, [string] $Folder) {
            $result = & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -WorkingDirectory $Folder -Command "
                `$PSStyle.OutputRendering = 'PlainText'; Set-StrictMode -Version Latest
                . ./rate-class.ps1
                `$rows = Import-Csv ./rows.csv
                & { $Code } | ConvertTo-Json -Depth 4 -AsArray -Compress"
            ConvertFrom-Json ($result -join "`n") -NoEnumerate
        }
        $script:folder = Join-Path $TestDrive script
        $null = New-Item -ItemType Directory $folder
        Export-Mlp "$folder/rate-class.ps1" $model
        $rows | Export-Csv "$folder/rows.csv"
        $script:expected = @(Import-Csv "$folder/rows.csv" | Invoke-Mlp $model)
    }

    It 'answers rows as Invoke-Mlp does, behind their own columns' {
        $answers = Invoke-Bare '$rows | Invoke-RateClass' $folder
        $answers.Count | Should -Be 30
        for ($i = 0; $i -lt 30; $i++) {
            ($answers[$i].PSObject.Properties.Name) | Should -BeExactly $expected[$i].PSObject.Properties.Name
            $answers[$i].Prediction | Should -BeExactly $expected[$i].Prediction
            [math]::Abs($answers[$i].Probability - $expected[$i].Probability) | Should -BeLessThan 1e-12
        }
    }

    It 'answers features by parameters, numbers and text alike' {
        $answers = Invoke-Bare 'Invoke-RateClass -Size 100 -Kind round; Invoke-RateClass -Kind round -Size "100"; Invoke-RateClass -Kind flat; Invoke-RateClass -Kind flat -Size ([double]::NaN)' $folder
        $answers[0].Probability | Should -Be $answers[1].Probability
        $answers[0].Prediction | Should -BeExactly $expected[0].Prediction
        [math]::Abs($answers[0].Probability - $expected[0].Probability) | Should -BeLessThan 1e-12
        $filled = [pscustomobject]@{ Size = ''; Kind = 'flat' } | Invoke-Mlp $model
        [math]::Abs($answers[2].Probability - $filled.Probability) | Should -BeLessThan 1e-12
        $answers[3].Probability | Should -Be $answers[2].Probability
    }

    It 'answers hashtables, and rows as an argument' {
        $answers = Invoke-Bare '@{ Size = 100; Kind = "round" } | Invoke-RateClass; Invoke-RateClass $rows[0]' $folder
        $answers.Prediction | Should -BeExactly @($expected[0].Prediction, $expected[0].Prediction)
        $answers[0].Kind | Should -BeExactly round
    }

    It 'reports a row that is wrong, and goes on' {
        $answers = Invoke-Bare @'
            $wrong = @{ Size = 'much'; Kind = 'round' }, @{ Size = 1; Kind = 'oval' }, @{ Size = 1 }, @{ Size = [double]::PositiveInfinity; Kind = 'round' }, @{ Size = 1; Kind = 'round' }
            $answers = @($wrong | Invoke-RateClass -ErrorAction SilentlyContinue -ErrorVariable failures)
            $answers.Count
            $failures.FullyQualifiedErrorId -replace ',.*'
'@ $folder
        $answers | Should -BeExactly 1, NotANumber, UnknownCategory, MissingFeature, NotFinite
    }

    It 'refuses a row that has a column of an answer, unless -Prefix names answers otherwise' {
        $answers = Invoke-Bare @'
            $own = @{ Size = 1; Kind = 'round'; prediction = 7 }, [pscustomobject] @{ Size = 1; Kind = 'round'; Probability = 8 }, @{ Size = 1; Kind = 'round' }
            @($own | Invoke-RateClass -ErrorAction SilentlyContinue -ErrorVariable failures).Count
            $failures.FullyQualifiedErrorId -replace ',.*'
            "$($failures[1])"
            $own[1] | Invoke-RateClass -Prefix My
            Invoke-RateClass -Size 1 -Kind round -Prefix My
'@ $folder
        $answers[0..2] | Should -BeExactly 1, ColumnExists, ColumnExists
        $answers[3] | Should -BeLike "Row 2 has a column 'Probability' of its own*-Prefix My*"
        $answers[4].PSObject.Properties.Name | Should -BeExactly Size, Kind, Probability, MyPrediction, MyProbability
        $answers[4].Probability | Should -Be 8
        $answers[5].PSObject.Properties.Name | Should -BeExactly MyPrediction, MyProbability
        $answers[5].MyProbability | Should -Be $answers[4].MyProbability
    }

    It 'refuses rows with columns of labels and of quantiles, as Invoke-Mlp does: <Column>' -ForEach @(
        @{ Column = 'Prediction_Busy'; Given = @{ Target = 'Busy', 'Cold' } }
        @{ Column = 'Probability_Cold'; Given = @{ Target = 'Busy', 'Cold' } }
        @{ Column = 'Quantile_0.9'; Given = @{ Target = 'Sold'; Quantile = 0.1, 0.9 } }
    ) {
        $days = 0..9 | ForEach-Object { [pscustomobject] @{ X = $_; Sold = $_ % 7; Busy = $_ % 2; Cold = [int] ($_ -lt 5) } }
        $taken = $days | New-Mlp -Feature X @Given -HiddenSize 2 -Seed 1
        Export-Mlp "$folder/taken.ps1" $taken -Force
        $own = [pscustomobject] @{ X = 1; $Column = 5 }
        { $own | Invoke-Mlp $taken } | Should -Throw -ErrorId 'ColumnExists,*'
        $answers = Invoke-Bare ". ./taken.ps1; `$own = [pscustomobject] @{ X = 1; '$Column' = 5 }
            @(`$own | Invoke-Taken -ErrorAction SilentlyContinue -ErrorVariable failures).Count
            `$failures.FullyQualifiedErrorId -replace ',.*'" $folder
        $answers | Should -BeExactly 0, ColumnExists
    }

    It 'reports what fails further down the pipeline as no error of its own' {
        $answers = Invoke-Bare '
            try { $rows | Invoke-RateClass | ForEach-Object { throw "further down" } } catch { "$_" }
            @($rows | Invoke-RateClass | Select-Object -First 1).Count' $folder
        $answers | Should -BeExactly 'further down', 1
    }

    It 'reads dates, tells labels and quantiles, and decides from a threshold on, as Invoke-Mlp does' {
        $days = foreach ($day in 0..59) {
            $date = [datetime]::new(2024, 2, 1).AddHours(29 * $day)
            [pscustomobject]@{ When = $date; Sold = $day % 7; Busy = $day % 2 -eq 0; Cold = [int] ($day -lt 20) }
        }
        $given = $days | Select-Object @{ n = 'When'; e = { $_.When.ToString('s') } }
        $given | Export-Csv "$folder/days.csv"
        $models = @{
            number = { $days | New-Mlp -Feature When -Target Sold -HiddenSize 3 -Seed 1 }
            labels = { $days | New-Mlp -Feature When -Target Busy, Cold -HiddenSize 3 -Seed 1 }
            quantiles = { $days | New-Mlp -Feature When -Target Sold -Quantile 0.1, 0.5, 0.9 -HiddenSize 3 -Seed 1 }
        }
        foreach ($name in $models.Keys) {
            $dated = & $models[$name]
            $null = $days | Start-MlpTraining $dated -Epoch 2
            $threshold = if ($name -eq 'labels') { @{ Threshold = 0.4 } } else { @{} }
            $dated | Export-Mlp "$folder/$name.ps1" @threshold
            $answers = Invoke-Bare ". ./$name.ps1; Import-Csv ./days.csv | Invoke-$name" $folder
            $right = @($given | Invoke-Mlp $dated @threshold)
            $answers.Count | Should -Be 60
            foreach ($i in 0..59) {
                $answers[$i].PSObject.Properties.Name | Should -BeExactly $right[$i].PSObject.Properties.Name
                foreach ($column in $right[$i].PSObject.Properties | Where-Object Name -NotIn 'When', 'Prediction') {
                    [math]::Abs([double] $answers[$i].($column.Name) - [double] $column.Value) | Should -BeLessThan 1e-12 -Because "$name, $($column.Name)"
                }
                if ($name -eq 'number') { [math]::Abs($answers[$i].Prediction - $right[$i].Prediction) | Should -BeLessThan 1e-12 }
            }
        }
        $failures = Invoke-Bare '
            . ./number.ps1
            $null = "30.04.2025", 45000, "", "2025-02-30" | ForEach-Object { @{ When = $_ } } | Invoke-Number -ErrorAction SilentlyContinue -ErrorVariable failures
            $failures.FullyQualifiedErrorId -replace ",.*"' $folder
        $failures | Should -BeExactly NotADate, NotADate, MissingValue, NotADate
    }

    It 'is what Windows PowerShell reads too' {
        # What PowerShell 7 alone reads: a choice, null's operators, and chains of commands.
        $newer = 'QuestionMark', 'QuestionQuestion', 'QuestionQuestionEquals', 'QuestionDot', 'QuestionLBracket', 'AndAnd', 'OrOr'
        $tokens = $problems = $null
        $null = [System.Management.Automation.Language.Parser]::ParseFile("$folder/rate-class.ps1", [ref] $tokens, [ref] $problems)
        $problems | Should -BeNullOrEmpty
        $tokens.Count | Should -BeGreaterThan 100
        $tokens | Where-Object Kind -In $newer | Should -BeNullOrEmpty
    }
}

Describe 'Export-Mlp to a report' {
    BeforeAll {
        $script:epochs = $rows | Start-MlpTraining (New-Mlp 4 5, 2 -Seed 3) -Target Class -Categorical Kind -MissingValue Mean -Epoch 3

        # All text of the page, a line each.
        function Get-PageText([string] $Path) {
            [System.Net.WebUtility]::HtmlDecode(((Get-Content -Raw $Path) -replace '(?s)<style>.*?</style>' -replace '<[^>]+>', "`n")) -split '\n' | ForEach-Object Trim | Where-Object { $_ }
        }
    }

    BeforeEach {
        $script:page = Join-Path $TestDrive "$([guid]::NewGuid()).html"
    }

    It 'tells of the columns, the network and the training, and says what is missing' {
        Export-Mlp $page $model
        $text = Get-PageText $page
        $text | Should -Contain 'Kind'
        $text | Should -Contain '4 → 5 → 2'
        $text[$text.IndexOf('seed of the training') + 1] | Should -BeExactly '12345678901234567890'
        $text | Should -Contain 'none of the categories'
        $text | Should -Contain '2 classes: low, high'
        "$text" | Should -BeLike '*without rows to measure it on*results of the training were not given*split of the rows*'
        Get-Content -Raw $page | Should -Not -BeLike '*<script*'
    }

    It 'has the figures of Measure-Mlp over -Data, the loss of -History, and the command' {
        $model | Export-Mlp $page -Data $rows -History $epochs -Title 'A & B'
        $measured = $rows | Measure-Mlp $model
        $text = Get-PageText $page
        $text[0] | Should -BeExactly 'A & B'
        foreach ($name in 'Accuracy', 'AUC', 'LogLoss', 'Kappa') {
            $text | Should -Contain $measured.$name.ToString('F4', [cultureinfo]::InvariantCulture)
        }
        $text | Should -Contain 'epoch'
        $text | Should -Contain 'predicted'
        $text | Should -Contain 'rise of the loss when shuffled'
        ($text -match 'Export-Mlp \$page -Data \$rows') | Should -Not -BeNullOrEmpty
        "$text" | Should -Not -BeLike '*without rows to measure it on*'
    }

    It 'tells the split and the settings of the training, and measures from a threshold on' {
        $split = New-Mlp 4 5, 2 -Seed 3 -Dropout 0.25
        $null = $rows | Start-MlpTraining $split -Target Class -Categorical Kind -MissingValue Mean -Epoch 3 -ValidationFraction 0.2 -Optimizer Sgd -Momentum 0.9 -Schedule Cosine -L2 0.001 -Loss CrossEntropy
        $split.Training.ValidationRows | Should -Be 6
        $split | Export-Mlp $page -Data $rows -Threshold 1
        $text = "$(Get-PageText $page)"
        $text | Should -BeLike '*rows trained on 24 rows validated on 6*dropout 0.25*momentum 0.9, schedule Cosine, L2 0.001*'
        $text | Should -BeLike "*accuracy $(($rows | Measure-Mlp $split -Threshold 1).Accuracy.ToString('F4', [cultureinfo]::InvariantCulture))*"
        Export-Mlp "$TestDrive/split.json" $split
        (Import-Mlp "$TestDrive/split.json").Training | Should -Be $split.Training
    }

    It 'draws residuals of numbers, and measures a file of rows too' {
        $prices = 1..30 | ForEach-Object { [pscustomobject]@{ X = $_; Price = 3 * $_ + $_ % 4 } }
        $line = New-Mlp 1 4, 1 -Seed 1
        $null = $prices | Start-MlpTraining $line -Target Price -Standardize -Epoch 5
        $prices | Export-Csv "$TestDrive/prices.csv"
        $line | Export-Mlp $page -Data (Import-Csv "$TestDrive/prices.csv")
        Get-PageText $page | Should -Contain 'predicted Price'
        Get-PageText $page | Should -Contain ($prices | Measure-Mlp $line).RMSE.ToString('F4', [cultureinfo]::InvariantCulture)
    }

    It 'has no markup of names from data' {
        $hostile = foreach ($i in 0..19) { [pscustomobject]@{ '<img src=x onerror=alert(1)>' = $i; Class = ('</table><script>', 'b & "c"')[$i % 2] } }
        $model = New-Mlp 1 2 -Seed 1
        $null = $hostile | Start-MlpTraining $model -Target Class -Epoch 2
        $model | Export-Mlp $page -Data $hostile -Title '<h2>'
        Get-Content -Raw $page | Should -Not -Match '<img|<script|</table><s'
        Get-PageText $page | Should -Contain '<img src=x onerror=alert(1)>'
    }

    It 'tells of an untrained model what there is' {
        New-Mlp 2 3, 1 -Seed 1 | Export-Mlp $page
        "$(Get-PageText $page)" | Should -BeLike '*not trained on rows*2 → 3 → 1*no record of a training*'
    }

    It 'refuses <Given>' -ForEach @(
        @{ Given = '-Data with a model file'; Name = 'a.json'; Id = 'UnusedOption'; Parameter = { @{ Data = $rows } } }
        @{ Given = '-Title with code'; Name = 'a.py'; Id = 'UnusedOption'; Parameter = { @{ Title = 'x' } } }
        @{ Given = '-Threshold with a model file'; Name = 'a.json'; Id = 'UnusedOption'; Parameter = { @{ Threshold = 0.5 } } }
        @{ Given = 'a threshold that is no probability'; Name = 'a.js'; Id = 'InvalidThreshold'; Parameter = { @{ Threshold = 1.5 } } }
        @{ Given = '-Threshold without rows'; Name = 'a.html'; Id = 'UnusedOption'; Parameter = { @{ Threshold = 0.5 } } }
        @{ Given = '-Culture without rows'; Name = 'a.html'; Id = 'UnusedOption'; Parameter = { @{ Culture = 'de-DE' } } }
        @{ Given = 'rows without the columns'; Name = 'a.html'; Id = 'TargetNotFound'; Parameter = { @{ Data = [pscustomobject]@{ A = 1 } } } }
        @{ Given = 'a history of something else'; Name = 'a.html'; Id = 'InvalidHistory'; Parameter = { @{ History = 'text' } } }
    ) {
        $more = & $Parameter
        { $model | Export-Mlp "$TestDrive/$Name" @more } | Should -Throw -ErrorId "$Id,MicroGrad.PowerShell.Commands.ExportMlpCommand"
        "$TestDrive/$Name" | Should -Not -Exist
    }
}

Describe 'Something other than a model that is given to Export-Mlp' {
    It 'ends the command by one error: <Name>' -ForEach @(
        @{ Name = 'rows through the pipeline'; Command = { $rows | Export-Mlp "$TestDrive/none.json" } }
        @{ Name = 'rows beside a model'; Command = { $rows | Export-Mlp "$TestDrive/none.html" $model } }
        @{ Name = 'numbers'; Command = { 1, 2, 3 | Export-Mlp "$TestDrive/none.json" } }
        @{ Name = 'model and path in the wrong order'; Command = { Export-Mlp $model "$TestDrive/none.json" } }
    ) {
        $problem = try { & $Command 2>&1 } catch { $_ }
        $problem | Should -HaveCount 1
        $problem.FullyQualifiedErrorId | Should -BeExactly 'InvalidInputObject,MicroGrad.PowerShell.Commands.ExportMlpCommand'
        "$problem" | Should -BeLike '*-Data*'
        "$TestDrive/none.*" | Should -Not -Exist
    }

    It 'is none where the command stands in a loop over other objects' {
        1 | ForEach-Object { Export-Mlp "$TestDrive/loop.json" $model }
        "$TestDrive/loop.json" | Should -Exist
    }
}
