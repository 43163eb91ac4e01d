BeforeDiscovery {
    $repository = (Resolve-Path "$PSScriptRoot/../..").Path
    $folders = 'build', 'module', 'tests', 'examples', 'docs', 'packaging' | ForEach-Object { "$repository/$_" }
    $script:scripts = @(Get-Item "$repository/build.ps1") + @(Get-ChildItem $folders -Recurse -Include *.ps1, *.psm1, *.psd1) |
        # A tutorial's script is what its page shows, as typed at a prompt.
        Where-Object FullName -NotMatch '[\\/](bin|obj|tutorials)[\\/]' |
        ForEach-Object { @{ Name = [IO.Path]::GetRelativePath($repository, $_.FullName) -replace '\\', '/'; Path = $_.FullName } }
}

BeforeAll {
    Import-Module PSScriptAnalyzer
    $script:modulePath = $env:PSModulePath
    # MicroGrad, as it may be installed anywhere.
    $env:PSModulePath = "$PSScriptRoot/../../output$([IO.Path]::PathSeparator)$modulePath"
    # Rules look at the commands that a script calls. An installed one's are not those at hand: only PowerShell's own are there.
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

    It 'looks at no MicroGrad that is installed' {
        Invoke-ScriptAnalyzer -ScriptDefinition 'New-Mlp 2 1 Relu Sigmoid' -Settings $settings | Should -BeNullOrEmpty
    }

    It 'finds no fault with <Name>' -ForEach $scripts {
        Invoke-ScriptAnalyzer -Path $Path -Settings $settings |
            ForEach-Object { "line $($_.Line): $($_.RuleName): $($_.Message)" } |
            Should -BeNullOrEmpty
    }
}
