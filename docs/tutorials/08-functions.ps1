#Requires -Modules MicroGrad

# 8. Functions, and the way down

# A script block becomes a function

Import-Module MicroGrad
$valley = New-GradFunction { param($x, $y) (1 - $x).Pow(2) + 10 * ($y - $x * $x).Pow(2) }
$valley.Invoke(0, 0)

$valley.Gradient(0, 0) -join ' '

$valley.Hessian(1, 1) | ForEach-Object { $_ -join ' ' }

$valley.Gradient(1, 1).ForEach({ [math]::Abs($_) }) -join ' '

0, 0.5, 1 | ForEach-Object { [pscustomobject]@{ x = $_; y = 1 } } | Invoke-GradFunction $valley

# Branches

New-GradFunction { param($x) if ($x.Data -gt 0) { $x } else { 0 } }

$ramp = New-GradFunction { param($x) $x.Relu() }
-2, 3 | ForEach-Object { '{0,2} -> {1}, slope {2}' -f $_, $ramp.Invoke($_), $ramp.Gradient($_)[0] }

# The lowest point

$way = Find-GradMinimum $valley 0, 0
'{0} steps to ({1:F6}, {2:F6})' -f $way[-1].Iteration, $way[-1].Point[0], $way[-1].Point[1]

$plain = Find-GradMinimum $valley 0, 0 -Method GradientDescent -LearningRate 0.01 -MaximumIteration 15
'{0} steps to ({1:F6}, {2:F6})' -f $plain[-1].Iteration, $plain[-1].Point[0], $plain[-1].Point[1]

$way = Find-GradMinimum { param($x) 0 - $x } 0

# A fit

$time, $size = (0, 1, 2, 3), (10.1, 6.1, 3.6, 2.3)
$misses = New-GradFunction {
    param($start, $rate)
    $squares = foreach ($i in 0..3) { ($start * (-$rate * $time[$i]).Exp() - $size[$i]).Pow(2) }
    [MicroGrad.GradValue]::Sum($squares)
}
$way = Find-GradMinimum $misses 5, 1
'{0:F2} at first, {1:P0} less each time' -f $way[-1].Point[0], (1 - [math]::Exp(-$way[-1].Point[1]))
