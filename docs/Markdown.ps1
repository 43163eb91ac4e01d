# How the pages in docs/en-US become text of a console: paragraphs flow, and marks go.

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
