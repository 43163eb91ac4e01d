# Every session that the README, the pages under docs and the tutorials show runs here, and prints what is shown.

BeforeDiscovery {
    $root = (Resolve-Path "$PSScriptRoot/../..").ProviderPath
    $script:documents = foreach ($file in @(Get-Item "$root/README.md") + @(Get-ChildItem "$root/docs" -Recurse -File -Filter *.md)) {
        $blocks = @(& "$PSScriptRoot/Invoke-DocumentSession.ps1" -Path $file.FullName)
        @{
            Name = [IO.Path]::GetRelativePath($root, $file.FullName) -replace '\\', '/'
            Path = $file.FullName
            Blocks = @(for ($i = 0; $i -lt $blocks.Count; $i++) { @{ Index = $i; Line = $blocks[$i].Line } })
        }
    }
}

BeforeAll {
    # A process for each document, as many at a time as there are processors.
    $root = (Resolve-Path "$PSScriptRoot/../..").ProviderPath
    $files = @(Get-Item "$root/README.md") + @(Get-ChildItem "$root/docs" -Recurse -File -Filter *.md)
    $run = @{ Engine = (Get-Process -Id $PID).Path; Script = "$PSScriptRoot/Invoke-DocumentSession.ps1"; Root = $root; Drive = "$TestDrive" }
    $script:sessions = @{}
    $files | ForEach-Object -ThrottleLimit ([Environment]::ProcessorCount) -Parallel {
        $run = $using:run
        $directory = Join-Path $run.Drive ([guid]::NewGuid())
        $null = New-Item -ItemType Directory $directory
        Copy-Item "$($run.Root)/examples" $directory -Recurse
        $session = {
            param($Script, $Path, $WorkingDirectory)
            & $Script -Path $Path -WorkingDirectory $WorkingDirectory
        }
        $results = & $run.Engine -NoProfile -NonInteractive -Command $session -args $run.Script, $_.FullName, $directory
        [pscustomobject]@{ Path = $_.FullName; Results = @($results) }
    } | ForEach-Object { $sessions[$_.Path] = $_.Results }
}

Describe 'The sessions in <Name>' -ForEach $documents {
    It 'are there, and all of them ran' {
        $Blocks.Count | Should -BeGreaterThan 0
        $sessions[$Path].Count | Should -Be $Blocks.Count
    }

    It 'print what is shown: the block at line <Line>' -ForEach $Blocks {
        $result = $sessions[$Path][$Index]
        if (-not $result.Agrees) {
            throw "$Name shows at line ${Line}:`n$($result.Shown)`n`nPrinted was:`n$($result.Printed)"
        }
    }
}
