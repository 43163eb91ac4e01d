<#
.SYNOPSIS
    Installs a package into a profile where nothing is, and tells what a new session there finds.
.DESCRIPTION
    The package lies in a folder that is registered as a repository, and Install-PSResource installs it from there, in a
    process whose home is an empty folder. (Windows knows a user's home by other ways than by the environment: there
    Save-PSResource puts the same files into the empty folder.) A further process imports the module by its name, and does
    what a user would do first.
.PARAMETER Package
    The nupkg, alone in its folder or with packages of other names.
.PARAMETER ProfilePath
    An empty folder.
.OUTPUTS
    An object with what the new session found: where the module is, its version, and what a few commands gave.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Package,
    [Parameter(Mandatory)] [string] $ProfilePath
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

$install = {
    param($Feed, $Modules)
    $ErrorActionPreference = 'Stop'
    $ProgressPreference = 'SilentlyContinue'
    $name = 'MicroGradPackageTest'
    Register-PSResourceRepository -Name $name -Uri $Feed -Trusted -Force
    try {
        if ($IsWindows) {
            Save-PSResource -Name MicroGrad -Repository $name -Path $Modules
        } else {
            Install-PSResource -Name MicroGrad -Repository $name -Scope CurrentUser
        }
    } finally {
        Unregister-PSResourceRepository -Name $name
    }
}

$look = {
    $ErrorActionPreference = 'Stop'
    Import-Module MicroGrad
    $module = Get-Module MicroGrad
    $x = New-GradValue 3 -Label x
    $x * $x | Invoke-Backward
    $model = New-Mlp 2 4, 1 -Seed 1
    $epochs = New-GradDataset Xor | Start-MlpTraining $model -Target Label -Epoch 5
    [pscustomobject]@{
        Base = $module.ModuleBase
        Version = "$($module.Version)"
        Cmdlets = @($module.ExportedCmdlets.Keys)
        Gradient = $x.Grad
        Epochs = @($epochs).Count
        Synopsis = (Get-Help New-Mlp).Synopsis
        Examples = @((Get-Help New-Mlp).examples.example).Count
        Topic = (Get-Help about_MicroGrad_Operators) -split '\r?\n' | Select-Object -First 1 -Skip 1
        View = ($x | Out-String -Width 80).Trim() -split '\r?\n' | Select-Object -Last 1
    }
}

$feed = Split-Path (Resolve-Path -LiteralPath $Package).ProviderPath
$modules = Join-Path $ProfilePath ($IsWindows ? 'Modules' : '.local/share/powershell/Modules')
$null = New-Item -ItemType Directory -Path $modules -Force
$engine = (Get-Process -Id $PID).Path
$kept = @{ HOME = $env:HOME; XDG_DATA_HOME = $env:XDG_DATA_HOME; XDG_CONFIG_HOME = $env:XDG_CONFIG_HOME; XDG_CACHE_HOME = $env:XDG_CACHE_HOME; PSModulePath = $env:PSModulePath }
try {
    foreach ($variable in 'XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME') {
        Set-Item "env:$variable" $null
    }
    if (-not $IsWindows) {
        $env:HOME = $ProfilePath
    }
    # Only what PowerShell brings along, and the empty profile.
    $env:PSModulePath = $modules + [IO.Path]::PathSeparator + "$PSHOME/Modules"
    & $engine -NoProfile -NonInteractive -Command $install -args $feed, $modules
    if ($LASTEXITCODE -ne 0) {
        throw "The package could not be installed (exit code $LASTEXITCODE)."
    }
    & $engine -NoProfile -NonInteractive -Command $look
} finally {
    foreach ($variable in $kept.Keys) {
        Set-Item "env:$variable" $kept[$variable]
    }
}
