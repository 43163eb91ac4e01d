BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"

    # The manual example: L = (a*b + c) * f.
    function Get-Example {
        $a, $b, $c, $f = New-GradValue 2, -3, 10, -2 -Label a, b, c, f
        $e = $a * $b
        $d = $e + $c
        $L = $d * $f
        $e.Label, $d.Label, $L.Label = 'e', 'd', 'L'
        @{ a = $a; b = $b; c = $c; f = $f; e = $e; d = $d; L = $L }
    }

    # Contributions by the node that receives them.
    function Get-Contribution($Step) {
        $sums = @{}
        foreach ($one in $Step) {
            $sums[$one.Input] += $one.Contribution
        }
        $sums
    }
}

Describe 'Invoke-Backward' {
    It 'gives the gradients of the manual example through the pipeline' {
        $n = Get-Example
        $n.L | Invoke-Backward
        $n.a.Grad, $n.b.Grad, $n.c.Grad, $n.d.Grad, $n.e.Grad, $n.f.Grad, $n.L.Grad |
            Should -BeExactly 6, -4, -2, -2, -2, 4, 1
    }

    It 'takes the root by position' {
        $n = Get-Example
        Invoke-Backward $n.L
        $n.a.Grad | Should -BeExactly 6
    }

    It 'takes the root by name' {
        $n = Get-Example
        Invoke-Backward -InputObject $n.L
        $n.a.Grad | Should -BeExactly 6
    }

    It 'takes each of several roots, and adds up what they give a shared leaf' {
        $a = New-GradValue 3
        ($a * 2), ($a * 5) | Invoke-Backward
        $a.Grad | Should -BeExactly 7
    }

    It 'differentiates the sum of a list of roots in one pass' {
        $a = New-GradValue 3
        $shared = $a * $a
        $roots = ($shared * 2), ($shared * 5)
        Invoke-Backward $roots -PassThru | Should -BeExactly $roots
        $a.Grad, $shared.Grad | Should -BeExactly 42, 7
        $roots.Grad | Should -BeExactly 1, 1
    }

    It 'emits nothing of its own accord' {
        (Get-Example).L | Invoke-Backward | Should -BeNullOrEmpty
    }

    It 'emits the root with -PassThru' {
        $n = Get-Example
        $root = $n.L | Invoke-Backward -PassThru
        [object]::ReferenceEquals($root, $n.L) | Should -BeTrue
        $root.Grad | Should -BeExactly 1
    }

    It 'starts from the gradient given' {
        $n = Get-Example
        $n.L | Invoke-Backward -Gradient 2.5
        $n.L.Grad | Should -BeExactly 2.5
        $n.a.Grad | Should -BeExactly 15
    }

    It 'doubles the leaves exactly when run twice, and leaves interior gradients right' {
        $n = Get-Example
        $n.L, $n.L | Invoke-Backward
        $n.a.Grad, $n.b.Grad, $n.c.Grad, $n.f.Grad | Should -BeExactly 12, -8, -4, 8
        $n.e.Grad, $n.d.Grad, $n.L.Grad | Should -BeExactly -2, -2, 1
    }

    It 'adds to the gradient of a root that is a leaf' {
        $a = New-GradValue 3
        $a, $a | Invoke-Backward
        $a.Grad | Should -BeExactly 2
    }

    It 'counts a node that is used twice twice: <Name>' -ForEach @(
        @{ Name = 'a+a'; Make = { param($a) $a + $a }; Gradient = 2 }
        @{ Name = 'a*a'; Make = { param($a) $a * $a }; Gradient = 6 }
    ) {
        $a = New-GradValue 3
        & $Make $a | Invoke-Backward
        $a.Grad | Should -BeExactly $Gradient
    }

    It 'warns of a number that is not finite, and names it' {
        $zero = New-GradValue 0 -Label zero
        $zero.Log() | Invoke-Backward -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings.Count | Should -Be 1
        $warnings[0].Message | Should -BeLike '*label=zero*not finite*'
    }

    It 'does not warn of a graph that is finite' {
        (Get-Example).L | Invoke-Backward -WarningVariable warnings
        $warnings.Count | Should -Be 0
    }

    It 'refuses what is no value' {
        { 'text' | Invoke-Backward -ErrorAction Stop } |
            Should -Throw -ErrorId 'InputObjectNotBound,MicroGrad.PowerShell.Commands.InvokeBackwardCommand'
    }
}

Describe 'Invoke-Backward -Trace' {
    It 'emits a step for each use of the chain rule' {
        $n = Get-Example
        $steps = $n.L | Invoke-Backward -Trace
        $steps.Count | Should -Be 6
        $steps | Should -BeOfType MicroGrad.BackwardStep
        $steps.Step | Should -BeExactly (1..6)
        $steps[0].Node.Label | Should -BeExactly 'L'
        $steps | ForEach-Object { '{0}->{1}' -f $_.Node.Label, $_.Input.Label } | Sort-Object |
            Should -BeExactly 'd->c', 'd->e', 'e->a', 'e->b', 'L->d', 'L->f'
    }

    It 'tells upstream gradient, local derivative and their product' {
        $n = Get-Example
        $step = $n.L | Invoke-Backward -Trace | Where-Object { $_.Input.Label -eq 'a' }
        $step.Node.Label | Should -BeExactly 'e'
        $step.Upstream | Should -BeExactly -2
        $step.LocalDerivative | Should -BeExactly -3
        $step.Contribution | Should -BeExactly 6
        foreach ($one in $n.L | Invoke-Backward -Trace) {
            $one.Contribution | Should -BeExactly ($one.Upstream * $one.LocalDerivative)
        }
    }

    It 'tells a node only after its gradient is complete' {
        $n = Get-Example
        foreach ($step in $n.L | Invoke-Backward -Trace) {
            $step.Upstream | Should -BeExactly $step.Node.Grad
        }
    }

    It 'gives contributions that sum to the gradient of each node, also where nodes are shared' {
        $a, $b = New-GradValue -4, 2
        $c = $a + $b
        $c += $c + 1
        $d = $a * $b + $b.Pow(3)
        $g = ($c - $d).Pow(2) / 2 + ($c * $c).Tanh()
        $sums = Get-Contribution ($g | Invoke-Backward -Trace)
        $sums.Count | Should -Be (@($g | Get-GradNode).Count - 1)
        foreach ($node in $sums.Keys) {
            $sums[$node] | Should -BeExactly $node.Grad
        }
    }

    It 'gives contributions that sum to the gradient of each node of a network<Name>' -ForEach @(
        @{ Name = ''; Expand = $false }
        @{ Name = ', its sums written out'; Expand = $true }
    ) {
        $model = New-Mlp 3 4, 4, 1 -Seed 7
        $root = Invoke-Mlp $model (2.0, 3.0, -1.0) -AsGradValue
        $sums = Get-Contribution ($root | Invoke-Backward -Trace -Expand:$Expand)
        foreach ($node in $sums.Keys) {
            $sums[$node] | Should -BeExactly $node.Grad
        }
        foreach ($parameter in $model.Parameters) {
            $sums.ContainsKey($parameter) | Should -BeTrue
        }
    }

    It 'tells a weighted sum as products and additions with -Expand, with the same gradients' {
        $model = New-Mlp 2 1 -Activation Tanh -OutputActivation Tanh -Seed 1
        $root = Invoke-Mlp $model (1.0, -2.0) -AsGradValue
        $short = $root | Invoke-Backward -Trace
        $gradients = $model.Parameters.Grad
        $model | Clear-Gradient
        $long = $root | Invoke-Backward -Trace -Expand
        $short.Node.Op | Should -Not -Contain '*'
        $long.Node.Op | Should -Contain '*'
        $long.Node.Op | Should -Contain '+'
        $long.Count | Should -BeGreaterThan $short.Count
        $model.Parameters.Grad | Should -BeExactly $gradients
    }

    It 'leaves right gradients when only three steps are taken' {
        $n = Get-Example
        @($n.L | Invoke-Backward -Trace | Select-Object -First 3).Count | Should -Be 3
        $n.a.Grad, $n.b.Grad, $n.c.Grad, $n.f.Grad | Should -BeExactly 6, -4, -2, 4
    }

    It 'doubles the leaves when traced twice' {
        $n = Get-Example
        $null = $n.L | Invoke-Backward -Trace
        $null = $n.L | Invoke-Backward -Trace
        $n.a.Grad, $n.d.Grad | Should -BeExactly 12, -2
    }

    It 'starts from the gradient given' {
        $n = Get-Example
        ($n.L | Invoke-Backward -Trace -Gradient 10)[0].Upstream | Should -BeExactly 10
        $n.a.Grad | Should -BeExactly 60
    }

    It 'emits the root after the steps with -PassThru' {
        $n = Get-Example
        $output = @($n.L | Invoke-Backward -Trace -PassThru)
        $output.Count | Should -Be 7
        [object]::ReferenceEquals($output[-1], $n.L) | Should -BeTrue
    }

    It 'has nothing to tell of a leaf' {
        $a = New-GradValue 1
        $a | Invoke-Backward -Trace | Should -BeNullOrEmpty
        $a.Grad | Should -BeExactly 1
    }
}

Describe 'Invoke-Backward -CreateGraph' {
    It 'gives each value its gradient as a graph beside the number' {
        $n = Get-Example
        $n.L | Invoke-Backward -CreateGraph
        $n.a.Grad | Should -BeExactly 6
        $n.a.GradGraph | Should -BeOfType MicroGrad.GradValue
        $n.a.GradGraph.Data, $n.b.GradGraph.Data, $n.e.GradGraph.Data, $n.L.GradGraph.Data | Should -BeExactly 6, -4, -2, 1
    }

    It 'makes no graphs without being asked' {
        $n = Get-Example
        $n.L | Invoke-Backward
        $n.a.GradGraph | Should -BeNullOrEmpty
    }

    It 'leads to second and third derivatives' {
        $x = New-GradValue 2 x
        $y = $x.Tanh()
        $y | Invoke-Backward -CreateGraph
        $first = $x.GradGraph
        $x | Clear-Gradient
        $first | Invoke-Backward -CreateGraph
        $second = $x.GradGraph
        $x | Clear-Gradient
        $second | Invoke-Backward
        $t = [math]::Tanh(2)
        [math]::Abs($first.Data - (1 - $t * $t)) | Should -BeLessThan 1e-15
        [math]::Abs($second.Data - -0.136218687427113) | Should -BeLessThan 1e-14
        [math]::Abs($x.Grad - (4 * $t * $t - 2 * (1 - $t * $t)) * (1 - $t * $t)) | Should -BeLessThan 1e-14
    }

    It 'starts from the gradient given' {
        $x = New-GradValue 3
        $x * $x | Invoke-Backward -CreateGraph -Gradient 0.5
        $x.GradGraph.Data | Should -BeExactly 3
    }

    It 'can be traced and passed through at once, adding to leaves once' {
        $x = New-GradValue 3
        $output = @($x * $x | Invoke-Backward -CreateGraph -Trace -PassThru)
        $output.Count | Should -Be 3
        $x.Grad, $x.GradGraph.Data | Should -BeExactly 6, 6
    }

    It 'makes graphs that can be drawn' {
        $x = New-GradValue 2 x
        $x.Tanh() | Invoke-Backward -CreateGraph
        $x.GradGraph | Export-GradGraph -Format Mermaid | Should -Match 'tanh'
    }

    It 'makes graphs that Clear-Gradient drops' {
        $x = New-GradValue 2 x
        $y = $x.Tanh()
        $y | Invoke-Backward -CreateGraph
        $y | Clear-Gradient
        $x.GradGraph | Should -BeNullOrEmpty
    }
}
