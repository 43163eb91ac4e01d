# Every relative link of a document leads to a file, and the start page of docs leads to every page.

BeforeDiscovery {
    $root = (Resolve-Path "$PSScriptRoot/../..").ProviderPath
    $script:documents = @(Get-ChildItem $root -File -Filter *.md) + @(Get-ChildItem "$root/docs", "$root/benchmarks" -Recurse -File -Filter *.md) |
        Where-Object FullName -NotMatch '[\\/](bin|obj)[\\/]' |
        ForEach-Object { @{ Name = [IO.Path]::GetRelativePath($root, $_.FullName) -replace '\\', '/'; Path = $_.FullName } }
    $script:pages = Get-ChildItem "$root/docs" -Recurse -File -Filter *.md | Where-Object Name -NE README.md |
        ForEach-Object { @{ Page = [IO.Path]::GetRelativePath("$root/docs", $_.FullName) -replace '\\', '/' } }
}

Describe 'The links of <Name>' -ForEach $documents {
    It 'lead to files' {
        $text = (Get-Content -Raw $Path) -replace '(?s)```.*?```'
        $targets = [regex]::Matches($text, '\]\((?!https?:|#|mailto:)([^)\s#]+)') | ForEach-Object { $_.Groups[1].Value }
        foreach ($target in $targets) {
            Join-Path (Split-Path $Path) ([uri]::UnescapeDataString($target)) | Should -Exist
        }
    }
}

Describe 'The start page of docs' {
    It 'leads to <Page>' -ForEach $pages {
        Get-Content -Raw "$PSScriptRoot/../../docs/README.md" | Should -Match ([regex]::Escape("($Page)"))
    }
}
