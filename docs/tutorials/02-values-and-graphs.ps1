#Requires -Modules MicroGrad

# 2. A value, its graph, and the way back

# Values

Import-Module MicroGrad
$a, $b, $c = New-GradValue 2, -1, 3 -Label a, b, c
$d = $a * $b + $c
$d.Data, $d.Op -join ' '

$d.Inputs

$a, $b = New-GradValue 2, 4
($a + 1).Data, (2 * $a).Data, ($a / $b).Data, ($a - $b).Data, (1 - $a).Data, $a.Pow(-1).Data -join ' '

$a, $b = New-GradValue -4, 2 -Label a, b
$c = $a + $b
$c += $c + 1
$c += 1 + $c + (-$a)
$c | Invoke-Backward
$c.Data, $a.Grad, $b.Grad -join ' '

# The manual example

$a, $b, $c, $f = New-GradValue 2, -3, 10, -2 -Label a, b, c, f
$e = ($a * $b).As('e')
$d = ($e + $c).As('d')
$L = ($d * $f).As('L')
$L | Get-GradNode

$L.Grad = 1
$d.Grad, $f.Grad = ($f.Data * $L.Grad), ($d.Data * $L.Grad)
$e.Grad, $c.Grad = (1 * $d.Grad), (1 * $d.Grad)
$a.Grad, $b.Grad = ($b.Data * $e.Grad), ($a.Data * $e.Grad)
($a, $b, $c, $d, $e, $f, $L).Grad -join ' '

function Get-L([double] $a = 2, [double] $b = -3, [double] $c = 10, [double] $f = -2, $onE = 0, $onD = 0) {
    ($a * $b + $onE + $c + $onD) * $f
}
$h = 0.0001
((Get-L -a (2 + $h)) - (Get-L)) / $h

((Get-L -f (-2 + $h)) - (Get-L)) / $h

foreach ($push in @{ c = 10 + $h }, @{ onD = $h }, @{ onE = $h }) { '{0:F6}' -f (((Get-L @push) - (Get-L)) / $h) }

((Get-L -b (-3 + 0.001)) - (Get-L)) / 0.001

# By machine

$L | Clear-Gradient
$L | Invoke-Backward -Trace

($L | Test-Gradient).Passed -join ' '

# What a gradient is good for

foreach ($leaf in $a, $b, $c, $f) {
    $was = $leaf.Data; $leaf.Data += 0.01; $L.Forward()
    '{0}  {1,5:F2}' -f $leaf.Label, ($L.Data + 8); $leaf.Data = $was
}

$a, $b, $c, $f | Step-Gradient -LearningRate 0.01 -Ascend
$L.Forward()
'{0:F6}' -f $L.Data

# Bugs, on purpose

$a = New-GradValue 3 -Label a
$b = $a + $a; $b.Grad = 1
foreach ($leaf in $b.Inputs) { $leaf.Grad = 1 * $b.Grad }
$a.Grad

$b | Clear-Gradient
$b | Invoke-Backward
$a.Grad

$a, $b = New-GradValue -2, 3 -Label a, b
$f = ($a * $b) * ($a + $b)
$f | Invoke-Backward
$f.Data, $a.Grad, $b.Grad -join ' '

$a, $b, $d = New-GradValue 3, 2, 1 -Label a, b, d
$c = $a + $b
$e = $c * $d
$e, $e | Invoke-Backward
($a, $b, $d, $c).Grad -join ' '

$x = $sum = New-GradValue 1 -Label x
foreach ($i in 1..20000) { $sum += $x }
$sum | Invoke-Backward
$x.Grad

# Drawing it

$x = New-GradValue 3 -Label x
$y = ($x * $x).As('y')
$y | Invoke-Backward
$y | Export-GradGraph

$y | Export-GradGraph -Format Mermaid
