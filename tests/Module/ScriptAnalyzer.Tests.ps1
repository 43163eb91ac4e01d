BeforeDiscovery {
    $repository = (Resolve-Path "$PSScriptRoot/../..").Path
    $script:scripts = @(Get-Item "$repository/build.ps1") + @(Get-ChildItem "$repository/module", "$repository/tests", "$repository/examples", "$repository/docs", "$repository/packaging" -Recurse -Include *.ps1, *.psm1, *.psd1) |
        Where-Object FullName -NotMatch '[\\/](bin|obj)[\\/]' |
        ForEach-Object { @{ Name = [IO.Path]::GetRelativePath($repository, $_.FullName) -replace '\\', '/'; Path = $_.FullName } }
}

BeforeAll {
    Import-Module PSScriptAnalyzer
    $script:settings = (Resolve-Path "$PSScriptRoot/../../PSScriptAnalyzerSettings.psd1").Path
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
