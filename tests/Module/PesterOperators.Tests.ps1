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
}

BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"
    $script:manifest = "$((Get-Module MicroGrad).ModuleBase)/MicroGrad.psd1"

    # What a new session prints, Pester being found there as it is here.
    function Invoke-NewSession {
        param([scriptblock] $Script)

        & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -Command $Script -args $manifest, (Get-Module Pester).Path, "$TestDrive"
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
