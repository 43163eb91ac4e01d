# The operators that the module gives to Should, as a test file of a user's would use them.

BeforeDiscovery {
    $script:passing = @(
        @{ Name = 'a gradient'; Test = { $x = New-GradValue 3; $x * $x | Invoke-Backward; $x | Should -HaveGradient 6 } }
        @{ Name = 'gradients in order'; Test = { $a, $b = New-GradValue 2, 5; $a * $b | Invoke-Backward; $a, $b | Should -HaveGradient 5, 2 } }
        @{ Name = 'a gradient within a tolerance'; Test = { $x = New-GradValue 3; 2.05 * $x | Invoke-Backward; $x | Should -HaveGradient 2 -Tolerance 0.05 } }
        @{ Name = 'another gradient'; Test = { $x = New-GradValue 3; $x * $x | Invoke-Backward; $x | Should -Not -HaveGradient 5.9 } }
        @{ Name = 'an infinite gradient'; Test = { $x = New-GradValue 0; $x.Sqrt().Backward(); $x | Should -HaveGradient ([double]::PositiveInfinity) } }
        @{ Name = 'a sum with rounding'; Test = { 0.1 + 0.2 | Should -BeApproximately 0.3 } }
        @{ Name = 'a value'; Test = { (New-GradValue 3) * 2 | Should -BeApproximately 6 } }
        @{ Name = 'a value against a value'; Test = { New-GradValue 3 | Should -BeApproximately (New-GradValue 3) } }
        @{ Name = 'lists of both'; Test = { New-GradValue 1, 2 | Should -BeApproximately 1, 2 } }
        @{ Name = 'integers and decimals'; Test = { 2, 3d | Should -BeApproximately 2.0, 3 } }
        @{ Name = 'a relative tolerance'; Test = { 100 | Should -BeApproximately 101 -RelativeTolerance 0.01 } }
        @{ Name = 'an absolute tolerance'; Test = { 100 | Should -BeApproximately 101 -AbsoluteTolerance 1 } }
        @{ Name = 'nearly nothing'; Test = { 1e-13 | Should -BeApproximately 0 } }
        @{ Name = 'NaN and infinity'; Test = { [double]::NaN, [double]::NegativeInfinity | Should -BeApproximately ([double]::NaN), ([double]::NegativeInfinity) } }
        @{ Name = 'other numbers'; Test = { 1, 2 | Should -Not -BeApproximately 1, 3 } }
        @{ Name = 'other lengths'; Test = { 1, 2 | Should -Not -BeApproximately 1 } }
    )
    $script:failing = @(
        @{ Name = 'both gradients and the error'; Test = { $x = New-GradValue 3 -Label x; $x * $x | Invoke-Backward; $x | Should -HaveGradient 5 }
            Message = "Expected 'x' to have the gradient 5 within 1E-09 (relative above 1), but got 6, an error of 1."
        }
        @{ Name = 'which of several gradients'; Test = { $a, $b = New-GradValue 2, 5 -Label a, b; $a * $b | Invoke-Backward; $a, $b | Should -HaveGradient 5, 3 }
            Message = "Expected 'b' to have the gradient 3 *but got 2, an error of 1."
        }
        @{ Name = 'that gradients add up'; Test = { $x = New-GradValue 3; $y = 2 * $x; $y, $y, $y | Invoke-Backward; $x | Should -HaveGradient 2 }
            Message = '*but got 6, an error of 4. That is 3 times as much: gradients add up over passes until Clear-Gradient.'
        }
        @{ Name = 'that no pass has come'; Test = { New-GradValue 3 | Should -HaveGradient 2 }
            Message = '*but got 0, an error of 2. A gradient of 0 may mean that no backward pass has reached it.'
        }
        @{ Name = 'a NaN'; Test = { $x = New-GradValue 3; ($x * [double]::NaN).Backward(); $x | Should -HaveGradient 2 }; Message = '*but got NaN, an error of NaN.' }
        @{ Name = 'the reason'; Test = { New-GradValue 3 | Should -HaveGradient 2 -Because 'the slope is 2' }; Message = '*, because the slope is 2, but got 0*' }
        @{ Name = 'that a number has no gradient'; Test = { 3 | Should -HaveGradient 2 }; Message = "Expected a GradValue with the gradient 2, but got '3' (Int32), which has none." }
        @{ Name = 'that nothing has no gradient'; Test = { $null | Should -HaveGradient 2 }; Message = '*(null), which has none.' }
        @{ Name = 'how many values there are'; Test = { New-GradValue 3 | Should -HaveGradient 1, 2 }; Message = 'Expected 2 gradients, but got 1 values.' }
        @{ Name = 'a gradient that should be another'; Test = { New-GradValue 3 | Should -Not -HaveGradient 0 }; Message = 'Expected any gradient but 0, but got it.' }
        @{ Name = 'both numbers and the error'; Test = { 2 | Should -BeApproximately 2.5 }
            Message = 'Expected 2.5 within a relative tolerance of 1E-09 or an absolute one of 1E-12, but got 2: 2 stands for 2.5, an error of 0.5 (0.2 relative).'
        }
        @{ Name = 'where lists differ'; Test = { 1, 2, 4 | Should -BeApproximately 1, 2, 3 }
            Message = 'Expected `[1, 2, 3`] *but got `[1, 2, 4`]: at index 2 4 stands for 3, an error of 1 (0.25 relative).'
        }
        @{ Name = 'that lists differ in length'; Test = { 1, 2 | Should -BeApproximately 1, 2, 3 }; Message = '*there are 2 numbers instead of 3.' }
        @{ Name = 'text, which is no number'; Test = { '2' | Should -BeApproximately 2 }; Message = '*but got no number: a number or a GradValue is missing (a String was given).' }
        @{ Name = 'text, also where other numbers are wanted'; Test = { '2' | Should -Not -BeApproximately 3 }; Message = '*(a String was given).' }
        @{ Name = 'a NaN among numbers'; Test = { [double]::NaN | Should -BeApproximately 2 -AbsoluteTolerance 100 }; Message = '*NaN stands for 2*' }
        @{ Name = 'infinity, which no tolerance reaches'; Test = { [double]::PositiveInfinity | Should -BeApproximately 2 -RelativeTolerance 1 }; Message = '*but got *' }
        @{ Name = 'numbers that should be others'; Test = { 1 | Should -Not -BeApproximately 1 -Because 'it moved' }; Message = 'Expected anything but 1 *, because it moved, but got 1.' }
    )

    # The same by the commands of Pester 6, which an older one lacks.
    $script:isPester6 = (Get-Module Pester).Version.Major -ge 6
    foreach ($case in $isPester6 ? $passing + $failing : @()) {
        $case.Command = [scriptblock]::Create(($case.Test -replace 'Should -Not -', 'Should-Not' -replace 'Should -(?=[A-Z])', 'Should-'))
    }
}

BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"
    $script:manifest = "$((Get-Module MicroGrad).ModuleBase)/MicroGrad.psd1"

    # What a new session prints, Pester being found there as it is here.
    function Invoke-NewSession {
        param([scriptblock] $Script, [string[]] $Argument = @())

        $given = @($manifest, (Get-Module Pester).Path, "$TestDrive") + $Argument
        & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -Command $Script -args $given
    }
}

Describe 'Should, with MicroGrad' {
    It 'passes <Name>' -ForEach $passing {
        & $Test
    }

    It 'fails and tells <Name>' -ForEach $failing {
        $problem = $null
        try { & $Test } catch { $problem = $_ }
        $problem | Should -Not -BeNullOrEmpty
        $problem.FullyQualifiedErrorId | Should -BeExactly 'PesterAssertionFailed'
        $problem.Exception.Message | Should -BeLike $Message
    }

    It 'passes <Name>, by a command' -ForEach ($isPester6 ? $passing : @()) {
        $Command | Should -Not -Match 'Should -'
        & $Command
    }

    It 'fails by a command and tells <Name>' -ForEach ($isPester6 ? $failing : @()) {
        $problem = $null
        try { & $Command } catch { $problem = $_ }
        $problem.FullyQualifiedErrorId | Should -BeExactly 'PesterAssertionFailed'
        $problem.Exception.Message | Should -BeLike $Message
    }

    It 'writes numbers with a point in every culture' {
        $culture = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'de-DE'
            { 2 | Should -BeApproximately 2.5 } | Should -Throw 'Expected 2.5 *(0.2 relative).'
            { New-GradValue 1 | Should -HaveGradient 0.5 } | Should -Throw '*the gradient 0.5 *'
        } finally {
            [cultureinfo]::CurrentCulture = $culture
        }
    }
}

# A skipped test would count as failed, so these are only there where their Pester is.
if ($isPester6) {
    Describe 'The commands of Pester 6' {
        It 'work where the operators of Should are switched off' {
            Set-Content "$TestDrive/Disabled.Tests.ps1" @'
            Describe 'A parabola' {
                BeforeAll { $x = New-GradValue 3 -Label x; $x * $x | Invoke-Backward }
                It 'rises' { $x | Should-HaveGradient 6 }
                It 'rises by no other number' { $x | Should-NotHaveGradient 5 }
                It 'is near' { $x.Pow(2) | Should-BeApproximately 9.000000000001 }
                It 'is not that near' { $x.Pow(2) | Should-NotBeApproximately 9.000000000001 -RelativeTolerance 0 -AbsoluteTolerance 0 }
                It 'fails' { $x | Should-HaveGradient 5 }
                It 'has no operators' { $x | Should -HaveGradient 6 }
            }
'@
            $result = Invoke-NewSession {
                param($manifest, $pester, $folder)
                Import-Module $pester
                Import-Module $manifest
                $configuration = New-PesterConfiguration
                $configuration.Run.Path = "$folder/Disabled.Tests.ps1"
                $configuration.Run.PassThru = $true
                $configuration.Output.Verbosity = 'None'
                $configuration.Should.DisableV5 = $true
                (Invoke-Pester -Configuration $configuration).Tests | ForEach-Object { "$($_.Name): $($_.Result) $($_.ErrorRecord)" }
            }
            $result[0..3] | Should -BeExactly 'rises: Passed ', 'rises by no other number: Passed ', 'is near: Passed ', 'is not that near: Passed '
            $result[4] | Should -BeLike "fails: Failed Expected 'x' to have the gradient 5 *but got 6*"
            $result[5] | Should -BeLike 'has no operators: Failed *syntax is disabled*'
        }

        It 'take values by name too, and go on where they are asked to' {
            { Should-HaveGradient -Actual (New-GradValue 1) -Expected 0 } | Should -Not -Throw
            { Should-HaveGradient -Actual (New-GradValue 1), (New-GradValue 2) -Expected 0, 1 } | Should -Throw '*value 1*'
            Set-Content "$TestDrive/Soft.Tests.ps1" "Describe 'Values' { It 'go on' {
                New-GradValue 1 | Should-HaveGradient 1 -ErrorAction Continue
                New-GradValue 2 | Should-BeApproximately 3 -ErrorAction Continue } }"
            Invoke-NewSession {
                param($manifest, $pester, $folder)
                Import-Module $pester
                Import-Module $manifest
                (Invoke-Pester "$folder/Soft.Tests.ps1" -Output None -PassThru).Failed[0].ErrorRecord.Count
            } | Should -Be 2
        }

        It 'are there once, however often the module is imported, without a warning' {
            $found = Invoke-NewSession {
                param($manifest, $pester)
                Import-Module $pester
                1..3 | ForEach-Object { Import-Module $manifest -Force -WarningVariable warning; $warning }
                (Get-Command Should-*Gradient, Should-*Approximately).Name | Sort-Object
                @(Get-Module MicroGrad.Assertions).Count
            }
            $found | Should -BeExactly 'Should-BeApproximately', 'Should-HaveGradient', 'Should-NotBeApproximately', 'Should-NotHaveGradient', 1
        }
    }
} else {
    Describe 'The examples of about_MicroGrad_Pester' {
        It 'print what they show, but for those of Pester 6' {
            Copy-Item "$PSScriptRoot/../../examples" $TestDrive -Recurse
            $results = Invoke-NewSession {
                param($manifest, $pester, $folder, $script, $page)
                $null = $manifest
                & $script -Path $page -WorkingDirectory $folder -Module $pester
            } -Argument "$PSScriptRoot/Invoke-DocumentSession.ps1", "$PSScriptRoot/../../docs/en-US/about_MicroGrad_Pester.md"
            $results.Count | Should -BeGreaterThan 4
            $results | Where-Object { -not $_.Agrees -and $_.Shown -notmatch 'Should-' } | ForEach-Object Printed | Should -BeNullOrEmpty
        }
    }
}

Describe 'The operators come' {
    It 'when Pester is loaded first' {
        Invoke-NewSession {
            param($manifest, $pester)
            Import-Module $pester
            Import-Module $manifest
            (Get-ShouldOperator).Name -match 'HaveGradient|BeApproximately' | Sort-Object
        } | Should -BeExactly 'BeApproximately', 'HaveGradient'
    }

    It 'when Pester is loaded later, by an import with -Force in the test file' {
        Invoke-NewSession {
            param($manifest, $pester, $folder)
            Import-Module $manifest
            Set-Content "$folder/Later.Tests.ps1" "BeforeAll { Import-Module '$manifest' -Force }
                Describe 'Should' { It 'knows' { `$x = New-GradValue 1; `$x.Backward(); `$x | Should -HaveGradient 1 } }"
            Import-Module $pester
            (Invoke-Pester "$folder/Later.Tests.ps1" -Output None -PassThru).PassedCount
        } | Should -Be 1
    }

    It 'once, however often the module is imported' {
        Invoke-NewSession {
            param($manifest, $pester)
            Import-Module $pester
            1..3 | ForEach-Object { Import-Module $manifest -Force -WarningVariable warning; $warning }
            @((Get-ShouldOperator).Name -eq 'HaveGradient').Count
        } | Should -Be 1
    }

    It 'not without Pester, and nothing is loaded for them' {
        Invoke-NewSession {
            Import-Module $args[0]
            @(Get-Module Pester).Count
        } | Should -Be 0
    }

    It 'not into a Pester that has no room, which is told as a warning' {
        $script = "New-Module -Name Pester { function Add-ShouldOperator { throw 'there is no room' } } | Import-Module
            Import-Module '$manifest'; (Get-Module MicroGrad).Name"
        $told = & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -Command $script
        $told[-1] | Should -BeExactly 'MicroGrad'
        $told -join ' ' | Should -BeLike '*has no -HaveGradient and -BeApproximately:*there is no room*'
    }
}
