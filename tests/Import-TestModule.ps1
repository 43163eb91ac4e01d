# Loads the packaged module: tests never run a build folder.
$package = Get-ChildItem "$PSScriptRoot/../output/MicroGrad" -Directory -ErrorAction Ignore | Select-Object -First 1
if (-not $package) {
    throw "There is no package in output/MicroGrad: run 'pwsh ./build.ps1 Build' first."
}
Import-Module "$package/MicroGrad.psd1" -Force
