# A newcomer has Get-Help and the tab key, and nothing else. Every command of the walk is found by one of the two: in an
# example of the help, or as what completion offers.

BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"
    $script:folder = (New-Item -ItemType Directory "$TestDrive/walk").FullName
    Copy-Item "$PSScriptRoot/../../examples" $folder -Recurse
    Push-Location $folder

    # The commands of an example of Get-Help, each as it was typed.
    function Get-ExampleCommand {
        param([string] $Name, [string] $Title)

        $example = @((Get-Help $Name).examples.example) | Where-Object title -Like "*$Title*"
        @($example).Count | Should -Be 1 -Because "one example of $Name is titled '$Title'"
        $typed = $null
        foreach ($line in $example.code -split '\r?\n') {
            if ($line -match '^PS> (.*)$') {
                if ($typed) { $typed }
                $typed = $Matches[1]
            } elseif ($line -match '^>> ?(.*)$') {
                $typed += "`n" + $Matches[1]
            }
        }
        if ($typed) { $typed }
    }

    function Get-Offer {
        param([string] $Line)

        [System.Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null).CompletionMatches.CompletionText
    }
}

AfterAll {
    Pop-Location
}

Describe 'A newcomer' {
    It 'is led from the module''s name to its topics' {
        $about = (Get-Help about_MicroGrad) -join "`n"
        foreach ($step in 'New-Mlp', 'Start-MlpTraining', 'Invoke-Mlp', 'Export-GradGraph', 'about_MicroGrad_Training') {
            $about | Should -Match "\b$step\b"
        }
    }

    It 'finds the cmdlets by a word of what is wanted' {
        (Get-Help *Training*).Name | Should -Contain 'Start-MlpTraining'
        (Get-Help *Mlp*).Name | Should -Contain 'New-Mlp'
        Get-Offer 'Export-Grad' | Should -Contain 'Export-GradGraph'
        Get-Offer 'New-Ml' | Should -Contain 'New-Mlp'
    }

    It 'is helped by completion to each parameter that the walk needs' {
        Get-Offer 'Start-MlpTraining -Tar' | Should -Contain '-Target'
        Get-Offer 'Import-Csv ./examples/iris.csv | Start-MlpTraining $model -Target C' | Should -Contain 'Class'
        Get-Offer 'New-Mlp 4 16, 3 -Activation ' | Should -Contain 'Relu'
        Get-Offer 'Export-GradGraph -Pa' | Should -Contain '-Path'
        Get-Offer 'Export-GradGraph -Format ' | Should -Contain 'Mermaid'
    }

    It 'trains a model, asks it and exports its picture, by commands of the examples alone' {
        # Train: the first example of Start-MlpTraining, as it stands.
        $commands = @(Get-ExampleCommand Start-MlpTraining -Title 'Flowers')
        # The picture: what the example of Export-GradGraph does to a network, without making another.
        $commands += Get-ExampleCommand Export-GradGraph -Title 'A network' | Where-Object { $_ -notmatch '^\$model =' }
        # Keep it: the lines of Export-Mlp's example that write and read.
        $commands += Get-ExampleCommand Export-Mlp -Title 'Write and read again' | Where-Object { $_ -match 'Export-Mlp|Import-Mlp' }
        # And ask what came back, by the example of Invoke-Mlp.
        $commands += Get-ExampleCommand Invoke-Mlp -Title 'Train, then ask' | Select-Object -Last 1

        $results = & {
            $ErrorActionPreference = 'Stop'
            foreach ($command in $commands) {
                . ([scriptblock]::Create($command))
            }
            $model
        }
        $trained = $results | Where-Object { $_ -is [MicroGrad.Mlp] }
        (Import-Csv ./examples/iris.csv | Measure-Mlp $trained).Accuracy | Should -BeGreaterThan 0.9
        $results | Should -Contain 'virginica'
        $pictures = Get-ChildItem $folder -File | Where-Object Extension -In '.mmd', '.svg', '.html', '.dot'
        $pictures.Count | Should -BeGreaterThan 0
        Get-Content -Raw $pictures[0] | Should -Match 'PetalLength'
        Import-Mlp flowers.json | Should -BeOfType MicroGrad.Mlp
    }
}
