<#
.SYNOPSIS
    Copies the topics in docs/en-US into the packaged module, as Get-Help reads them.
.PARAMETER Source
    The folder of the pages.
.PARAMETER Destination
    The folder of the package to write to.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Source,
    [Parameter(Mandatory)] [string] $Destination
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
. "$PSScriptRoot/Markdown.ps1"

# A text in lines of at most so many characters, behind an indent.
function Format-Wrapped {
    param([string] $Text, [int] $Indent, [int] $Hanging = $Indent, [int] $Width = 80)

    $line = ' ' * $Indent
    $empty = $true
    foreach ($word in $Text -split ' ') {
        if (-not $empty -and $line.Length + 1 + $word.Length -gt $Width) {
            $line
            $line = ' ' * $Hanging
            $empty = $true
        }
        $line += $empty ? $word : " $word"
        $empty = $false
    }
    $line
}

# A topic as Get-Help shows it; the fifth line is what its list of topics says.
function ConvertTo-AboutText {
    param([string] $Page)

    $name = [IO.Path]::GetFileNameWithoutExtension($Page)
    $result = [Collections.Generic.List[string]] @('TOPIC', "    $name", '')
    $before = ''
    foreach ($block in Split-Block (Get-Content -Raw -LiteralPath $Page)) {
        if ($before -in 'Item', 'Row' -and $block.Kind -ne $before) {
            $result.Add('')
        }
        $before = $block.Kind
        switch ($block.Kind) {
            'Title' { break }
            'Heading' { $result.Add($block.Text.ToUpperInvariant()); break }
            'Part' { $result.AddRange([string[]] @("  $($block.Text)", '')); break }
            'Code' { $result.AddRange([string[]] @(($block.Text -split '\n' | ForEach-Object { "        $_".TrimEnd() }) + '')); break }
            'Item' { $result.AddRange([string[]] @(Format-Wrapped $block.Text -Indent 4 -Hanging 6)); break }
            'Row' {
                $cells = ($block.Text -split '\|').Trim() -ne ''
                if ($cells[0] -notmatch '^-+$') {
                    $result.AddRange([string[]] @("    $($cells[0])"))
                    foreach ($cell in $cells | Select-Object -Skip 1) {
                        $result.AddRange([string[]] @(Format-Wrapped $cell -Indent 8))
                    }
                }
                break
            }
            default { $result.AddRange([string[]] (@(Format-Wrapped $block.Text -Indent 4) + '')) }
        }
    }
    ($result -join "`n").TrimEnd() + "`n"
}

$null = New-Item -ItemType Directory -Path $Destination -Force
foreach ($page in Get-ChildItem -LiteralPath $Source -Filter about_*.md) {
    [IO.File]::WriteAllText("$Destination/$($page.BaseName).help.txt", (ConvertTo-AboutText $page.FullName))
}
