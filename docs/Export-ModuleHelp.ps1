<#
.SYNOPSIS
    Turns the pages in docs/en-US into the help of the packaged module.
.DESCRIPTION
    Command pages become MAML by Microsoft.PowerShell.PlatyPS, which writes their text as it stands, with marks and line
    breaks that belong to Markdown. What a console should not show is taken out here: paragraphs flow, marks go, an example's
    session stands apart from what is said about it, and default values come along. Topics become about_*.help.txt.
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

$uris = @{
    command = 'http://schemas.microsoft.com/maml/dev/command/2004/10'
    maml    = 'http://schemas.microsoft.com/maml/2004/10'
    dev     = 'http://schemas.microsoft.com/maml/dev/2004/10'
}
$encoding = [Text.UTF8Encoding]::new($false)

# Text without the marks of Markdown.
function ConvertFrom-Mark {
    param([string] $Text)

    $Text -replace '\[([^\]]+)\]\([^)]+\)', '$1' -replace '`([^`]+)`', '$1' -replace '\*\*([^*]+)\*\*', '$1'
}

# The blocks of a text: paragraphs and list items in one line each, code as it stands.
function Split-Block {
    param([AllowEmptyString()] [string] $Text)

    $lines = [Collections.Generic.List[string]]::new()
    $code = $null
    foreach ($line in ($Text -split '\r?\n') + '') {
        if ($line -match '^```') {
            if ($null -eq $code) {
                $code = [Collections.Generic.List[string]]::new()
            } else {
                [pscustomobject]@{ Kind = 'Code'; Text = $code -join "`n" }
                $code = $null
            }
            continue
        }
        if ($null -ne $code) {
            $code.Add($line)
            continue
        }
        $starts = $line -match '^(- |\||#+ )'
        if (($line -notmatch '\S' -or $starts) -and $lines.Count -gt 0) {
            $joined = $lines -join ' '
            $kind = switch -Regex ($joined) { '^- ' { 'Item' } '^\|' { 'Row' } '^# ' { 'Title' } '^## ' { 'Heading' } '^### ' { 'Part' } default { 'Paragraph' } }
            [pscustomobject]@{ Kind = $kind; Text = ConvertFrom-Mark ($joined -replace '^#+ ') }
            $lines.Clear()
        }
        if ($line -match '\S') {
            $lines.Add($line.Trim())
        }
    }
}

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

function Add-Element {
    param([Xml.XmlNode] $Parent, [string] $Name, [string] $Text)

    $prefix, $local = $Name -split ':'
    $element = $Parent.OwnerDocument.CreateElement($prefix, $local, $uris[$prefix])
    if ($Text) {
        $element.InnerText = $Text
    }
    $Parent.AppendChild($element)
}

# Puts paragraphs in the place of what an element holds.
function Write-Paragraph {
    param([Xml.XmlNode] $Element, [object[]] $Block)

    foreach ($child in @($Element.ChildNodes)) {
        $null = $Element.RemoveChild($child)
    }
    foreach ($item in $Block) {
        $null = Add-Element $Element -Name maml:para -Text $item.Text
    }
}

# Title, what is said before, the session, what is said after.
function Convert-Example {
    param([Xml.XmlElement] $Example, [Xml.XmlNamespaceManager] $Names)

    $blocks = @(Split-Block (($Example.SelectNodes('maml:introduction/maml:para', $Names).InnerText -replace '\u0080') -join "`n`n"))
    $at = [array]::FindIndex($blocks, [Predicate[object]] { param($block) $block.Kind -eq 'Code' })
    if ($at -lt 0) {
        throw "The example '$($Example.SelectSingleNode('maml:title', $Names).InnerText)' shows no session."
    }
    $title = $Example.SelectSingleNode('maml:title', $Names)
    $title.InnerText = ConvertFrom-Mark $title.InnerText.Trim('-', ' ')
    $introduction = $Example.SelectSingleNode('maml:introduction', $Names)
    Write-Paragraph $introduction @($blocks | Select-Object -First $at)
    if ($at -gt 0) {
        # Get-Help goes on in the same line.
        $introduction.LastChild.InnerText += "`n`n"
    }
    $Example.SelectSingleNode('dev:code', $Names).InnerText = $blocks[$at].Text + "`n"
    $remarks = $Example.SelectSingleNode('dev:remarks', $Names)
    Write-Paragraph $remarks @($blocks | Select-Object -Skip ($at + 1))
    if ($remarks.HasChildNodes) {
        $remarks.LastChild.InnerText += "`n"
    }
}

function Convert-CommandXml {
    param([Xml.XmlElement] $Command, [object] $Help, [Xml.XmlNamespaceManager] $Names)

    foreach ($element in $Command.SelectNodes('.//maml:description[maml:para] | .//maml:alert', $Names)) {
        Write-Paragraph $element @(Split-Block ($element.SelectNodes('maml:para', $Names).InnerText -join "`n`n"))
    }
    foreach ($example in $Command.SelectNodes('command:examples/command:example', $Names)) {
        Convert-Example $example $Names
    }
    foreach ($parameter in $Command.SelectNodes('command:parameters/command:parameter', $Names)) {
        $name = $parameter.SelectSingleNode('maml:name', $Names).InnerText
        $default = ($Help.Parameters | Where-Object Name -EQ $name).DefaultValue
        $null = Add-Element $parameter -Name dev:defaultValue -Text $default
    }
    # A type by its name alone, as PowerShell's own help has it.
    foreach ($value in $Command.SelectNodes('.//command:parameterValue', $Names)) {
        $value.InnerText = $value.InnerText -replace '^.*\.(?=\w+(\[\])?$)'
    }
    # Only the page on the web has an address; the others are names for Get-Help.
    foreach ($uri in $Command.SelectNodes('.//maml:navigationLink/maml:uri', $Names)) {
        if ($uri.InnerText -notmatch '^https://') {
            $uri.InnerText = ''
        }
    }
}

$null = New-Item -ItemType Directory -Path $Destination -Force
foreach ($page in Get-ChildItem -LiteralPath $Source -Filter about_*.md) {
    [IO.File]::WriteAllText("$Destination/$($page.BaseName).help.txt", (ConvertTo-AboutText $page.FullName), $encoding)
}

$pages = @(Get-ChildItem -LiteralPath $Source -Filter *-*.md)
$commands = @($pages | ForEach-Object { Import-MarkdownCommandHelp -LiteralPath $_.FullName })
$scratch = Join-Path ([IO.Path]::GetTempPath()) ([guid]::NewGuid())
try {
    $maml = $commands | Export-MamlCommandHelp -OutputFolder $scratch
    foreach ($file in $maml) {
        $document = [xml]::new()
        $document.Load($file.FullName)
        $names = [Xml.XmlNamespaceManager]::new($document.NameTable)
        foreach ($prefix in $uris.Keys) {
            $names.AddNamespace($prefix, $uris[$prefix])
        }
        foreach ($command in $document.SelectNodes('//command:command', $names)) {
            $title = $command.SelectSingleNode('command:details/command:name', $names).InnerText
            Convert-CommandXml $command -Help ($commands | Where-Object Title -EQ $title) -Names $names
        }
        $settings = [Xml.XmlWriterSettings]@{ Encoding = $encoding; Indent = $true; NewLineChars = "`n"; NewLineHandling = 'None' }
        $writer = [Xml.XmlWriter]::Create("$Destination/$($file.Name)", $settings)
        try {
            $document.Save($writer)
        } finally {
            $writer.Dispose()
        }
    }
} finally {
    if (Test-Path -LiteralPath $scratch) {
        Remove-Item -LiteralPath $scratch -Recurse
    }
}
