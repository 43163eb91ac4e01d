# Every cmdlet with values that nobody means. Another sample: $env:MICROGRAD_FUZZ_SEED = 2; more of it: $env:MICROGRAD_FUZZ_SAMPLE = 60.

BeforeAll {
    . "$PSScriptRoot/../Import-TestModule.ps1"
    $script:seed = $env:MICROGRAD_FUZZ_SEED ?? 1
    $script:sample = $env:MICROGRAD_FUZZ_SAMPLE ?? 4
    $script:progress = "$TestDrive/progress.txt"
    $null = New-Item -ItemType Directory -Path "$TestDrive/fuzz"

    # In a process of its own, whose memory has a limit: a value that makes it hang or die must not take the tests along.
    $start = [System.Diagnostics.ProcessStartInfo]::new((Get-Process -Id $PID).Path)
    foreach ($argument in '-NoProfile', '-NonInteractive', '-File', "$PSScriptRoot/Invoke-Fuzz.ps1", '-Seed', $seed, '-Sample', $sample, '-FolderPath', "$TestDrive/fuzz", '-ProgressPath', $progress) {
        $start.ArgumentList.Add($argument)
    }
    $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $start.Environment['DOTNET_GCHeapHardLimit'] = '0x60000000'
    $script:process = [System.Diagnostics.Process]::Start($start)
    $output = $process.StandardOutput.ReadToEndAsync()
    $problems = $process.StandardError.ReadToEndAsync()
    $script:isDone = $process.WaitForExit(120000 + 30000 * $sample)
    if (-not $isDone) {
        $process.Kill($true)
    }
    $script:last = (Test-Path $progress) ? (Get-Content -Raw $progress) : 'nothing'
    $script:said = $problems.Result
    $lines = $output.Result -split '\r?\n' | Where-Object { $_ -like '{*' } | ConvertFrom-Json
    $script:findings = @($lines | Where-Object { $_.PSObject.Properties['Call'] })
    $script:summary = $lines | Where-Object { $_.PSObject.Properties['Count'] }
}

Describe 'Values that nobody means' {
    It 'make no cmdlet hang, and no host crash' {
        $isDone | Should -BeTrue -Because "of the seed $seed the call '$last' came last"
        $process.ExitCode | Should -Be 0 -Because "of the seed $seed the call '$last' came last: $said"
        $summary.Count | Should -BeGreaterThan 1000
    }

    It 'are refused by errors with an id of ours, or by the binding of parameters' {
        $findings | ForEach-Object { "$($_.Call): $($_.Id), $($_.Kind): $($_.Message)" } | Should -BeNullOrEmpty -Because "the seed is $seed"
    }

    It 'were given to every parameter set of every cmdlet' {
        $sets = foreach ($cmdlet in Get-Command -Module MicroGrad -CommandType Cmdlet) {
            $cmdlet.ParameterSets | ForEach-Object { "$($cmdlet.Name) [$($_.Name)]" }
        }
        $summary.Bases | Should -Be ($sets | Sort-Object -Unique)
    }
}
