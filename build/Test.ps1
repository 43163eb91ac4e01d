# All tests: each runner gives what passed, what failed and how long it took.

# What switches vector instructions off; .NET has renamed the first, and an unknown name has no effect.
$narrowerVectors = [ordered]@{
    'AVX-512' = 'DOTNET_EnableAVX512F', 'DOTNET_EnableAVX512'
    'AVX2'    = @('DOTNET_EnableAVX2')
}

function Invoke-TestTask {
    param([string] $PackagePath)

    $chromium = Find-Chromium
    Install-ExportRuntime
    $watch = [Diagnostics.Stopwatch]::StartNew()
    if ($PackagePath) {
        Expand-ModulePackage $PackagePath
    } else {
        Invoke-BuildTask
    }
    $results = "$root/output/TestResults"
    $builds = Get-TestCount -Part 'build' -Second $watch.Elapsed.TotalSeconds
    $counts = @(
        Invoke-Xunit -Part 'engine and rendering' -Project "$root/MicroGrad.PowerShell.sln" -ResultPath $results
        # The batched arithmetic has a path for each width of vectors; this processor's widest is tested above.
        foreach ($width in $narrowerVectors.Keys) {
            Invoke-KernelTest -Width $width -ResultPath $results
        }
        Invoke-PageTest -Chromium $chromium -ResultPath $results
        Invoke-ModuleTest -Part 'module' -ResultPath $results
        foreach ($version in Get-PesterVersion | Select-Object -Skip 1) {
            Invoke-ModuleTest -Part "operators on Pester $version" -ResultPath $results -Argument @(
                '-Path', "$root/tests/Module/PesterOperators.Tests.ps1", '-PesterVersion', $version
            )
        }
    )

    @($builds) + $counts | Format-Table Part, Passed, Failed, @{ n = 'Seconds'; e = { [math]::Round($_.Second) } } | Out-Host
    $passed, $failed = ($counts | Measure-Object Passed, Failed -Sum).Sum
    Write-Host "$passed passed, $failed failed"
    if ($failed -gt 0 -or $passed -eq 0) {
        exit 1
    }
}

# What exported models run in: this PowerShell, which need not be on the path, Node.js and Python, installed where they may be.
function Install-ExportRuntime {
    $env:MICROGRAD_PWSH = (Get-Process -Id $PID).Path
    $packages = @{ node = 'nodejs'; python3 = 'python3' }
    $missing = { @($packages.Keys | Where-Object { -not (Get-Command $_ -CommandType Application -ErrorAction Ignore) } | Sort-Object) }
    if ((& $missing) -and (Test-DebianRoot)) {
        Install-DebianPackage $packages[(& $missing)]
    }
    if (& $missing) {
        throw "Exported models are run in Node.js and Python 3, and there is no $((& $missing) -join ' and no ') on the path: install them (on Debian: apt-get install nodejs python3)."
    }
}

function Get-TestCount {
    param([string] $Part, [int] $Passed, [int] $Failed, [double] $Second)

    [pscustomobject]@{ Part = $Part; Passed = $Passed; Failed = $Failed; Second = $Second }
}

# Runs xunit tests, and counts them by their result files. A test that was skipped counts as failed: it showed nothing.
function Invoke-Xunit {
    param([string] $Part, [string] $Project, [string] $ResultPath, [string[]] $Argument = @())

    Write-Host "Testing: $Part (xunit)"
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $name = $Part -replace '\W+', '-'
    & dotnet test $Project --configuration Release --nologo --verbosity quiet "-p:ResultName=$name" --results-directory $ResultPath @Argument |
        Out-Host
    $exit = $LASTEXITCODE
    $files = @(Get-ChildItem $ResultPath -Filter "$name.*.trx" -ErrorAction Ignore)
    if ($files.Count -eq 0) {
        throw "The tests '$Part' did not run (exit code $exit)."
    }
    $counters = $files | ForEach-Object { ([xml] (Get-Content -Raw $_)).TestRun.ResultSummary.Counters }
    $total, $passed = ($counters | Measure-Object total, passed -Sum).Sum
    if ($total -eq 0) {
        throw "There is no test among the tests '$Part'."
    }
    # A run that breaks has no test to name.
    $failed = [math]::Max($total - $passed, [int] ($exit -ne 0))
    Get-TestCount -Part $Part -Passed $passed -Failed $failed -Second $watch.Elapsed.TotalSeconds
}

# Runs the kernels' tests in processes that are told not to use some instructions.
function Invoke-KernelTest {
    param([string] $Width, [string] $ResultPath)

    $variables = $narrowerVectors[$Width]
    try {
        foreach ($variable in $variables) {
            Set-Item "env:$variable" '0'
        }
        Invoke-Xunit -Part "kernels without $Width" -Project "$root/tests/MicroGrad.Engine.Tests" -ResultPath $ResultPath `
            -Argument '--no-build', '--filter', 'Category=Kernels'
    } finally {
        foreach ($variable in $variables) {
            Remove-Item "env:$variable"
        }
    }
}

# Opens the pages in a browser, and keeps pictures of them beside the results.
function Invoke-PageTest {
    param([string] $Chromium, [string] $ResultPath)

    $before = $env:MICROGRAD_CHROMIUM, $env:MICROGRAD_SCREENSHOTS
    try {
        $env:MICROGRAD_CHROMIUM, $env:MICROGRAD_SCREENSHOTS = $Chromium, "$ResultPath/screenshots"
        Invoke-Xunit -Part 'pages in Chromium' -Project "$root/tests/MicroGrad.Browser.Tests" -ResultPath $ResultPath
    } finally {
        $env:MICROGRAD_CHROMIUM, $env:MICROGRAD_SCREENSHOTS = $before
    }
}

# In a process of its own: the module's assemblies stay loaded until the process ends.
function Invoke-ModuleTest {
    param([string] $Part, [string] $ResultPath, [string[]] $Argument = @())

    Write-Host "Testing: $Part (Pester)"
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $null = New-Item -ItemType Directory -Path $ResultPath -Force
    $file = "$ResultPath/$($Part -replace '\W+', '-').json"
    Invoke-PowerShell -File "$root/tests/Invoke-ModuleTest.ps1" -ResultPath $file @Argument | Out-Host
    if (-not (Test-Path $file)) {
        throw "The tests '$Part' did not run (exit code $LASTEXITCODE)."
    }
    $count = Get-Content -Raw $file | ConvertFrom-Json
    Get-TestCount -Part $Part -Passed $count.Passed -Failed $count.Failed -Second $watch.Elapsed.TotalSeconds
}
