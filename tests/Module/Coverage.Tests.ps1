BeforeAll {
    $script:project = (Resolve-Path "$PSScriptRoot/../Coverage").ProviderPath
    $script:assembly = (Resolve-Path "$PSScriptRoot/../../output/MicroGrad/*/MicroGrad.Rendering.dll").ProviderPath | Copy-Item -Destination $TestDrive -PassThru

    # Counts what a command runs of a copy of an assembly: nothing, as it has no symbols.
    function Invoke-Coverage([string] $Command) {
        $before = $env:TestCommand
        try {
            $env:TestCommand = $Command
            $output = & dotnet build $project -target:Collect --nologo --verbosity minimal "-p:TargetPath=$assembly" "-p:CoverletOutput=$TestDrive/report.json"
            [pscustomobject]@{ ExitCode = $LASTEXITCODE; Output = $output -join "`n" }
        } finally {
            $env:TestCommand = $before
        }
    }
}

Describe 'The coverage of tests' {
    It 'is counted where the tests pass' {
        $run = Invoke-Coverage 'echo error : of a test'
        $run.ExitCode | Should -Be 0 -Because $run.Output
        "$TestDrive/report.json" | Should -Exist
    }

    It 'fails where the tests fail, and says what they said' {
        $run = Invoke-Coverage 'echo This test failed && exit 3'
        $run.ExitCode | Should -Be 1
        $run.Output | Should -BeLike '*This test failed*exit code 3*'
    }
}
