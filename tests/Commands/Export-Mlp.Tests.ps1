BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"
    $script:model = New-Mlp 2 3, 1 -Seed 5
    $rows = foreach ($x in -2..2) { [pscustomobject]@{ A = $x; B = 1 - $x; Y = 2 * $x } }
    $null = $rows | Start-MlpTraining $model -Feature A, B -Target Y -Optimizer Sgd -Epoch 2 -LearningRate 0.01
}

Describe 'Export-Mlp' {
    It 'writes a model that Import-Mlp reads back bit for bit: <_>' -ForEach 'json', 'safetensors' {
        $model | Export-Mlp "$TestDrive/same.$_" | Should -BeNullOrEmpty
        $read = Import-Mlp "$TestDrive/same.$_"
        $read.Sizes | Should -BeExactly $model.Sizes
        $read.Parameters.Data | Should -BeExactly $model.Parameters.Data
        $read.FeatureNames | Should -BeExactly A, B
    }

    It 'writes JSON that others can read' {
        Export-Mlp -Path "$TestDrive/others.json" -Model $model
        Get-Content -Raw "$TestDrive/others.json" | ConvertFrom-Json | Should -Not -BeNullOrEmpty
    }

    It 'takes path and model by position' {
        Export-Mlp "$TestDrive/position.json" $model
        "$TestDrive/position.json" | Should -Exist
    }

    It 'takes a name with brackets as it stands with -LiteralPath' {
        $model | Export-Mlp -LiteralPath "$TestDrive/[m].json"
        Test-Path -LiteralPath "$TestDrive/[m].json" | Should -BeTrue
    }

    It 'emits the file with -PassThru' {
        $file = $model | Export-Mlp "$TestDrive/passthru.json" -PassThru
        $file | Should -BeOfType System.IO.FileInfo
        $file.Name | Should -BeExactly 'passthru.json'
    }

    It 'refuses a file that exists, and replaces it with -Force' {
        Set-Content "$TestDrive/exists.json" 'mine'
        { $model | Export-Mlp "$TestDrive/exists.json" } |
            Should -Throw -ErrorId 'FileExists,MicroGrad.PowerShell.Commands.ExportMlpCommand' -ExpectedMessage '*exists.json*-Force*'
        Get-Content "$TestDrive/exists.json" | Should -BeExactly 'mine'
        $model | Export-Mlp "$TestDrive/exists.json" -Force
        (Import-Mlp "$TestDrive/exists.json").ParameterCount | Should -Be $model.ParameterCount
    }

    It 'writes nothing with -WhatIf' {
        $model | Export-Mlp "$TestDrive/whatif.json" -PassThru -WhatIf | Should -BeNullOrEmpty
        "$TestDrive/whatif.json" | Should -Not -Exist
    }

    It 'leaves no file behind that is half written or temporary' {
        $folder = (New-Item -ItemType Directory "$TestDrive/whole").FullName
        $broken = New-Mlp 1 1
        $broken.Parameters[0].Data = [double]::NaN
        { $broken | Export-Mlp "$folder/broken.json" } |
            Should -Throw -ErrorId 'NotFinite,MicroGrad.PowerShell.Commands.ExportMlpCommand' -ExpectedMessage '*NaN*'
        $model | Export-Mlp "$folder/good.json"
        (Get-ChildItem $folder).Name | Should -BeExactly 'good.json'
    }

    It 'writes the same under a comma culture' {
        $model | Export-Mlp "$TestDrive/point.json"
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'de-DE'
            $model | Export-Mlp "$TestDrive/comma.json"
            (Import-Mlp "$TestDrive/comma.json").Parameters.Data | Should -BeExactly $model.Parameters.Data
        } finally {
            [cultureinfo]::CurrentCulture = $before
        }
        Get-Content -Raw "$TestDrive/comma.json" | Should -BeExactly (Get-Content -Raw "$TestDrive/point.json")
    }

    It 'refuses <Path>' -ForEach @(
        @{ Path = 'Env:/model.json'; Id = 'NotAFilePath' }
        @{ Path = 'nodrive:/model.json'; Id = 'PathNotFound' }
        @{ Path = 'TestDrive:/nowhere/model.json'; Id = 'PathNotFound' }
        @{ Path = 'TestDrive:/'; Id = 'NotAFilePath' }
    ) {
        { $model | Export-Mlp $Path } | Should -Throw -ErrorId "$Id,MicroGrad.PowerShell.Commands.ExportMlpCommand"
    }
}
