<#
.SYNOPSIS
    Builds, tests and shows the MicroGrad module.
.DESCRIPTION
    Build packages the module, with its help, into output/MicroGrad/<version>/. Test builds, then runs the engine's tests
    (xunit), the pages' tests (xunit, in the Chromium of the system) and the module's tests (Pester) against that package.
    Demo builds, trains on examples/iris.csv and writes a drawing. Docs builds, brings syntax and parameters in
    docs/en-US up to date with the cmdlets (words stay as they are), and makes the pictures in docs/images. Bench compares
    the engine with its peers and writes benchmarks/RESULTS.md. Package builds twice, packs twice, and sees that both
    packages are the same, byte by byte; then it installs the package into an empty profile and tries it there.
    output/MicroGrad.<version>.nupkg is what is published. Coverage counts the lines and branches that the tests run, of the
    engine by its own tests and of all assemblies by those and the module's, writes output/Coverage/coverage.md, and fails
    where a test fails or all of them run less than 95% of the engine's branches.
.PARAMETER Task
    What to do.
.PARAMETER Quick
    With Bench: one short round, which is too short to measure by.
.PARAMETER PackagePath
    With Test: a nupkg to test as it is, instead of building one.
.EXAMPLE
    pwsh ./build.ps1 Demo
.EXAMPLE
    pwsh ./build.ps1 Test -PackagePath ./MicroGrad.0.1.0.nupkg
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Demo', 'Docs', 'Bench', 'Package', 'Coverage')]
    [string] $Task = 'Build',

    [switch] $Quick,

    [string] $PackagePath
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3
$PSStyle.OutputRendering = 'PlainText'

# As a .NET tool PowerShell runs in a process called dotnet, which can't be called as PowerShell is: go on in its own.
if ((Get-Process -Id $PID).ProcessName -eq 'dotnet') {
    $own = Get-Command "$PSHOME/pwsh" -CommandType Application -ErrorAction Ignore
    if (-not $own -or $IsMacOS) {
        [Console]::Error.WriteLine("build.ps1: The .NET tool has no program of its own on this system: install PowerShell 7.6 or later, and run 'pwsh ./build.ps1 $Task'.")
        exit 1
    }
    $env:DOTNET_ROOT ??= Split-Path (Get-Process -Id $PID).Path
    $given = @($Task) + @($Quick ? '-Quick' : @()) + @($PackagePath ? @('-PackagePath', $PackagePath) : @())
    & $own -NoProfile -File $PSCommandPath @given
    exit $LASTEXITCODE
}

# The modules that the tests need, and the version that each is saved at where the machine has none that will do.
$requiredModules = @{
    Pester                         = '5.9.0'
    PSScriptAnalyzer               = '1.25.0'
    'Microsoft.PowerShell.PlatyPS' = '1.0.3'
}

# How the benchmarks run: in full, or one round too short to measure by.
$comparison = $Quick ? @{ Round = 1; Second = 0.05; Most = 10000; RowCount = 1000; OutputPath = Join-Path ([IO.Path]::GetTempPath()) 'micrograd-bench.md' } : @{}

# What switches vector instructions off; .NET has renamed the first, and an unknown name has no effect.
$narrowerVectors = [ordered]@{
    'AVX-512' = 'DOTNET_EnableAVX512F', 'DOTNET_EnableAVX512'
    'AVX2'    = @('DOTNET_EnableAVX2')
}

function Assert-Prerequisite {
    if ($PSVersionTable.PSVersion -lt [version] '7.6') {
        throw "PowerShell $($PSVersionTable.PSVersion) is too old: install PowerShell 7.6 or later, or run 'dotnet tool restore' and 'dotnet pwsh ./build.ps1 $Task'."
    }
    if (-not (Get-Command dotnet -CommandType Application -ErrorAction Ignore)) {
        throw 'The .NET SDK is missing: install version 10 or later, so that dotnet is on the path.'
    }
}

function Get-ProjectVersion {
    ([xml] (Get-Content -Raw "$PSScriptRoot/Directory.Build.props")).SelectSingleNode('//Version').InnerText
}

function Invoke-Dotnet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) {
        throw "'dotnet $args' failed with exit code $LASTEXITCODE."
    }
}

function Test-RequiredModule {
    param([string] $Name)

    $version = [version] $requiredModules[$Name]
    $found = Get-Module -ListAvailable -Name $Name |
        Where-Object { $_.Version -ge $version -and $_.Version.Major -eq $version.Major }
    $null -ne $found
}

function Import-RequiredModule {
    foreach ($name in $requiredModules.Keys | Sort-Object) {
        $version = [version] $requiredModules[$name]
        if (-not (Test-RequiredModule $name)) {
            Write-Host "Saving $name $version from the PowerShell Gallery into .modules"
            $saved = "$PSScriptRoot/.modules"
            try {
                $null = New-Item -ItemType Directory -Path $saved -Force
                Save-PSResource -Name $name -Version $version -Path $saved -Repository PSGallery -TrustRepository
            } catch {
                throw "$name $version is missing and the PowerShell Gallery can't be reached: run 'Install-PSResource $name -Version $version' where it can."
            }
        }
        Import-Module $name -MinimumVersion $version
    }
}

# Publishes the binaries and puts them beside the manifest, whose version comes from Directory.Build.props.
function Invoke-BuildTask {
    param([switch] $Clean)

    $version = Get-ProjectVersion
    $package = "$PSScriptRoot/output/MicroGrad/$version"
    if (Test-Path "$PSScriptRoot/output") {
        Remove-Item "$PSScriptRoot/output" -Recurse -Force
    }
    $project = "$PSScriptRoot/src/MicroGrad.PowerShell"
    $common = '--configuration', 'Release', '--nologo', '--verbosity', 'quiet'
    if ($Clean) {
        Invoke-Dotnet build $project @common --no-incremental
    }
    Invoke-Dotnet publish $project @common --output $package
    Get-ChildItem $package -Include '*.pdb', '*.deps.json', '*.xml' -Recurse | Remove-Item
    Copy-Item "$PSScriptRoot/module/*" $package -Recurse
    Copy-Item "$PSScriptRoot/LICENSE" $package
    $manifest = "$package/MicroGrad.psd1"
    (Get-Content -Raw $manifest) -replace "ModuleVersion(\s*)= '[^']*'", "ModuleVersion`$1= '$version'" |
        Set-Content $manifest -NoNewline
    Export-Help $package
    Write-Host "Built $package"
}

# The browser that the pages are tested in: Chromium or one of its kind.
function Find-Chromium {
    $found = if ($env:MICROGRAD_CHROMIUM) {
        $env:MICROGRAD_CHROMIUM
    } else {
        Get-Command chromium, chromium-browser, google-chrome, chrome, msedge -CommandType Application -ErrorAction Ignore |
            Select-Object -First 1 -ExpandProperty Source
    }
    if (-not $found -or -not (Test-Path $found)) {
        throw 'Chromium is missing, which the pages are tested in: install it (on Debian: apt-get install chromium), or name its program in MICROGRAD_CHROMIUM.'
    }
    $found
}

# Runs xunit tests, and counts them by their result file. A test that was skipped counts as failed: it showed nothing.
function Invoke-Xunit {
    param([string] $Path, [string] $Name, [string] $ResultPath, [string[]] $Argument = @())
    & dotnet test $Path --configuration Release --nologo --verbosity quiet --logger "trx;LogFileName=$Name.trx" --results-directory $ResultPath @Argument |
        Out-Host
    $exit = $LASTEXITCODE
    if (-not (Test-Path "$ResultPath/$Name.trx")) {
        throw "The tests '$Name' did not run (exit code $exit)."
    }
    $counters = ([xml] (Get-Content -Raw "$ResultPath/$Name.trx")).TestRun.ResultSummary.Counters
    if ([int] $counters.total -eq 0) {
        throw "There is no test among the tests '$Name'."
    }
    $failed = [int] $counters.total - [int] $counters.passed
    if ($exit -ne 0 -and $failed -eq 0) {
        $failed = 1
    }
    [pscustomobject]@{ Passed = [int] $counters.passed; Failed = $failed }
}

# Runs the kernels' tests in processes that are told not to use some instructions.
function Invoke-KernelTest {
    param([string] $Name, [string[]] $Variable, [string] $ResultPath)
    try {
        foreach ($item in $Variable) {
            Set-Item "env:$item" '0'
        }
        Invoke-Xunit -Path "$PSScriptRoot/tests/MicroGrad.Engine.Tests" -Name "kernels-without-$Name" -ResultPath $ResultPath `
            -Argument '--no-build', '--filter', 'Category=Kernels'
    } finally {
        foreach ($item in $Variable) {
            Remove-Item "env:$item"
        }
    }
}

# Opens the pages in a browser, and keeps pictures of them beside the results.
function Invoke-PageTest {
    param([string] $Chromium, [string] $ResultPath)
    $before = $env:MICROGRAD_CHROMIUM, $env:MICROGRAD_SCREENSHOTS
    try {
        $env:MICROGRAD_CHROMIUM, $env:MICROGRAD_SCREENSHOTS = $Chromium, "$ResultPath/screenshots"
        Invoke-Xunit -Path "$PSScriptRoot/tests/MicroGrad.Browser.Tests" -Name pages -ResultPath $ResultPath
    } finally {
        $env:MICROGRAD_CHROMIUM, $env:MICROGRAD_SCREENSHOTS = $before
    }
}

# The pages in docs/en-US as help of the package. The module works without, so a machine without PlatyPS can build it too.
function Export-Help {
    param([string] $Package)

    $name = 'Microsoft.PowerShell.PlatyPS'
    if (-not (Test-RequiredModule $name)) {
        Write-Host "No help in the package: $name $($requiredModules[$name]) is missing. 'build.ps1 Test' installs it, or 'Install-PSResource $name'."
        return
    }
    Import-Module $name -MinimumVersion $requiredModules[$name]
    & "$PSScriptRoot/docs/Export-ModuleHelp.ps1" -Source "$PSScriptRoot/docs/en-US" -Destination "$Package/en-US"
}

# Puts a finished package in the place of a build.
function Expand-ModulePackage {
    param([string] $PackagePath)

    # Read before the folder goes that it may lie in.
    $content = [IO.MemoryStream]::new([IO.File]::ReadAllBytes((Resolve-Path $PackagePath).ProviderPath))
    $output = "$PSScriptRoot/output"
    if (Test-Path $output) {
        Remove-Item $output -Recurse -Force
    }
    $folder = "$output/MicroGrad/$(Get-ProjectVersion)"
    [IO.Compression.ZipFile]::ExtractToDirectory($content, $folder)
    foreach ($name in '_rels', '[Content_Types].xml', 'MicroGrad.nuspec') {
        Remove-Item -LiteralPath "$folder/$name" -Recurse -Force
    }
    Write-Host "Took $PackagePath as it is"
}

function Invoke-TestTask {
    param([string] $PackagePath)

    $chromium = Find-Chromium
    Import-RequiredModule
    if ($PackagePath) {
        Expand-ModulePackage $PackagePath
    } else {
        Invoke-BuildTask
    }

    $results = "$PSScriptRoot/output/TestResults"
    Write-Host 'Testing the engine (xunit)'
    $counters = Invoke-Xunit -Path "$PSScriptRoot/MicroGrad.PowerShell.sln" -Name engine -ResultPath $results
    $passed = $counters.Passed
    $failed = $counters.Failed

    # The batched arithmetic has a path for each width of vectors; this processor's widest is tested above.
    foreach ($width in $narrowerVectors.Keys) {
        Write-Host "Testing the kernels without $width (xunit)"
        $counters = Invoke-KernelTest -Name $width -Variable $narrowerVectors[$width] -ResultPath $results
        $passed += $counters.Passed
        $failed += $counters.Failed
    }

    Write-Host 'Testing the pages (xunit, Chromium)'
    $counters = Invoke-PageTest -Chromium $chromium -ResultPath $results
    $passed += $counters.Passed
    $failed += $counters.Failed

    # In a process of its own: the module's assemblies stay loaded until the process ends.
    Write-Host 'Testing the module (Pester)'
    $pester = "$results/pester.json"
    $arguments = '-NoProfile', '-NonInteractive', '-File', "$PSScriptRoot/tests/Invoke-ModuleTest.ps1", '-ResultPath', $pester
    & (Get-Process -Id $PID).Path @arguments
    if (-not (Test-Path $pester)) {
        throw "The module's tests did not run (exit code $LASTEXITCODE)."
    }
    $module = Get-Content -Raw $pester | ConvertFrom-Json
    $passed += $module.Passed
    $failed += $module.Failed

    Write-Host "$passed passed, $failed failed"
    if ($failed -gt 0 -or $passed -eq 0) {
        exit 1
    }
}

function Invoke-DemoTask {
    Invoke-BuildTask
    & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -File "$PSScriptRoot/examples/Show-IrisTraining.ps1"
    if ($LASTEXITCODE -ne 0) {
        throw "The demonstration failed with exit code $LASTEXITCODE."
    }
}

function Invoke-DocsTask {
    Invoke-BuildTask
    Import-RequiredModule
    # In a process of its own, as the module's assemblies would stay loaded in this one.
    $manifest = "$PSScriptRoot/output/MicroGrad/$(Get-ProjectVersion)/MicroGrad.psd1"
    $update = {
        param($ModulePath, $Source)
        & "$Source/Update-HelpPage.ps1" -ModulePath $ModulePath -Source "$Source/en-US" | Where-Object Changed |
            ForEach-Object { "Brought up to date: $($_.Name)" }
        & "$Source/Update-Images.ps1" -ModulePath $ModulePath -Destination "$Source/images"
    }
    & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -Command $update -args $manifest, "$PSScriptRoot/docs"
    if ($LASTEXITCODE -ne 0) {
        throw "The pages could not be brought up to date (exit code $LASTEXITCODE)."
    }
}

# The comparison with peers. The short one is to see that all of it works, and keeps the results as they are.
function Invoke-BenchTask {
    Invoke-BuildTask
    $arguments = 'build', "$PSScriptRoot/benchmarks/MicroGrad.Benchmarks", '--configuration', 'Release', '--nologo', '--verbosity', 'quiet'
    Invoke-Dotnet @arguments
    & "$PSScriptRoot/benchmarks/Compare-Peer.ps1" -ModulePath "$PSScriptRoot/output/MicroGrad/$(Get-ProjectVersion)/MicroGrad.psd1" @comparison
}

function Invoke-PackageTask {
    Import-RequiredModule
    $version = Get-ProjectVersion
    $scratch = Join-Path ([IO.Path]::GetTempPath()) ([guid]::NewGuid())
    $null = New-Item -ItemType Directory -Path "$scratch/feed", "$scratch/profile"
    try {
        Invoke-BuildTask
        $first = & "$PSScriptRoot/packaging/New-ModulePackage.ps1" -ModulePath "$PSScriptRoot/output/MicroGrad/$version" -Destination "$scratch/feed"
        Invoke-BuildTask -Clean
        $second = & "$PSScriptRoot/packaging/New-ModulePackage.ps1" -ModulePath "$PSScriptRoot/output/MicroGrad/$version" -Destination "$PSScriptRoot/output"
        $hash = (Get-FileHash -LiteralPath $second -Algorithm SHA256).Hash
        if ((Get-FileHash -LiteralPath $first -Algorithm SHA256).Hash -ne $hash) {
            throw 'Two builds of the same source gave two different packages.'
        }

        $found = & "$PSScriptRoot/packaging/Install-IntoEmptyProfile.ps1" -Package $first -ProfilePath "$scratch/profile"
        if ($null -eq $found -or $found.Version -ne $version -or $found.Gradient -ne 6 -or $found.Epochs -ne 5 -or $found.Examples -lt 3) {
            throw "The installed package does not work as it should: $($found | ConvertTo-Json -Compress)"
        }
    } finally {
        Remove-Item -LiteralPath $scratch -Recurse -Force
    }
    Write-Host "Packed $second"
    Write-Host "SHA256 $hash"
}

# Counts what a command runs of the assemblies beside one, and adds what an earlier report says.
function Measure-Coverage {
    param([string] $Assembly, [string] $Command, [string] $ReportPath, [string] $EarlierPath)
    try {
        # By the environment, which needs no quotes within quotes.
        $env:TestCommand = $Command
        $arguments = 'build', "$PSScriptRoot/tests/Coverage", '-target:Collect', '--nologo', '--verbosity', 'minimal', "-p:TargetPath=$Assembly", "-p:CoverletOutput=$ReportPath", "-p:MergeWith=$EarlierPath"
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
    Import-RequiredModule
    Invoke-BuildTask
    $results = "$PSScriptRoot/output/Coverage"
    $tests = "$PSScriptRoot/tests/MicroGrad.Engine.Tests"
    $arguments = 'build', $tests, '--configuration', 'Release', '--nologo', '--verbosity', 'quiet'
    Invoke-Dotnet @arguments

    Write-Host "Counting what the engine's tests run (xunit)"
    $command = "dotnet test `"$tests`" --configuration Release --no-build --nologo --verbosity quiet"
    Measure-Coverage -Assembly "$tests/bin/Release/net10.0/MicroGrad.Engine.Tests.dll" -Command $command -ReportPath "$results/engine.json"

    # With symbols, and with assemblies that count: the tests of the package itself see the difference, so they stay out.
    Write-Host "Counting what the module's tests run (Pester)"
    $package = "$PSScriptRoot/output/MicroGrad/$(Get-ProjectVersion)"
    $symbols = Copy-Item "$PSScriptRoot/src/MicroGrad.PowerShell/bin/Release/net10.0/MicroGrad.*.pdb" $package -PassThru
    try {
        $command = "`"$((Get-Process -Id $PID).Path)`" -NoProfile -NonInteractive -File `"$PSScriptRoot/tests/Invoke-ModuleTest.ps1`" -ResultPath `"$results/pester.json`" -ExcludePath `"$PSScriptRoot/tests/Module/Package.Tests.ps1`""
        Measure-Coverage -Assembly "$package/MicroGrad.PowerShell.dll" -Command $command -ReportPath "$results/all.json" -EarlierPath "$results/engine.json"
    } finally {
        $symbols | Remove-Item
    }

    $measure = "$PSScriptRoot/tests/Coverage/Measure-CoverageResult.ps1"
    $own = & $measure -Path "$results/engine.json" | Where-Object Assembly -EQ 'MicroGrad.Engine'
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

# Modules saved by an earlier Test count as there.
$env:PSModulePath = "$PSScriptRoot/.modules" + [IO.Path]::PathSeparator + $env:PSModulePath

try {
    Assert-Prerequisite
    $given = $PackagePath ? @{ PackagePath = $PackagePath } : @{}
    & "Invoke-${Task}Task" @given
} catch {
    # One clear line: what went wrong and what to do.
    [Console]::Error.WriteLine("build.ps1: $($_.Exception.Message)")
    exit 1
}
