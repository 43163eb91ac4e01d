# Two copies of the module beside each other, another version's manifest, and runspaces in ConstrainedLanguage.

BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"
    $script:first = "$((Get-Module MicroGrad).ModuleBase)/MicroGrad.psd1"
    Copy-Item (Split-Path $first) "$TestDrive/copy" -Recurse
    Copy-Item (Split-Path $first) "$TestDrive/newer" -Recurse
    $text = Get-Content -Raw "$TestDrive/newer/MicroGrad.psd1"
    Set-Content "$TestDrive/newer/MicroGrad.psd1" ($text -replace "(?m)^(\s*ModuleVersion\s*=\s*)'[^']+'", "`$1'99.0.0'")

    # What a script gives in a runspace of its own, without an error.
    function Invoke-Apart([string] $Script, [string] $Mode = 'FullLanguage') {
        $shell = [powershell]::Create()
        try {
            $shell.Runspace.SessionStateProxy.LanguageMode = $Mode
            $shell.AddScript($Script).Invoke()
            $shell.Streams.Error | Should -BeNullOrEmpty
        } finally {
            $shell.Dispose()
        }
    }
}

Describe 'Another copy of the module' {
    It 'is imported beside the first, and a model still travels: <_>' -ForEach 'copy', 'newer' {
        $second = "$TestDrive/$_/MicroGrad.psd1"
        Invoke-Apart "Import-Module '$first'; Import-Module '$second'; `$m = New-Mlp 2 1; [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize(`$m)).GetType().FullName; (New-GradValue 2).Data" |
            Should -Be 'MicroGrad.Mlp', 2
    }

    It 'is imported after the first was removed' {
        Invoke-Apart "Import-Module '$first'; Remove-Module MicroGrad; Import-Module '$TestDrive/newer/MicroGrad.psd1'; (New-GradValue 3).Data; (Get-Module MicroGrad).Version.Major" |
            Should -Be 3, 99
    }
}

Describe 'A constrained runspace' {
    It 'imports the module, and full ones keep their operators' {
        Invoke-Apart "Import-Module '$first'; (New-GradValue 2).Data" 'ConstrainedLanguage' | Should -Be 2
        Invoke-Apart "Import-Module '$first'; `$a = New-GradValue 2; `$b = `$a * 3 + 1; `$b | Invoke-Backward; `$b.Data; `$a.Grad" | Should -Be 7, 3
        $c = New-GradValue 4
        (2 * $c - 1).Data | Should -Be 7
    }
}
