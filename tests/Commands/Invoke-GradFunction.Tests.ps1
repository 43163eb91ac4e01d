BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"
    $script:square = New-GradFunction { param($x) $x * $x }
    $script:product = New-GradFunction { param($x, $y) $x * $y }
}

Describe 'Invoke-GradFunction' {
    It 'gives a value for each number in the pipeline' {
        1..1000 | Invoke-GradFunction $square | Should -BeExactly (1..1000 | ForEach-Object { $_ * $_ })
    }

    It 'takes numbers as an argument' {
        Invoke-GradFunction $square (1, 2, 3) | Should -BeExactly 1, 4, 9
        Invoke-GradFunction -Function $square -InputObject 5 | Should -BeExactly 25
    }

    It 'takes rows of numbers' {
        (1, 2), (3, 4) | Invoke-GradFunction $product | Should -BeExactly 2, 12
        Invoke-GradFunction $product ((1, 2), (3, 4)) | Should -BeExactly 2, 12
        Invoke-GradFunction $product (3, 4) | Should -BeExactly 12
    }

    It 'takes objects, hashtables and text by the names of the parameters' {
        $rows = [pscustomobject]@{ Y = '1.5'; Other = 'text'; X = 2 }, @{ x = 3; y = 4 }
        $rows | Invoke-GradFunction $product | Should -BeExactly 3, 12
    }

    It 'compiles a script block first' {
        1, 2 | Invoke-GradFunction { param($x) $x + 1 } | Should -BeExactly 2, 3
    }

    It 'gives point, value and gradient with -Gradient' {
        $result = @((1, 2), (3, 4) | Invoke-GradFunction $product -Gradient)
        $result.Count | Should -Be 2
        $result[1] | Should -BeOfType MicroGrad.GradFunctionValue
        $result[1].Point | Should -BeExactly 3, 4
        $result[1].Value | Should -BeExactly 12
        $result[1].Gradient | Should -BeExactly 4, 3
    }

    It 'emits each value before it takes the next row' {
        $script:taken = 0
        1..5 | ForEach-Object { $script:taken++; $_ } | Invoke-GradFunction $square | Select-Object -First 1 | Should -BeExactly 1
        $script:taken | Should -Be 1
    }

    It 'takes a list of any length where the function does' {
        $sum = New-GradFunction { param([object[]] $x) [MicroGrad.GradValue]::Sum($x) }
        (1, 2), (1, 2, 3) | Invoke-GradFunction $sum | Should -BeExactly 3, 6
    }

    It 'goes on after a row that it can not read: <Name>' -ForEach @(
        @{ Name = 'text'; Row = 'two', 1; Id = 'NotANumber' }
        @{ Name = 'another size'; Row = 1, 2, 3; Id = 'SizeMismatch' }
        @{ Name = 'no such column'; Row = @{ x = 1 }; Id = 'FeatureNotFound' }
    ) {
        $values = (1, 2), $Row, (3, 4) | Invoke-GradFunction $product -ErrorVariable problems -ErrorAction SilentlyContinue
        $values | Should -BeExactly 2, 12
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -BeExactly "$Id,MicroGrad.PowerShell.Commands.InvokeGradFunctionCommand"
    }

    It 'refuses what is no function' {
        { 1 | Invoke-GradFunction 'text' } |
            Should -Throw -ErrorId 'InvalidFunction,MicroGrad.PowerShell.Commands.InvokeGradFunctionCommand' -ExpectedMessage '*New-GradFunction*'
    }
}
