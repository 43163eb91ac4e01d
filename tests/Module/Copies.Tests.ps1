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

Describe 'In several runspaces at once' {
    It 'the same module is imported, and operators work in each' {
        Invoke-Apart "1..12 | ForEach-Object -ThrottleLimit 12 -Parallel { Import-Module '$first'; `$a = New-GradValue `$_; (`$a * 2 + 1).Data }" | ForEach-Object { [int] $_ } | Sort-Object |
            Should -Be (1..12 | ForEach-Object { 2 * $_ + 1 })
    }

    It 'another copy or version works: <_>' -ForEach 'copy', 'newer' {
        $answers = Invoke-Apart "1..8 | ForEach-Object -ThrottleLimit 8 -Parallel { Import-Module (`$_ % 2 ? '$first' : '$TestDrive/$_/MicroGrad.psd1'); 2 * (New-GradValue `$_).Data }"
        $numbers = @($answers | Where-Object { "$_" -match '^\d+$' } | ForEach-Object { [int] "$_" })
        $numbers | Sort-Object | Should -Be (1..8 | ForEach-Object { 2 * $_ })
    }

    It 'a constrained one beside full ones spoils no operator, nor does a job' {
        $script = "`$_ % 2 ? (`$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage') : 0 | Out-Null; Import-Module '$first'; `$a = New-GradValue `$_; if (`$_ % 2) { `$a.Data } else { (`$a * 2 + 1).Data }"
        $answers = Invoke-Apart "Import-Module '$first'; 1..6 | ForEach-Object -ThrottleLimit 6 -UseNewRunspace -Parallel { $script }; `$z = New-GradValue 4; (2 * `$z - 1).Data
            `$job = Start-Job { `$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'; Import-Module '$first'; (New-GradDataset Xor | Start-MlpTraining (New-Mlp 2 1) -Target Label -Epoch 2).Epoch }
            `$job | Receive-Job -Wait -AutoRemoveJob; `$b = 3 * `$z; `$b | Invoke-Backward; `$z.Grad"
        $answers | Select-Object -SkipLast 4 | ForEach-Object { [int] "$_" } | Sort-Object | Should -Be 1, 3, 5, 5, 9, 13
        $answers | Select-Object -Last 4 | ForEach-Object { [int] "$_" } | Should -Be 7, 1, 2, 3
    }

    It 'a constrained one trains, also in the background, and searches' {
        $train = "`$m = New-Mlp 2 1 -Seed 1; `$x = New-GradDataset Xor; (`$x | Start-MlpTraining `$m -Target Label -Epoch 3).Count; (`$x | Start-MlpTraining `$m -Target Label -Epoch 2 -AsJob | Receive-Job -Wait -AutoRemoveJob).Count"
        Invoke-Apart "Import-Module '$first'; $train; (`$x | Find-MlpSetting { New-Mlp 2 1 } -Setting @{ LearningRate = 0.1, 0.2 } -Training @{ Epoch = 1 } -Fold 2 -Target Label).Count" 'ConstrainedLanguage' |
            ForEach-Object { [int] "$_" } | Should -Be 3, 2, 2
    }
}
