BeforeAll { . "$PSScriptRoot/../Import-TestModule.ps1" }

Describe 'New-GradMatrix' {
    It 'makes leaves in rows and columns' {
        $m = New-GradMatrix 2 3 -Label W
        $m.RowCount, $m.ColumnCount, $m.Count, $m.Values.Count, $m.Label | Should -BeExactly 2, 3, 2, 6, 'W'
        $m[-1].Label | Should -BeExactly 'W[2,1]', 'W[2,2]', 'W[2,3]'
        $m.Values.IsLeaf | Sort-Object -Unique | Should -BeExactly $true
        $m.Values.Label | Should -BeExactly 'W[1,1]', 'W[1,2]', 'W[1,3]', 'W[2,1]', 'W[2,2]', 'W[2,3]'
        $m[1, 2] | Should -Be $m[1][2]
        "$m" | Should -BeExactly 'GradMatrix(W, 2 x 3)'
        (New-GradMatrix -RowCount 1 -ColumnCount 1).Values[0].Label | Should -BeNullOrEmpty
    }

    It 'counts negative places from the end, in rows and in columns' {
        $m = New-GradMatrix 2 3 -Label W
        $m[0, -1].Label, $m[-1, -1].Label, $m[-2, 1].Label, $m[1, -3].Label | Should -BeExactly 'W[1,3]', 'W[2,3]', 'W[1,2]', 'W[2,1]'
    }

    It 'has no value at a place out of range, which strict mode reports: <Place>' -ForEach @(
        @{ Place = '0, 7'; Index = { $args[0][0, 7] } }
        @{ Place = '0, -4'; Index = { $args[0][0, -4] } }
        @{ Place = '2, 0'; Index = { $args[0][2, 0] } }
        @{ Place = '9'; Index = { $args[0][9] } }
        @{ Place = '-3'; Index = { $args[0][-3] } }
    ) {
        $m = New-GradMatrix 2 3
        Set-StrictMode -Off
        & $Index $m | Should -BeNullOrEmpty
        Set-StrictMode -Version 3
        { & $Index $m } | Should -Throw -ExpectedMessage '*2 rows*'.Replace('2 rows', ($Place -like '0,*' ? '3 values' : '2 rows'))
    }

    It 'draws as Python''s gauss does, row by row, and goes on with a generator' {
        $random, $same = (New-GradRandom Python 42), (New-GradRandom Python 42)
        $first, $second = (New-GradMatrix 2 2 -Deviation 0.08 -Seed $random), (New-GradMatrix 1 3 -Seed $random)
        $first.Values.Data | Should -BeExactly (1..4 | ForEach-Object { $same.Gauss(0, 0.08) })
        $second.Values.Data | Should -BeExactly (1..3 | ForEach-Object { $same.Gauss() })
        (New-GradMatrix 1 2 -Seed 5).Values.Data | Should -BeExactly (New-GradMatrix 1 2 -Seed 5).Values.Data
        (New-GradMatrix 2 2 -Deviation 0).Values.Data | Should -BeExactly 0, 0, 0, 0
    }

    It 'multiplies a vector of values or of numbers, and checks its length' {
        $m = [MicroGrad.GradMatrix]::new(((1, 2, 3), (4, 5, 6)))
        ($m * (1, 2, 3)).Data | Should -BeExactly 14, 32
        $x = New-GradValue 1, 2, 3
        [MicroGrad.GradValue]::Sum($m * $x) | Invoke-Backward
        $x.Grad | Should -BeExactly 5, 7, 9
        $m.Values.Grad | Should -BeExactly 1, 2, 3, 1, 2, 3
        { $m * (1, 2) } | Should -Throw -ExpectedMessage '*2 rows and 3 columns*but 2 were given*'
        $m[2] | Should -BeNullOrEmpty
    }

    It 'is taken by steps, clearings and optimizers' {
        $m = [MicroGrad.GradMatrix]::new(((1, 2), (3, 4)))
        [MicroGrad.GradValue]::Sum($m * (1, 10)) | Invoke-Backward
        Step-Gradient $m -LearningRate 0.1
        [math]::Abs($m[0, 0].Data - 0.9) | Should -BeLessThan 1e-15
        $m | Clear-Gradient -PassThru | Should -Be $m
        $m.Values.Grad | Should -BeExactly 0, 0, 0, 0
        ($m | New-GradOptimizer).Values | Should -BeExactly $m.Values
    }

    It 'goes to compiled functions: its size as a length, its values as a point' {
        $m = New-GradMatrix 2 3 -Label W -Seed 3
        $f = New-GradFunction { param($w, $x) [MicroGrad.GradValue]::Sum($w * $x).Tanh() } -Length @{ w = $m; x = 3 }
        $x = New-GradValue 0.1, 0.2, 0.3
        $live = [MicroGrad.GradValue]::Sum($m * $x).Tanh()
        $live | Invoke-Backward
        $expected = $m.Values.Grad + $x.Grad
        $m, $x | Clear-Gradient
        [math]::Abs($f.Backward($m.Values + $x) - $live.Data) | Should -BeLessThan 1e-15
        $gradients = $m.Values.Grad + $x.Grad
        for ($i = 0; $i -lt 9; $i++) {
            [math]::Abs($gradients[$i] - $expected[$i]) | Should -BeLessThan 1e-15
        }
        Invoke-GradFunction $f @(, ($m, (0.1, 0.2, 0.3))) | Should -BeExactly $f.Invoke($m.Values.Data + (0.1, 0.2, 0.3))
        $null = $f.Backward($m.Values + $x)
        $m[0, 0].Grad | Should -BeExactly (2 * $gradients[0])
    }

    It 'is shared by rows: one pass over many has the gradient of their sum' {
        $f = New-GradFunction { param($w, $x, $y) (($w * $x)[0].Tanh() - $y).Pow(2) } -Length @{ w = 1, 3; x = 3 }
        $one, $many = (New-GradMatrix 1 3 -Seed 3), (New-GradMatrix 1 3 -Seed 3)
        $rows = foreach ($i in 1..150) { , ((0.01 * $i), (1 / $i), [math]::Sin($i), ($i % 2)) }
        $values = foreach ($row in $rows) { $f.Backward($one.Values + $row) }
        $f.BackwardMany($many.Values, $rows) | Should -BeExactly $values
        foreach ($i in 0..2) {
            [math]::Abs($many[0, $i].Grad / $one[0, $i].Grad - 1) | Should -BeLessThan 1e-12
        }
        { $f.BackwardMany($many.Values, @(, (1, 2))) } | Should -Throw -ExpectedMessage '*7 numbers*5 were given*'
    }

    It 'refuses <Name> with <Id>' -ForEach @(
        @{ Name = 'no row'; Id = 'InvalidMatrixSize'; Given = @{ RowCount = 0; ColumnCount = 1 } }
        @{ Name = 'more values than there is room for'; Id = 'InvalidMatrixSize'; Given = @{ RowCount = 100000; ColumnCount = 100000 } }
        @{ Name = 'a negative deviation'; Id = 'InvalidDeviation'; Given = @{ RowCount = 1; ColumnCount = 1; Deviation = -1 } }
        @{ Name = 'a seed of text'; Id = 'InvalidSeed'; Given = @{ RowCount = 1; ColumnCount = 1; Seed = 'seven' } }
    ) {
        { New-GradMatrix @Given } | Should -Throw -ErrorId "$Id,MicroGrad.PowerShell.Commands.NewGradMatrixCommand"
    }
}
