# Pester comes from NuGet, at the versions that tests/Pester/Pester.csproj names, and lies as a module in .modules.

function Get-PesterProject {
    "$root/tests/Pester/Pester.csproj"
}

# The first runs the tests, whatever the machine has.
function Get-PesterVersion {
    ([xml] (Get-Content -Raw (Get-PesterProject))).SelectSingleNode('//PackageDownload').Version -split ';' -replace '[][]'
}

# Gives the module's manifest.
function Restore-Pester {
    param([string] $Version)

    $folder = "$root/.modules/Pester/$Version"
    if (-not (Test-Path $folder)) {
        $output = & dotnet restore (Get-PesterProject) --nologo --verbosity quiet
        if ($LASTEXITCODE -ne 0) {
            throw "Pester $Version could not be restored from NuGet: $($output -join ' ')"
        }
        $packages = & dotnet msbuild (Get-PesterProject) -nologo -getProperty:NuGetPackageRoot
        # Under a name that is no version until it is whole.
        $partial = "$folder.partial"
        Remove-Item $partial -Recurse -Force -ErrorAction Ignore
        $null = New-Item -ItemType Directory -Path (Split-Path $partial) -Force
        Copy-Item "$packages/pester/$Version/tools" $partial -Recurse
        Rename-Item $partial $Version
    }
    "$folder/Pester.psd1"
}
