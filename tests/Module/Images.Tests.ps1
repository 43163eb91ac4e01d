BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"
    $script:repository = (Resolve-Path "$PSScriptRoot/../..").ProviderPath
    $script:kept = "$repository/docs/images"
    $script:made = (New-Item -ItemType Directory "$TestDrive/images").FullName
    & "$repository/docs/Update-Images.ps1" -ModulePath "$((Get-Module MicroGrad).ModuleBase)/MicroGrad.psd1" -Destination $made
}

Describe 'The pictures of the README and the tutorials' {
    It 'are those that the script makes' {
        (Get-ChildItem $kept).Name | Sort-Object | Should -BeExactly ((Get-ChildItem $made).Name | Sort-Object)
    }

    It 'are all shown, and no others' {
        $texts = Get-Content -Raw "$repository/README.md", "$repository/docs/tutorials/*.md"
        $shown = [regex]::Matches(($texts -join "`n"), '(?:docs|\.\.)/images/([\w.-]+)') | ForEach-Object { $_.Groups[1].Value }
        $shown | Sort-Object -Unique | Should -BeExactly ((Get-ChildItem $kept).Name | Sort-Object)
    }

    It 'are shown in their size, so that no text is below 12 pixels' {
        $widest = 838 # pixels of a page at GitHub
        foreach ($page in Get-ChildItem "$repository/README.md", "$repository/docs/tutorials/*.md") {
            foreach ($image in [regex]::Matches((Get-Content -Raw $page), '<img[^>]*images/([\w-]+\.svg)[^>]*>|!\[[^]]*\]\([^)]*images/([\w-]+\.svg)\)')) {
                $image.Value | Should -Not -Match 'width='
                $name = $image.Groups[1].Value + $image.Groups[2].Value
                $svg = Get-Content -Raw "$kept/$name"
                [double] ([xml] $svg).DocumentElement.width | Should -BeLessOrEqual $widest -Because $name
                [regex]::Matches($svg, 'font(?:-size)?:[^;}]*?(\d+(?:\.\d+)?)px').ForEach({ [double] $_.Groups[1].Value }) |
                    Sort-Object | Select-Object -First 1 | Should -BeGreaterOrEqual 12 -Because $name
            }
        }
    }

    It 'show the graph as the module draws it now' {
        Get-Content -Raw "$kept/graph.svg" | Should -BeExactly (Get-Content -Raw "$made/graph.svg")
    }

    It 'are whole drawings that name their size' {
        foreach ($file in Get-ChildItem $kept) {
            $svg = ([xml] (Get-Content -Raw $file)).DocumentElement
            $svg.LocalName | Should -BeExactly 'svg'
            $svg.width | Should -Match '^\d'
        }
    }
}
