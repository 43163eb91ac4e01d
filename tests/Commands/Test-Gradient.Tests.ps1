BeforeAll { . "$PSScriptRoot/../Import-TestModule.ps1" }

Describe 'Test-Gradient' {
    It 'compares each leaf with a central difference' {
        $a, $b = New-GradValue 2, -3 -Label a, b
        $checks = $a * $b + $a.Pow(3) | Test-Gradient
        $checks | Should -BeOfType MicroGrad.GradientCheck
        $checks.Label | Should -BeExactly 'a', 'b'
        $checks.Passed | Should -BeExactly $true, $true
        $checks[0].Analytic | Should -BeExactly 9
        $checks[1].Analytic | Should -BeExactly 2
        [math]::Abs($checks[0].Numeric - 9) | Should -BeLessThan 1e-6
        [object]::ReferenceEquals($checks[0].Leaf, $a) | Should -BeTrue
    }

    It 'takes the root by position and by name' {
        $a = New-GradValue 2
        (Test-Gradient ($a * 3)).Count | Should -Be 2
        (Test-Gradient -InputObject ($a * 3)).Count | Should -Be 2
    }

    It 'changes neither data nor gradients' {
        $a = New-GradValue 2
        $b = ($a * $a).Sin()
        $b | Invoke-Backward
        $before = $a.Data, $a.Grad, $b.Data, $b.Grad
        $null = $b | Test-Gradient
        $a.Data, $a.Grad, $b.Data, $b.Grad | Should -BeExactly $before
    }

    It 'leaves the graph as it was when the pipeline stops after the first leaf' {
        $a, $b = New-GradValue 2, 3
        $root = $a * $b
        $null = $root | Test-Gradient | Select-Object -First 1
        $a.Data, $b.Data, $root.Data | Should -BeExactly 2, 3, 6
        $a.Grad, $b.Grad, $root.Grad | Should -BeExactly 0, 0, 0
    }

    It 'passes for every parameter of a network' {
        $model = New-Mlp 3 4, 1 -Seed 5
        $checks = Invoke-Mlp $model (0.5, -1, 2) -AsGradValue | Test-Gradient
        $checks.Count | Should -Be ($model.ParameterCount + 3)
        $checks | Where-Object { -not $_.Passed } | Should -BeNullOrEmpty
    }

    It 'fails a leaf whose derivative jumps' {
        $check = (New-GradValue 0).Abs() | Test-Gradient
        $check.Passed | Should -BeTrue -Because 'the difference at 0 is 0 by symmetry'
        $check = (New-GradValue 0).Relu() | Test-Gradient
        $check.Passed | Should -BeFalse
        [math]::Abs($check.Error - 0.5) | Should -BeLessThan 1e-9
    }

    It 'passes what is within -Tolerance' {
        ((New-GradValue 0).Relu() | Test-Gradient -Tolerance 0.6).Passed | Should -BeTrue
        ((New-GradValue 2).Exp() | Test-Gradient -Tolerance 0 -Step 0.1).Passed | Should -BeFalse
    }

    It 'takes a difference as wide as -Step says' {
        $x = New-GradValue 0
        # sin(h)/h is the central difference of the sine at 0.
        $check = $x.Sin() | Test-Gradient -Step 0.5
        [math]::Abs($check.Numeric - [math]::Sin(0.5) / 0.5) | Should -BeLessThan 1e-12
    }

    It 'refuses the step <_>' -ForEach 0, -0.5, NaN, Infinity {
        { New-GradValue 1 | Test-Gradient -Step $_ } |
            Should -Throw -ErrorId 'InvalidStep,MicroGrad.PowerShell.Commands.TestGradientCommand' -ExpectedMessage "*$_*larger than 0*1e-5*"
    }

    It 'refuses the tolerance <_>' -ForEach -0.5, NaN {
        { New-GradValue 1 | Test-Gradient -Tolerance $_ } |
            Should -Throw -ErrorId 'InvalidTolerance,MicroGrad.PowerShell.Commands.TestGradientCommand' -ExpectedMessage "*$_*0 or larger*1e-6*"
    }

    It 'writes the number that it refuses the same under a comma culture' {
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'de-DE'
            { New-GradValue 1 | Test-Gradient -Step -0.5 } | Should -Throw -ExpectedMessage '*-0.5;*'
            { New-GradValue 1 | Test-Gradient -Tolerance -0.5 } | Should -Throw -ExpectedMessage '*-0.5;*'
        } finally {
            [cultureinfo]::CurrentCulture = $before
        }
    }

    It 'refuses what is no value' {
        { 'text' | Test-Gradient -ErrorAction Stop } |
            Should -Throw -ErrorId 'InputObjectNotBound,MicroGrad.PowerShell.Commands.TestGradientCommand'
    }
}
