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

Describe 'Get-GradNode -AsTree' {
    BeforeAll {
        $a, $b = New-GradValue 2, -3 -Label a, b
        $product = $a * $b
        $product.Label = 'e'
        $script:tree = $product + $a
        $tree.Label = 'L'
        $tree | Invoke-Backward
    }

    It 'writes the expression as one text, each node above its inputs' {
        $text = $tree | Get-GradNode -AsTree
        $text | Should -BeOfType string
        @($text).Count | Should -Be 1
        $lines = $text -split "`n"
        $lines[0] | Should -BeLike 'L*+*-4.0000*1.0000*'
        $lines[1] | Should -BeLike '*e*-6.0000*'
        $lines[2] | Should -BeLike '*a*2.0000*'
    }

    It 'writes a shared node out once, and refers to it' {
        $chain = New-GradValue 1 -Label x
        $shared = $chain.Tanh()
        $shared.Label = 't'
        $lines = (Get-GradNode ($shared * $shared) -AsTree) -split "`n"
        $lines.Count | Should -Be 4
        @($lines -like '*tanh*').Count | Should -Be 1
        @($lines -like '* x *').Count | Should -Be 1
        $lines[3] | Should -BeLike '*t *(above)'
    }

    It 'writes one text for each root' {
        @(New-GradValue 1, 2 | Get-GradNode -AsTree).Count | Should -Be 2
    }

    It 'rounds to -Precision digits' {
        New-GradValue (1 / 3) | Get-GradNode -AsTree -Precision 2 | Should -BeLike '*0.33 *'
    }

    It 'keeps to -Width characters, 80 without it' {
        $deep = New-GradValue 1 -Label ('x' * 100)
        foreach ($i in 1..60) { $deep = $deep.Tanh() }
        $longest = foreach ($given in @{ Width = 40 }, @{}, @{ Width = 120 }) {
            ($deep | Get-GradNode -AsTree @given) -split "`n" | Measure-Object Length -Maximum | ForEach-Object Maximum
        }
        $longest[0] | Should -BeLessOrEqual 40
        $longest[1] | Should -BeGreaterThan $longest[0]
        $longest[1] | Should -BeLessOrEqual 80
        $longest[2] | Should -BeGreaterThan $longest[1]
        $longest[2] | Should -BeLessOrEqual 120
    }

    It 'ends at -MaximumLineCount lines, and counts the rest' {
        $lines = ($tree | Get-GradNode -AsTree -MaximumLineCount 2) -split "`n"
        $lines.Count | Should -Be 3
        $lines[2] | Should -Match '\d'
    }

    It 'writes the products of a weighted sum with -Expand' {
        $output = (New-Mlp 2 1).Invoke(1, 2)[0]
        $output | Get-GradNode -AsTree | Should -Not -BeLike '*`**'
        $output | Get-GradNode -AsTree -Expand | Should -BeLike '*`**'
    }

    It 'refuses <Id>' -ForEach @(
        @{ Id = 'InvalidPrecision'; Given = @{ Precision = 16 } }
        @{ Id = 'InvalidWidth'; Given = @{ Width = 10 } }
        @{ Id = 'InvalidMaximumLineCount'; Given = @{ MaximumLineCount = 0 } }
    ) {
        { $tree | Get-GradNode -AsTree @Given } | Should -Throw -ErrorId "$Id,MicroGrad.PowerShell.Commands.GetGradNodeCommand"
    }
}
