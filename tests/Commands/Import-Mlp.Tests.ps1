BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"

    $script:rows = foreach ($i in 0..29) {
        [pscustomobject]@{
            Size = if ($i -eq 7) { '' } else { 100 + 3.7 * $i }
            Kind = ('round', 'flat', 'long "x"')[$i % 3]
            Class = ('low', 'high')[$i -ge 15]
        }
    }
    $script:model = New-Mlp 4 5, 2 -Activation Gelu -Seed 3
    $null = $rows | Start-MlpTraining $model -Target Class -Categorical Kind -MissingValue Mean -Standardize -ValidationFraction 0.2 -Epoch 3 -CheckpointPath "$TestDrive/checkpoint.json"
    Export-Mlp "$TestDrive/good.json" $model
    Export-Mlp "$TestDrive/good.safetensors" $model

    function Write-File($Content, $Extension = 'json') {
        $path = Join-Path $TestDrive "$([guid]::NewGuid()).$Extension"
        if ($Content -is [string]) {
            [System.IO.File]::WriteAllText($path, $Content)
        } else {
            [System.IO.File]::WriteAllBytes($path, [byte[]] $Content)
        }
        $path
    }

    # A safetensors file made by hand: the header's length, the header, the numbers.
    function ConvertTo-Safetensor([string] $Header, [byte[]] $Data, [long] $ClaimedLength = -1) {
        $text = [System.Text.Encoding]::UTF8.GetBytes($Header)
        $length = [System.BitConverter]::GetBytes($(if ($ClaimedLength -ge 0) { $ClaimedLength } else { [long] $text.Length }))
        Write-File ([byte[]] ($length + $text + $Data)) safetensors
    }

    function ConvertTo-Byte([double[]] $Number, [switch] $Single) {
        foreach ($n in $Number) {
            if ($Single) { [System.BitConverter]::GetBytes([float] $n) } else { [System.BitConverter]::GetBytes($n) }
        }
    }

    # What importing a file comes to: the model, or the error's id.
    function Get-Outcome($Path) {
        try {
            Import-Mlp -LiteralPath $Path -ErrorAction Stop
        } catch {
            $_.FullyQualifiedErrorId
        }
    }

    $script:invalid = 'InvalidModelFile,MicroGrad.PowerShell.Commands.ImportMlpCommand'
    $script:unknownVersion = 'UnknownFileVersion,MicroGrad.PowerShell.Commands.ImportMlpCommand'
}

Describe 'Import-Mlp' {
    It 'brings back from <Name> what predicts the same bits, with classes, categories, scaling and training record' -ForEach @(
        @{ Name = 'JSON'; File = 'good.json' }
        @{ Name = 'safetensors'; File = 'good.safetensors' }
        @{ Name = 'a checkpoint'; File = 'checkpoint.json' }
    ) {
        $copy = Import-Mlp "$TestDrive/$File"
        $copy | Should -BeOfType MicroGrad.Mlp
        $copy.Parameters.Data | Should -BeExactly $model.Parameters.Data
        $copy.FeatureNames | Should -BeExactly Size, Kind
        $copy.Classes | Should -BeExactly low, high
        $copy.Schema.TargetNames | Should -BeExactly 'Class'
        $copy.Schema.Loss | Should -Be 'CrossEntropy'
        $copy.Schema.Features[0].Mean | Should -BeExactly $model.Schema.Features[0].Mean
        $copy.Schema.Features[0].Scale | Should -BeExactly $model.Schema.Features[0].Scale
        $copy.Schema.Features[0].Fill | Should -BeExactly $model.Schema.Features[0].Fill
        $copy.Schema.Features[1].Categories | Should -BeExactly 'round', 'flat', 'long "x"'
        $copy.Layers[0].Activation | Should -Be 'Gelu'
        foreach ($property in $model.Training.PSObject.Properties.Name) {
            $copy.Training.$property | Should -BeExactly $model.Training.$property
        }
        $expected = $rows | Invoke-Mlp $model
        $predicted = $rows | Invoke-Mlp $copy
        $predicted.Prediction | Should -BeExactly $expected.Prediction
        $predicted.Probability | Should -BeExactly $expected.Probability
        ($rows | Measure-Mlp $copy).Loss | Should -BeExactly ($rows | Measure-Mlp $model).Loss
    }

    It 'brings back a network without training or of <Name>' -ForEach @(
        @{ Name = 'one neuron'; Make = { New-Mlp 1 1 -Seed 1 } }
        @{ Name = 'many layers'; Make = { New-Mlp 3 7, 5, 4, 2 -Activation Relu -OutputActivation Sigmoid -Seed 1 } }
        @{ Name = 'no bias'; Make = { New-Mlp 3 4, 2 -NoBias -Seed 1 } }
    ) {
        $original = & $Make
        foreach ($extension in 'json', 'safetensors') {
            $path = Join-Path $TestDrive "$([guid]::NewGuid()).$extension"
            Export-Mlp $path $original
            $copy = Import-Mlp $path
            $copy.Parameters.Data | Should -BeExactly $original.Parameters.Data
            $copy.Layers.Activation | Should -BeExactly $original.Layers.Activation
            $copy.Schema | Should -BeNullOrEmpty
            $copy.Training | Should -BeNullOrEmpty
        }
    }

    It 'reads a model that goes on learning as the original does' {
        $copy = Import-Mlp "$TestDrive/good.json"
        $original = Import-Mlp "$TestDrive/good.safetensors"
        $a = $rows | Start-MlpTraining $original -Categorical Kind -MissingValue Mean -Epoch 2
        $b = $rows | Start-MlpTraining $copy -Categorical Kind -MissingValue Mean -Epoch 2
        $b.Loss | Should -BeExactly $a.Loss
        $copy.Parameters.Data | Should -BeExactly $original.Parameters.Data
    }

    It 'reads the same under a comma culture' {
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'de-DE'
            $copy = Import-Mlp "$TestDrive/good.json"
        } finally {
            [cultureinfo]::CurrentCulture = $before
        }
        $copy.Parameters.Data | Should -BeExactly $model.Parameters.Data
    }

    It 'reads a file that begins with a byte order mark, as editors write it' {
        $path = Write-File ([byte[]] (0xEF, 0xBB, 0xBF) + [System.IO.File]::ReadAllBytes("$TestDrive/good.json"))
        (Import-Mlp $path).Parameters.Data | Should -BeExactly $model.Parameters.Data
    }

    It 'reads an odd number to the bit: <_>' -ForEach '5E-324', '1.7976931348623157E+308', '-0', '0.30000000000000004', '1E-300' {
        $small = New-Mlp 1 1 -Seed 1
        $small.Parameters[0].Data = [double]::Parse($_, [cultureinfo]::InvariantCulture)
        $small.Parameters[1].Data = 1
        foreach ($extension in 'json', 'safetensors') {
            $path = Join-Path $TestDrive "$([guid]::NewGuid()).$extension"
            Export-Mlp $path $small
            [System.BitConverter]::DoubleToInt64Bits((Import-Mlp $path).Parameters[0].Data) |
                Should -BeExactly ([System.BitConverter]::DoubleToInt64Bits($small.Parameters[0].Data))
        }
    }

    It 'takes files from the pipeline, many at once' {
        $models = Get-ChildItem "$TestDrive/good.*" | Import-Mlp
        $models.Count | Should -Be 2
        $models = "$TestDrive/good.json", "$TestDrive/good.safetensors" | Import-Mlp
        $models.Count | Should -Be 2
    }

    It 'takes a -Path with wildcards that means one file' {
        (Import-Mlp "$TestDrive/goo?.js*").ParameterCount | Should -Be $model.ParameterCount
        { Import-Mlp "$TestDrive/good.*" -ErrorAction Stop } |
            Should -Throw -ErrorId 'PathNotFound,MicroGrad.PowerShell.Commands.ImportMlpCommand' -ExpectedMessage '*2 files*'
        { Import-Mlp "$TestDrive/bad.*" -ErrorAction Stop } |
            Should -Throw -ErrorId 'PathNotFound,MicroGrad.PowerShell.Commands.ImportMlpCommand'
    }

    It 'takes a -LiteralPath as it stands' {
        [System.IO.File]::Copy("$TestDrive/good.json", "$TestDrive/good[1].json", $true)
        (Import-Mlp -LiteralPath "$TestDrive/good[1].json").ParameterCount | Should -Be $model.ParameterCount
        { Import-Mlp -LiteralPath "$TestDrive/goo?.json" -ErrorAction Stop } |
            Should -Throw -ErrorId 'PathNotFound,MicroGrad.PowerShell.Commands.ImportMlpCommand'
    }

    It 'reports a file that is missing, and goes on with the next' {
        $models = Import-Mlp "$TestDrive/none.json", "$TestDrive/good.json" -ErrorVariable problems -ErrorAction SilentlyContinue
        @($models).Count | Should -Be 1
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -BeExactly 'PathNotFound,MicroGrad.PowerShell.Commands.ImportMlpCommand'
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'a folder'; Given = '.'; Id = 'PathNotFound' }
        @{ Name = 'another provider'; Given = 'Env:PATH'; Id = 'NotAFilePath' }
        @{ Name = 'a drive that does not exist'; Given = 'nodrive:m.json'; Id = 'PathNotFound' }
    ) {
        { Import-Mlp $Given -ErrorAction Stop } | Should -Throw -ErrorId "$Id,MicroGrad.PowerShell.Commands.ImportMlpCommand"
    }
}

Describe 'Import-Mlp of files that other programs wrote' {
    BeforeAll {
        # y = tanh(x W1' + b1) W2' + b2 with two inputs, three hidden units and one output.
        $script:numbers = @{
            'net.0.weight' = 0.5, -1.5, 2.25, 0.125, -0.75, 1
            'net.0.bias' = 0.25, -0.5, 1
            'net.2.weight' = 1.5, -2, 0.5
            'net.2.bias' = , 0.125
        }
        $script:shapes = @{ 'net.0.weight' = '[3,2]'; 'net.0.bias' = '[3]'; 'net.2.weight' = '[1,3]'; 'net.2.bias' = '[1]' }

        # As torch.nn.Sequential names them, in the order of their names, as the format's own library lays them out.
        function Write-ForeignFile([switch] $Single, $Metadata = '', $Names = ('net.0.bias', 'net.0.weight', 'net.2.bias', 'net.2.weight')) {
            $size = $Single ? 4 : 8
            $at = 0
            $data = [System.Collections.Generic.List[byte]]::new()
            $entries = foreach ($name in $Names) {
                $end = $at + $size * $numbers[$name].Count
                "`"$name`":{`"dtype`":`"$($Single ? 'F32' : 'F64')`",`"shape`":$($shapes[$name]),`"data_offsets`":[$at,$end]}"
                $data.AddRange([byte[]] (ConvertTo-Byte $numbers[$name] -Single:$Single))
                $at = $end
            }
            ConvertTo-Safetensor "{$Metadata$($entries -join ',')}" $data
        }
        $hidden = [math]::Tanh(0.5 * 0.3 - 1.5 * -0.7 + 0.25), [math]::Tanh(2.25 * 0.3 + 0.125 * -0.7 - 0.5), [math]::Tanh(-0.75 * 0.3 - 0.7 + 1)
        $script:expected = 1.5 * $hidden[0] - 2 * $hidden[1] + 0.5 * $hidden[2] + 0.125
    }

    It 'reads numbers of <Bits> bits' -ForEach @{ Bits = 64; Single = $false }, @{ Bits = 32; Single = $true } {
        $read = Import-Mlp (Write-ForeignFile -Single:$Single) -Activation Tanh
        $read.InputCount | Should -Be 2
        $read.Layers.OutputCount | Should -Be 3, 1
        $read.Layers.Activation | Should -Be 'Tanh', 'Identity'
        [math]::Abs((, (0.3, -0.7) | Invoke-Mlp $read) - $expected) | Should -BeLessThan 1e-12
    }

    It 'takes the activations that are named' {
        $read = Import-Mlp (Write-ForeignFile) -Activation Relu -OutputActivation Sigmoid
        $read.Layers.Activation | Should -Be 'Relu', 'Sigmoid'
    }

    It 'reads a file with the metadata of another program' {
        $read = Import-Mlp (Write-ForeignFile -Metadata '"__metadata__":{"format":"pt"},') -Activation Tanh
        $read.Layers.OutputCount | Should -Be 3, 1
    }

    It 'puts the layers in the order of their numbers, however the file orders its tensors' {
        $read = Import-Mlp (Write-ForeignFile -Names 'net.2.weight', 'net.0.weight', 'net.2.bias', 'net.0.bias') -Activation Tanh
        [math]::Abs((, (0.3, -0.7) | Invoke-Mlp $read) - $expected) | Should -BeLessThan 1e-12
    }

    It 'reads layers without biases' {
        $read = Import-Mlp (Write-ForeignFile -Names 'net.0.weight', 'net.2.weight') -Activation Tanh
        $read.HasBias | Should -BeFalse
        $read.ParameterCount | Should -Be 9
    }

    It 'refuses a type of number that it does not read, and says which' {
        $path = ConvertTo-Safetensor '{"w.weight":{"dtype":"I16","shape":[1,1],"data_offsets":[0,2]}}' (0, 0)
        { Import-Mlp $path -ErrorAction Stop } | Should -Throw -ErrorId $invalid -ExpectedMessage '*I16*F64*F32*F16*BF16*'
    }

    It 'refuses layers that do not fit together' {
        $data = ConvertTo-Byte (1..10)
        $path = ConvertTo-Safetensor '{"0.weight":{"dtype":"F64","shape":[2,2],"data_offsets":[0,32]},"1.weight":{"dtype":"F64","shape":[2,3],"data_offsets":[32,80]}}' $data
        { Import-Mlp $path -ErrorAction Stop } | Should -Throw -ErrorId $invalid -ExpectedMessage '*sizes*'
    }

    It 'refuses a file without weights' {
        (Get-Outcome (ConvertTo-Safetensor '{}' @())) | Should -BeExactly $invalid
        (Get-Outcome (ConvertTo-Safetensor '{"b":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}' (ConvertTo-Byte 1))) |
            Should -BeExactly 'UnknownTensor,MicroGrad.PowerShell.Commands.ImportMlpCommand'
    }

    It 'asks for the activation between layers, which no such file tells' {
        $failure = { Import-Mlp (Write-ForeignFile) -ErrorAction Stop } |
            Should -Throw -ErrorId 'ActivationMissing,MicroGrad.PowerShell.Commands.ImportMlpCommand' -PassThru
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*-Activation*'
        $one = ConvertTo-Safetensor '{"w.weight":{"dtype":"F64","shape":[1,1],"data_offsets":[0,8]}}' (ConvertTo-Byte 3)
        (Import-Mlp $one).Predict(2) | Should -Be 6
    }

    It 'refuses <Name>, by its name' -ForEach @(
        @{ Name = 'a tensor that no dense layer has'; Tensor = '1.weight'; Shape = 3; Id = 'UnknownTensor' }
        @{ Name = 'a bias without weights'; Tensor = '9.bias'; Shape = 3; Id = 'UnknownTensor' }
        @{ Name = 'a bias that one layer lacks'; Tensor = '4.weight'; Shape = 1, 1; Id = 'MissingBias'; Word = '4.bias' }
    ) {
        $end = 8 * $Shape[0]
        $own = "`"$Tensor`":{`"dtype`":`"F64`",`"shape`":[$($Shape -join ',')],`"data_offsets`":[0,$end]}"
        $layer = "`"0.weight`":{`"dtype`":`"F64`",`"shape`":[3,2],`"data_offsets`":[$end,$($end + 48)]},`"0.bias`":{`"dtype`":`"F64`",`"shape`":[3],`"data_offsets`":[$($end + 48),$($end + 72)]}"
        $path = ConvertTo-Safetensor "{$own,$layer}" (ConvertTo-Byte (1..($Shape[0] + 9)))
        { Import-Mlp $path -Activation Tanh -ErrorAction Stop } |
            Should -Throw -ErrorId "$Id,MicroGrad.PowerShell.Commands.ImportMlpCommand" -ExpectedMessage "*'$($Word ?? $Tensor)'*"
    }

    It 'takes an order of layers where names and sizes tell none, and only there' {
        $header = '{"b.weight":{"dtype":"F64","shape":[1,1],"data_offsets":[0,8]},"a.weight":{"dtype":"F64","shape":[1,1],"data_offsets":[8,16]}}'
        $path = ConvertTo-Safetensor $header (ConvertTo-Byte (2, 3))
        $failure = { Import-Mlp $path -Activation Relu -ErrorAction Stop } |
            Should -Throw -ErrorId 'LayerOrderUnknown,MicroGrad.PowerShell.Commands.ImportMlpCommand' -ExpectedMessage '*b (1*a (1*' -PassThru
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*-LayerOrder*'
        (Import-Mlp $path -Activation Relu -LayerOrder a, b).Parameters.Data | Should -Be 3, 2
        (Import-Mlp $path -Activation Relu -LayerOrder b, a).Parameters.Data | Should -Be 2, 3
        { Import-Mlp $path -Activation Relu -LayerOrder a -ErrorAction Stop } |
            Should -Throw -ErrorId 'InvalidLayerOrder,MicroGrad.PowerShell.Commands.ImportMlpCommand'
        foreach ($own in 'good.json', 'good.safetensors') {
            { Import-Mlp "$TestDrive/$own" -LayerOrder a, b -ErrorAction Stop } |
                Should -Throw -ErrorId 'UnusedOption,MicroGrad.PowerShell.Commands.ImportMlpCommand'
        }
    }

    It 'refuses an activation that contradicts the file: <_>' -ForEach 'good.json', 'good.safetensors', 'checkpoint.json' {
        $read = Import-Mlp "$TestDrive/$_"
        $hidden, $output = $read.Layers[0].Activation, $read.Layers[-1].Activation
        $hidden | Should -Not -Be Silu
        { Import-Mlp "$TestDrive/$_" -Activation Silu -ErrorAction Stop } |
            Should -Throw -ErrorId 'UnusedOption,MicroGrad.PowerShell.Commands.ImportMlpCommand' -ExpectedMessage "*Silu*$hidden*"
        { Import-Mlp "$TestDrive/$_" -OutputActivation Softplus -ErrorAction Stop } |
            Should -Throw -ErrorId 'UnusedOption,MicroGrad.PowerShell.Commands.ImportMlpCommand' -ExpectedMessage "*Softplus*$output*"
        (Import-Mlp "$TestDrive/$_" -Activation $hidden -OutputActivation $output).Layers[0].Activation | Should -Be $hidden
    }

    It 'takes the output activation of a single layer, to which a hidden one does not apply' {
        $path = ConvertTo-Safetensor '{"w.weight":{"dtype":"F64","shape":[1,1],"data_offsets":[0,8]}}' ([BitConverter]::GetBytes(2.0))
        (Import-Mlp $path -Activation Tanh).Layers.Activation | Should -Be Identity
        (Import-Mlp $path -OutputActivation Relu).Layers.Activation | Should -Be Relu
    }
}

Describe 'Import-Mlp of damaged files' {
    It 'refuses a file that ends anywhere too early: <File>' -ForEach @(
        @{ File = 'good.json' }
        @{ File = 'good.safetensors' }
        @{ File = 'checkpoint.json' }
    ) {
        $whole = [System.IO.File]::ReadAllBytes("$TestDrive/$File")
        $extension = [System.IO.Path]::GetExtension($File).TrimStart('.')

        # The last character of a JSON file is the line's end, without which it is whole.
        $lengths = 0, 1, 7, 8, 9, [int] ($whole.Length / 3), [int] ($whole.Length / 2), ($whole.Length - 8), ($whole.Length - 2)
        foreach ($length in $lengths) {
            $part = [byte[]]::new($length)
            [array]::Copy($whole, $part, $length)
            $path = Write-File $part $extension
            Get-Outcome $path | Should -BeExactly $invalid -Because "$length of $($whole.Length) bytes are there"
        }
    }

    It 'reads a file with a flipped bit, or refuses it, and nothing else: <File>' -ForEach @(
        @{ File = 'good.json' }
        @{ File = 'good.safetensors' }
        @{ File = 'checkpoint.json' }
    ) {
        $whole = [System.IO.File]::ReadAllBytes("$TestDrive/$File")
        $path = Write-File $whole ([System.IO.Path]::GetExtension($File).TrimStart('.'))
        $random = [random]::new(42)
        $refused = 0
        foreach ($try in 1..120) {
            $damaged = [byte[]] $whole.Clone()
            $at = $random.Next($whole.Length)
            $damaged[$at] = $damaged[$at] -bxor (1 -shl $random.Next(8))
            [System.IO.File]::WriteAllBytes($path, $damaged)
            $outcome = Get-Outcome $path
            if ($outcome -is [string]) {
                $outcome -replace ',.*' | Should -BeIn 'InvalidModelFile', 'UnknownFileVersion', 'UnknownTensor', 'MissingBias', 'LayerOrderUnknown' -Because "byte $at was changed"
                $refused++
            } else {
                $outcome | Should -BeOfType MicroGrad.Mlp
                $outcome.Parameters.Data | Where-Object { -not [double]::IsFinite($_) } | Should -BeNullOrEmpty

                # What was read can be used, or refuses the rows in words.
                try {
                    $null = $rows[0..2] | Invoke-Mlp $outcome -ErrorAction Stop
                } catch {
                    $_.Exception | Should -BeOfType MicroGrad.GradException -Because "byte $at was changed: $_"
                }
            }
        }
        $refused | Should -BeGreaterThan 5
    }

    It 'refuses a version that it does not know, and says so: <_>' -ForEach 2, 0, -1, 2147483647 {
        $path = Write-File ((Get-Content -Raw "$TestDrive/good.json") -replace '"version": 1', "`"version`": $_")
        { Import-Mlp $path -ErrorAction Stop } | Should -Throw -ErrorId $unknownVersion -ExpectedMessage "*version $_ *version 1*"
    }

    It 'refuses a checkpoint of another version' {
        $path = Write-File ((Get-Content -Raw "$TestDrive/checkpoint.json") -replace '^(\{\s*"format": "MicroGrad.Checkpoint",\s*"version": )1', '${1}9')
        Get-Outcome $path | Should -BeExactly $unknownVersion
    }

    It 'refuses JSON that is <Name>' -ForEach @(
        @{ Name = 'empty'; Text = '' }
        @{ Name = 'a number'; Text = '1' }
        @{ Name = 'null'; Text = 'null' }
        @{ Name = 'a list'; Text = '[]' }
        @{ Name = 'an empty object'; Text = '{}' }
        @{ Name = 'of another format'; Text = '{"format":"else","version":1}' }
        @{ Name = 'without anything but its format'; Text = '{"format":"MicroGrad.Mlp","version":1}' }
        @{ Name = 'a checkpoint without anything'; Text = '{"format":"MicroGrad.Checkpoint","version":1}' }
        @{ Name = 'of a format that is no text'; Text = '{"format":5,"version":1}' }
        @{ Name = 'of a version that is no whole number'; Text = '{"format":"MicroGrad.Mlp","version":1.5}' }
        @{ Name = 'binary'; Text = "`0`u{1}`u{2}" }
    ) {
        Get-Outcome (Write-File $Text) | Should -BeExactly $invalid
    }

    It 'refuses JSON in which <Name>' -ForEach @(
        @{ Name = 'inputs are more than weights'; Old = '"inputCount": 4'; New = '"inputCount": 400000000' }
        @{ Name = 'layers are wider than weights'; Old = '"layerSizes": \[5, 2\]'; New = '"layerSizes": [500000000, 2]' }
        @{ Name = 'layers are more than weights'; Old = '"layerSizes": \[5, 2\]'; New = '"layerSizes": [5, 5, 2]' }
        @{ Name = 'biases are promised and missing'; Old = '"biases"'; New = '"others"' }
        @{ Name = 'biases are denied and there'; Old = '"hasBias": true'; New = '"hasBias": false'; MayRead = $true }
        @{ Name = 'an activation does not exist'; Old = '"activation": "Gelu"'; New = '"activation": "Golu"' }
        @{ Name = 'an activation is a number'; Old = '"activation": "Gelu"'; New = '"activation": "99"' }
        @{ Name = 'a class is missing'; Old = '"low",'; New = '' }
        @{ Name = 'a category is missing'; Old = '"round",'; New = '' }
        @{ Name = 'an encoding is of one output'; Old = '"OneHot"'; New = '"ZeroOrOne"' }
        @{ Name = 'a mean is text'; Old = '"mean": [^,]*'; New = '"mean": "1"' }
        @{ Name = 'a scale is beyond all numbers'; Old = '"scale": [^,]*'; New = '"scale": 1e999' }
        @{ Name = 'the loss does not exist'; Old = '"CrossEntropy"'; New = '"Cross"' }
        @{ Name = 'a name stands twice'; Old = '"version": 1'; New = '"version": 1, "version": 1' }
        @{ Name = 'a class is nothing'; Old = '"low"'; New = 'null' }
        @{ Name = 'the targets are none'; Old = '"targets": \[\s*"Class"\s*\]'; New = '"targets": []' }
        @{ Name = 'a scale is 0'; Old = '"scale": [^,]*'; New = '"scale": 0' }
        @{ Name = 'a scale is negative'; Old = '"scale": [^,]*'; New = '"scale": -1' }
    ) {
        $text = Get-Content -Raw "$TestDrive/good.json"
        $changed = $text -creplace $Old, $New
        $changed | Should -Not -BeExactly $text
        $outcome = Get-Outcome (Write-File $changed)
        if ($MayRead -and $outcome -isnot [string]) {
            $outcome.HasBias | Should -BeFalse
        } else {
            $outcome | Should -BeExactly $invalid
        }
    }

    It 'refuses a meaning of outputs that contradicts itself: <Name>' -ForEach @(
        @{ Name = 'words that are to be numbers'; Target = 'Word'; From = '"hasNumericClasses": false'; To = '"hasNumericClasses": true'; Message = "*'no' is none*" }
        @{ Name = 'words that are to be truth values'; Target = 'Word'; From = '"hasNumericClasses": false'; To = '"hasNumericClasses": false, "hasBooleanClasses": true'; Message = '*truth values*' }
        @{ Name = 'one class twice'; Target = 'Word'; From = '"no"'; To = '"yes"'; Message = '*two of its classes are the same*' }
        @{ Name = 'classes beside a number'; Target = 'Number'; From = '"classes": []'; To = '"classes": ["no", "yes"]'; Message = '*has classes*' }
        @{ Name = 'one target twice'; Target = 'Number', 'Other'; From = '"Other"'; To = '"number"'; Message = '*targets have the same name*' }
    ) {
        $table = 0..9 | ForEach-Object { [pscustomobject] @{ X = $_; Word = ('no', 'yes')[$_ % 2]; Number = $_; Other = 3 * $_ } }
        $path = "$TestDrive/contradiction.json"
        $table | New-Mlp -Feature X -Target $Target -HiddenSize 2 -Seed 1 | Export-Mlp $path -Force
        { Import-Mlp $path -ErrorAction Stop } | Should -Not -Throw
        $text = Get-Content -Raw $path
        $changed = $text.Replace($From, $To)
        $changed | Should -Not -BeExactly $text
        Set-Content $path $changed
        { Import-Mlp $path -ErrorAction Stop } | Should -Throw -ErrorId $invalid -ExpectedMessage $Message
    }

    It 'refuses a model of two classes on one output with <_> of them' -ForEach 0, 1, 3 {
        $binary = New-Mlp 1 1 -Seed 1
        $null = 0..9 | ForEach-Object { [pscustomobject]@{ X = $_; Label = ('a', 'b')[$_ % 2] } } | Start-MlpTraining $binary -Target Label -Epoch 1
        $path = Join-Path $TestDrive "$([guid]::NewGuid()).json"
        Export-Mlp $path $binary
        $classes = @('"a"', '"b"', '"c"')[0..$_][0..($_ - 1)] -join ', '
        if ($_ -eq 0) {
            $classes = ''
        }
        $text = (Get-Content -Raw $path) -creplace '"classes": \[[^\]]*\]', "`"classes`": [$classes]"
        Get-Outcome (Write-File $text) | Should -BeExactly $invalid
    }

    It 'refuses deep nesting at once' {
        foreach ($text in (('[' * 100000) + (']' * 100000)), ('{"a":' * 100000)) {
            Get-Outcome (Write-File $text) | Should -BeExactly $invalid
        }
        Get-Outcome (ConvertTo-Safetensor ('{"a":' * 100000) @()) | Should -BeExactly $invalid
        $nested = (Get-Content -Raw "$TestDrive/good.json") -creplace '"layerSizes": \[5, 2\]', "`"layerSizes`": $('[' * 5000)5$(']' * 5000)"
        Get-Outcome (Write-File $nested) | Should -BeExactly $invalid
    }

    It 'refuses a safetensors file whose header <Name>' -ForEach @(
        @{ Name = 'claims gigabytes'; Header = '{}'; Length = 8000000000 }
        @{ Name = 'claims all that a length can hold'; Header = '{}'; Length = [long]::MaxValue }
        @{ Name = 'claims a byte too many'; Header = '{}'; Length = 3 }
        @{ Name = 'is no JSON'; Header = 'tensor' }
        @{ Name = 'is a list'; Header = '[]' }
        @{ Name = 'has a tensor that is no object'; Header = '{"0.weight":5}' }
        @{ Name = 'has a tensor without shape'; Header = '{"0.weight":{"dtype":"F64","data_offsets":[0,16]}}' }
        @{ Name = 'has a tensor of gigabytes'; Header = '{"0.weight":{"dtype":"F64","shape":[100000,100000],"data_offsets":[0,80000000000]}}' }
        @{ Name = 'has a size beyond all'; Header = '{"0.weight":{"dtype":"F64","shape":[2147483647,2147483647],"data_offsets":[0,16]}}' }
        @{ Name = 'has sizes whose product overflows'; Header = '{"0.weight":{"dtype":"F64","shape":[2147483647,2147483647,2147483647],"data_offsets":[0,16]}}' }
        @{ Name = 'has a shape beyond its bytes'; Header = '{"0.weight":{"dtype":"F64","shape":[1,3],"data_offsets":[0,16]}}' }
        @{ Name = 'has a negative size'; Header = '{"0.weight":{"dtype":"F64","shape":[-1,-2],"data_offsets":[0,16]}}' }
        @{ Name = 'has a size of 0'; Header = '{"0.weight":{"dtype":"F64","shape":[2,0],"data_offsets":[0,0]}}' }
        @{ Name = 'has offsets beyond the file'; Header = '{"0.weight":{"dtype":"F64","shape":[1,2],"data_offsets":[8,24]}}' }
        @{ Name = 'has offsets that run backwards'; Header = '{"0.weight":{"dtype":"F64","shape":[1,2],"data_offsets":[16,0]}}' }
        @{ Name = 'has a negative offset'; Header = '{"0.weight":{"dtype":"F64","shape":[1,2],"data_offsets":[-8,8]}}' }
        @{ Name = 'has no offsets'; Header = '{"0.weight":{"dtype":"F64","shape":[1,2],"data_offsets":[]}}' }
        @{ Name = 'has one offset'; Header = '{"0.weight":{"dtype":"F64","shape":[1,2],"data_offsets":[0]}}' }
        @{ Name = 'has tensors over one another'; Header = '{"0.weight":{"dtype":"F64","shape":[1,2],"data_offsets":[0,16]},"1.weight":{"dtype":"F64","shape":[1,1],"data_offsets":[8,16]}}' }
        @{ Name = 'leaves bytes without a tensor'; Header = '{"0.weight":{"dtype":"F64","shape":[1,1],"data_offsets":[8,16]}}' }
        @{ Name = 'has a description that is no text'; Header = '{"__metadata__":{"micrograd":5},"0.weight":{"dtype":"F64","shape":[1,2],"data_offsets":[0,16]}}' }
        @{ Name = 'has a description that is no model'; Header = '{"__metadata__":{"micrograd":"{}"},"0.weight":{"dtype":"F64","shape":[1,2],"data_offsets":[0,16]}}' }
        @{ Name = 'has metadata that are no object'; Header = '{"__metadata__":[],"0.weight":{"dtype":"F64","shape":[1,2],"data_offsets":[0,16]}}' }
    ) {
        $path = ConvertTo-Safetensor $Header -Data (ConvertTo-Byte 1, 2) -ClaimedLength ($Length ?? -1)
        $before = [System.GC]::GetAllocatedBytesForCurrentThread()
        Get-Outcome $path | Should -BeExactly $invalid
        [System.GC]::GetAllocatedBytesForCurrentThread() - $before | Should -BeLessThan 50MB
    }

    It 'files the error under invalid data, with the path as its target' {
        $path = Write-File '{}'
        Import-Mlp $path -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].CategoryInfo.Category | Should -Be 'InvalidData'
        $problems[0].TargetObject | Should -BeExactly $path
    }

    It 'refuses a number that is not finite' {
        $path = ConvertTo-Safetensor '{"0.weight":{"dtype":"F64","shape":[1,2],"data_offsets":[0,16]}}' (ConvertTo-Byte 1, ([double]::NaN))
        { Import-Mlp $path -ErrorAction Stop } | Should -Throw -ErrorId $invalid -ExpectedMessage '*not finite*'
    }

    It 'takes no more memory than the file is worth, whatever tensors the header lays over one another' {
        # 2,000 tensors over the same 800 kB would be 1.6 GB.
        $entries = foreach ($i in 0..1999) { "`"$i.weight`":{`"dtype`":`"F64`",`"shape`":[1,100000],`"data_offsets`":[0,800000]}" }
        $path = ConvertTo-Safetensor "{$($entries -join ',')}" ([byte[]]::new(800000))
        $before = [System.GC]::GetAllocatedBytesForCurrentThread()
        Get-Outcome $path | Should -BeExactly $invalid
        [System.GC]::GetAllocatedBytesForCurrentThread() - $before | Should -BeLessThan 200MB
    }

    It 'says which formats it reads where a file is for other programs: <_>' -ForEach 'onnx', 'ps1', 'cs', 'js', 'py' {
        Export-Mlp "$TestDrive/other.$_" (New-Mlp 2 1 -Seed 1) -Force
        { Import-Mlp "$TestDrive/other.$_" -ErrorAction Stop } |
            Should -Throw -ErrorId 'FormatNotRead,*' -ExpectedMessage '*.json, .safetensors or a checkpoint*'
    }
}
