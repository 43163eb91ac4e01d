BeforeDiscovery {
    $script:cases = (Get-Content -Raw "$PSScriptRoot/../reference/expressions.json" | ConvertFrom-Json -AsHashtable).cases
}

BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"

    $script:cases = (Get-Content -Raw "$PSScriptRoot/../reference/expressions.json" | ConvertFrom-Json -AsHashtable).cases

    # Each case of the file as a user types it at the prompt.
    $script:typed = @{
        'manual backpropagation'                                 = '
            $e = $a * $b
            $d = $e + $c
            $L = $d * $f'
        'a neuron'                                               = '
            $n = $x1 * $w1 + $x2 * $w2 + $b
            $o = $n.Tanh()'
        'a neuron, tanh from exp'                                = '
            $n = $x1 * $w1 + $x2 * $w2 + $b
            $e = (2 * $n).Exp()
            $o = ($e - 1) / ($e + 1)'
        'one node used twice'                                    = '
            $b = $a + $a'
        'product of shared nodes'                                = '
            $d = $a * $b
            $e = $a + $b
            $f = $d * $e'
        'parabola'                                               = '
            $y = 3 * $x.Pow(2) - 4 * $x + 5'
        'parabola 2'                                             = '
            $y = $x.Pow(2) - $x - 6'
        'reassigned names'                                       = '
            $c = $a + $b
            $c += $c + 1
            $c += 1 + $c + (-$a)'
        'sanity'                                                 = '
            $z = 2 * $x + 2 + $x
            $q = $z.Relu() + $z * $x
            $h = ($z * $z).Relu()
            $y = $h + $q + $q * $x'
        'more operations'                                        = '
            $c = $a + $b
            $d = $a * $b + $b.Pow(3)
            $c += $c + 1
            $c += 1 + $c + (-$a)
            $d += $d * 2 + ($b + $a).Relu()
            $d += 3 * $d + ($b - $a).Relu()
            $e = $c - $d
            $f = $e.Pow(2)
            $g = $f / 2
            $g += 10 / $f'
        'division and subtraction'                               = '
            $q = $a / $b
            $s = $a - $b'
        'value to the power of a value'                          = '
            $p = $a.Pow($b)'
        'second and third derivative of tanh at 2'               = '
            $y = $x.Tanh()'
        'twice backward, leaves accumulate, interior nodes do not' = '
            $c = $a + $b
            $e = $c * $d'
        'numeric derivative, forward difference'                 = '
            $e = $a * $b
            $d = $e + $c
            $L = $d * $f'
    }

    # Makes the leaves, runs what was typed, and gives all values by name.
    function Get-TypedValue($Name, $Leaves) {
        $nodes = @{}
        foreach ($leaf in $Leaves.Keys) {
            $nodes[$leaf] = New-GradValue $Leaves[$leaf] -Label $leaf
            Set-Variable -Name $leaf -Value $nodes[$leaf]
        }
        . ([scriptblock]::Create($typed[$Name]))
        foreach ($match in [regex]::Matches($typed[$Name], '(?m)^\s*\$(\w+)')) {
            $computed = $match.Groups[1].Value
            $nodes[$computed] = Get-Variable -Name $computed -ValueOnly
        }
        $nodes
    }

    function Get-RelativeError($Actual, $Expected) {
        [math]::Abs($Actual - $Expected) / [math]::Max(1, [math]::Abs($Expected))
    }
}

Describe 'The worked examples, typed as PowerShell' {
    It 'are all typed here, and no others' {
        $cases.Count | Should -BeGreaterThan 10
        $typed.Keys | Sort-Object | Should -BeExactly ($cases.name | Sort-Object)
    }

    It 'give every value and every gradient: <name>' -ForEach ($cases | Where-Object { $_.ContainsKey('leaves') }) {
        $nodes = Get-TypedValue $name $leaves
        $bound = if ($_.ContainsKey('tolerance')) { $tolerance } else { 1e-12 }
        $compared = 0
        if ($_.ContainsKey('values')) {
            foreach ($value in $values.Keys) {
                Get-RelativeError $nodes[$value].Data $values[$value] | Should -BeLessOrEqual $bound -Because "of $value"
                $compared++
            }
        }
        if ($_.ContainsKey('root')) {
            $calls = if ($_.ContainsKey('backward_calls')) { $backward_calls } else { 1 }
            for ($i = 0; $i -lt $calls; $i++) {
                $nodes[$root] | Invoke-Backward
            }
            foreach ($value in $gradients.Keys) {
                Get-RelativeError $nodes[$value].Grad $gradients[$value] | Should -BeLessOrEqual $bound -Because "of the gradient of $value"
                $compared++
            }
        }
        $compared | Should -BeGreaterThan 0
    }

    It 'pass the check by differences: <name>' -ForEach ($cases | Where-Object { $_.ContainsKey('root') }) {
        $nodes = Get-TypedValue $name $leaves
        $nodes[$root] | Test-Gradient | Where-Object { -not $_.Passed } | Should -BeNullOrEmpty
    }

    It 'make the root of the manual example larger by a step along the gradients' {
        $case = $cases | Where-Object name -EQ 'manual backpropagation'
        $nodes = Get-TypedValue $case.name $case.leaves
        $nodes.L | Invoke-Backward
        $nodes.a, $nodes.b, $nodes.c, $nodes.f | Step-Gradient -LearningRate 0.01 -Ascend
        $nodes.L.Forward()
        $case.then | Should -BeLike '*L = -7.286496'
        Get-RelativeError $nodes.L.Data -7.286496 | Should -BeLessOrEqual 1e-12
    }

    It 'give the second derivative of the hyperbolic tangent through its first' {
        $case = $cases | Where-Object name -Like 'second and third*'
        $x = New-GradValue $case.leaves.x
        $y = $x.Tanh()
        1 - $y * $y | Invoke-Backward
        Get-RelativeError $x.Grad $case.second | Should -BeLessOrEqual 1e-14
    }

    It 'give the forward differences of the manual example' {
        $case = $cases | Where-Object name -Like 'numeric derivative*'
        foreach ($expected in @(
                @{ Names = 'a'; Step = 0.0001; Slope = '6.000000000021544' }
                @{ Names = 'f'; Step = 0.0001; Slope = '3.9999999999995595' }
                @{ Names = 'c'; Step = 0.0001; Slope = '-1.9999999999953388' }
                @{ Names = 'a'; Step = 0.001; Slope = '6.000000000000227' }
                @{ Names = 'b'; Step = 0.001; Slope = '-3.9999999999995595' })) {
            $case.note.Contains($expected.Slope) | Should -BeTrue
            $nodes = Get-TypedValue $case.name @{ a = 2; b = -3; c = 10; f = -2 }
            $before = $nodes.L.Data
            $nodes[$expected.Names].Data += $expected.Step
            $nodes.L.Forward()
            ($nodes.L.Data - $before) / $expected.Step | Should -BeExactly ([double] $expected.Slope)
        }
    }
}

Describe 'Operators over a value and a number' {
    BeforeEach {
        $script:a = New-GradValue 4 -Label a
    }

    It 'record a graph: <Text>' -ForEach @(
        @{ Text = '2*$a'; Data = 8; Grad = 2; Op = '*' }
        @{ Text = '$a*2'; Data = 8; Grad = 2; Op = '*' }
        @{ Text = '2.5*$a'; Data = 10; Grad = 2.5; Op = '*' }
        @{ Text = '[long]3*$a'; Data = 12; Grad = 3; Op = '*' }
        @{ Text = '[float]0.5*$a'; Data = 2; Grad = 0.5; Op = '*' }
        @{ Text = '1+$a'; Data = 5; Grad = 1; Op = '+' }
        @{ Text = '$a+1'; Data = 5; Grad = 1; Op = '+' }
        @{ Text = '1-$a'; Data = -3; Grad = -1; Op = '-' }
        @{ Text = '$a-1'; Data = 3; Grad = 1; Op = '-' }
        @{ Text = '-$a'; Data = -4; Grad = -1; Op = '-' }
        @{ Text = '$a/4'; Data = 1; Grad = 0.25; Op = '/' }
        @{ Text = '10/$a'; Data = 2.5; Grad = -0.625; Op = '/' }
        @{ Text = '$a+$a'; Data = 8; Grad = 2; Op = '+' }
        @{ Text = '$a-$a'; Data = 0; Grad = 0; Op = '-' }
        @{ Text = '$a*$a'; Data = 16; Grad = 8; Op = '*' }
        @{ Text = '$a/$a'; Data = 1; Grad = 0; Op = '/' }
        @{ Text = '[double]2.5d*$a'; Data = 10; Grad = 2.5; Op = '*' }
        @{ Text = '$a*[double]2.5d'; Data = 10; Grad = 2.5; Op = '*' }
        @{ Text = '[math]::PI*$a/[math]::PI'; Data = 4; Grad = 1; Op = '/' }
    ) {
        $value = & ([scriptblock]::Create($Text))
        $value | Should -BeOfType MicroGrad.GradValue
        $value.Data | Should -BeExactly $Data
        $value.Op | Should -BeExactly $Op
        $value.IsLeaf | Should -BeFalse
        $value | Invoke-Backward
        $a.Grad | Should -BeExactly $Grad
        $value | Get-GradNode | Where-Object { [object]::ReferenceEquals($_.Value, $a) } | Should -Not -BeNullOrEmpty
    }

    It 'make a new node by assignment, whose input is the old one: <Text>' -ForEach @(
        @{ Text = '$a += 1'; Data = 5; Grad = 1 }
        @{ Text = '$a -= 1'; Data = 3; Grad = 1 }
        @{ Text = '$a *= 3'; Data = 12; Grad = 3 }
        @{ Text = '$a /= 2'; Data = 2; Grad = 0.5 }
    ) {
        $old = $a = New-GradValue 4
        . ([scriptblock]::Create($Text))
        $new = $a
        $new.Data | Should -BeExactly $Data
        [object]::ReferenceEquals($new.Inputs[0], $old) | Should -BeTrue
        $new | Invoke-Backward
        $old.Grad | Should -BeExactly $Grad
    }

    It 'compare by identity' {
        $same = $a
        $a -eq $same | Should -BeTrue
        $a -eq (New-GradValue 4 -Label a) | Should -BeFalse
        $a -ne (New-GradValue 4 -Label a) | Should -BeTrue
        @($a, (New-GradValue 4)) -contains $same | Should -BeTrue
        $a -eq 4 | Should -BeFalse
    }

    It 'are true in a condition, also at 0' {
        [bool] (New-GradValue 0) | Should -BeTrue
    }

    It 'take nothing for neutral: $null + $a is $a, $null * $a is nothing' {
        [object]::ReferenceEquals($null + $a, $a) | Should -BeTrue
        $null * $a | Should -BeNullOrEmpty
    }

    It 'fail clearly: <Text>' -ForEach @(
        @{ Text = '2.5d * $a'; Message = '*GradValue*Decimal*' }
        @{ Text = '$a * 2.5d'; Message = '*2.5*Decimal*GradValue*' }
        @{ Text = '[bigint]2 * $a'; Message = '*GradValue*BigInteger*' }
        @{ Text = '$a % 2'; Message = '*GradValue*op_Modulus*' }
        @{ Text = '$a++'; Message = '*++*only on numbers*GradValue*' }
        @{ Text = '$a -gt 1'; Message = '*Cannot compare*GradValue*' }
        @{ Text = '[math]::Pow($a, 2)'; Message = '*GradValue*Double*' }
        @{ Text = '[double]$a'; Message = '*GradValue*Double*' }
        @{ Text = "'2' * `$a"; Message = '*GradValue*Int32*' }
    ) {
        { & ([scriptblock]::Create($Text)) } | Should -Throw -ExpectedMessage $Message
    }

    It 'do not turn a value into its number without being asked' {
        [MicroGrad.GradValue].GetMethods() | Where-Object { $_.Name -in 'op_Implicit', 'op_Explicit' -and $_.ReturnType -ne [MicroGrad.GradValue] } |
            Should -BeNullOrEmpty
        $a -is [IConvertible] | Should -BeFalse
    }
}

Describe 'Values and models in the pipeline' {
    It 'go through whole' {
        $model = New-Mlp 2 3, 1
        foreach ($object in (New-GradValue 1), $model, $model.Layers[0], $model.Layers[0].Neurons[0]) {
            @($object | ForEach-Object { $_ }).Count | Should -Be 1
            @($object).Count | Should -Be 1
        }
    }

    It 'are passed live to parallel workers' {
        $a = New-GradValue 3
        $squares = 1..2 | ForEach-Object -Parallel { ($using:a).Pow($_) } | Sort-Object Data
        $squares.Data | Should -BeExactly 3, 9
        [object]::ReferenceEquals($squares[0].Inputs[0], $a) | Should -BeTrue
    }
}
