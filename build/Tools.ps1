# What several tasks need: paths, .NET, PowerShell, and the modules of developers.

$root = Split-Path $PSScriptRoot

# Modules that a task saves from the PowerShell Gallery where the machine has none that will do.
$developerModules = @{
    PSScriptAnalyzer               = [version] '1.25.0'
    'Microsoft.PowerShell.PlatyPS' = [version] '1.0.3'
}

function Invoke-Dotnet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) {
        throw "'dotnet $args' failed with exit code $LASTEXITCODE."
    }
}

# Starts PowerShell as this one was started, without a profile.
function Invoke-PowerShell {
    & (Get-Process -Id $PID).Path -NoProfile -NonInteractive @args
}

function Get-ProjectVersion {
    ([xml] (Get-Content -Raw "$root/Directory.Build.props")).SelectSingleNode('//Version').InnerText
}

# The folder of the packaged module.
function Get-PackagePath {
    "$root/output/MicroGrad/$(Get-ProjectVersion)"
}

# Modules in .modules are found before those of the machine.
function Use-DeveloperModule {
    $env:PSModulePath = "$root/.modules" + [IO.Path]::PathSeparator + $env:PSModulePath
}

function Test-DeveloperModule {
    param([string] $Name)

    $version = $developerModules[$Name]
    @(Get-Module -ListAvailable -Name $Name | Where-Object { $_.Version -ge $version -and $_.Version.Major -eq $version.Major }).Count -gt 0
}

function Import-DeveloperModule {
    param([string] $Name)

    $version = $developerModules[$Name]
    if (-not (Test-DeveloperModule $Name)) {
        Write-Host "Saving $Name $version from the PowerShell Gallery into .modules"
        $null = New-Item -ItemType Directory -Path "$root/.modules" -Force
        try {
            Save-PSResource -Name $Name -Version $version -Path "$root/.modules" -Repository PSGallery -TrustRepository
        } catch {
            throw "$Name $version is missing and the PowerShell Gallery can't be reached: run 'Install-PSResource $Name -Version $version' where it can."
        }
    }
    Import-Module $Name -MinimumVersion $version
}
