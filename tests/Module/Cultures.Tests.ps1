# What can be read back or compared is the same in every culture: files of every kind, results as text, what they are made of. Decimal commas,
# a minus sign of its own (sv-SE, fa-IR), another calendar (fa-IR, ar-SA, th-TH) and another way to make letters large (tr-TR).

BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"
    $script:rows = 1..12 | ForEach-Object {
        [pscustomobject]@{
            Info = $_ + 0.5; Date = [datetime] '2024-03-05T13:45:30' + [timespan]::FromHours($_ * 31); Title = "i$($_ % 2)İ"
            Klass = $_ % 2 ? 'I1,5' : 'i2'; Number = ($_ / 8).ToString([cultureinfo]::InvariantCulture); y = $_ / 7
        }
    }
    $script:classes = @{ Target = 'Klass'; Feature = 'Info', 'Number' }
    $script:training = @{ Standardize = $true; Seed = 4; CheckpointInterval = 1 } + $classes
    $script:search = @{ Setting = [ordered] @{ Size = 2, 3; LearningRate = 0.01, 0.25 }; Target = 'y'; Feature = 'Info'; Fold = 2; ThrottleLimit = 1; Training = @{ Epoch = 2; L2 = 0.5 } }

    function Invoke-In([string] $Culture, [scriptblock] $Script) {
        $before = [cultureinfo]::CurrentCulture, [cultureinfo]::CurrentUICulture
        try {
            [cultureinfo]::CurrentCulture = [cultureinfo]::CurrentUICulture = $Culture
            & $Script
        } finally {
            [cultureinfo]::CurrentCulture, [cultureinfo]::CurrentUICulture = $before
        }
    }

    # Everything that is written, by a name: files as text, and results as text. The clock's figures are left out.
    function Get-Written([string] $Culture) {
        $folder = (New-Item -ItemType Directory "$TestDrive/files").FullName
        $written = @{}
        Invoke-In $Culture {
            $model = New-Mlp 2 3, 2 -Seed 1
            $epochs = @($rows | Start-MlpTraining $model @training -Epoch 3 -CheckpointPath "$folder/checkpoint" -KeepParameter)
            $made = $rows | New-Mlp -Target y -Feature Info, Date, Title -Date Date -Categorical Title -HiddenSize 2 -Seed 1
            $null = $rows | Start-MlpTraining $made -Target y -Epoch 2
            foreach ($extension in 'json', 'safetensors', 'onnx', 'ps1', 'cs', 'js', 'py') { Export-Mlp "$folder/model.$extension" $model }
            Export-Mlp "$folder/made.json" $made
            Export-Mlp "$folder/report.html" $model -Data $rows -History $epochs
            $root = (New-GradValue 1234567.5 -Label Iİ) * (New-GradValue -0.001)
            $root | Invoke-Backward
            foreach ($extension in 'svg', 'dot', 'mmd', 'json', 'html') { $root | Export-GradGraph "$folder/graph.$extension" }
            $model | Export-GradGraph "$folder/network.svg"
            $model | Export-GradGraph "$folder/training.html" -History $epochs
            $epochs | Export-MlpPlot "$folder/loss.svg"
            $rows | Export-MlpPlot "$folder/confusion.svg" -Model $model -Kind Confusion
            $rows | Export-MlpPlayground "$folder/playground.html" -Model $model @classes -Standardize
            New-GradMatrix 3 2 -Label W -Seed 3 | Export-GradMatrix "$folder/matrix.safetensors"
            $trials = @($rows | Find-MlpSetting { New-Mlp 1 $_.Size, 1 -Seed 1 } @search -ResultPath "$folder/trials")
            $written.Texts = @(
                $epochs, $model, $made, $model.Schema, $model.Schema.Features, $made.Schema.Features, $model.Training, $root, ($root | Get-GradNode)
                ($root | Invoke-Backward -Trace), ($root | Test-Gradient), ($root | Get-GradNode -AsTree), (New-GradMatrix 2 2 -Label I), ($rows | Measure-Mlp $model)
                ($rows | Measure-MlpFeature $model), (New-GradFunction { param($i) $i * 1.5 }), $trials, ($rows | Find-MlpLearningRate (New-Mlp 2 2 -Seed 1) @classes -Step 10)
                (New-GradDataset Moons 3 -Seed 1), (Find-GradMinimum { param($x) $x * $x } 1.5), ($rows | Measure-Mlp { New-Mlp 2 2 -Seed 1 } -Fold 2 @classes -Training @{ Epoch = 1 })
            ).ForEach({ $_.ForEach({ "$_" -replace 'Elapsed = [^,]+, |SamplesPerSecond = [^,}]+|Seconds = [^,]+' }) }) -join "`n"
            $written.Answers = $rows | Invoke-Mlp $model -AllProbability | ConvertTo-Json
            $written.Numbers = ($rows | Invoke-Mlp $made).Prediction.ForEach({ $_.ToString('R', [cultureinfo]::InvariantCulture) }) -join ' '
            $written.Error = "$(try { New-GradValue '1,5' 2>&1 } catch { $_ })"
            $written.Model = [System.Management.Automation.PSSerializer]::Serialize($model)
        }
        foreach ($file in Get-ChildItem $folder) { $written[$file.Name] = [IO.File]::ReadAllText($file) -replace '"seconds":[^,]+,' }
        Remove-Item $folder -Recurse
        $written
    }

    $script:expected = Get-Written ''
}

Describe 'The culture <_>' -ForEach 'de-DE', 'tr-TR', 'fa-IR', 'ar-SA', 'sv-SE', 'th-TH' {
    It 'is nothing that a file or a text of a result depends on' {
        $written = Get-Written $_
        $expected.Count | Should -BeGreaterThan 25
        $written.Keys | Sort-Object | Should -BeExactly ($expected.Keys | Sort-Object)
        foreach ($name in $expected.Keys) {
            $written[$name] -ceq $expected[$name] | Should -BeTrue -Because "$name must not depend on it"
        }
    }

    It 'goes on with what another one left: a training, a search, a model' {
        $folder = (New-Item -ItemType Directory "$TestDrive/$(New-Guid)").FullName
        $null = $rows | Start-MlpTraining (New-Mlp 2 3, 2 -Seed 1) @training -Epoch 2 -CheckpointPath "$folder/c"
        $null = $rows | Find-MlpSetting { New-Mlp 1 $_.Size, 1 -Seed 1 } @search -ResultPath "$folder/t" | Select-Object -First 2
        $size = (Get-Content "$folder/t").Count
        Invoke-In $_ {
            ($rows | Start-MlpTraining (New-Mlp 2 3, 2 -Seed 1) @training -Epoch 3 -CheckpointPath "$folder/c" -Resume).Epoch | Should -Be 3
            @($rows | Find-MlpSetting { New-Mlp 1 $_.Size, 1 -Seed 1 } @search -ResultPath "$folder/t") | Should -HaveCount 4
            Export-Mlp "$folder/m.json" (New-Mlp 2 3 -Seed 2)
        }
        (Get-Content "$folder/t")[0..($size - 1)] | Should -HaveCount $size
        (Import-Mlp "$folder/m.json").Parameters.Data | Should -BeExactly (New-Mlp 2 3 -Seed 2).Parameters.Data
    }
}
