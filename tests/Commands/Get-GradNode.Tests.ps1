BeforeAll { . "$PSScriptRoot/../Import-TestModule.ps1" }

Describe 'Get-GradNode' {
    It 'lists inputs before what uses them, and the root last' {
        $a, $b = New-GradValue 2, -3 -Label a, b
        $c = $a * $b
        $d = $c + $a
        $nodes = $d | Get-GradNode
        $nodes | Should -BeOfType MicroGrad.GradNode
        $nodes.Index | Should -BeExactly (0..3)
        [object]::ReferenceEquals($nodes[-1].Value, $d) | Should -BeTrue
        foreach ($node in $nodes) {
            foreach ($place in $node.InputIndex) {
                $place | Should -BeLessThan $node.Index
            }
        }
    }

    It 'tells label, operation, data, gradient and inputs' {
        $a, $b = New-GradValue 2, -3 -Label a, b
        $c = $a * $b
        $c.Label = 'c'
        $c | Invoke-Backward
        $node = $c | Get-GradNode | Select-Object -Last 1
        $node.Label | Should -BeExactly 'c'
        $node.Op | Should -BeExactly '*'
        $node.Data | Should -BeExactly -6
        $node.Grad | Should -BeExactly 1
        $node.InputIndex | Should -BeExactly 0, 1
    }

    It 'lists a node once, and names it twice where it is used twice' {
        $a = New-GradValue 3
        $nodes = Get-GradNode ($a * $a)
        $nodes.Count | Should -Be 2
        $nodes[1].InputIndex | Should -BeExactly 0, 0
    }

    It 'lists a leaf alone' {
        $nodes = @(Get-GradNode -InputObject (New-GradValue 1))
        $nodes.Count | Should -Be 1
        $nodes[0].Op | Should -BeExactly ''
    }

    It 'lists two nodes for a neuron' {
        $model = New-Mlp 3 1 -OutputActivation Tanh
        $nodes = Invoke-Mlp $model (1, 2, 3) -AsGradValue | Get-GradNode
        @($nodes | Where-Object Op -NE '').Count | Should -Be 2
    }

    It 'lists a chain of thousands of nodes' {
        $y = New-GradValue 0
        for ($i = 0; $i -lt 3000; $i++) {
            $y += 1
        }
        @($y | Get-GradNode).Count | Should -Be 6001
    }

    It 'refuses what is no value' {
        { 'text' | Get-GradNode -ErrorAction Stop } |
            Should -Throw -ErrorId 'InputObjectNotBound,MicroGrad.PowerShell.Commands.GetGradNodeCommand'
    }
}
