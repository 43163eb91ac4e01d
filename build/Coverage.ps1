# Which lines and branches the tests run.

# Counts what a command runs of the assemblies beside one, and adds what an earlier report says.
function Measure-Coverage {
    param([string] $Assembly, [string] $Command, [string] $ReportPath, [string] $EarlierPath)
    try {
        # By the environment, which needs no quotes within quotes.
        $env:TestCommand = $Command
        $arguments = 'build', "$root/tests/Coverage", '-target:Collect', '--nologo', '--verbosity', 'minimal', "-p:TargetPath=$Assembly", "-p:CoverletOutput=$ReportPath", "-p:MergeWith=$EarlierPath"
        $output = & dotnet @arguments
    } finally {
        Remove-Item env:TestCommand
    }
    if ($LASTEXITCODE -ne 0) {
        $output | Write-Host
        throw 'The tests failed, or what they run could not be counted: see above.'
    }
}

function Invoke-CoverageTask {
    $minimum = 95
    Invoke-BuildTask
    $results = "$root/output/Coverage"
    $earlier = ''
    foreach ($name in 'Engine', 'Rendering') {
        Write-Host "Counting what the tests of MicroGrad.$name run (xunit)"
        $tests = "$root/tests/MicroGrad.$name.Tests"
        Invoke-Dotnet build $tests --configuration Release --nologo --verbosity quiet
        $command = "dotnet test `"$tests`" --configuration Release --no-build --nologo --verbosity quiet"
        $report = "$results/$name.json"
        Measure-Coverage -Assembly "$tests/bin/Release/net10.0/MicroGrad.$name.Tests.dll" -Command $command -ReportPath $report -EarlierPath $earlier
        $earlier = $report
    }

    # With symbols, and with assemblies that count: the tests of the package itself see the difference, so they stay out.
    Write-Host "Counting what the module's tests run (Pester)"
    $package = Get-PackagePath
    $symbols = Copy-Item "$root/src/MicroGrad.PowerShell/bin/Release/net10.0/MicroGrad.*.pdb" $package -PassThru
    try {
        $command = "`"$((Get-Process -Id $PID).Path)`" -NoProfile -NonInteractive -File `"$root/tests/Invoke-ModuleTest.ps1`" -ResultPath `"$results/pester.json`" -ExcludePath `"$root/tests/Module/Package.Tests.ps1`""
        Measure-Coverage -Assembly "$package/MicroGrad.PowerShell.dll" -Command $command -ReportPath "$results/all.json" -EarlierPath $earlier
    } finally {
        $symbols | Remove-Item
    }

    $measure = "$root/tests/Coverage/Measure-CoverageResult.ps1"
    $own = & $measure -Path "$results/Engine.json" | Where-Object Assembly -EQ 'MicroGrad.Engine'
    $all = @(& $measure -Path "$results/all.json")
    $lines = & {
        '| assembly | tests | lines | branches |'
        '| --- | --- | ---: | ---: |'
        foreach ($row in @($own) + $all) {
            $by = $row -eq $own ? 'its own' : 'all'
            "| $($row.Assembly) | $by | $($row.LinePercent)% ($($row.LineCovered)/$($row.Line)) | $($row.BranchPercent)% ($($row.BranchCovered)/$($row.Branch)) |"
        }
        ''
        'Files of which less than 90% of the branches run:'
        ''
        '| file | branches |'
        '| --- | ---: |'
        foreach ($row in $all) {
            $row.Files | ForEach-Object { "| $($row.Assembly)/$($_.File) | $($_.BranchCovered)/$($_.Branch) |" }
        }
    }
    $lines | Set-Content "$results/coverage.md"
    $lines | Write-Host
    $engine = $all | Where-Object Assembly -EQ 'MicroGrad.Engine'
    if ($engine.BranchPercent -lt $minimum) {
        throw "Of the engine's branches $($engine.BranchPercent)% run, and $minimum% should: write tests of what the others do."
    }
}
