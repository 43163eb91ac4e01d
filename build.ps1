<#
.SYNOPSIS
    Builds, tests and shows the MicroGrad module.
.DESCRIPTION
    Build packages the module, with its help, into output/MicroGrad/<version>/. Test builds, then runs the tests of the engine,
    of exported models (in Node.js and Python, which it installs where it may) and of drawings (xunit), of the pages (xunit, in Chromium, which it installs where it may) and of the module (Pester)
    against that package. Demo builds, trains on examples/iris.csv and shows what can be seen. Docs builds, brings syntax and
    parameters in docs/en-US up to date with the cmdlets (words stay as they are), makes the help in module/en-US from the
    pages, and the pictures in docs/images. Lint asks PSScriptAnalyzer about every script. Bench compares the engine with its
    peers and writes benchmarks/RESULTS.md. Package builds twice, packs twice, and sees that both packages are the same, byte
    by byte; then it installs the package into an empty profile and tries it there. output/MicroGrad.<version>.nupkg is what
    is published. Coverage counts the lines and branches that the tests run, of the engine by its own tests and of all
    assemblies by those and the module's, writes output/Coverage/coverage.md, and fails where a test fails or all of them run
    less than 95% of the engine's branches.
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
    [ValidateSet('Build', 'Test', 'Demo', 'Docs', 'Lint', 'Bench', 'Package', 'Coverage')]
    [string] $Task = 'Build',

    [switch] $Quick,

    [string] $PackagePath
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3
$PSStyle.OutputRendering = 'PlainText'
foreach ($file in Get-ChildItem "$PSScriptRoot/build" -Filter *.ps1) {
    . $file.FullName
}
if (Test-ToolProcess) {
    Invoke-InOwnProcess $PSCommandPath $PSBoundParameters
    exit $LASTEXITCODE
}

function Assert-Prerequisite {
    $wanted = (Import-PowerShellDataFile "$root/module/MicroGrad.psd1").PowerShellVersion
    if ($PSVersionTable.PSVersion -lt [version] $wanted) {
        throw "PowerShell $($PSVersionTable.PSVersion) is too old: install PowerShell $wanted or later, or run 'dotnet dnx -y powershell@$wanted.* -- ./build.ps1 $Task'."
    }
    if (-not (Get-Command dotnet -CommandType Application -ErrorAction Ignore)) {
        throw 'The .NET SDK is missing: install version 10 or later, so that dotnet is on the path.'
    }
}

function Invoke-DemoTask {
    Invoke-BuildTask
    Invoke-PowerShell -File "$root/examples/Show-IrisTraining.ps1"
    if ($LASTEXITCODE -ne 0) {
        throw "The demonstration failed with exit code $LASTEXITCODE."
    }
}

# The comparison with peers. The short one is to see that all of it works, and keeps the results as they are.
function Invoke-BenchTask {
    $comparison = $Quick ? @{ Round = 1; Second = 0.05; Most = 10000; RowCount = 1000; OutputPath = Join-Path ([IO.Path]::GetTempPath()) 'micrograd-bench.md' } : @{}
    Invoke-BuildTask
    foreach ($project in 'MicroGrad.Benchmarks', 'MicroGrad.Peers') {
        Invoke-Dotnet build "$root/benchmarks/$project" --configuration Release --nologo --verbosity quiet
    }
    & "$root/benchmarks/Compare-Peer.ps1" -ModulePath "$(Get-PackagePath)/MicroGrad.psd1" @comparison
}

try {
    Use-DeveloperModule
    Assert-Prerequisite
    $given = $PackagePath ? @{ PackagePath = $PackagePath } : @{}
    & "Invoke-${Task}Task" @given
} catch {
    # One clear line: what went wrong and what to do.
    [Console]::Error.WriteLine("build.ps1: $($_.Exception.Message)")
    exit 1
}
exit 0
