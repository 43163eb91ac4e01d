# What writing and reading of files keeps and refuses, by every cmdlet that does either. Parts that only Unix has are tried there.

BeforeDiscovery {
    $script:writers = @(
        foreach ($file in 'a.json', 'a.safetensors', 'a.onnx', 'a.ps1', 'a.cs', 'a.js', 'a.py') {
            @{ Name = 'Export-Mlp'; File = $file; Write = { param($Path, $More = @{}) Export-Mlp $Path $model @More } }
        }
        @{ Name = 'Export-Mlp -Data'; File = 'a.html'; Write = { param($Path, $More = @{}) Export-Mlp $Path $classifier -Data $rows -History $epochs @More } }
        foreach ($file in 'a.svg', 'a.dot', 'a.mmd', 'a.json', 'a.html') {
            @{ Name = 'Export-GradGraph'; File = $file; Write = { param($Path, $More = @{}) $root | Export-GradGraph $Path @More } }
        }
        @{ Name = 'Export-GradGraph of a network'; File = 'a.svg'; Write = { param($Path, $More = @{}) $model | Export-GradGraph $Path @More } }
        @{ Name = 'Export-GradGraph -History'; File = 'a.html'; Write = { param($Path, $More = @{}) $classifier | Export-GradGraph $Path -History $epochs @More } }
        @{ Name = 'Export-MlpPlayground'; File = 'a.html'; Write = { param($Path, $More = @{}) $rows | Export-MlpPlayground $Path -Model $model -Target Label @More } }
        foreach ($file in 'a.svg', 'a.html') {
            @{ Name = 'Export-MlpPlot'; File = $file; Write = { param($Path, $More = @{}) $epochs | Export-MlpPlot $Path @More } }
        }
        if (-not $IsWindows) {
            foreach ($file in 'a.png', 'a.pdf') {
                @{ Name = 'Export-GradGraph by Graphviz'; File = $file; Write = { param($Path, $More = @{}) $root | Export-GradGraph $Path @More } }
                @{ Name = 'Export-MlpPlot by a browser'; File = $file; Write = { param($Path, $More = @{}) $epochs | Export-MlpPlot $Path @More } }
            }
        }
        @{ Name = 'Export-GradMatrix'; File = 'a.safetensors'; Write = { param($Path, $More = @{}) New-GradMatrix 2 2 -Label W | Export-GradMatrix $Path @More } }
    )

    # What writes again and again to one file, which it makes at once: a training's checkpoints and a search's results.
    $script:keepers = @(
        @{ Name = 'Start-MlpTraining -CheckpointPath'; Write = { param($Path) $rows | Start-MlpTraining (New-Mlp 2 2, 1 -Seed 1) -Target Label -Epoch 3 -CheckpointPath $Path -CheckpointInterval 1 } }
        @{ Name = 'Find-MlpSetting -ResultPath'; Write = { param($Path) $rows | Find-MlpSetting { New-Mlp 2 1 -Seed 1 } -Setting @{ LearningRate = 0.1, 0.2, 0.3 } -Training @{ Epoch = 1 } -Fold 2 -ThrottleLimit 1 -Target Label -ResultPath $Path } }
    )
}

BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"
    $script:model = New-Mlp 2 3, 1 -Seed 1
    $script:root = (New-GradValue 2) * 3
    $script:rows = @(New-GradDataset Xor)
    $script:classifier = New-Mlp 2 2, 1 -Seed 1
    $script:epochs = @($rows | Start-MlpTraining $classifier -Target Label -Epoch 3 -KeepParameter)
    $script:module = "$((Get-Module MicroGrad).ModuleBase)/MicroGrad.psd1"

    # Pictures come from programs. Stand-ins draw the same at once on every machine: what matters here is the file.
    $script:programPath, $script:chromium = $env:PATH, $env:MICROGRAD_CHROMIUM
    if (-not $IsWindows) {
        $programs = (New-Item -ItemType Directory "$TestDrive/programs").FullName
        $picture = "printf '\211PNG stand-in of a picture'"
        Set-Content "$programs/dot" "#!/bin/sh`ncat > /dev/null`n$picture"
        Set-Content "$programs/browser" "#!/bin/sh`nfor a; do case `$a in --screenshot=*|--print-to-pdf=*) $picture > `"`${a#*=}`";; esac; done"
        chmod +x "$programs/dot" "$programs/browser"
        $env:PATH = "$programs$([IO.Path]::PathSeparator)$programPath"
        $env:MICROGRAD_CHROMIUM = "$programs/browser"
    }

    # The error id of a script, or nothing.
    function Get-ErrorId([scriptblock] $Script) {
        try { $null = & $Script 2>&1 | ForEach-Object { if ($_ -is [System.Management.Automation.ErrorRecord]) { throw $_ } } }
        catch { $_.FullyQualifiedErrorId.Split(',')[0] }
    }

    # Runs work on a small disk that -Fill makes full; does nothing where none can be mounted.
    function Invoke-OnDisk([scriptblock] $Work) {
        if ($IsLinux -and (id -u) -eq '0') {
            $disk = (New-Item -ItemType Directory "$TestDrive/$(New-Guid)").FullName
            mount -t tmpfs -o size=1m tmpfs $disk 2>$null
            if ($LASTEXITCODE -eq 0) {
                try { . $Work } finally { umount $disk }
            }
        }
    }

    # The seconds that a script in another runspace takes to end once it is stopped; it says that it goes by making a file.
    function Measure-Stop([string] $Script) {
        $mark = "$TestDrive/$(New-Guid)"
        $shell = [powershell]::Create().AddScript("Import-Module '$module'; function Go { [IO.File]::WriteAllText('$mark', '') }; $Script")
        $null = $shell.BeginInvoke()
        for ($i = 0; $i -lt 600 -and -not [IO.File]::Exists($mark); $i++) { Start-Sleep -Milliseconds 50 }
        Start-Sleep -Milliseconds 300
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $shell.BeginStop($null, $null).AsyncWaitHandle.WaitOne(5000) | Should -BeTrue
        $clock.Elapsed.TotalSeconds
    }
}

AfterAll {
    $env:PATH, $env:MICROGRAD_CHROMIUM = $programPath, $chromium
}

Describe 'A file that <Name> writes (<File>)' -ForEach $writers {
    BeforeEach {
        $script:folder = (New-Item -ItemType Directory "$TestDrive/$(New-Guid)").FullName
    }

    It 'is written through a symbolic link, whose target may be missing' {
        if ($IsLinux) {
            ln -s "$folder/target" "$folder/$File"
            & $Write "$folder/$File" | Should -BeNullOrEmpty
            (Get-Item "$folder/$File").LinkTarget | Should -BeExactly "$folder/target"
            $first = Get-Content -Raw "$folder/target"
            $first.Length | Should -BeGreaterThan 10
            Set-Content "$folder/target" 'old'
            & $Write "$folder/$File" @{ Force = $true }
            (Get-Item "$folder/$File").LinkTarget | Should -BeExactly "$folder/target"
            Get-Content -Raw "$folder/target" | Should -BeExactly $first
        }
    }

    It 'is written through links to links, relative ones and linked folders, to the last of them' {
        if ($IsLinux) {
            $null = New-Item -ItemType Directory "$folder/deep/er"
            ln -s deep "$folder/way"
            ln -s er/end "$folder/deep/link"
            ln -s way/link "$folder/$File"
            & $Write "$folder/$File"
            (Get-ChildItem -File "$folder/deep/er").Name | Should -BeExactly 'end'
            Set-Content "$folder/deep/er/end" 'old'
            Get-ErrorId { & $Write "$folder/$File" } | Should -BeExactly 'FileExists'
            & $Write "$folder/$File" @{ Force = $true }
            Get-Content -Raw "$folder/deep/er/end" | Should -Not -Match '^old'
            (Get-ChildItem -Recurse -File -Force $folder | Where-Object { -not $_.LinkTarget }).Count | Should -Be 1
        }
    }

    It 'is refused where links lead nowhere' {
        if ($IsLinux) {
            ln -s "$folder/$File" "$folder/b$File"
            ln -s "$folder/b$File" "$folder/$File"
            Get-ErrorId { & $Write "$folder/$File" @{ Force = $true } } | Should -BeExactly 'WriteFailed'
            ln -s "$folder/none/x" "$folder/c$File"
            Get-ErrorId { & $Write "$folder/c$File" } | Should -BeExactly 'PathNotFound'
            (Get-ChildItem -Force $folder).LinkTarget | Should -BeExactly "$folder/b$File", "$folder/$File", "$folder/none/x" -Because 'links stay'
        }
    }

    It 'keeps mode and owner' {
        if (-not $IsWindows) {
            Set-Content "$folder/$File" 'old'
            [IO.File]::SetUnixFileMode("$folder/$File", 'UserRead, UserWrite, GroupRead')
            if ((id -u) -eq '0') { chown 12345:54321 "$folder/$File" }
            $before = Get-Item "$folder/$File" | ForEach-Object { "$($_.UnixStat.Mode) $($_.UnixStat.UserId) $($_.UnixStat.GroupId)" }
            & $Write "$folder/$File" @{ Force = $true }
            Get-Content -Raw "$folder/$File" | Should -Not -Match '^old'
            Get-Item "$folder/$File" | ForEach-Object { "$($_.UnixStat.Mode) $($_.UnixStat.UserId) $($_.UnixStat.GroupId)" } | Should -BeExactly $before
        }
    }

    It 'leaves another name of the old file (a hard link) as it was' {
        Set-Content "$folder/other" 'old'
        $null = New-Item -ItemType HardLink "$folder/$File" -Target "$folder/other"
        & $Write "$folder/$File" @{ Force = $true }
        Get-Content "$folder/other" | Should -BeExactly 'old'
    }

    It 'replaces a read-only file with -Force only, and leaves it read-only' {
        Set-Content "$folder/$File" 'old'
        (Get-Item "$folder/$File").IsReadOnly = $true
        Get-ErrorId { & $Write "$folder/$File" } | Should -BeExactly 'FileExists'
        & $Write "$folder/$File" @{ Force = $true }
        Get-Content -Raw "$folder/$File" | Should -Not -Match '^old'
        (Get-Item "$folder/$File").IsReadOnly | Should -BeTrue
    }

    It 'is never a folder, a pipe, a device or a socket' {
        $null = New-Item -ItemType Directory "$folder/$File"
        Get-ErrorId { & $Write "$folder/$File" @{ Force = $true } } | Should -BeExactly 'NotAFilePath'
        if ($IsLinux) {
            foreach ($make in { mkfifo "$folder/b$File" }, { mknod "$folder/b$File" c 1 3 2>$null }) {
                & $make
                if ($LASTEXITCODE) { continue }
                $kind = stat -c %F "$folder/b$File"
                Get-ErrorId { & $Write "$folder/b$File" @{ Force = $true } } | Should -BeExactly 'NotAFilePath' -Because $kind
                ln -s "$folder/b$File" "$folder/c$File"
                Get-ErrorId { & $Write "$folder/c$File" @{ Force = $true } } | Should -BeExactly 'NotAFilePath' -Because "a link to a $kind"
                stat -c %F "$folder/b$File" | Should -BeExactly $kind
                Remove-Item "$folder/b$File", "$folder/c$File"
            }
            $socket = [System.Net.Sockets.Socket]::new('Unix', 'Stream', 'Unspecified')
            try {
                $socket.Bind([System.Net.Sockets.UnixDomainSocketEndPoint]::new("$folder/b$File"))
                Get-ErrorId { & $Write "$folder/b$File" @{ Force = $true } } | Should -BeExactly 'NotAFilePath'
            } finally {
                $socket.Dispose()
            }
        }
    }

    It 'has the name that -Path says, whatever characters are in it' {
        foreach ($name in "[1]$File", "a[b-$File", "ü '`"`$()$File", "-Force $File", " $File", "~$File") {
            & $Write "$folder/$name"
            [IO.File]::Exists("$folder/$name") | Should -BeTrue -Because $name
        }
        if (-not $IsWindows) {
            foreach ($name in "a`n$File", "*$File", "a?$File", "$([char] 27)]0;x$([char] 7)$File") {
                & $Write "$folder/$name"
                [IO.File]::Exists("$folder/$name") | Should -BeTrue -Because 'a name may have any character but two'
            }
            Push-Location $folder
            try {
                & $Write "--$File"
                [IO.File]::Exists("$folder/--$File") | Should -BeTrue
            } finally {
                Pop-Location
            }
        }
    }

    It 'removes what a killed process left of it, but not what another one holds, nor anything else' {
        $left, $held, $else = "$folder/$File.0123abcd.tmp", "$folder/$File.0123abce.tmp", "$folder/$File.mine.tmp"
        $left, $held, $else | ForEach-Object { Set-Content $_ 'half' }
        $lock = [IO.File]::Open($held, 'Open', 'Write', 'Delete')
        try {
            & $Write "$folder/$File"
        } finally {
            $lock.Dispose()
        }
        (Get-ChildItem -Force $folder).Name | Sort-Object | Should -BeExactly ($File, "$File.0123abce.tmp", "$File.mine.tmp" | Sort-Object)
    }

    It 'may have a name as long as the file system allows' {
        $name = ('ü' * 120) + $File
        & $Write "$folder/$name"
        (Get-ChildItem -Force $folder).Name | Should -BeExactly $name
    }
}

Describe 'A disk that is full' {
    It 'keeps the old file of <Name> (<File>), and no part of the new one' -ForEach $writers {
        Invoke-OnDisk {
            Set-Content "$disk/$File" 'old'
            dd if=/dev/zero of=$disk/rest bs=1k count=2000 2>$null
            Get-ErrorId { & $Write "$disk/$File" @{ Force = $true } } | Should -BeExactly 'WriteFailed'
            Get-ErrorId { & $Write "$disk/new-$File" } | Should -BeExactly 'WriteFailed'
            Get-Content "$disk/$File" | Should -BeExactly 'old'
            (Get-ChildItem -Force $disk).Name | Should -BeExactly $File, 'rest'
            Remove-Item "$disk/rest"
            & $Write "$disk/$File" @{ Force = $true }
            Get-Content -Raw "$disk/$File" | Should -Not -BeLike 'old*'
        }
    }

    It 'ends a training with checkpoints by an error, and the model has its weights' {
        Invoke-OnDisk {
            $trained = New-Mlp 2 2, 1 -Seed 1
            $fill = { if ($_.Epoch -eq 2) { dd if=/dev/zero of=$disk/rest bs=1k count=2000 2>$null } }
            $training = @{ Target = 'Label'; Epoch = 20; CheckpointPath = "$disk/c"; CheckpointInterval = 1 }
            Get-ErrorId { New-GradDataset Xor | Start-MlpTraining $trained @training | ForEach-Object $fill } | Should -BeExactly 'WriteFailed'
            $trained.Training.Epoch | Should -Be 3
            (Import-Mlp "$disk/c").Training.Epoch | Should -Be 2
            (Get-ChildItem -Force $disk).Name | Should -BeExactly 'c', 'rest'
        }
    }

    It 'ends a search whose results are kept by an error, and the results before it are gone on from' {
        Invoke-OnDisk {
            $search = @{ Recipe = { New-Mlp 2 1 -Seed 1 }; Setting = @{ LearningRate = 1..60 | ForEach-Object { $_ / 1000 } }; Training = @{ Epoch = 1 }; Fold = 2; ThrottleLimit = 1; Target = 'Label' }
            $fill = { if ($_.Trial -eq 2) { dd if=/dev/zero of=$disk/rest bs=1k count=2000 2>$null } }
            Get-ErrorId { $rows | Find-MlpSetting @search -ResultPath "$disk/r" | ForEach-Object $fill } | Should -BeExactly 'WriteFailed'
            Remove-Item "$disk/rest"
            $again = @($rows | Find-MlpSetting @search -ResultPath "$disk/r")
            $again.Trial | Sort-Object | Should -BeExactly (1..60)
            $again.Score | Should -BeExactly ($rows | Find-MlpSetting @search).Score
        }
    }
}

Describe 'A file that is mounted by itself' {
    It 'is written in place by <Name> (<File>)' -ForEach $writers {
        if ($IsLinux -and (id -u) -eq '0') {
            $folder = (New-Item -ItemType Directory "$TestDrive/$(New-Guid)").FullName
            Set-Content "$folder/there" 'old'
            Set-Content "$folder/$File" 'old'
            mount --bind "$folder/there" "$folder/$File" 2>$null
            if ($LASTEXITCODE -eq 0) {
                try {
                    & $Write "$folder/$File" @{ Force = $true }
                    $mounted = Get-Content -Raw "$folder/$File"
                    $mounted | Should -Not -Match '^old'
                    (Get-ChildItem -Force $folder).Name | Sort-Object | Should -BeExactly $File, 'there'
                } finally {
                    umount "$folder/$File"
                }
                Get-Content -Raw "$folder/there" | Should -BeExactly $mounted
            }
        }
    }
}

Describe 'The file of <Name>' -ForEach $keepers {
    BeforeEach {
        $script:folder = (New-Item -ItemType Directory "$TestDrive/$(New-Guid)").FullName
    }

    It 'is written through links, whose target may be missing' {
        if ($IsLinux) {
            $null = New-Item -ItemType Directory "$folder/deep"
            ln -s deep/end "$folder/link"
            ln -s link "$folder/f"
            @(& $Write "$folder/f").Count | Should -Be 3
            (Get-Item "$folder/f").LinkTarget, (Get-Item "$folder/link").LinkTarget | Should -BeExactly 'link', 'deep/end'
            (Get-ChildItem -Recurse -File -Force $folder | Where-Object { -not $_.LinkTarget }).Name | Should -BeExactly 'end'
            @(& $Write "$folder/f").Count | Should -Be 3
        }
    }

    It 'keeps mode and owner' {
        if (-not $IsWindows) {
            $null = & $Write "$folder/f"
            [IO.File]::SetUnixFileMode("$folder/f", 'UserRead, UserWrite, GroupRead')
            if ((id -u) -eq '0') { chown 12345:54321 "$folder/f" }
            $before = Get-Item "$folder/f" | ForEach-Object { "$($_.UnixStat.Mode) $($_.UnixStat.UserId) $($_.UnixStat.GroupId)" }
            $null = & $Write "$folder/f"
            Get-Item "$folder/f" | ForEach-Object { "$($_.UnixStat.Mode) $($_.UnixStat.UserId) $($_.UnixStat.GroupId)" } | Should -BeExactly $before
        }
    }

    It 'is no folder, pipe, device, socket, link to nowhere or file of another kind, and nothing is done before it is refused' {
        $done = [System.Collections.Generic.List[object]]::new()
        $null = New-Item -ItemType Directory "$folder/d"
        Get-ErrorId { & $Write "$folder/d" | ForEach-Object { $done.Add($_) } } | Should -BeExactly 'NotAFilePath'
        Get-ErrorId { & $Write "$folder/none/f" | ForEach-Object { $done.Add($_) } } | Should -BeExactly 'PathNotFound'
        foreach ($text in "old`n", '{}', '{"format":"MicroGrad.Mlp"}', "`0`0`0", '[') {
            Set-Content "$folder/f" $text
            Get-ErrorId { & $Write "$folder/f" | ForEach-Object { $done.Add($_) } } | Should -BeIn 'NotACheckpoint', 'NotATrialFile'
            Get-Content "$folder/f" | Should -BeExactly (Get-Content "$folder/f")
        }
        if ($IsLinux) {
            foreach ($make in { mkfifo "$folder/b" }, { mknod "$folder/b" c 1 3 2>$null }) {
                & $make
                if ($LASTEXITCODE) { continue }
                $kind = stat -c %F "$folder/b"
                Get-ErrorId { & $Write "$folder/b" | ForEach-Object { $done.Add($_) } } | Should -BeExactly 'NotAFilePath' -Because $kind
                stat -c %F "$folder/b" | Should -BeExactly $kind
                Remove-Item "$folder/b"
            }
            $socket = [System.Net.Sockets.Socket]::new('Unix', 'Stream', 'Unspecified')
            try {
                $socket.Bind([System.Net.Sockets.UnixDomainSocketEndPoint]::new("$folder/s"))
                Get-ErrorId { & $Write "$folder/s" | ForEach-Object { $done.Add($_) } } | Should -BeExactly 'NotAFilePath'
            } finally {
                $socket.Dispose()
            }
            ln -s l "$folder/m"
            ln -s m "$folder/l"
            Get-ErrorId { & $Write "$folder/m" | ForEach-Object { $done.Add($_) } } | Should -BeExactly 'WriteFailed'
        }
        $done | Should -BeNullOrEmpty
    }

    It 'has the name that was said, and what a killed process left of it is removed' {
        foreach ($name in '[1]', 'a[b', '-Force', ' f', "ü '`"`$()") {
            Set-Content -LiteralPath "$folder/$name.0123abcd.tmp" 'half'
            $null = & $Write "$folder/$name"
            [IO.File]::Exists("$folder/$name") | Should -BeTrue -Because $name
            @(& $Write "$folder/$name").Count | Should -Be 3 -Because 'the same name is found again'
        }
        (Get-ChildItem -Force $folder).Count | Should -Be 5
    }

    It 'is written in place where it is mounted by itself' {
        if ($IsLinux -and (id -u) -eq '0') {
            $null = New-Item -ItemType File "$folder/there", "$folder/f"
            mount --bind "$folder/there" "$folder/f" 2>$null
            if ($LASTEXITCODE -eq 0) {
                try {
                    @(& $Write "$folder/f").Count | Should -Be 3
                } finally {
                    umount "$folder/f"
                }
                (Get-Item "$folder/there").Length | Should -BeGreaterThan 100
            }
        }
    }

    It 'is refused before any work where its folder can''t be written' {
        $done = [System.Collections.Generic.List[object]]::new()
        $problem = { Get-ErrorId { & $Write "$disk/f" | ForEach-Object { $done.Add($_) } } | Should -BeExactly 'WriteFailed' }
        if ($IsLinux -and (id -u) -ne '0') {
            $disk = $folder
            chmod 555 $disk
            . $problem
            chmod 755 $disk
        }

        # No mode holds back the superuser.
        Invoke-OnDisk {
            mount -o 'remount,ro' $disk
            . $problem
        }
        $done | Should -BeNullOrEmpty
    }
}

Describe 'A checkpoint' {
    BeforeEach {
        $script:folder = (New-Item -ItemType Directory "$TestDrive/$(New-Guid)").FullName
    }

    It 'is never a pipe or a device, and the training does not begin' {
        if ($IsLinux) {
            mkfifo "$folder/pipe"
            $results = @()
            Get-ErrorId { New-GradDataset Xor | Start-MlpTraining (New-Mlp 2 1) -Target Label -Epoch 2 -CheckpointPath "$folder/pipe" -OutVariable results } |
                Should -BeExactly 'NotAFilePath'
            $results | Should -BeNullOrEmpty
            stat -c %F "$folder/pipe" | Should -BeExactly 'fifo'
        }
    }

    It 'does not replace a read-only file' {
        $data = @(New-GradDataset Xor)
        $null = $data | Start-MlpTraining (New-Mlp 2 1) -Target Label -Epoch 1 -CheckpointPath "$folder/c"
        (Get-Item "$folder/c").IsReadOnly = $true
        Get-ErrorId { $data | Start-MlpTraining (New-Mlp 2 1) -Target Label -Epoch 1 -CheckpointPath "$folder/c" } | Should -BeExactly 'FileExists'
    }

    It 'that can no longer be written is an error of the module' {
        $training = @{ Target = 'Label'; Epoch = 20; CheckpointPath = "$folder/c"; CheckpointInterval = 1 }
        $remove = { if ($_.Epoch -eq 2) { Remove-Item $folder -Recurse -Force } }
        Get-ErrorId { New-GradDataset Xor | Start-MlpTraining (New-Mlp 2 1) @training | ForEach-Object $remove } | Should -BeExactly 'WriteFailed'
    }
}

Describe 'Reading' {
    BeforeEach {
        $script:folder = (New-Item -ItemType Directory "$TestDrive/$(New-Guid)").FullName
    }

    It 'takes the name that was written, and a pattern where there is no such name' {
        $null = New-Item -ItemType Directory -Path "$folder/b[1]"
        Export-Mlp "$folder/b[1]/m[x].json" $model
        (Import-Mlp "$folder/b[1]/m[x].json").ParameterCount | Should -Be $model.ParameterCount
        Export-Mlp "$folder/only.json" $model
        (Import-Mlp "$folder/o*.json").ParameterCount | Should -Be $model.ParameterCount
    }

    It 'refuses what can''t be JSON by its beginning: <_>' -ForEach 'zero', 'text' {
        if ($_ -eq 'zero') {
            $file = [IO.File]::Create("$folder/m.json")
            $file.SetLength(3GB)
            $file.Dispose()
        } else {
            [IO.File]::WriteAllText("$folder/m.json", "a,b`n" + ('1,2' * 100000))
        }
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        Get-ErrorId { Import-Mlp "$folder/m.json" } | Should -BeIn 'InvalidModelFile', 'ReadFailed'
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 2
    }

    It 'refuses at the cost of its beginning <Name>' -ForEach @(
        @{ Name = 'five million layers'; Text = { '{"format":"MicroGrad.Mlp","version":1,"inputCount":1,"layerSizes":[' + '1,' * 5000000 + '1]' + $end } }
        @{ Name = 'layers in five million'; Text = { '{"format":"MicroGrad.Mlp","version":1,"layers":[' + '{"weights":[[1]],"biases":[0]},' * 2000000 + '{}]' + $end } }
        @{ Name = 'layers in millions behind long text'; Text = { '{"x":"' + 'a' * 3MB + '","layers":[' + '{"weights":[[1]],"biases":[0]},' * 2000000 + '{}]' + $end } }
        @{ Name = 'layers in millions of a checkpoint'; Text = { '{"format":"MicroGrad.Checkpoint","version":1,"model":{"layers":[' + '{"weights":[[1]],"biases":[0]},' * 2000000 + '{}]}' + $end } }
        @{ Name = 'half a million names'; Text = { '{"format":"MicroGrad.Mlp","version":1,' + ((1..500000).ForEach({ '"n' + $_ + '":1' }) -join ',') + $end } }
        @{ Name = 'half a million names in a layer'; Text = { '{"layers":[{' + ((1..500000).ForEach({ '"n' + $_ + '":1' }) -join ',') + '}]' + $end } }
        @{ Name = 'a number of ten million digits'; Text = { '{"version":' + '9' * 10000000 + $end } }
        @{ Name = 'lists in lists, a million deep'; Text = { '{"layers":' + '[' * 1000000 } }
    ) {
        $script:end = '}'
        [IO.File]::WriteAllText("$folder/m.json", (. $Text))
        Get-ErrorId { Import-Mlp "$folder/none.json" } | Should -BeExactly 'PathNotFound'
        $allocated = [GC]::GetTotalAllocatedBytes()
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        Get-ErrorId { Import-Mlp "$folder/m.json" } | Should -BeExactly 'InvalidModelFile'
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 2
        [GC]::GetTotalAllocatedBytes() - $allocated | Should -BeLessThan 100MB
        Remove-Item "$folder/m.json"
    }

    It 'is stopped while a pipe waits for one who writes: <_>' -ForEach @(
        'Import-Mlp "{0}"'
        'Start-MlpTraining (New-Mlp 1 1) -Path "{0}" -Target b -Epoch 1'
    ) {
        if ($IsLinux) {
            mkfifo "$folder/pipe"
            try {
                Measure-Stop ("Go; $_" -f "$folder/pipe") | Should -BeLessThan 1
            } finally {
                [IO.File]::Open("$folder/pipe", 'Open', 'ReadWrite', 'ReadWrite').Dispose()
            }
        }
    }

    It 'is stopped in the middle of a file' {
        $block = [System.Text.Encoding]::ASCII.GetBytes((1..1000 | ForEach-Object { "$_,$($_ % 7)`n" }) -join '')
        $file = [IO.File]::Create("$folder/long.csv")
        $file.Write([byte[]] (97, 44, 98, 10))
        foreach ($i in 1..5000) { $file.Write($block) }
        $file.Dispose()
        Measure-Stop "Go; Start-MlpTraining (New-Mlp 1 1) -Path '$folder/long.csv' -Target b -Epoch 1" | Should -BeLessThan 1
    }
}

# By bytes, at random places: whatever comes of it is read, or refused by one error of the module, at a cost that the size of the file sets.
Describe 'A damaged file of <Name>' -ForEach @(
    @{ Name = 'a model'; File = 'a.json'; Write = { Export-Mlp $path $learnt -Force }; Read = { Import-Mlp $path } }
    @{ Name = 'weights'; File = 'a.safetensors'; Write = { Export-Mlp $path $learnt -Force }; Read = { Import-Mlp $path } }
    @{ Name = 'a training'; File = 'a'; Write = { $null = $flowers | Start-MlpTraining (New-Mlp 3 3, 2 -Seed 1) @options -CheckpointPath $path }; Read = { Import-Mlp $path } }
    @{ Name = 'a training to go on with'; File = 'a'; Write = { $null = $flowers | Start-MlpTraining (New-Mlp 3 3, 2 -Seed 1) @options -CheckpointPath $path }; Read = { $null = $flowers | Start-MlpTraining (New-Mlp 3 3, 2 -Seed 1) @options -CheckpointPath $path -Resume } }
    @{ Name = 'matrices'; File = 'a.safetensors'; Write = { (New-GradMatrix 3 4 -Label W), (New-GradMatrix 2 1 -Label 'b"') | Export-GradMatrix $path -Force }; Read = { Import-GradMatrix $path } }
    @{ Name = 'rows'; Most = 12; File = 'a.csv'; Write = { $flowers | Export-Csv $path }; Read = { $null = Start-MlpTraining (New-Mlp 1 1 -Seed 1) -Path $path -Feature a -Target b -Epoch 1 } }
    @{ Name = 'rows with classes'; Most = 12; File = 'a.csv'; Write = { $flowers | Export-Csv $path -UseQuotes AsNeeded }; Read = { $null = New-Mlp -Path $path -Target k -Feature a, c -Categorical c } }
    @{ Name = 'a search'; File = 'a'; Write = { $null = $flowers | Find-MlpSetting { New-Mlp 1 1 -Seed 1 } @search }; Read = { $null = $flowers | Find-MlpSetting { New-Mlp 1 1 -Seed 1 } @search } }
) {
    BeforeAll {
        $script:flowers = 1..12 | ForEach-Object { [pscustomobject]@{ a = $_; b = $_ / 4; c = "c$($_ % 2)"; k = $_ % 2 ? 'odd, "k"' : 'even' } }
        $script:options = @{ Target = 'k'; Feature = 'a', 'c'; Categorical = 'c'; Epoch = 2; Standardize = $true; WarningAction = 'Ignore' }
        $script:learnt = New-Mlp 3 3, 2 -Seed 1
        $null = $flowers | Start-MlpTraining $learnt @options
        $script:path = "$(New-Item -ItemType Directory "$TestDrive/$(New-Guid)")/$File"
        $script:search = @{ Target = 'b'; Feature = 'a'; Setting = @{ LearningRate = 0.01 }; Fold = 2; ThrottleLimit = 1; Training = @{ Epoch = 1 }; ResultPath = $path }
        $script:known = [regex]::Matches((Get-Content -Raw "$PSScriptRoot/../../docs/en-US/about_MicroGrad_Errors.md"), '(?m)^\| ([A-Z]\w+) \|').ForEach({ $_.Groups[1].Value })
        . $Write
        $script:whole = [IO.File]::ReadAllBytes($path)
    }

    It 'is read, or refused by one error (of rows, one for each that is wrong)' {
        . $Read
        $random = [random]::new(5)
        $refused = 0
        foreach ($i in 1..120) {
            $bytes = [byte[]] $whole.Clone()
            $at, $from = $random.Next($bytes.Length), $random.Next($bytes.Length)
            $bytes = [byte[]] $(switch ($i % 6) {
                    0 { $bytes[$at] = $random.Next(256); $bytes }
                    1 { $bytes[0..$at] }
                    2 { $bytes[0..$at] + $bytes[$from..($bytes.Length - 1)] }
                    3 { foreach ($j in 1..8) { $bytes[$random.Next($bytes.Length)] = 48 + $random.Next(10) }; $bytes }
                    4 { foreach ($j in 1..3) { $bytes[$random.Next($bytes.Length)] = $random.Next(32) }; $bytes }
                    5 { $bytes[$at] = $bytes[$from]; $bytes[$from] = 34; $bytes }
                })
            [IO.File]::WriteAllBytes($path, $bytes)
            $allocated = [GC]::GetTotalAllocatedBytes()
            $problems = @()
            try { $problems = @(. $Read 2>&1 3>$null | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }) } catch { $problems = @($_) }
            $because = "change $i of the file"
            [GC]::GetTotalAllocatedBytes() - $allocated | Should -BeLessThan 100MB -Because $because
            $problems.Count | Should -BeLessOrEqual ($Most ?? 1) -Because $because
            foreach ($problem in $problems) {
                $problem.Exception | Should -BeOfType MicroGrad.GradException -Because "$because gave $($problem.FullyQualifiedErrorId): $problem"
                ($problem.FullyQualifiedErrorId -split ',')[0] | Should -BeIn $known -Because $because
                "$problem".Length | Should -BeLessOrEqual 1000 -Because $because
                $refused++
            }
        }
        $refused | Should -BeGreaterThan 10
    }
}
