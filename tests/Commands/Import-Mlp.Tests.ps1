BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"
    $script:model = New-Mlp 4 5, 3 Relu -Seed 5
    $script:flowers = Import-Csv "$PSScriptRoot/../../examples/iris.csv"
    $null = $flowers | Start-MlpTraining $model -Target Class -Optimizer Sgd -Epoch 2 -LearningRate 0.01
    $model | Export-Mlp "$TestDrive/iris.json"
}

Describe 'Import-Mlp' {
    It 'gives a model that answers as the one that was written' {
        $read = Import-Mlp "$TestDrive/iris.json"
        $read | Should -BeOfType MicroGrad.Mlp
        $read.HiddenActivation | Should -Be 'Relu'
        $read.Classes | Should -BeExactly setosa, versicolor, virginica
        ($flowers | Measure-Mlp $read).Loss | Should -BeExactly ($flowers | Measure-Mlp $model).Loss
        ($flowers[0] | Invoke-Mlp $read).Prediction | Should -BeExactly ($flowers[0] | Invoke-Mlp $model).Prediction
    }

    It 'gives a model that goes on training' {
        $read = Import-Mlp "$TestDrive/iris.json"
        @($flowers | Start-MlpTraining $read -Epoch 2 -LearningRate 0.001).Count | Should -Be 2
    }

    It 'takes paths from the pipeline, files by property, and wildcards' {
        ("$TestDrive/iris.json" | Import-Mlp).ParameterCount | Should -Be $model.ParameterCount
        (Get-Item "$TestDrive/iris.json" | Import-Mlp).ParameterCount | Should -Be $model.ParameterCount
        (Import-Mlp -Path "$TestDrive/iri*.json").ParameterCount | Should -Be $model.ParameterCount
    }

    It 'takes a name with brackets as it stands with -LiteralPath' {
        $model | Export-Mlp -LiteralPath "$TestDrive/[m].json"
        (Import-Mlp -LiteralPath "$TestDrive/[m].json").ParameterCount | Should -Be $model.ParameterCount
    }

    It 'reports a file that there is not, names it, and reads the others' {
        $read = "$TestDrive/missing.json", "$TestDrive/iris.json" | Import-Mlp -ErrorVariable problems -ErrorAction SilentlyContinue
        @($read).Count | Should -Be 1
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -BeExactly 'PathNotFound,MicroGrad.PowerShell.Commands.ImportMlpCommand'
        $problems[0].Exception.Message | Should -BeLike '*missing.json*'
    }

    It 'refuses a path on another provider' {
        { Import-Mlp Env:/PATH -ErrorAction Stop } |
            Should -Throw -ErrorId 'NotAFilePath,MicroGrad.PowerShell.Commands.ImportMlpCommand' -ExpectedMessage '*provider*'
    }

    It 'refuses <Name>, by an id of its own' -ForEach @(
        @{ Name = 'text that is no JSON'; Content = 'hello' }
        @{ Name = 'JSON that is no model'; Content = '{ "a": 1 }' }
        @{ Name = 'an empty file'; Content = '' }
    ) {
        Set-Content "$TestDrive/bad.json" $Content -NoNewline
        $read = Import-Mlp "$TestDrive/bad.json" -ErrorVariable problems -ErrorAction SilentlyContinue
        $read | Should -BeNullOrEmpty
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -MatchExactly '^[A-Z][A-Za-z]+,MicroGrad\.PowerShell\.Commands\.ImportMlpCommand$'
        $problems[0].Exception | Should -BeOfType MicroGrad.GradException
    }

    It 'refuses a file that was cut off' {
        $text = Get-Content -Raw "$TestDrive/iris.json"
        Set-Content "$TestDrive/cut.json" $text.Substring(0, [int] ($text.Length / 2)) -NoNewline
        Import-Mlp "$TestDrive/cut.json" -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems.Count | Should -Be 1
        $problems[0].Exception | Should -BeOfType MicroGrad.GradException
    }
}
