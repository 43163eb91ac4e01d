BeforeDiscovery {
    $repository = (Resolve-Path "$PSScriptRoot/../..").Path
    $folders = 'build', 'module', 'tests', 'examples', 'docs', 'packaging' | ForEach-Object { "$repository/$_" }
    $script:scripts = @(Get-Item "$repository/build.ps1") + @(Get-ChildItem $folders -Recurse -Include *.ps1, *.psm1, *.psd1) |
        Where-Object FullName -NotMatch '[\\/](bin|obj)[\\/]' |
        ForEach-Object { @{ Name = [IO.Path]::GetRelativePath($repository, $_.FullName) -replace '\\', '/'; Path = $_.FullName } }
}

BeforeAll {
    Import-Module PSScriptAnalyzer
    # Rules look at the commands that a script calls: those of an installed MicroGrad would not be those at hand.
    $script:modulePath = $env:PSModulePath
    $env:PSModulePath = "$PSHOME/Modules"
    $script:settings = (Resolve-Path "$PSScriptRoot/../../PSScriptAnalyzerSettings.psd1").Path
}

AfterAll {
    $env:PSModulePath = $modulePath
}

Describe 'PSScriptAnalyzer' {
    It 'finds fault with a script that has some, so that the settings work' {
        (Invoke-ScriptAnalyzer -ScriptDefinition "function Get-It {`n  gci`n}" -Settings $settings).RuleName |
            Should -Contain 'PSAvoidUsingCmdletAliases'
    }

    It 'finds no fault with <Name>' -ForEach $scripts {
        Invoke-ScriptAnalyzer -Path $Path -Settings $settings |
            ForEach-Object { "line $($_.Line): $($_.RuleName): $($_.Message)" } |
            Should -BeNullOrEmpty
    }
}
