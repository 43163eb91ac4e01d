# Every session that the README, the pages under docs and the tutorials show runs here, and prints what is shown.

BeforeDiscovery {
    $root = (Resolve-Path "$PSScriptRoot/../..").ProviderPath
    $script:documents = foreach ($file in @(Get-Item "$root/README.md") + @(Get-ChildItem "$root/docs" -File -Filter *.md) + @(Get-ChildItem "$root/docs/tutorials" -Filter *.md)) {
        $blocks = @(& "$PSScriptRoot/Invoke-DocumentSession.ps1" -Path $file.FullName)
        @{
            Name = [IO.Path]::GetRelativePath($root, $file.FullName) -replace '\\', '/'
            Path = $file.FullName
            Blocks = @(for ($i = 0; $i -lt $blocks.Count; $i++) { @{ Index = $i; Line = $blocks[$i].Line } })
        }
    }
}

Describe 'The sessions in <Name>' -ForEach $documents {
    BeforeAll {
        $directory = Join-Path $TestDrive ([guid]::NewGuid())
        $null = New-Item -ItemType Directory $directory
        Copy-Item "$PSScriptRoot/../../examples" $directory -Recurse
        $session = {
            param($Script, $Path, $WorkingDirectory)
            & $Script -Path $Path -WorkingDirectory $WorkingDirectory
        }
        $given = "$PSScriptRoot/Invoke-DocumentSession.ps1", $Path, $directory
        $script:results = @(& (Get-Process -Id $PID).Path -NoProfile -NonInteractive -Command $session -args $given)
    }

    It 'are there, and all of them ran' {
        $Blocks.Count | Should -BeGreaterThan 0
        $results.Count | Should -Be $Blocks.Count
    }

    It 'print what is shown: the block at line <Line>' -ForEach $Blocks {
        $result = $results[$Index]
        if (-not $result.Agrees) {
            throw "$Name shows at line ${Line}:`n$($result.Shown)`n`nPrinted was:`n$($result.Printed)"
        }
    }
}
