# Script that the module runs touches no variable of the caller: at the prompt, in a function, or read-only.

BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"
    $script:module = "$((Get-Module MicroGrad).ModuleBase)/MicroGrad.psd1"

    # Runs a script as at a prompt, and gives what it wrote last.
    function Invoke-AtPrompt([string] $Script) {
        $shell = [powershell]::Create()
        try {
            $text = $shell.AddScript("Import-Module '$module'; $Script").Invoke() | Select-Object -Last 1
            $shell.Streams.Error | Should -BeNullOrEmpty
            "$text"
        } finally {
            $shell.Dispose()
        }
    }
    $script:rows12 = '$rows = 1..12 | ForEach-Object { [pscustomobject]@{ x = $_; y = 2 * $_ } }; '
}

Describe 'Variables of the caller' {
    It 'are as they were after cross-validation' {
        Invoke-AtPrompt ($rows12 + '$model = 1; $options = 2; $train = 3; $null = Measure-Mlp { $model = New-Mlp 1 1 -Seed 1; $model } $rows -Fold 3 -Target y -Training @{ Epoch = 1 }; "$($rows.Count) $model $options $train"') |
            Should -BeExactly '12 1 2 3'
    }

    It 'are not in the way of cross-validation in a function, read-only or constant' {
        Invoke-AtPrompt ('function Get-It { ' + $rows12 + 'Set-Variable options 2 -Option Constant; $null = Measure-Mlp { New-Mlp 1 1 -Seed 1 } $rows -Fold 3 -Target y -Training @{ Epoch = 1 }; "$($rows.Count) $options" }; Set-Variable model 1 -Option ReadOnly; Get-It') |
            Should -BeExactly '12 2'
    }

    It 'are as they were after a loss, a function and a recipe that set them' {
        Invoke-AtPrompt ($rows12 + '$e = 1; $null = $rows | Start-MlpTraining (New-Mlp 1 1) -Target y -Epoch 1 -Loss { param($prediction, $target) $e = $prediction - $target; $e * $e }; $null = $rows | Start-MlpTraining (New-Mlp 1 1) -Target y -Epoch 1 -Loss { param($prediction, $target) if ($true) { $e = $prediction - $target }; $e * $e }; $f = New-GradFunction { param($x) $e = $x * 2; $e * $e }; $null = $f.Invoke(1); $null = Invoke-GradFunction { param($x) $e = $x * 2; $e } 1; "$e"') |
            Should -BeExactly '1'
    }

    It 'are not in the way of the import, constant in all scopes' {
        $shell = [powershell]::Create()
        try {
            $script = "'types', 'update', 'model', 'command' | ForEach-Object { Set-Variable `$_ 7 -Option Constant, AllScope }
                Import-Module '$module' -ErrorAction Stop; (Get-TypeData MicroGrad.Mlp).SerializationMethod; `$types + `$update"
            $shell.AddScript($script).Invoke() | Should -BeExactly 'SpecificProperties', 14
        } finally {
            $shell.Dispose()
        }
    }

    It 'do not keep the import from registering how models travel: <_>' -ForEach '$WhatIfPreference = $true', '$ConfirmPreference = "Low"' {
        $shell = [powershell]::Create()
        try {
            $script = "$_; Import-Module '$module' -ErrorAction Stop; (Get-TypeData MicroGrad.Mlp).SerializationMethod"
            $shell.AddScript($script).Invoke() | Should -BeExactly 'SpecificProperties'
            $shell.HadErrors | Should -BeFalse
        } finally {
            $shell.Dispose()
        }
    }

    It 'are not set by importing the module beside Pester' {
        $shell = [powershell]::Create()
        try {
            $new = $shell.AddScript("Import-Module Pester; `$before = (Get-Variable).Name; Import-Module '$module'; (Get-Variable).Name | Where-Object { `$_ -notin `$before -and `$_ -ne 'before' }").Invoke()
            $new | Should -BeNullOrEmpty
        } finally {
            $shell.Dispose()
        }
    }
}
