<#
.SYNOPSIS
    Makes the recording of the README: ten seconds of a prompt, as an animated SVG.
.DESCRIPTION
    What it shows is what the module prints and draws while this script runs: five typed lines, the way back through a
    graph, and a loss that falls in the terminal. Styles move it, without script, so that it plays wherever an image does; who
    asks for less motion sees the last picture.
.PARAMETER ModulePath
    The manifest of the packaged module.
.PARAMETER Path
    The picture.
.EXAMPLE
    ./docs/Update-Recording.ps1 -ModulePath ./output/MicroGrad/0.1.0/MicroGrad.psd1 -Path ./docs/images/session.svg
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $ModulePath,
    [Parameter(Mandatory)] [string] $Path
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$PSStyle.OutputRendering = 'PlainText'
Import-Module $ModulePath

$seconds, $width, $height, $lineHeight = 10, 760, 440, 20
$styles = [Collections.Generic.SortedDictionary[string, string]]::new([StringComparer]::Ordinal)

# The class of what is seen from one second to another.
function Get-ShownClass {
    param([double] $From, [double] $To = $seconds, [double] $Dim = 0)

    $start, $end = [math]::Round(100 * $From / $seconds, 1), [math]::Round(100 * $To / $seconds, 1)
    $name = ("s$start-$end-$Dim" -replace '\.', '_')
    $after = $end -lt 100 ? "${end}%{opacity:1}$($end + 0.1)%,100%{opacity:$Dim}" : '100%{opacity:1}'
    $styles[$name] = "@keyframes $name{0%,${start}%{opacity:$Dim}$($start + 0.1)%{opacity:1}$after}.$name{animation:$name ${seconds}s infinite}"
    $name
}

function Get-TextLine {
    param([string] $Text, [double] $Y, [string] $Class)

    $escaped = [Security.SecurityElement]::Escape($Text)
    "<text class=`"$Class`" x=`"24`" y=`"$Y`" xml:space=`"preserve`">$escaped</text>"
}

# Scene 1: what is typed, and what the prompt answers.
$typed = @(
    '$a, $b, $c = New-GradValue 2, -3, 10 -Label a, b, c'
    '$L = (($a * $b + $c) * -2).As(''L'')'
    '$L | Invoke-Backward'
    '$a.Grad, $b.Grad, $c.Grad -join '' '''
    '$L | Export-GradGraph lesson.html'
)
$lines = [Collections.Generic.List[object]]::new()
$time = 0.2
foreach ($line in $typed) {
    $lines.Add(@{ Text = "PS> $line"; From = $time })
    if ($line -notlike '*lesson.html') {
        foreach ($answer in @(. ([scriptblock]::Create($line)))) {
            $lines.Add(@{ Text = "$answer"; From = $time + 0.3 })
        }
    }
    $time += 0.6
}
$prompt = for ($i = 0; $i -lt $lines.Count; $i++) {
    Get-TextLine -Text $lines[$i].Text -Y (64 + $lineHeight * $i) -Class (Get-ShownClass $lines[$i].From 3.4)
}

# Scene 2: the graph; nodes light up in the order in which the gradient reaches them.
$drawing = [xml] ($L | Export-GradGraph -Format Svg -Direction TopToBottom)
$namespaces = [Xml.XmlNamespaceManager]::new($drawing.NameTable)
$namespaces.AddNamespace('s', 'http://www.w3.org/2000/svg')
$nodes = @($drawing.SelectNodes('//s:g[contains(concat(" ", @class, " "), " n ")]', $namespaces))
$time = 3.6
foreach ($node in $nodes[($nodes.Count - 1)..0]) {
    $node.SetAttribute('class', "$($node.class) $(Get-ShownClass -From $time -To 6.4 -Dim 0.25)")
    $time += 0.35
}
$root = $drawing.DocumentElement
$scale = [math]::Min(($width - 48) / [double] $root.width, ($height - 70) / [double] $root.height)
$root.SetAttribute('x', (($width - $scale * $root.width) / 2).ToString('0.#', [cultureinfo]::InvariantCulture))
$root.SetAttribute('y', '52')
$root.SetAttribute('width', ($scale * $root.width).ToString('0.#', [cultureinfo]::InvariantCulture))
$root.SetAttribute('height', ($scale * $root.height).ToString('0.#', [cultureinfo]::InvariantCulture))
$root.SetAttribute('class', (Get-ShownClass 3.4 6.4))

# Scene 3: a training, and its loss after some epochs of it.
$model = New-Mlp 4 16, 3 -Seed 1
$epochs = @(Import-Csv "$PSScriptRoot/../examples/iris.csv" | Start-MlpTraining $model -Target Class)
$command = 'PS> Import-Csv iris.csv | Start-MlpTraining $model -Target Class | Show-MlpPlot -Live'
$training = @(Get-TextLine -Text $command -Y 64 -Class (Get-ShownClass 6.5))
$steps = 3, 8, 20, 45, 100
for ($i = 0; $i -lt $steps.Count; $i++) {
    $from = 6.9 + 0.55 * $i
    $to = $i -eq $steps.Count - 1 ? $seconds : $from + 0.55
    $plot = @(($epochs[0..($steps[$i] - 1)] | Show-MlpPlot -Width 76 -Height 16 -Color:$false | Out-String) -split '\r?\n')
    $texts = for ($k = 0; $k -lt $plot.Count; $k++) {
        if ($plot[$k]) { Get-TextLine -Text $plot[$k] -Y (92 + 18 * $k) -Class '' }
    }
    $training += "<g class=`"$(Get-ShownClass $from $to)`">$($texts -join '')</g>"
}
$last = (Get-ShownClass (6.9 + 0.55 * ($steps.Count - 1)))

$style = @(
    'text{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:15px}'
    '.terminal text{fill:#e5e7eb}'
    $styles.Values
    "@media (prefers-reduced-motion:reduce){*{animation:none!important}.terminal>*,.terminal g,.lesson{opacity:0}.terminal .$last,.terminal .$last *{opacity:1}}"
) -join "`n"
$picture = @(
    "<svg xmlns=`"http://www.w3.org/2000/svg`" width=`"$width`" height=`"$height`" viewBox=`"0 0 $width $height`" role=`"img`">"
    '<title>Five lines typed at a prompt, the way back through a graph, and a loss that falls</title>'
    "<style>$style</style>"
    "<rect width=`"$width`" height=`"$height`" rx=`"10`" fill=`"#0f172a`"/>"
    '<g fill="#475569"><circle cx="22" cy="20" r="6"/><circle cx="42" cy="20" r="6"/><circle cx="62" cy="20" r="6"/></g>'
    "<g class=`"terminal`">$($prompt -join '')$($training -join '')</g>"
    "<g class=`"lesson`">$($root.OuterXml)</g>"
    '</svg>'
)
Set-Content -LiteralPath $Path ($picture -join "`n")
