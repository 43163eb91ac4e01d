BeforeAll { . "$PSScriptRoot/../Import-TestModule.ps1" }

Describe 'Clear-Gradient' {
    It 'clears a root and all that it depends on' {
        $a = New-GradValue 2
        $b = $a * 3
        $c = $b + 1
        $c | Invoke-Backward
        $a.Grad | Should -BeExactly 3
        $c | Clear-Gradient | Should -BeNullOrEmpty
        $a.Grad, $b.Grad, $c.Grad | Should -BeExactly 0, 0, 0
        $c.Data | Should -BeExactly 7
    }

    It 'leaves alone what the root does not depend on' {
        $a = New-GradValue 2
        $b = $a * 3
        $c = $b + 1
        $c | Invoke-Backward
        Clear-Gradient $b
        $a.Grad, $b.Grad, $c.Grad | Should -BeExactly 0, 0, 1
    }

    It 'clears the parameters of a model, by position' {
        $model = New-Mlp 2 3, 1 -Seed 1
        Invoke-Mlp $model (1, 2) -AsGradValue | Invoke-Backward
        $model.Parameters.Grad | Where-Object { $_ -ne 0 } | Should -Not -BeNullOrEmpty
        $data = $model.Parameters.Data
        Clear-Gradient -InputObject $model
        $model.Parameters.Grad | Where-Object { $_ -ne 0 } | Should -BeNullOrEmpty
        $model.Parameters.Data | Should -BeExactly $data
    }

    It 'clears a list of values, and an optimizer''s' {
        $a, $b, $c = New-GradValue 1, 2, 3
        $a.Grad = $b.Grad = $c.Grad = 1
        Clear-Gradient ($a, ($b * 2))
        $a.Grad, $b.Grad, $c.Grad | Should -BeExactly 0, 0, 1
        $c | New-GradOptimizer Sgd | Clear-Gradient
        $c.Grad | Should -BeExactly 0
    }

    It 'emits the same object with -PassThru' {
        $a = New-GradValue 2
        $model = New-Mlp 1 1
        $output = $a, $model | Clear-Gradient -PassThru
        [object]::ReferenceEquals($output[0], $a) | Should -BeTrue
        [object]::ReferenceEquals($output[1], $model) | Should -BeTrue
    }

    It 'reports what is neither a value nor a model, and goes on' {
        $a = New-GradValue 2
        $a | Invoke-Backward
        'text', $a | Clear-Gradient -ErrorVariable problems -ErrorAction SilentlyContinue
        $a.Grad | Should -BeExactly 0
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId |
            Should -BeExactly 'InvalidInputObject,MicroGrad.PowerShell.Commands.ClearGradientCommand'
        $problems[0].Exception.Message | Should -BeLike "*'text' (String)*New-GradValue*New-Mlp*"
    }

    It 'does not emit what it could not clear' {
        5 | Clear-Gradient -PassThru -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }
}
