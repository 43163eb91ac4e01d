<#
.SYNOPSIS
    Runs the tutorial of the small GPT, and draws what its model has learnt.
.PARAMETER ModulePath
    The manifest of the packaged module.
.PARAMETER Destination
    The folder of the pictures.
.EXAMPLE
    ./docs/Update-MicrogptImages.ps1 -ModulePath ./output/MicroGrad/0.1.0/MicroGrad.psd1 -Destination ./docs/images
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $ModulePath,
    [Parameter(Mandatory)] [string] $Destination
)

Set-StrictMode -Off
$ErrorActionPreference = 'Stop'

$style = @'
<style>
svg{--paper:#ffffff;--ink:#1f2937;--soft:#5b6472;--one:#2563eb;--two:#c2410c;--grid:#d5dae1}
@media (prefers-color-scheme:dark){svg{--paper:#0f172a;--ink:#e5e7eb;--soft:#a3adbb;--one:#60a5fa;--two:#fb923c;--grid:#334155}}
text{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:15px;fill:var(--ink)}
.title{font-family:system-ui,"Segoe UI",Helvetica,Arial,sans-serif;font-weight:600}
.soft{fill:var(--soft)}.mid{text-anchor:middle}.end{text-anchor:end}
.letter{font-size:22px;font-weight:600}.one{fill:var(--one)}.two{fill:var(--two)}
.cell{fill:var(--one);stroke:var(--grid)}
</style>
'@

function Save-Drawing([string] $Name, [int] $Width, [int] $Height, [string] $Title, [string[]] $Content) {
    $lines = @(
        "<svg xmlns=""http://www.w3.org/2000/svg"" width=""$Width"" height=""$Height"" viewBox=""0 0 $Width $Height"" role=""img"">"
        "<title>$Title</title>"
        $style.TrimEnd()
        '<rect width="100%" height="100%" fill="var(--paper)"/>'
        $Content
        '</svg>'
    )
    [IO.File]::WriteAllText("$Destination/$Name.svg", ($lines -join "`n") + "`n")
}

function Get-Text([double] $X, [double] $Y, [string] $Class, [string] $Text) {
    [FormattableString]::Invariant([System.Runtime.CompilerServices.FormattableStringFactory]::Create(
            '<text x="{0:0.#}" y="{1:0.#}" class="{2}">{3}</text>', $X, $Y, $Class, $Text))
}

# The direction in which rows differ most, and the rows without it: power iteration on their deviations from the mean.
function Get-Direction([double[][]] $Row) {
    $direction = [double[]] (@(1) * $Row[0].Count)
    foreach ($turn in 1..200) {
        $next = [double[]]::new($direction.Count)
        foreach ($one in $Row) {
            $along = 0.0
            for ($i = 0; $i -lt $one.Count; $i++) { $along += $one[$i] * $direction[$i] }
            for ($i = 0; $i -lt $one.Count; $i++) { $next[$i] += $along * $one[$i] }
        }
        $length = [math]::Sqrt(($next | ForEach-Object { $_ * $_ } | Measure-Object -Sum).Sum)
        $direction = [double[]] $next.ForEach({ $_ / $length })
    }
    $direction
}

# The tutorial imports the module by its name.
$before = $env:PSModulePath
$env:PSModulePath = (Get-Item $ModulePath).Directory.Parent.Parent.FullName + [IO.Path]::PathSeparator + $before
$Destination = (Resolve-Path $Destination).ProviderPath
$folder = (New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) ([guid]::NewGuid()))).FullName
Copy-Item "$PSScriptRoot/../examples" $folder -Recurse
Push-Location $folder
try {
    . "$PSScriptRoot/tutorials/09-microgpt.ps1" *> $null
    Copy-Item loss.svg "$Destination/microgpt-loss.svg" -Force
} finally {
    $env:PSModulePath = $before
    Pop-Location
    Remove-Item $folder -Recurse -Force
}

# Four heads: a row for each letter that was read, a square for each letter up to it.
$read = '.elena'
$attention = foreach ($head in 0..3) {
    $left, $top, $size = (40 + 190 * $head), 70, 26
    Get-Text -X ($left + 78) -Y 24 -Class 'title mid' -Text "head $($head + 1)"
    for ($row = 0; $row -lt $read.Length; $row++) {
        Get-Text -X ($left - 8) -Y ($top + $size * $row + 18) -Class 'end' -Text $read[$row]
        Get-Text -X ($left + $size * $row + 13) -Y 60 -Class 'soft mid' -Text $read[$row]
        $shares = $memory.Shares[4 * $row + $head].Data
        for ($column = 0; $column -lt $shares.Count; $column++) {
            # Shares of a few hundredths are to be seen too.
            $share, $opacity = $shares[$column], [math]::Sqrt($shares[$column]) | ForEach-Object { $_.ToString('F2', [cultureinfo]::InvariantCulture) }
            "<rect x=""$($left + $size * $column)"" y=""$($top + $size * $row)"" width=""$size"" height=""$size"" class=""cell"" fill-opacity=""$opacity""><title>$share</title></rect>"
        }
    }
}
$attention += Get-Text -X 400 -Y 252 -Class 'soft mid' -Text 'read downwards, looked at across: the fuller, the larger the share'
Save-Drawing -Name microgpt-attention -Width 800 -Height 268 -Title 'What four heads of attention look at while they read elena' -Content $attention

# The letters' numbers, by the two directions in which they differ most.
$rows = [double[][]] @(foreach ($place in 0..($end - 1)) { , [double[]] $model.letter[$place].Data })
$mean = foreach ($i in 0..15) { ($rows.ForEach({ $_[$i] }) | Measure-Object -Average).Average }
$rest = [double[][]] @(foreach ($row in $rows) { , [double[]] (0..15).ForEach({ $row[$_] - $mean[$_] }) })
$places = foreach ($number in 1, 2) {
    $direction = Get-Direction $rest
    $along = foreach ($row in $rest) {
        $sum = 0.0
        for ($i = 0; $i -lt 16; $i++) { $sum += $row[$i] * $direction[$i] }
        $sum
    }
    , $along
    $rest = [double[][]] @(for ($r = 0; $r -lt $rest.Count; $r++) { , [double[]] (0..15).ForEach({ $rest[$r][$_] - $along[$r] * $direction[$_] }) })
}
$ranges = foreach ($along in $places) { $along | Measure-Object -Minimum -Maximum }
$drawn = for ($r = 0; $r -lt $end; $r++) {
    $x, $y = foreach ($i in 0, 1) { ($places[$i][$r] - $ranges[$i].Minimum) / ($ranges[$i].Maximum - $ranges[$i].Minimum) }
    Get-Text -X (40 + 680 * $x) -Y (64 + 380 * $y) -Class ('letter mid ' + ($letters[$r] -in 'aeiouy'.ToCharArray() ? 'two' : 'one')) -Text $letters[$r]
}
$drawn += Get-Text -X 24 -Y 26 -Class 'title' -Text 'The 16 numbers of each letter, seen in a plane'
$drawn += '<text x="24" y="484"><tspan class="two">vowels</tspan> <tspan class="one">other letters</tspan></text>'
Save-Drawing -Name microgpt-letters -Width 760 -Height 504 -Title 'The letters in the plane in which their numbers differ most' -Content $drawn

# The names of the tutorial.
$columns = 'careful: 0.5', 'as learnt: 1', 'daring: 1.5'
$written = for ($i = 0; $i -lt 3; $i++) {
    Get-Text -X (30 + 200 * $i) -Y 32 -Class 'title' -Text $columns[$i]
    $ten = $made[$i]
    for ($row = 0; $row -lt $ten.Count; $row++) { Get-Text -X (30 + 200 * $i) -Y (62 + 24 * $row) -Class '' -Text $ten[$row] }
}
Save-Drawing -Name microgpt-names -Width 620 -Height 300 -Title 'Names that the model makes up, at three temperatures' -Content $written
