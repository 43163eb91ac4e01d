#Requires -Modules MicroGrad

# 9. A small GPT

# Names and letters

Import-Module MicroGrad
$random = New-GradRandom Python 42
$names = $random.Shuffle((Get-Content ./examples/names.txt))
$letters = -join ($names.ToCharArray() | Sort-Object -Unique)
$end = $letters.Length
"$($names.Count) names of $letters, such as $($names[0..4] -join ', ')"

# The numbers to learn

$sizes = [ordered]@{
    letter = 27, 16; place = 16, 16; query = 16, 16; key = 16, 16; value = 16, 16; mixed = 16, 16
    wide = 64, 16; narrow = 16, 64; out = 27, 16
}
$model = @{}
$matrices = foreach ($name in $sizes.Keys) {
    $rows, $columns = $sizes[$name]
    $model[$name] = New-GradMatrix $rows $columns -Deviation 0.08 -Seed $random -Label $name
    $model[$name]
}
"$($matrices.Values.Count) parameters"

# What comes next

$G = [MicroGrad.GradValue]
function Get-Memory { @{ Keys = @(); Values = @(); Shares = @() } }

function Get-Score($Model, $Letter, $Place, $Memory) {
    $in = $G::RmsNorm($G::Add($Model.letter[$Letter], $Model.place[$Place]))
    $x = $G::RmsNorm($in)
    $query = $Model.query * $x
    $Memory.Keys += , ($Model.key * $x)
    $Memory.Values += , ($Model.value * $x)
    $mixture = foreach ($first in 0, 4, 8, 12) {
        $head = $first..($first + 3)
        $fits = foreach ($key in $Memory.Keys) { $G::Dot($query[$head], $key[$head]) * 0.5 }
        $shares = $G::Softmax($fits)
        $Memory.Shares += , $shares
        foreach ($i in $head) { $G::Dot($shares, $Memory.Values.ForEach({ $_[$i] })) }
    }
    $x = $G::Add($Model.mixed * $mixture, $in)
    $hidden = $G::Relu($Model.wide * $G::RmsNorm($x))
    $Model.out * $G::Add($Model.narrow * $hidden, $x)
}

function Get-Loss($Model, $Tokens, $Weights) {
    $memory = Get-Memory
    $costs = for ($place = 0; $place -lt $Weights.Count; $place++) {
        $G::CrossEntropy((Get-Score $Model $Tokens[$place] $place $memory), $Tokens[$place + 1])
    }
    $G::Dot($costs, $Weights)
}
function Get-Token($Name) { @($end) + $Name.ToCharArray().ForEach({ $letters.IndexOf($_) }) + @($end) }

$tokens = Get-Token $names[0]
$count = $tokens.Count - 1
$loss = Get-Loss $model $tokens (@(1 / $count) * $count)
$loss | Invoke-Backward
'{0}: loss {1:F10}, {2} values in its graph' -f $names[0], $loss.Data, @($loss | Get-GradNode).Count

# Record once, train a thousand times

$longest = ($names | Measure-Object Length -Maximum).Maximum + 1
$cost = New-GradFunction {
    param($letter, $place, $query, $key, $value, $mixed, $wide, $narrow, $out, $tokens, $weights)
    $model = @{
        letter = $letter; place = $place; query = $query; key = $key; value = $value; mixed = $mixed
        wide = $wide; narrow = $narrow; out = $out
    }
    Get-Loss $model $tokens $weights
} -Length ($model + @{ tokens = $longest + 1; weights = $longest })
"$cost"

$adam = $matrices | New-GradOptimizer Adam -Beta1 0.85 -Beta2 0.99
$adam.ZeroGrad()
[MicroGrad.GradValue[]] $tokens = New-GradValue (@(0) * ($longest + 1))
[MicroGrad.GradValue[]] $weights = New-GradValue (@(0) * $longest)
[MicroGrad.GradValue[]] $point = $adam.Values + $tokens + $weights
$steps = 1000
$losses = for ($step = 0; $step -lt $steps; $step++) {
    $given = Get-Token $names[$step % $names.Count]
    for ($place = 0; $place -lt $longest; $place++) {
        $tokens[$place].Data = $place -lt $given.Count ? $given[$place] : 0
        $weights[$place].Data = $place -lt $given.Count - 1 ? 1 / ($given.Count - 1) : 0
    }
    $tokens[$longest].Data = $end
    $cost.Backward($point)
    $adam | Step-Gradient -LearningRate (0.01 * (1 - $step / $steps))
}
'{0:F4} at first, {1:F2} on average over the last hundred' -f $losses[0], ($losses[-100..-1] | Measure-Object -Average).Average

$curve = for ($i = 0; $i -lt $steps; $i += 50) {
    [pscustomobject]@{ Epoch = $i / 50 + 1; Loss = ($losses[$i..($i + 49)] | Measure-Object -Average).Average }
}
$curve | Export-MlpPlot loss.svg -Title 'The mean loss of fifty names at a time'

# New names

function Get-Name($Temperature) {
    $memory = Get-Memory
    $letter, $name = $end, ''
    for ($place = 0; $place -lt 16; $place++) {
        $scores = Get-Score $model $letter $place $memory
        $shares = $G::Softmax($G::Scale($scores, 1 / $Temperature)).Data
        $letter = $random.Choices(0..$end, $shares)[0]
        if ($letter -eq $end) {
            break
        }
        $name += $letters[$letter]
    }
    $name
}
$made = foreach ($temperature in 0.5, 1, 1.5) { , (1..10).ForEach({ Get-Name $temperature }) }
$made | ForEach-Object { $_ -join ' ' }

# Look inside

$memory = Get-Memory
$given = Get-Token elena
for ($place = 0; $place -lt 6; $place++) {
    $null = Get-Score $model $given[$place] $place $memory
}
foreach ($head in 0..3) {
    'head {0}, after elena: {1}' -f ($head + 1), ($memory.Shares[20 + $head].Data.ForEach({ $_.ToString('F2') }) -join ' ')
}

$matrices | Export-GradMatrix gpt.safetensors
(Import-GradMatrix gpt.safetensors).ForEach({ "$_" })
