BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"

    # The manual example after its backward pass, as the golden files draw it.
    $a, $b, $c, $f = New-GradValue 2, -3, 10, -2 -Label a, b, c, f
    $e = $a * $b
    $d = $e + $c
    $script:root = $d * $f
    $e.Label, $d.Label, $root.Label = 'e', 'd', 'L'
    $root | Invoke-Backward

    function Get-Golden($Name) {
        (Get-Content -Raw "$PSScriptRoot/../MicroGrad.Engine.Tests/Rendering/Golden/$Name").TrimEnd()
    }
}

Describe 'Export-GradGraph to the pipeline' {
    It 'gives the text in DOT where no path is given' {
        $text = $root | Export-GradGraph
        $text | Should -BeOfType string
        $text.TrimEnd() | Should -BeExactly (Get-Golden manual.dot)
    }

    It 'gives the format that -Format says: <Format>' -ForEach @(
        @{ Format = 'Dot'; Golden = 'manual.dot' }
        @{ Format = 'Mermaid'; Golden = 'manual.mmd' }
        @{ Format = 'Json'; Golden = 'manual.json' }
    ) {
        (Export-GradGraph $root -Format $Format).TrimEnd() | Should -BeExactly (Get-Golden $Golden)
    }

    It 'takes the root by name' {
        Export-GradGraph -InputObject $root | Should -BeLike 'digraph*'
    }

    It 'writes JSON that reads back' {
        $graph = $root | Export-GradGraph -Format Json | ConvertFrom-Json
        $graph.nodes.Count | Should -Be 7
        $graph.nodes[$graph.root].label | Should -BeExactly 'L'
        $graph.nodes[$graph.root].data | Should -Be -8
    }

    It 'writes one text for each root' {
        @((New-GradValue 1, 2) | Export-GradGraph).Count | Should -Be 2
    }

    It 'draws the architecture of a model' {
        $model = New-Mlp 3 4, 2 -Seed 1
        $model | Export-GradGraph | Should -BeLike 'digraph*x1*x3*y2*'
        $model | Export-GradGraph -Format Mermaid | Should -BeLike '*flowchart*tanh*'
        ($model | Export-GradGraph -Format Json | ConvertFrom-Json) | Should -Not -BeNullOrEmpty
    }

    It 'turns the drawing with -Direction' {
        $root | Export-GradGraph -Direction TopToBottom | Should -BeLike '*rankdir=TB*'
        $root | Export-GradGraph -Direction LeftToRight | Should -BeLike '*rankdir=LR*'
        $root | Export-GradGraph -Format Mermaid -Direction TopToBottom | Should -BeLike '*flowchart T[BD]*'
    }

    It 'rounds to -Precision digits' {
        $third = New-GradValue (1 / 3)
        $third | Export-GradGraph -Precision 2 | Should -BeLike '*data 0.33 *'
        $third | Export-GradGraph -Precision 7 | Should -BeLike '*data 0.3333333 *'
        $third | Export-GradGraph -Precision 2 -Format Json | Should -BeLike '*0.3333333333333333*'
    }

    It 'writes the -Title' {
        $root | Export-GradGraph -Title 'The manual "example"' | Should -BeLike '*label="The manual \"example\""*'
        ($root | Export-GradGraph -Title 'A title' -Format Json | ConvertFrom-Json).title | Should -BeExactly 'A title'
    }

    It 'draws the products of a weighted sum with -Expand' {
        $output = Invoke-Mlp (New-Mlp 2 1) (1, 2) -AsGradValue
        $short = ($output | Export-GradGraph -Format Json | ConvertFrom-Json).nodes
        $long = ($output | Export-GradGraph -Format Json -Expand | ConvertFrom-Json).nodes
        $short.op | Should -Not -Contain '*'
        $long.op | Should -Contain '*'
        $long.Count | Should -BeGreaterThan $short.Count
    }

    It 'writes numbers the same under a comma culture' {
        $expected = foreach ($format in 'Dot', 'Mermaid', 'Json') { $root | Export-GradGraph -Format $format }
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'de-DE'
            $text = foreach ($format in 'Dot', 'Mermaid', 'Json') { $root | Export-GradGraph -Format $format }
        } finally {
            [cultureinfo]::CurrentCulture = $before
        }
        $text | Should -BeExactly $expected
    }

    It 'refuses the precision <_>' -ForEach -1, 16 {
        { $root | Export-GradGraph -Precision $_ } |
            Should -Throw -ErrorId 'InvalidPrecision,MicroGrad.PowerShell.Commands.ExportGradGraphCommand' -ExpectedMessage "*$_*0 to 15*"
    }

    It 'refuses what is neither a value nor a model' {
        { 'text' | Export-GradGraph -ErrorAction Stop } |
            Should -Throw -ErrorId 'InvalidInputObject,MicroGrad.PowerShell.Commands.ExportGradGraphCommand' -ExpectedMessage "*'text' (String)*New-GradValue*"
    }
}

Describe 'Export-GradGraph to a file' {
    It 'writes the format that the extension <Extension> says' -ForEach @(
        @{ Extension = 'dot'; Golden = 'manual.dot' }
        @{ Extension = 'gv'; Golden = 'manual.dot' }
        @{ Extension = 'mmd'; Golden = 'manual.mmd' }
        @{ Extension = 'JSON'; Golden = 'manual.json' }
    ) {
        $path = "$TestDrive/by-extension.$Extension"
        $root | Export-GradGraph -Path $path | Should -BeNullOrEmpty
        (Get-Content -Raw $path).TrimEnd() | Should -BeExactly (Get-Golden $Golden)
    }

    It 'takes the path by position' {
        Export-GradGraph $root "$TestDrive/position.dot"
        "$TestDrive/position.dot" | Should -Exist
    }

    It 'writes what -Format says whatever the extension' {
        $root | Export-GradGraph -Path "$TestDrive/format.txt" -Format Mermaid
        Get-Content -Raw "$TestDrive/format.txt" | Should -BeLike 'flowchart*'
    }

    It 'writes UTF-8 without a mark at the start' {
        $value = New-GradValue 1 -Label "`u{3b1}"
        $value | Export-GradGraph -Path "$TestDrive/utf8.dot"
        $bytes = [IO.File]::ReadAllBytes("$TestDrive/utf8.dot")
        $bytes[0] | Should -Be ([byte][char] 'd')
        [Text.Encoding]::UTF8.GetString($bytes) | Should -BeLike "*`u{3b1}*"
    }

    It 'takes a path from the current location of the session, and through a drive' {
        Push-Location $TestDrive
        try {
            $root | Export-GradGraph -Path 'relative.dot'
            $root | Export-GradGraph -Path 'TestDrive:/drive.dot'
        } finally {
            Pop-Location
        }
        "$TestDrive/relative.dot" | Should -Exist
        "$TestDrive/drive.dot" | Should -Exist
    }

    It 'takes a name with brackets as it stands with -LiteralPath and its aliases' {
        $root | Export-GradGraph -LiteralPath "$TestDrive/[a].dot"
        $root | Export-GradGraph -LP "$TestDrive/[b].dot"
        $root | Export-GradGraph -PSPath "$TestDrive/[c].dot"
        foreach ($name in 'a', 'b', 'c') {
            Test-Path -LiteralPath "$TestDrive/[$name].dot" | Should -BeTrue
        }
    }

    It 'emits the file with -PassThru' {
        $file = $root | Export-GradGraph -Path "$TestDrive/passthru.dot" -PassThru
        $file | Should -BeOfType System.IO.FileInfo
        $file.Name | Should -BeExactly 'passthru.dot'
        $file.Exists | Should -BeTrue
    }

    It 'refuses a file that exists, and leaves it as it is' {
        $path = "$TestDrive/exists.dot"
        Set-Content $path 'mine'
        { $root | Export-GradGraph -Path $path } |
            Should -Throw -ErrorId 'FileExists,MicroGrad.PowerShell.Commands.ExportGradGraphCommand' -ExpectedMessage "*exists.dot*-Force*"
        Get-Content $path | Should -BeExactly 'mine'
    }

    It 'replaces a file that exists with -Force' {
        $path = "$TestDrive/force.dot"
        Set-Content $path 'mine'
        $root | Export-GradGraph -Path $path -Force
        Get-Content -Raw $path | Should -BeLike 'digraph*'
    }

    It 'writes nothing with -WhatIf' {
        $path = "$TestDrive/whatif.dot"
        $root | Export-GradGraph -Path $path -PassThru -WhatIf | Should -BeNullOrEmpty
        $path | Should -Not -Exist
    }

    It 'replaces nothing with -WhatIf' {
        $path = "$TestDrive/whatif-force.dot"
        Set-Content $path 'mine'
        $root | Export-GradGraph -Path $path -Force -WhatIf
        Get-Content $path | Should -BeExactly 'mine'
    }

    It 'leaves no file behind that is half written or temporary' {
        $folder = (New-Item -ItemType Directory "$TestDrive/whole").FullName
        Set-Content "$folder/old.dot" 'mine'
        { $root | Export-GradGraph -Path "$folder/old.dot" -Force -Precision 99 } | Should -Throw
        { $root | Export-GradGraph -Path "$folder/new.dot" -Precision 99 } | Should -Throw
        $root | Export-GradGraph -Path "$folder/good.dot"
        (Get-ChildItem $folder).Name | Sort-Object | Should -BeExactly 'good.dot', 'old.dot'
        Get-Content "$folder/old.dot" | Should -BeExactly 'mine'
    }

    It 'leaves a neighbour alone, whatever its name' {
        $folder = (New-Item -ItemType Directory "$TestDrive/neighbours").FullName
        Set-Content "$folder/graph.dot.tmp" 'mine'
        $root | Export-GradGraph -Path "$folder/graph.dot"
        Get-Content "$folder/graph.dot.tmp" | Should -BeExactly 'mine'
    }

    It 'reports a name that the file system refuses' {
        { $root | Export-GradGraph -Path "$TestDrive/$('x' * 300).dot" } |
            Should -Throw -ErrorId 'WriteFailed,MicroGrad.PowerShell.Commands.ExportGradGraphCommand' -ExpectedMessage '*could not be written*'
    }

    It 'writes a name as long as the file system allows' {
        $name = 'x' * 251 + '.dot'
        $root | Export-GradGraph -Path "$TestDrive/$name"
        "$TestDrive/$name" | Should -Exist
    }

    It 'refuses a folder that does not exist, and names it' {
        { $root | Export-GradGraph -Path "$TestDrive/nowhere/graph.dot" } |
            Should -Throw -ErrorId 'PathNotFound,MicroGrad.PowerShell.Commands.ExportGradGraphCommand' -ExpectedMessage '*nowhere*does not exist*'
    }

    It 'refuses a drive that does not exist' {
        { $root | Export-GradGraph -Path 'nodrive:/graph.dot' } |
            Should -Throw -ErrorId 'PathNotFound,MicroGrad.PowerShell.Commands.ExportGradGraphCommand' -ExpectedMessage '*nodrive*'
    }

    It 'refuses a folder as a file' {
        { $root | Export-GradGraph -Path $TestDrive -Force } |
            Should -Throw -ErrorId 'NotAFilePath,MicroGrad.PowerShell.Commands.ExportGradGraphCommand' -ExpectedMessage '*folder*'
    }

    It 'refuses a path on another provider: <_>' -ForEach 'Env:/graph.dot', 'function:graph.dot', 'Variable:/graph.dot' {
        { $root | Export-GradGraph -Path $_ } |
            Should -Throw -ErrorId 'NotAFilePath,MicroGrad.PowerShell.Commands.ExportGradGraphCommand' -ExpectedMessage '*provider*file system*'
        { $root | Export-GradGraph -LiteralPath $_ } |
            Should -Throw -ErrorId 'NotAFilePath,MicroGrad.PowerShell.Commands.ExportGradGraphCommand'
        $_ | Should -Not -Exist
    }

    It 'refuses an extension that says nothing of a format' {
        { $root | Export-GradGraph -Path "$TestDrive/graph.txt" } |
            Should -Throw -ErrorId 'UnknownFormat,MicroGrad.PowerShell.Commands.ExportGradGraphCommand' -ExpectedMessage '*-Format*'
        "$TestDrive/graph.txt" | Should -Not -Exist
    }
}
