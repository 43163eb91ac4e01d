<#
.SYNOPSIS
    Turns the pages of the cmdlets in docs/en-US into MAML, which Get-Help reads.
.DESCRIPTION
    Microsoft.PowerShell.PlatyPS writes the text of a page as it stands, with marks and line breaks that belong to Markdown.
    What a console should not show is taken out here: paragraphs flow, marks go, an example's session stands apart from what
    is said about it, and default values come along. The same pages give the same bytes.
.PARAMETER Source
    The folder of the pages.
.PARAMETER Destination
    The folder to write to.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Source,
    [Parameter(Mandatory)] [string] $Destination
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
. "$PSScriptRoot/Markdown.ps1"

$uris = @{
    command = 'http://schemas.microsoft.com/maml/dev/command/2004/10'
    maml    = 'http://schemas.microsoft.com/maml/2004/10'
    dev     = 'http://schemas.microsoft.com/maml/dev/2004/10'
}
$encoding = [Text.UTF8Encoding]::new($false)

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

# PlatyPS leaves out of a syntax what a parameter's table says of that set.
function Complete-Syntax {
    param([Xml.XmlElement] $Syntax, [string] $SetName, [object] $Help, [Xml.XmlNamespaceManager] $Names)

    foreach ($element in $Syntax.SelectNodes('command:parameter', $Names)) {
        $name = $element.SelectSingleNode('maml:name', $Names).InnerText
        $parameter = $Help.Parameters | Where-Object Name -EQ $name
        $set = $parameter.ParameterSets | Where-Object Name -In $SetName, '(All)'
        $ways = @($set.ValueFromPipeline ? 'ByValue' : @()) + @($set.ValueFromPipelineByPropertyName ? 'ByPropertyName' : @())
        $element.SetAttribute('pipelineInput', $ways ? "true ($($ways -join ', '))" : 'false')
        $element.SetAttribute('position', $set.Position)
        $element.SetAttribute('globbing', "$($parameter.SupportsWildcards)".ToLowerInvariant())
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
    $syntaxes = $Command.SelectNodes('command:syntax/command:syntaxItem', $Names)
    for ($i = 0; $i -lt $syntaxes.Count; $i++) {
        Complete-Syntax $syntaxes[$i] -SetName $Help.Syntax[$i].ParameterSetName -Help $Help -Names $Names
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
