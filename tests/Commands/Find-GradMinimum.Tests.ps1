BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"
    $script:bowl = New-GradFunction { param($x, $y) ($x - 3).Pow(2) + 10 * ($y + 1).Pow(2) }
    $script:rosenbrock = New-GradFunction { param($x, $y) (1 - $x).Pow(2) + 100 * ($y - $x * $x).Pow(2) }
}

Describe 'Find-GradMinimum' {
    It 'finds the minimum of Rosenbrock by L-BFGS' {
        $path = Find-GradMinimum $rosenbrock (-1.2, 1)
        $path.Count | Should -BeLessThan 60
        $path[-1].GradientNorm | Should -BeLessOrEqual 1e-8
        [math]::Abs($path[-1].Point[0] - 1) | Should -BeLessThan 1e-7
        [math]::Abs($path[-1].Point[1] - 1) | Should -BeLessThan 1e-7
    }

    It 'finds the minimum of a bowl by <_>' -ForEach GradientDescent, Adam, Lbfgs {
        $last = Find-GradMinimum $bowl 0, 0 -Method $_ -MaximumIteration 3000 | Select-Object -Last 1
        [math]::Abs($last.Point[0] - 3) | Should -BeLessThan 1e-6
        [math]::Abs($last.Point[1] + 1) | Should -BeLessThan 1e-6
    }

    It 'emits its path from the start on' {
        $path = Find-GradMinimum -Function $bowl -StartingPoint 0, 0 -Method GradientDescent -MaximumIteration 3 -LearningRate 0.01
        $path | Should -BeOfType MicroGrad.MinimizationStep
        $path.Iteration | Should -BeExactly 0, 1, 2, 3
        $path[0].Point | Should -BeExactly 0, 0
        $path[0].Value | Should -BeExactly 19
        $path[0].GradientNorm | Should -BeExactly ([math]::Sqrt(436))
        $path[1].Point | Should -BeExactly 0.06, -0.2
        $path[1].Value | Should -BeLessThan $path[0].Value
    }

    It 'compiles a script block first' {
        $last = Find-GradMinimum { param($x) ($x - 2).Pow(2) } 10 | Select-Object -Last 1
        [math]::Abs($last.Point[0] - 2) | Should -BeLessThan 1e-8
    }

    It 'goes from each of several starting points' {
        $steps = -3, 3 | Find-GradMinimum { param($x) ($x * $x - 1).Pow(2) }
        $ends = $steps | Where-Object GradientNorm -LE 1e-8
        [math]::Round($ends[0].Point[0], 6), [math]::Round($ends[1].Point[0], 6) | Should -BeExactly -1, 1
    }

    It 'makes a step only when it is asked for' {
        $three = Find-GradMinimum $rosenbrock (-1.2, 1) -Method Adam | Select-Object -First 3
        $three.Iteration | Should -BeExactly 0, 1, 2
    }

    It 'stays at a start that is a minimum' {
        @(Find-GradMinimum $bowl (3, -1)).Count | Should -Be 1
        @(Find-GradMinimum $bowl (0, 0) -MaximumIteration 0).Count | Should -Be 1
    }

    It 'stops at the tolerance given' {
        $last = Find-GradMinimum $bowl (0, 0) -Method GradientDescent -Tolerance 0.1 | Select-Object -Last 1
        $last.GradientNorm | Should -BeLessOrEqual 0.1
        $last.GradientNorm | Should -BeGreaterThan 0.01
    }

    It 'emits the way and then reports a search that diverges' {
        $path = Find-GradMinimum $bowl (0, 0) -Method GradientDescent -LearningRate 10 -ErrorVariable problems -ErrorAction SilentlyContinue
        $path.Count | Should -BeGreaterThan 3
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -BeExactly 'MinimizationDiverged,MicroGrad.PowerShell.Commands.FindGradMinimumCommand'
        $problems[0].CategoryInfo.Category | Should -Be 'InvalidResult'
    }

    It 'warns of <Name>' -ForEach @(
        @{ Name = 'a function that falls without end'; Function = { param($x) 0 - $x }; Start = 0; Setting = @{}; Outcome = 'Unbounded' }
        @{ Name = 'a search whose value rises'; Function = { param($x) $x.Pow(2) }; Start = 1; Setting = @{ Method = 'GradientDescent'; LearningRate = 1.1 }; Outcome = 'Diverged' }
        @{ Name = 'a search that runs out of steps'; Function = { param($x) $x.Pow(2) }; Start = 1; Setting = @{ Method = 'Adam'; MaximumIteration = 3 }; Outcome = 'IterationLimit' }
        @{ Name = 'a search that stalls at a corner'; Function = { param($x) ($x - 2).Abs() + 0.1 * $x }; Start = 2; Setting = @{}; Outcome = 'Stalled' }
    ) {
        $path = @(Find-GradMinimum $Function $Start @Setting -WarningVariable warnings -WarningAction SilentlyContinue)
        @($warnings).Count | Should -Be 1
        "$warnings" | Should -Match "\b$($path[-1].Iteration) steps"
        $path[-1].Outcome | Should -Be $Outcome
        @($path | Where-Object Outcome).Count | Should -Be 1
    }

    It 'does not warn of a minimum' {
        $path = Find-GradMinimum $rosenbrock (-1.2, 1) -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
        $path[-1].Outcome | Should -Be 'Converged'
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'a start of another size'; Given = @{ StartingPoint = 1 }; Id = 'SizeMismatch' }
        @{ Name = 'a learning rate of 0'; Given = @{ LearningRate = 0 }; Id = 'InvalidLearningRate' }
        @{ Name = 'a negative number of iterations'; Given = @{ MaximumIteration = -1 }; Id = 'InvalidMaximumIteration' }
        @{ Name = 'a negative tolerance'; Given = @{ Tolerance = -1 }; Id = 'InvalidTolerance' }
    ) {
        $arguments = @{ Function = $bowl; StartingPoint = 0, 0; ErrorAction = 'Stop' }
        foreach ($key in $Given.Keys) { $arguments[$key] = $Given[$key] }
        { Find-GradMinimum @arguments } | Should -Throw -ErrorId "$Id,MicroGrad.PowerShell.Commands.FindGradMinimumCommand"
    }

    It 'refuses what is no function' {
        { Find-GradMinimum 5 (1, 2) } | Should -Throw -ErrorId 'InvalidFunction,MicroGrad.PowerShell.Commands.FindGradMinimumCommand'
    }
}
