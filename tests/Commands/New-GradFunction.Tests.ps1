BeforeAll { . "$PSScriptRoot/../Import-TestModule.ps1" }

Describe 'New-GradFunction' {
    It 'compiles a script block by position' {
        $f = New-GradFunction { param($x) $x * $x + 3 }
        $f | Should -BeOfType MicroGrad.GradFunction
        $f.Invoke(2) | Should -BeExactly 7
        $f.Gradient(2) | Should -BeExactly 4
    }

    It 'compiles a script block by name and from the pipeline' {
        (New-GradFunction -ScriptBlock { param($x) 2 * $x }).Invoke(3) | Should -BeExactly 6
        ({ param($x) 2 * $x }, { param($x) 3 * $x } | New-GradFunction | ForEach-Object { $_.Invoke(1) }) | Should -BeExactly 2, 3
    }

    It 'names the parameters as the param block does' {
        $f = New-GradFunction { param($mass, $speed) 0.5 * $mass * $speed.Pow(2) }
        $f.ParameterNames | Should -BeExactly 'mass', 'speed'
        $f.ParameterCount | Should -Be 2
        $f.Gradient(2, 3) | Should -BeExactly 4.5, 6
    }

    It 'calls the script block once' {
        $script:calls = 0
        $f = New-GradFunction { param($x) $script:calls++; $x.Exp() }
        $null = $f.Invoke(1), $f.Gradient(1), $f.Hessian(1), $f.InvokeMany((1..20))
        $script:calls | Should -Be 1
    }

    It 'agrees with the graph that the same script block makes of numbers' {
        $block = { param($x, $y) ($x * $y).Tanh() + ($x.Sin() + 2).Pow(1.5) / $y.Exp() }
        $f = New-GradFunction $block
        foreach ($point in (0.3, -1), (2, 0.5), (-3, 1)) {
            $x, $y = New-GradValue $point
            $root = & $block $x $y
            $root | Invoke-Backward
            [math]::Abs($f.Invoke($point) - $root.Data) | Should -BeLessThan 1e-13
            $gradient = $f.Gradient($point)
            [math]::Abs($gradient[0] - $x.Grad) | Should -BeLessThan 1e-13
            [math]::Abs($gradient[1] - $y.Grad) | Should -BeLessThan 1e-13
        }
    }

    It 'evaluates many rows at once' {
        $f = New-GradFunction { param($x) $x * $x }
        $f.InvokeMany((1..20)) | Should -BeExactly (1..20 | ForEach-Object { $_ * $_ })
        $g = New-GradFunction { param($x, $y) $x * $y }
        $g.InvokeMany(((1, 2), (3, 4))) | Should -BeExactly 2, 12
        $g.GradientMany(((1, 2), (3, 4)))[1] | Should -BeExactly 4, 3
    }

    It 'gives the Hessian, and its product with a direction' {
        $f = New-GradFunction { param($x, $y) $x * $x * $y }
        $hessian = $f.Hessian(2, 5)
        $hessian[0] | Should -BeExactly 10, 4
        $hessian[1] | Should -BeExactly 4, 0
        $f.HessianVectorProduct((2, 5), (1, 1)) | Should -BeExactly 14, 4
    }

    It 'tells its graph, which can be drawn' {
        $f = New-GradFunction { param($x) $x.Tanh() }
        $f.Graph.Op | Should -BeExactly 'tanh'
        $f.Graph.Inputs[0].Label | Should -BeExactly 'x'
        $f.Graph | Export-GradGraph -Format Dot | Should -Match 'tanh'
    }

    It 'uses models and values from outside as constants' {
        $model = New-Mlp 2 3, 1 -Seed 4
        $factor = New-GradValue 2
        $f = New-GradFunction { param($x, $y) $model.Invoke($x, $y)[0] * $factor }
        $expected = 2 * (Invoke-Mlp $model (0.5, -1))
        $factor.Data = 7
        [math]::Abs($f.Invoke(0.5, -1) - $expected) | Should -BeLessThan 1e-14
    }

    It 'compiles a branch made by Choose' {
        $f = New-GradFunction { param($x) [MicroGrad.GradValue]::Choose($x, 0, $x * $x, 0 - $x) }
        $f.InvokeMany((3, -4)) | Should -BeExactly 9, 4
        $f.Gradient(-4) | Should -BeExactly -1
    }

    It 'takes a list of any length for a parameter typed as an array' {
        $f = New-GradFunction { param($scale, [object[]] $x) $scale * [MicroGrad.GradValue]::Dot($x, $x) }
        $f.TakesList | Should -BeTrue
        $f.Invoke(2, 1, 2) | Should -BeExactly 10
        $f.Gradient(2, 1, 2, 3) | Should -BeExactly 14, 4, 8, 12
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'a script block without parameters'; Block = { 1 }; Id = 'NoParameter'; Message = '*param block*' }
        @{ Name = 'a typed parameter'; Block = { param([double] $x) $x }; Id = 'TypedParameter'; Message = '*$x*Double*' }
        @{ Name = 'two lists'; Block = { param([object[]] $x, [object[]] $y) $x[0] * $y[0] }; Id = 'SeveralLists'; Message = '*$x and $y*' }
        @{ Name = 'a result that is a number'; Block = { param($x) $null = $x; 2.5 }; Id = 'NotAGradValue'; Message = "*'2.5' (Double)*one GradValue*" }
        @{ Name = 'two results'; Block = { param($x) $x; $x }; Id = 'NotAGradValue'; Message = '*2 objects*' }
        @{ Name = 'no result'; Block = { param($x) $null = $x }; Id = 'NotAGradValue'; Message = '*nothing*' }
        @{ Name = 'an array'; Block = { param($x) , ($x, $x) }; Id = 'NotAGradValue'; Message = '*one GradValue*' }
        @{ Name = 'a comparison'; Block = { param($x) if ($x -gt 0) { $x } }; Id = 'FunctionFailed'; Message = '*failed*::Choose(*' }
        @{ Name = 'a function of numbers'; Block = { param($x) [math]::Sin($x) }; Id = 'FunctionFailed'; Message = '*failed*$x.Sin()*' }
        @{ Name = 'a number made from data'; Block = { param($x) $x * [math]::Sin($x.Data) }; Id = 'SymbolicData'; Message = '*Data*' }
        @{ Name = 'a parameter''s data as the result'; Block = { param($x) $x.Data }; Id = 'SymbolicData'; Message = '*Data*' }
        @{ Name = 'a branch on data'; Block = { param($x) if ($x.Data -gt 0) { $x } else { 0 - $x } }; Id = 'SymbolicData'; Message = '*branch by Choose*' }
        @{ Name = 'a branch on data that gives nothing'; Block = { param($x) if ($x.Data -gt 0) { $x } }; Id = 'SymbolicData'; Message = '*branch by Choose*' }
        @{ Name = 'a loop until a computed value is small'; Block = { param($x) $y = $x; while ($y.Data -gt 1) { $y = $y / 2 }; $y }; Id = 'SymbolicData'; Message = '*branch by Choose*' }
        @{ Name = 'a detached copy'; Block = { param($x) $x * $x.Detach() }; Id = 'SymbolicData'; Message = '*Data*' }
        @{ Name = 'a branch on a gradient'; Block = { param($x) $y = $x * $x; $y.Backward(); if ($x.Grad -gt 1) { $x } else { $y } }; Id = 'SymbolicData'; Message = '*branch by Choose*' }
        @{ Name = 'a branch on data in a command'; Block = { param($x) ($x, ($x * 2) | Sort-Object Data)[0] }; Id = 'SymbolicData'; Message = '*Data*' }
    ) {
        { New-GradFunction $Block -ErrorAction Stop } |
            Should -Throw -ErrorId "$Id,MicroGrad.PowerShell.Commands.NewGradFunctionCommand" -ExpectedMessage $Message
    }

    It 'lets a block branch on what is not computed from its parameters' {
        $scale = [MicroGrad.GradValue]::new(3)
        $f = New-GradFunction { param($x) if ($scale.Data -gt 2) { "$x" | Out-Null; $scale * $x } else { $x } }
        $f.Gradient(5) | Should -BeExactly 3
    }

    It 'refuses a list''s data once the length is known' {
        $f = New-GradFunction { param([object[]] $x) if ($x[0].Data -gt 0) { $x[0] } else { $x[1] } }
        { $f.Invoke(1, 2) } | Should -Throw -ExpectedMessage '*branch by Choose*'
    }

    It 'makes functions that refuse points of another size' {
        $f = New-GradFunction { param($x, $y) $x * $y }
        { $f.Invoke(1) } | Should -Throw -ExpectedMessage '*2 numbers (x, y), but 1*'
    }

    It 'takes several lists of declared lengths, and matrices as lists of rows' {
        $f = New-GradFunction { param($w, [object[]] $x, $b) [MicroGrad.GradValue]::Linear($x, $w, $b)[1] } -Length @{ w = 2, 3; x = 3; b = 2 }
        $f.Graph.Inputs.Label | Should -BeExactly w4, w5, w6, b2, x1, x2, x3
        $f.Invoke((1..6) + (1, 2, 3) + (10, 20)) | Should -BeExactly (4 + 10 + 18 + 20)
        $f.Gradient((1..6) + (1, 2, 3) + (10, 20)) | Should -BeExactly 0, 0, 0, 1, 2, 3, 4, 5, 6, 0, 1
        Invoke-GradFunction $f (, ((1, 2, 3), (4, 5, 6), (1, 2, 3), (10, 20))) | Should -BeExactly 52
    }

    It 'reads an integer while it records, and records anew for each' {
        $f = New-GradFunction { param([int] $n, $x) $y = 1 + 0 * $x; for ($i = 0; $i -lt $n; $i++) { $y = $y * $x }; $y }
        $f.Invoke(3, 2), $f.Invoke(0, 2), $f.Invoke(5, 2) | Should -BeExactly 8, 1, 32
        $f.Gradient(3, 2) | Should -BeExactly 0, 12
        $f.InvokeMany(((3, 2), (2, 5), (3, 1))) | Should -BeExactly 8, 25, 1
        $choose = New-GradFunction { param([int[]] $place, $w) $w[$place[0]] * $w[$place[1]] } -Length @{ place = 2; w = 3 }
        $choose.Gradient((0, 2) + (5, 6, 7)) | Should -BeExactly 0, 0, 7, 0, 5
        $problem = { $f.Invoke(1.5, 2) } | Should -Throw -ExpectedMessage '*n is 1.5, where a whole number is expected*' -PassThru
        $problem.Exception.InnerException.ErrorId | Should -BeExactly 'NotAnInteger'
    }

    It 'looks a place up for each row by Gather' {
        $f = New-GradFunction { param($table, $place) [MicroGrad.GradValue]::Sum([MicroGrad.GradValue]::GatherRow($table, $place)) } -Length @{ table = 3, 2 }
        $f.InvokeMany((((1..6) + 0), ((1..6) + 2))) | Should -BeExactly 3, 11
        $f.Gradient((1..6) + 1) | Should -BeExactly 0, 0, 1, 1, 0, 0, 0
    }

    It 'says what to do where a list is indexed by a parameter' {
        { New-GradFunction { param($table, $place) $table[$place] } -Length @{ table = 3 } -ErrorAction Stop } |
            Should -Throw -ErrorId 'FunctionFailed,*' -ExpectedMessage '*declare it as `[int`]*::Gather*'
    }

    It 'says what to do where a range ends at a parameter' {
        { New-GradFunction { param($table, $count) foreach ($i in 0..$count) { $table[$i] } } -Length @{ table = 3 } -ErrorAction Stop } |
            Should -Throw -ErrorId 'FunctionFailed,*' -ExpectedMessage '*declare it as `[int`]*'
    }

    It 'looks a parameter up in a matrix, by row and by place' {
        $row = New-GradFunction { param($table, $place) [MicroGrad.GradValue]::Sum($table[$place]) } -Length @{ table = 3, 2 }
        $row.InvokeMany((((1..6) + 0), ((1..6) + 2))) | Should -BeExactly 3, 11
        $one = New-GradFunction { param($table, $place) $table[$place, 1] } -Length @{ table = 3, 2 }
        $one.Gradient((1..6) + 2) | Should -BeExactly 0, 0, 0, 0, 0, 1, 0
        $choice = New-GradFunction { param($logits, $place) [MicroGrad.GradValue]::CrossEntropy($logits, $place) } -Length @{ logits = 3 }
        [math]::Abs($choice.Invoke(1, 2, 3, 1) - [MicroGrad.GradValue]::CrossEntropy((1, 2, 3), 1).Data) | Should -BeLessThan 1e-14
    }

    It 'refuses the length <Length>' -ForEach @(
        @{ Length = @{ other = 3 }; Words = '*no such parameter*' }
        @{ Length = @{ x = 0 }; Words = '*from 1 on*' }
        @{ Length = @{ x = 1, 2, 3 }; Words = '*from 1 on*' }
        @{ Length = @{ x = 'many' }; Words = '*from 1 on*' }
        @{ Length = @{ v = 3 }; Words = '*declared as a single value*' }
    ) {
        { New-GradFunction { param($x, [MicroGrad.GradValue] $v) $x + $v } -Length $Length -ErrorAction Stop } |
            Should -Throw -ErrorId 'InvalidLength,MicroGrad.PowerShell.Commands.NewGradFunctionCommand' -ExpectedMessage $Words
    }
}
