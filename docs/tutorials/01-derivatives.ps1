#Requires -Modules MicroGrad

# 1. Derivatives, by hand and by difference

# A function and its slope

Import-Module MicroGrad
function f([double] $x) { $x * $x - $x - 6 }
f 3

foreach ($x in -3..4) { '{0,3} {1,4} {2}' -f $x, (f $x), ('*' * (2 * (f $x) + 14)) }

$h, $x = 0.001, 2.0
((f ($x + $h)) - (f $x)) / $h

foreach ($n in 1, 3, 5, 8, 11, 14, 15) {
    $h = [math]::Pow(10, -$n)
    '{0,8:0e+0} {1}' -f $h, (((f ($x + $h)) - (f $x)) / $h)
}

$h = 0.00001
'{0:F9}' -f (((f ($x + $h)) - (f ($x - $h))) / (2 * $h))

# The machine

$x = New-GradValue 2 -Label x
$y = $x * $x - $x - 6
$y | Invoke-Backward
$y.Data

$x.Grad

$y | Test-Gradient

foreach ($at in -3, (2 / 3), 3) {
    $x = New-GradValue $at -Label x
    $y = 3 * $x.Pow(2) - 4 * $x + 5
    $y | Invoke-Backward
    '{0,6:F3}  value {1,7:F4}  slope {2,8:F4}' -f $at, $y.Data, $x.Grad
}

New-GradFunction { param($x) 3 * $x.Pow(2) - 4 * $x + 5 } | Export-MlpPlot ./parabola.svg -From -3 -To 4

[math]::Pow($x, 2)

[math]::Pow($x.Data, 2)

# Several inputs

$a, $b, $c, $h = 1.0, 2.0, 3.0, 0.0001
$r = $a * $b - $c
$r

$a += $h
'{0:F4}' -f (($a * $b - $c - $r) / $h)

$a += $h
'{0:F4}' -f (($a * $b - $c - $r) / $h)

function g([double] $a, [double] $b, [double] $c) { $a * $b - $c }
$h = 0.0001
'by a {0:F4}' -f (((g (1 + $h) 2 3) - (g 1 2 3)) / $h)

'by b {0:F4}' -f (((g 1 (2 + $h) 3) - (g 1 2 3)) / $h)

'by c {0:F4}' -f (((g 1 2 (3 + $h)) - (g 1 2 3)) / $h)

$a, $b, $c = New-GradValue 1, 2, 3 -Label a, b, c
$r = $a * $b - $c
$r | Invoke-Backward
$a, $b, $c

$r | Invoke-Backward
$a.Grad, $b.Grad, $c.Grad -join ' '

$r | Clear-Gradient
$r | Invoke-Backward
$a.Grad, $b.Grad, $c.Grad -join ' '

# The chain rule

$x = New-GradValue 3 -Label x
$u = (2 * $x + 1).As('u')
$y = $u.Pow(2).As('y')
$y | Invoke-Backward -Trace

$x.Grad

$w, $x, $b = New-GradValue 0.5, 2, -0.5 -Label w, x, b
$n = $w * $x + $b
$t = $n.Tanh()
(1 - $t.Data * $t.Data) * 1 * $x.Data

$t | Invoke-Backward
$w.Grad
