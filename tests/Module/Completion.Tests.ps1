BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"

    # A session of its own, with the variables that a user would have.
    $flowers = Import-Csv "$PSScriptRoot/../../examples/iris.csv"
    $csv = (Resolve-Path "$PSScriptRoot/../../examples/iris.csv").Path
    $untrained = New-Mlp 4 3
    $model = New-Mlp 4 3
    $null = $flowers | Start-MlpTraining $model -Target Class -Epoch 1 -LearningRate 0.01

    $variables = @{
        flowers   = $flowers
        untrained = $untrained
        model     = $model
        tables    = @(@{ Height = 1; Width = 2 })
        odd       = @([pscustomobject]@{ 'my column' = 1; "it's" = 2; plain = 3 })
        numbers   = @(, (1, 2))
    }
    $script:session = [powershell]::Create()
    $null = $session.AddCommand('Import-Module').AddArgument((Get-Module MicroGrad).Path).Invoke()
    foreach ($name in $variables.Keys) {
        $session.Runspace.SessionStateProxy.SetVariable($name, $variables[$name])
    }
    $script:csvPath = $csv -replace "'", "''"

    # What Tab offers at the end of a line.
    function Get-Completion($Line) {
        $session.Commands.Clear()
        $null = $session.AddCommand('TabExpansion2').AddParameter('inputScript', $Line).AddParameter('cursorColumn', $Line.Length)
        $session.Invoke()[0].CompletionMatches.CompletionText
    }
}

AfterAll { $session.Dispose() }

Describe 'Tab completion' {
    It 'offers the values of an enumeration: <Line>' -ForEach @(
        @{ Line = 'New-Mlp 2 1 -Activation '; Expected = 'Tanh', 'Relu', 'Softplus' }
        @{ Line = 'New-Mlp 2 1 -OutputActivation Sig'; Expected = @('Sigmoid') }
        @{ Line = 'New-Mlp 2 1 -Initialization '; Expected = 'Micrograd', 'Lecture', 'NumPy' }
        @{ Line = 'Start-MlpTraining -Loss '; Expected = 'MeanSquaredError', 'Hinge', 'CrossEntropy' }
        @{ Line = 'Start-MlpTraining -Optimizer '; Expected = 'Sgd', 'Adam', 'AdamW' }
        @{ Line = 'Start-MlpTraining -Schedule '; Expected = 'Linear', 'Cosine', 'ReduceOnPlateau' }
        @{ Line = 'New-GradDataset '; Expected = 'Moons', 'Lecture' }
        @{ Line = 'New-GradRandom '; Expected = 'Python', 'NumPy', 'EurekaLabs' }
        @{ Line = 'Export-GradGraph -Format '; Expected = 'Dot', 'Mermaid', 'Json' }
        @{ Line = 'Export-GradGraph -Direction '; Expected = 'LeftToRight', 'TopToBottom' }
    ) {
        $offered = Get-Completion $Line
        foreach ($one in $Expected) {
            $offered | Should -Contain $one
        }
    }

    It 'offers the columns of a variable at the head of the pipeline for -<_>' -ForEach 'Feature', 'Target' {
        Get-Completion "`$flowers | Start-MlpTraining `$untrained -$_ " |
            Should -BeExactly SepalLength, SepalWidth, PetalLength, PetalWidth, Class
    }

    It 'offers the columns that begin as the word does' {
        Get-Completion '$flowers | Start-MlpTraining $untrained -Feature petal' | Should -BeExactly PetalLength, PetalWidth
    }

    It 'offers columns for the second name of a list' {
        Get-Completion '$flowers | Start-MlpTraining $untrained -Feature PetalLength, Sep' | Should -BeExactly SepalLength, SepalWidth
    }

    It 'offers columns through commands between' {
        Get-Completion '$flowers | Where-Object Class -NE setosa | Start-MlpTraining $untrained -Target Cl' | Should -BeExactly Class
    }

    It 'offers the columns of a CSV file at the head of the pipeline: <Command>' -ForEach @(
        @{ Command = 'Import-Csv' }
        @{ Command = 'ipcsv' }
        @{ Command = 'Import-Csv -Path' }
    ) {
        Get-Completion "$Command '$csvPath' | Start-MlpTraining `$untrained -Feature " |
            Should -BeExactly SepalLength, SepalWidth, PetalLength, PetalWidth, Class
    }

    It 'offers the columns of -Data where the model comes through the pipeline' {
        Get-Completion '$untrained | Start-MlpTraining -Data $flowers -Target Cl' | Should -BeExactly Class
    }

    It 'offers the columns of -InputObject' {
        Get-Completion 'Start-MlpTraining $untrained -InputObject $flowers -Target Cl' | Should -BeExactly Class
    }

    It 'offers the keys of hashtables' {
        Get-Completion '$tables | Start-MlpTraining $untrained -Feature ' | Sort-Object | Should -BeExactly Height, Width
    }

    It 'offers the columns that a trained model knows to <_>' -ForEach 'Invoke-Mlp', 'Measure-Mlp' {
        Get-Completion "$_ `$model -Feature Petal" | Should -BeExactly PetalLength, PetalWidth
    }

    It 'offers the columns of the rows to <_>' -ForEach 'Invoke-Mlp', 'Measure-Mlp' {
        Get-Completion "`$flowers | $_ `$untrained -Feature Sepal" | Should -BeExactly SepalLength, SepalWidth
    }

    It 'quotes names that need it' {
        Get-Completion '$odd | Start-MlpTraining $untrained -Feature ' | Should -BeExactly "'my column'", "'it''s'", 'plain'
    }

    It 'offers no column where the rows are unknown: <_>' -ForEach @(
        '$missing | Start-MlpTraining $untrained -Feature ', "Import-Csv '/no/such.csv' | Start-MlpTraining `$untrained -Feature ",
        '$numbers | Start-MlpTraining $untrained -Feature ', 'Get-Date | Start-MlpTraining $untrained -Feature ') {
        Get-Completion $_ | Where-Object { $_ -in 'SepalLength', 'Class', 'Length' } | Should -BeNullOrEmpty
        $session.HadErrors | Should -BeFalse
    }
}
