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
        (Get-Content -Raw "$PSScriptRoot/../MicroGrad.Rendering.Tests/Golden/$Name").TrimEnd()
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
        @{ Format = 'Svg'; Golden = 'manual.svg' }
    ) {
        (Export-GradGraph $root -Format $Format).TrimEnd() | Should -BeExactly (Get-Golden $Golden)
    }

    It 'takes the root by name' {
        Export-GradGraph -InputObject $root | Should -BeLike 'digraph*'
        Export-GradGraph $root | Should -BeLike 'digraph*'
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

    It 'gives SVG and HTML of a graph and of a model, each whole' {
        foreach ($picture in $root, (New-Mlp 2 3, 1)) {
            ([xml] ($picture | Export-GradGraph -Format Svg)).DocumentElement.LocalName | Should -BeExactly 'svg'
            $page = $picture | Export-GradGraph -Format Html
            $page | Should -BeLike '<!DOCTYPE html>*</html>*'
            $page | Should -Not -Match '(src|href)="http'
        }
    }

    It 'colours boxes by gradient with -ColorByGradient' {
        $root | Export-GradGraph | Should -Not -BeLike '*fillcolor*'
        $root | Export-GradGraph -ColorByGradient | Should -BeLike '*fillcolor*'
    }

    It 'folds a graph of more than -MaximumNodeCount nodes, and says so' {
        $loss = (Invoke-Mlp (New-Mlp 3 4, 4, 1) (1, 2, 3) -AsGradValue) * 2
        $whole = $loss | Export-GradGraph -WarningVariable none
        $none | Should -BeNullOrEmpty
        $folded = $loss | Export-GradGraph -MaximumNodeCount 20 -WarningVariable said -WarningAction SilentlyContinue
        "$said" | Should -BeLike 'Folded: * nodes drawn as * boxes*'
        [regex]::Matches($folded, 'shape=record').Count | Should -BeLessOrEqual 20
        [regex]::Matches($whole, 'shape=record').Count | Should -BeGreaterThan 20
    }

    It 'has every node in JSON, whatever -MaximumNodeCount' {
        $graph = $root | Export-GradGraph -Format Json -MaximumNodeCount 2 -WarningVariable none | ConvertFrom-Json
        $graph.nodes.Count | Should -Be 7
        $none | Should -BeNullOrEmpty
    }

    It 'refuses a maximum below 1' {
        { $root | Export-GradGraph -MaximumNodeCount 0 } |
            Should -Throw -ErrorId 'InvalidMaximumNodeCount,MicroGrad.PowerShell.Commands.ExportGradGraphCommand'
    }

    It 'gives no <_> to the pipeline' -ForEach Png, Pdf {
        { $root | Export-GradGraph -Format $_ } |
            Should -Throw -ErrorId 'PathMissing,MicroGrad.PowerShell.Commands.ExportGradGraphCommand' -ExpectedMessage '*-Path*'
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
        @{ Extension = 'mermaid'; Golden = 'manual.mmd' }
        @{ Extension = 'JSON'; Golden = 'manual.json' }
        @{ Extension = 'svg'; Golden = 'manual.svg' }
    ) {
        $path = "$TestDrive/by-extension.$Extension"
        $root | Export-GradGraph -Path $path | Should -BeNullOrEmpty
        (Get-Content -Raw $path).TrimEnd() | Should -BeExactly (Get-Golden $Golden)
    }

    It 'writes a page that needs nothing else: .<_>' -ForEach 'html', 'htm' {
        $root | Export-GradGraph -Path "$TestDrive/page.$_"
        Get-Content -Raw "$TestDrive/page.$_" | Should -BeLike '<!DOCTYPE html>*<script>*</html>*'
    }

    It 'takes the path by position' {
        Export-GradGraph $root "$TestDrive/position.dot"
        "$TestDrive/position.dot" | Should -Exist
        $root | Export-GradGraph "$TestDrive/piped.dot"
        "$TestDrive/piped.dot" | Should -Exist
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
            Should -Throw -ErrorId 'FileExists,MicroGrad.PowerShell.Commands.ExportGradGraphCommand' -ExpectedMessage "*exists.dot*"
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
            Should -Throw -ErrorId 'UnknownFormat,MicroGrad.PowerShell.Commands.ExportGradGraphCommand' -ExpectedMessage '*.txt*.svg*.html*.htm*.png*.pdf*.dot*.gv*.mmd*.mermaid*.json*'
        "$TestDrive/graph.txt" | Should -Not -Exist
    }
}

Describe 'Export-GradGraph through Graphviz' {
    BeforeAll {
        $script:path, $script:chromium = $env:PATH, $env:MICROGRAD_CHROMIUM

        # A program of that name in the place of Graphviz, which runs a script block: what it is given and what it gives
        # can then be looked at.
        function Use-StandIn([string] $Folder, [scriptblock] $Script) {
            $null = New-Item -ItemType Directory $Folder -Force
            [IO.File]::WriteAllText("$Folder/stand-in.ps1", $Script)
            $start = "`"$((Get-Process -Id $PID).Path)`" -NoProfile -NonInteractive -File"
            if ($IsWindows) {
                [IO.File]::WriteAllText("$Folder/dot.cmd", "@$start `"%~dp0stand-in.ps1`" %*`r`n@exit /b %errorlevel%`r`n")
            } else {
                [IO.File]::WriteAllText("$Folder/dot", "#!/bin/sh`nexec $start `"`$(dirname `"`$0`")/stand-in.ps1`" `"`$@`"`n")
                [IO.File]::SetUnixFileMode("$Folder/dot", 'UserRead, UserWrite, UserExecute')
            }
            $env:PATH = "$Folder$([IO.Path]::PathSeparator)$path"
        }
    }

    AfterEach { $env:PATH, $env:MICROGRAD_CHROMIUM = $path, $chromium }

    It 'writes .<Extension>, or a browser does, or it says what to do where both are missing' -ForEach @(
        @{ Extension = 'png'; Start = 0x89, 0x50, 0x4E, 0x47 }
        @{ Extension = 'pdf'; Start = 0x25, 0x50, 0x44, 0x46 }
    ) {
        foreach ($picture in @{ Name = 'graph'; Value = $root }, @{ Name = 'model'; Value = New-Mlp 2 3, 1 }) {
            $file = "$TestDrive/$($picture.Name).$Extension"
            if ($env:MICROGRAD_CHROMIUM -or (Get-Command dot, chromium, google-chrome, msedge -CommandType Application -ErrorAction Ignore)) {
                $picture.Value | Export-GradGraph -Path $file -Title "`u{3b1} `"quoted`""
                [IO.File]::ReadAllBytes($file)[0..3] | Should -Be $Start
            } else {
                { $picture.Value | Export-GradGraph -Path $file } | Should -Throw -ErrorId 'GraphvizMissing,*'
            }
        }
    }

    It 'says what to do where Graphviz and a browser are missing' {
        $env:PATH = (New-Item -ItemType Directory "$TestDrive/nothing" -Force).FullName
        $env:MICROGRAD_CHROMIUM = $null
        { $root | Export-GradGraph -Path "$TestDrive/missing.png" } |
            Should -Throw -ErrorId 'GraphvizMissing,MicroGrad.PowerShell.Commands.ExportGradGraphCommand' -ExpectedMessage "PNG*'dot'*.svg*install Graphviz*"
        { $root | Export-GradGraph -Path "$TestDrive/missing.any" -Format Pdf } | Should -Throw -ErrorId 'GraphvizMissing,*' -ExpectedMessage 'PDF*'
        Get-ChildItem $TestDrive -Filter 'missing*' | Should -BeNullOrEmpty
    }

    It 'hands dot the graph, and keeps its bytes as they are' {
        Use-StandIn "$TestDrive/bytes" {
            Set-Content "$PSScriptRoot/arguments" "$args"
            $given = [IO.File]::Create("$PSScriptRoot/given")
            [Console]::OpenStandardInput().CopyTo($given)
            $given.Dispose()
            [Console]::OpenStandardOutput().Write([byte[]] (0, 255, 13, 10, 128))
        }
        $root | Export-GradGraph -Path "$TestDrive/bytes.png" -Title "`u{1f642}"
        [IO.File]::ReadAllBytes("$TestDrive/bytes.png") | Should -Be 0, 255, 13, 10, 128
        Get-Content "$TestDrive/bytes/arguments" | Should -BeLike '-Tpng*'
        Get-Content -Raw "$TestDrive/bytes/given" | Should -BeExactly ($root | Export-GradGraph -Title "`u{1f642}")
    }

    It 'tells what dot complained of, and leaves the old file as it is' {
        Use-StandIn "$TestDrive/broken" {
            [Console]::Error.WriteLine('Error: <stdin>: syntax error')
            exit 3
        }
        Set-Content "$TestDrive/old.pdf" 'mine'
        { $root | Export-GradGraph -Path "$TestDrive/old.pdf" -Force } |
            Should -Throw -ErrorId 'GraphvizFailed,MicroGrad.PowerShell.Commands.ExportGradGraphCommand' -ExpectedMessage '*exit code 3*Error: <stdin>: syntax error*'
        Get-Content "$TestDrive/old.pdf" | Should -BeExactly 'mine'
    }

    It 'takes a picture of no bytes for a failure' {
        Use-StandIn "$TestDrive/empty" { exit 0 }
        { $root | Export-GradGraph -Path "$TestDrive/empty.png" } | Should -Throw -ErrorId 'GraphvizFailed,*' -ExpectedMessage '*0 bytes*'
        "$TestDrive/empty.png" | Should -Not -Exist
    }

    It 'does not run dot with -WhatIf' {
        Use-StandIn "$TestDrive/whatif" { Set-Content "$PSScriptRoot/ran" 'yes' }
        $root | Export-GradGraph -Path "$TestDrive/whatif.png" -WhatIf
        "$TestDrive/whatif.png" | Should -Not -Exist
        "$TestDrive/whatif/ran" | Should -Not -Exist
    }

    It 'ends dot when it is stopped, and writes nothing' {
        Use-StandIn "$TestDrive/slow" {
            Set-Content "$PSScriptRoot/new" $PID
            Rename-Item "$PSScriptRoot/new" pid
            Start-Sleep -Seconds 600
        }
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript('param($Module, $Path) Import-Module $Module; New-GradValue 1 | Export-GradGraph -Path $Path')
            $null = $shell.AddArgument("$((Get-Module MicroGrad).ModuleBase)/MicroGrad.psd1").AddArgument("$TestDrive/stopped.png")
            $running = $shell.BeginInvoke()
            while (-not (Test-Path "$TestDrive/slow/pid")) {
                $running.IsCompleted | Should -BeFalse
                Start-Sleep -Milliseconds 20
            }
            $shell.Stop()
            $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        } finally {
            $shell.Dispose()
        }
        Get-Process -Id (Get-Content "$TestDrive/slow/pid") -ErrorAction Ignore | Where-Object Path -EQ (Get-Process -Id $PID).Path | Should -BeNullOrEmpty
        "$TestDrive/stopped.png" | Should -Not -Exist
    }
}

Describe 'Export-GradGraph -History' {
    BeforeAll {
        $script:model = New-Mlp 2 3, 1 -Seed 1
        $script:rows = New-GradDataset Moons -Count 20 -Seed 1
        $script:epochs = $rows | Start-MlpTraining $model -Target Label -Epoch 4 -KeepParameter
    }

    It 'makes a page with a slider over the epochs' {
        $model | Export-GradGraph -Path "$TestDrive/history.html" -History $epochs -Title 'Two moons'
        $page = Get-Content -Raw "$TestDrive/history.html"
        $page | Should -BeLike '<!DOCTYPE html>*Two moons*id="slider"*</html>*'
        $page | Should -Not -BeExactly ($model | Export-GradGraph -Format Html -Title 'Two moons')
    }

    It 'gives the page to the pipeline where no path is given' {
        $model | Export-GradGraph -History $epochs | Should -BeLike '<!DOCTYPE html>*id="slider"*'
    }

    It 'takes the results of a job' {
        $results = $rows | Start-MlpTraining $model -Target Label -Epoch 2 -KeepParameter -AsJob | Wait-Job | Receive-Job
        $model | Export-GradGraph -History $results | Should -BeLike '*id="slider"*'
    }

    It 'refuses results without parameters, and says how to keep them' {
        $bare = $rows | Start-MlpTraining (New-Mlp 2 3, 1) -Target Label -Epoch 1
        { $model | Export-GradGraph -History $bare } |
            Should -Throw -ErrorId 'ParametersNotKept,MicroGrad.PowerShell.Commands.ExportGradGraphCommand' -ExpectedMessage '*-KeepParameter*'
    }

    It 'refuses a history of something else' {
        { $model | Export-GradGraph -History 'text' } |
            Should -Throw -ErrorId 'InvalidHistory,MicroGrad.PowerShell.Commands.ExportGradGraphCommand' -ExpectedMessage "*'text' (String)*"
        { $model | Export-GradGraph -History @() } |
            Should -Throw -ErrorId 'EmptyHistory,MicroGrad.PowerShell.Commands.ExportGradGraphCommand'
        { New-Mlp 2 5, 1 | Export-GradGraph -History $epochs } |
            Should -Throw -ErrorId 'SizeMismatch,MicroGrad.PowerShell.Commands.ExportGradGraphCommand'
    }

    It 'shows with -Data what a network of two inputs decides over its rows, in their units' {
        $standard = New-Mlp 2 3, 1 -Seed 1
        $results = $rows | Start-MlpTraining $standard -Target Label -Epoch 3 -KeepParameter -Standardize
        $page = $standard | Export-GradGraph -History $results -Data $rows
        $page | Should -BeLike '*<canvas id="map"*X1 from*'
        $map = ([regex]::Match($page, '(?s)<script type="application/json" id="data">(.*?)</script>').Groups[1].Value | ConvertFrom-Json).map
        $map.points.Count | Should -Be 20
        $map.points[0][0..1] | Should -BeExactly $rows[0].X1, $rows[0].X2
        [math]::Abs($map.inputs[0] - ($rows.X1 | Measure-Object -Average).Average) | Should -BeLessThan 1e-12
        $model | Export-GradGraph -History $epochs | Should -Not -BeLike '*<canvas*'
    }

    It 'refuses rows without a history, and those of a network of more inputs' {
        { $model | Export-GradGraph -Format Html -Data $rows } |
            Should -Throw -ErrorId 'UnusedOption,MicroGrad.PowerShell.Commands.ExportGradGraphCommand' -ExpectedMessage '*-History*'
        $wide = New-Mlp 3 1 -Seed 1
        $wideRows = (1, 2, 3, 1), (3, 2, 1, -1)
        $results = $wideRows | Start-MlpTraining $wide -Epoch 2 -KeepParameter
        { $wide | Export-GradGraph -History $results -Data $wideRows } |
            Should -Throw -ErrorId 'NotTwoInputs,MicroGrad.PowerShell.Commands.ExportGradGraphCommand'
    }

    It 'refuses a history of a value, or in another format' {
        { $root | Export-GradGraph -History $epochs } |
            Should -Throw -ErrorId 'UnusedOption,MicroGrad.PowerShell.Commands.ExportGradGraphCommand' -ExpectedMessage '*-History*'
        { $model | Export-GradGraph -History $epochs -Path "$TestDrive/history.svg" } | Should -Throw -ErrorId 'UnusedOption,*'
        "$TestDrive/history.svg" | Should -Not -Exist
    }
}
