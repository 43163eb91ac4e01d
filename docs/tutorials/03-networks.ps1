#Requires -Modules MicroGrad

# 3. A neuron, a layer, a network

# A neuron by hand

Import-Module MicroGrad
$x1, $x2, $w1, $w2, $b = New-GradValue 2, 0, -3, 1, 6.8813735870195432 -Label x1, x2, w1, w2, b
$n = $x1 * $w1 + $x2 * $w2 + $b; $n.Label = 'n'
$o = $n.Tanh(); $o.Label = 'o'
$n.Data, $o.Data -join ' '

foreach ($x in -5, -3, -1, -0.5, 0, 0.5, 1, 3, 5) {
    $v = New-GradValue $x
    $t = $v.Tanh()
    $t | Invoke-Backward
    '{0,4} {1,8:F4} {2,7:F4} {3}*' -f $x, $t.Data, $v.Grad, (' ' * [int](12 + 12 * $t.Data))
}

$o.Grad = 1
$n.Grad = 1 - $o.Data * $o.Data
$b.Grad = $n.Grad
$w1.Grad, $x1.Grad = ($x1.Data * $n.Grad), ($w1.Data * $n.Grad)
$w2.Grad, $x2.Grad = ($x2.Data * $n.Grad), ($w2.Data * $n.Grad)
$x1, $w1, $x2, $w2, $b, $n, $o

$o | Clear-Gradient
$o | Invoke-Backward
($x1, $w1, $x2, $w2, $b).Grad | ForEach-Object { '{0:F4}' -f $_ } | Join-String -Separator ' '

# tanh, taken apart

$o | Clear-Gradient
$e = (2 * $n).Exp()
$o2 = ($e - 1) / ($e + 1)
$o2 | Invoke-Backward
($x1, $w1, $x2, $w2, $b).Grad | ForEach-Object { '{0:F4}' -f $_ } | Join-String -Separator ' '

[math]::Abs($o.Data - $o2.Data) -lt 1e-15

$big = New-GradValue 400 -Label big
$big.Tanh().Data

$e = (2 * $big).Exp()
($e - 1) / ($e + 1) | Invoke-Backward

# Two error messages

$prediction, $target = New-GradValue 0.8, 1
'{0:F2}' -f ($prediction - $target).Pow(2).Data

$prediction % 2

$one = New-Mlp 2 4, 4, 1
$three = New-Mlp 2 4, 4, 3
$one.Invoke(2, 3).Count, $three.Invoke(2, 3).Count -join ' '

$one.Invoke(2, 3)[0].Op

$one.Invoke(2, 3, 4)

# The network of the lecture

$model = New-Mlp 3 4, 4, 1 -OutputActivation Tanh -Initialization Lecture -Seed 1337
$model

$model.Layers

$model.Layers[0].Neurons[0]

$model.Parameters | Select-Object -First 4

$y = $model.Invoke(2, 3, -1)
'{0:F6}' -f $y[0].Data

$model.Layers[0].Invoke(2, 3, -1).Count

'{0:F6}' -f $model.Predict(2, 3, -1)[0]

$y[0] | Invoke-Backward
'{0:F6}' -f $model.Layers[0].Neurons[0].Weights[0].Grad

($y[0] | Get-GradNode).Count

$neuron = (New-Mlp 2 1 -OutputActivation Tanh).Layers[0].Neurons[0]
$neuron.Weights[0].Data, $neuron.Weights[1].Data, $neuron.Bias.Data = -3, 1, 6.8813735870195432
$o = $neuron.Invoke($x1, $x2)
$o | Invoke-Backward -Trace

$o | Clear-Gradient
$o | Invoke-Backward -Trace -Expand

# The network as a picture

New-Mlp 2 3, 1 -Seed 7 | Export-GradGraph -Format Mermaid

$model | Export-GradGraph -Path ./lecture.dot -PassThru | Select-Object -ExpandProperty Name
