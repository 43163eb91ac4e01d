BeforeAll { . "$PSScriptRoot/../Import-TestModule.ps1" }

Describe 'Step-Gradient' {
    It 'moves a leaf against its gradient' {
        $a = New-GradValue 2
        $a.Grad = 4
        $a | Step-Gradient -LearningRate 0.25 | Should -BeNullOrEmpty
        $a.Data | Should -BeExactly 1
        $a.Grad | Should -BeExactly 4
    }

    It 'moves a leaf along its gradient with -Ascend' {
        $a = New-GradValue 2
        $a.Grad = 4
        Step-Gradient $a -LearningRate 0.25 -Ascend
        $a.Data | Should -BeExactly 3
    }

    It 'makes the root of the manual example larger, as the lecture does' {
        $a, $b, $c, $f = New-GradValue 2, -3, 10, -2
        $L = ($a * $b + $c) * $f
        $L | Invoke-Backward
        $a, $b, $c, $f | Step-Gradient -LearningRate 0.01 -Ascend
        $L.Forward()
        [math]::Abs($L.Data - -7.286496) | Should -BeLessThan 1e-12
    }

    It 'moves every parameter of a model' {
        $model = New-Mlp 2 3, 1 -Seed 3
        Invoke-Mlp $model (1, 2) -AsGradValue | Invoke-Backward
        $expected = foreach ($parameter in $model.Parameters) { $parameter.Data - 0.5 * $parameter.Grad }
        Step-Gradient -InputObject $model -LearningRate 0.5
        for ($i = 0; $i -lt $expected.Count; $i++) {
            [math]::Abs($model.Parameters[$i].Data - $expected[$i]) | Should -BeLessThan 1e-15
        }
    }

    It 'emits the same object with -PassThru' {
        $a = New-GradValue 2
        $model = New-Mlp 1 1
        $output = $a, $model | Step-Gradient -LearningRate 0.1 -PassThru
        [object]::ReferenceEquals($output[0], $a) | Should -BeTrue
        [object]::ReferenceEquals($output[1], $model) | Should -BeTrue
    }

    It 'trains by hand: gradients cleared, computed and followed' {
        $w = New-GradValue 0
        for ($i = 0; $i -lt 50; $i++) {
            $loss = (3 * $w - 6).Pow(2)
            $w | Clear-Gradient
            $loss | Invoke-Backward
            $w | Step-Gradient -LearningRate 0.05
        }
        [math]::Abs($w.Data - 2) | Should -BeLessThan 1e-9
    }

    It 'reports a computed value, and goes on with the leaves' {
        $a = New-GradValue 2
        $b = $a * 3
        $b | Invoke-Backward
        $b, $a | Step-Gradient -LearningRate 0.1 -ErrorVariable problems -ErrorAction SilentlyContinue
        $b.Data | Should -BeExactly 6
        $a.Data | Should -Not -BeExactly 2
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -BeExactly 'NotALeaf,MicroGrad.PowerShell.Commands.StepGradientCommand'
        $problems[0].Exception.Message | Should -BeLike "*data=6*'*'*Move the leaves*"
    }

    It 'takes a list, and lists of rows, as one argument' {
        $a, $b, $c = New-GradValue 1, 2, 3
        $a.Grad = $b.Grad = $c.Grad = 1
        Step-Gradient ($a, ($b, $c)) -LearningRate 0.5
        $a.Data, $b.Data, $c.Data | Should -BeExactly 0.5, 1.5, 2.5
    }

    It 'refuses a gradient that is left over from an earlier pass, and moves nothing' {
        $a, $b = New-GradValue 2, 3 -Label a, b
        $a * $b | Invoke-Backward
        $loss = $a * 3
        $loss | Clear-Gradient
        $loss | Invoke-Backward
        $a, $b | Step-Gradient -LearningRate 0.1 -ErrorVariable problems -ErrorAction SilentlyContinue -PassThru | Should -BeNullOrEmpty
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -BeExactly 'StaleGradient,MicroGrad.PowerShell.Commands.StepGradientCommand'
        "$($problems[0])" | Should -BeLike '1 of 2 values, such as *label=b*'
        $problems[0].ErrorDetails.RecommendedAction | Should -BeLike '*Clear-Gradient*'
        $a.Data, $b.Data | Should -BeExactly 2, 3
        $a, $b | Clear-Gradient
        $loss | Invoke-Backward
        Step-Gradient ($a, $b) -LearningRate 0.1
        $a.Data, $b.Data | Should -BeExactly 1.7, 3
    }

    It 'adds up passes that reach different values, and steps two models that were cleared in turn' {
        $a, $b, $c = New-GradValue 2, 3, 5
        $a, $b, $c | Clear-Gradient
        ($a * $b), ($a * $c) | Invoke-Backward
        Step-Gradient ($a, $b, $c) -LearningRate 0.5
        $a.Data, $b.Data, $c.Data | Should -BeExactly -2, 2, 4
        $one, $two = (New-Mlp 1 1 -Seed 1), (New-Mlp 1 1 -Seed 2)
        foreach ($model in $one, $two) {
            $model | Clear-Gradient
            $model.Invoke(2)[0] | Invoke-Backward
        }
        $one, $two | Step-Gradient -LearningRate 0.1 -ErrorAction Stop
    }

    It 'moves the values of an optimizer by its rule, and clears their gradients' {
        $a = New-GradValue 1
        $adam = $a | New-GradOptimizer Adam
        $a.Grad = 5
        $adam | Step-Gradient -LearningRate 0.1 -PassThru | Should -Be $adam
        [math]::Abs($a.Data - 0.9) | Should -BeLessThan 1e-8
        $a.Grad | Should -BeExactly 0
    }

    It 'reports what is neither a value nor a model' {
        { 5 | Step-Gradient -LearningRate 0.1 -ErrorAction Stop } |
            Should -Throw -ErrorId 'InvalidInputObject,MicroGrad.PowerShell.Commands.StepGradientCommand' -ExpectedMessage "*'5' (Int32)*"
    }

    It 'refuses a value that would move twice: <Name>' -ForEach @(
        @{ Name = 'in a list'; Given = { $args[0], $args[0] } }
        @{ Name = 'and its optimizer'; Given = { $args[1], $args[0] } }
        @{ Name = 'and its matrix'; Given = { $w, $w[0, 0] } }
    ) {
        $a = New-GradValue 2
        $o = $a | New-GradOptimizer Sgd
        $w = New-GradMatrix 1 1 -Seed 1
        $list = & $Given $a $o
        $a.Grad = $w[0, 0].Grad = 1
        $before = $w[0, 0].Data
        { Step-Gradient $list -LearningRate 0.1 } | Should -Throw -ErrorId 'DuplicateValue,MicroGrad.PowerShell.Commands.StepGradientCommand'
        $a.Data, $w[0, 0].Data | Should -Be 2, $before
    }

    It 'moves nothing by a gradient that is no finite number: <_>' -ForEach NaN, Infinity {
        $a, $b = New-GradValue 2, 3
        $a.Grad, $b.Grad = 1, $_
        { $a, $b | Step-Gradient -LearningRate 0.1 } | Should -Throw -ErrorId 'NotFinite,MicroGrad.PowerShell.Commands.StepGradientCommand'
        { $a, $b | New-GradOptimizer Adam | Step-Gradient -LearningRate 0.1 } | Should -Throw -ErrorId 'NotFinite,*'
        $a.Data, $b.Data | Should -Be 2, 3
    }

    It 'refuses the learning rate <_>' -ForEach 0, -0.1, NaN, Infinity {
        $a = New-GradValue 2
        $a.Grad = 1
        { $a | Step-Gradient -LearningRate $_ } |
            Should -Throw -ErrorId 'InvalidLearningRate,MicroGrad.PowerShell.Commands.StepGradientCommand' -ExpectedMessage "*$_*above 0*"
        $a.Data | Should -BeExactly 2
    }

    It 'has no learning rate of its own' {
        (Get-Command Step-Gradient).Parameters['LearningRate'].Attributes.Mandatory | Should -Contain $true
    }
}
